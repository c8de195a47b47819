"""A dated line with the papers that show it: bank slips, contracts, photographs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.incident import MOST_FILES, Attached
from kpidesk.core.payroll.record import Cell
from kpidesk.core.people import PersonId
from kpidesk.store import line_files as store
from kpidesk.store.incidents import keep_file
from kpidesk.usecases.incidents import read_file
from kpidesk.usecases.pay.entering import LineEntered, enter_line
from kpidesk.usecases.pay.gathering import GroupRef
from kpidesk.usecases.session import Company


def enter_line_with_files(
    company: Company,
    ref: GroupRef,
    *,
    person: PersonId | None,
    kind: str,
    on: date,
    cells: Sequence[Cell],
    shares: Sequence[tuple[PersonId, Decimal]] = (),
    source: str = "",
    kept: Sequence[Attached] = (),
    files: Sequence[Path] = (),
    replaces: int | None = None,
    reason: str = "",
    actor: str,
    today: date,
) -> LineEntered:
    """Write a dated line down, or another in its place, with files that are read now.

    `kept` are files of the line that is replaced, and stay.
    """
    contents = [(path.name, read_file(path)) for path in files]
    if (count := len(kept) + len(contents)) > MOST_FILES:
        msg = f"一笔最多 {MOST_FILES} 个附件，现在有 {count} 个"
        raise InvalidValueError(msg)
    with company.file.together():
        made = enter_line(
            company,
            ref,
            person=person,
            kind=kind,
            on=on,
            cells=cells,
            shares=shares,
            source=source,
            replaces=replaces,
            reason=reason,
            actor=actor,
            today=today,
        )
        if made.line is None or not (kept or contents):
            return made
        with company.change(actor) as work:
            new = [
                keep_file(work.connection, name, content, by=work.actor, on=today)
                for name, content in contents
            ]
            every = (*kept, *new)
            store.attach(work.connection, made.line.id, every)
            work.log(
                "pay.line_files",
                f"pay_line:{made.line.id}",
                after=every,
                as_type=tuple[Attached, ...],
            )
    return replace(made, line=replace(made.line, files=every))
