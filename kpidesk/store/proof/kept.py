"""What the log says was kept for good is still there, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.contracts import Papers
from kpidesk.store.proof.log import Logged

_TABLES = {
    Part.REGISTER: ("contracts", ("id",)),
    Part.SHEET: ("appraisals", ("id",)),
    Part.RESULT: ("results", ("appraisal_id", "number")),
    Part.BATCH: ("batches", ("id",)),
    Part.REVIEW: ("review_steps", ("id",)),
    Part.PAY: ("pay_runs", ("id",)),
    Part.TARGETS: ("target_revisions", ("plan_id", "number")),
    Part.SCAN: ("scans", ("id",)),
    Part.ATTACHMENT: ("attachments", ("id",)),
    Part.SCHEME: ("schemes", ("id", "version")),
}
"""Where what was kept lies, and what it is found by."""
_ONLY_KEPT = (
    Part.REGISTER, Part.RESULT, Part.PAY, Part.TARGETS, Part.SCAN, Part.ATTACHMENT, Part.SCHEME,
)  # fmt: skip
"""Of which nothing else may be there; what else there is of the others is named with them."""
_GONE = "这一份不见了"
_FOREIGN = "在操作日志里没有"


def check_kept(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """Whatever was deleted, rows and all; and what was put there without a line of the log."""
    there = {
        part: {"/".join(map(told, row)) for row in raw(connection, table, *key)}
        for part, (table, key) in _TABLES.items()
    }
    whose = {
        told(sheet): int(told(contract))
        for sheet, contract in raw(connection, "appraisals", "id", "contract_id")
    }
    for (part, key), kept in logged.kept.items():
        sheet = key.partition("/")[0]
        if key in there[part]:
            continue
        if part is Part.RESULT and sheet in whose:
            yield papers.broken(whose[sheet], part, f"{kept.document}，{_GONE}")
        else:
            yield Broken(part, kept.document, _GONE, kept.person)
    if not logged.is_whole:
        return
    for part in _ONLY_KEPT:
        for key in sorted(there[part] - {known for of, known in logged.kept if of is part}):
            number, _, count = key.partition("/")
            if part is Part.RESULT and number in whose:
                yield papers.broken(whose[number], part, f"第 {count} 次定分，{_FOREIGN}")
            else:
                yield Broken(part, key, _FOREIGN)
