"""Scans: the very files of the scanner, and whose papers are filed from each."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.filing import PageState, PaperKind
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.contracts import Papers
from kpidesk.store.proof.log import Logged, agrees

_SHEETS: Final = {one.value for one in PaperKind if one.is_sheet}


def check_scans(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """Every file received, named by each of the contracts that have pages in it."""
    whose = _whose(connection)
    for id_, name, kept, content in raw(connection, "scans", "id", "name", "sha256", "content"):
        if not isinstance(content, bytes) or sha256(content).hexdigest() != told(kept):
            against = "校验值"
        elif not agrees(logged, Part.SCAN, id_, kept):
            against = "操作日志"
        else:
            continue
        problem = f"扫描文件“{told(name)}”与{against}不符"
        contracts = whose.get(int(told(id_)), set())
        for contract in sorted(contracts):
            yield papers.broken(contract, Part.SCAN, problem)
        if not contracts:
            yield Broken(Part.SCAN, told(name), f"与{against}不符")


def _whose(connection: Connection) -> dict[int, set[int]]:
    """By scan: the contracts to which its filed pages belong, directly or by a sheet."""
    sheets = {
        int(told(id_)): int(told(contract))
        for id_, contract in raw(connection, "appraisals", "id", "contract_id")
    }
    found: dict[int, set[int]] = {}
    for scan, state, kind, document in raw(
        connection, "scan_pages", "scan_id", "state", "kind", "document_id"
    ):
        if told(state) != PageState.FILED.value:
            continue
        number, paper = int(told(document)), told(kind)
        contract = number if paper == PaperKind.CONTRACT.value else None
        if paper in _SHEETS:
            contract = sheets.get(number)
        if contract is not None:
            found.setdefault(int(told(scan)), set()).add(contract)
    return found
