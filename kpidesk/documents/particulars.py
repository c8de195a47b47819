"""Who is appraised, and who entered the figures: the same words on sheet and report."""

from __future__ import annotations

from collections.abc import Sequence

from kpidesk.core.contract import Contract
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet_fields import SheetField
from kpidesk.documents.blocks import entries
from kpidesk.documents.grid import Grid


def person_entries(contract: Contract, scheme: Scheme, width: float) -> Grid:
    """Who is appraised, under which contract."""
    person = contract.party_b
    return entries(
        [
            (("姓名", person.name), ("工号", person.number)),
            (("部门", person.department), ("岗位", person.post)),
            (("直属上级", person.superior), ("责任书编号", contract.numbered)),
            (("考核方案", scheme.title),),
        ],
        width,
    )


def origins(fields: Sequence[SheetField]) -> list[str]:
    """Who entered the figures of a row, when, from what; each said once."""
    said: dict[str, None] = {}
    for field in fields:
        origin = field.origin
        if field.agreed or field.value is None:
            continue
        parts = [f"录入：{origin.entered_by}"] if origin.entered_by else []
        if origin.entered_on:
            parts.append(f"{origin.entered_on}")
        if origin.source:
            parts.append(f"依据：{origin.source}")
        if field.again:
            parts.append(f"复核：{field.again}")
        if parts:
            said["　".join(parts)] = None
    return list(said)
