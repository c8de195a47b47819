"""The files of dated lines: which of those that are kept belong to which line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, insert, select

from kpidesk.core.incident import Attached, AttachmentId
from kpidesk.store.ids import next_id
from kpidesk.store.rows import ATTACHMENTS, LINE_FILES, PAY_LINES


def attach(connection: Connection, line: int, files: Iterable[Attached]) -> None:
    """Let files that are kept belong to a line."""
    for one in files:
        connection.execute(
            insert(LINE_FILES),
            {
                "id": next_id(connection, LINE_FILES),
                "line_id": line,
                "attachment_id": one.id,
            },
        )


def files_of(connection: Connection, scheme: str) -> Mapping[int, tuple[Attached, ...]]:
    """The files of the lines under a scheme, by the number of the line; their contents stay."""
    query = (
        select(
            LINE_FILES.c.line_id,
            ATTACHMENTS.c.id,
            ATTACHMENTS.c.name,
            func.length(ATTACHMENTS.c.content),
            ATTACHMENTS.c.sha256,
        )
        .join(ATTACHMENTS, ATTACHMENTS.c.id == LINE_FILES.c.attachment_id)
        .join(PAY_LINES, PAY_LINES.c.id == LINE_FILES.c.line_id)
        .where(PAY_LINES.c.scheme_id == scheme)
        .order_by(LINE_FILES.c.id)
    )
    found: dict[int, tuple[Attached, ...]] = {}
    for line, id_, name, size, digest in connection.execute(query):
        one = Attached(AttachmentId(id_), name, size, digest)
        found[line] = (*found.get(line, ()), one)
    return found
