"""Many contracts at once: a file each, one file to print, and the list to hand them out by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from kpidesk.core.contract import Contract, ContractId, Copy
from kpidesk.core.filing import PaperKind
from kpidesk.core.period import Period
from kpidesk.store.copies import steps_of
from kpidesk.usecases.contracts.listing import details_of
from kpidesk.usecases.contracts.printing import BOTH, contract_pdf
from kpidesk.usecases.files import write_whole
from kpidesk.usecases.issuing import Draft, issue
from kpidesk.usecases.lists import ContractRow
from kpidesk.usecases.naming import FileNames
from kpidesk.usecases.printout import OneFile, Printout, joined
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

PLACES: Final = ("编号", "姓名", "工号", "部门", "岗位", "版本", "存联")
"""What a pattern of file names may name."""
PATTERN: Final = "{编号}_{姓名}_{存联}"
_MARKS: Final = {Copy.PARTY_A: "甲方存", Copy.PARTY_B: "乙方存"}


def contracts_pdf(
    company: Company,
    ids: Sequence[ContractId],
    *,
    copies: Sequence[Copy] = BOTH,
    folder: Path | None = None,
    pattern: str = PATTERN,
    progress: Progress | None = None,
) -> Printout:
    """Many contracts: a file for each copy in a folder, or (no folder) one PDF to print."""
    watched = progress or Unwatched()
    names = FileNames(pattern, PLACES)
    paths: list[Path] = []
    pdfs: list[bytes] = []
    done = 0
    for id_ in ids:
        watched.step(done, len(ids), f"正在生成第 {done + 1} 份，共 {len(ids)} 份")
        if watched.cancelled:
            break
        contract = _contract(company, id_)
        for copy in copies:
            pdf = contract_pdf(company, id_, copy)
            if folder is None:
                pdfs.append(pdf)
                continue
            path = folder / f"{names.name(_of(contract, copy))}.pdf"
            write_whole(path, pdf)
            paths.append(path)
        done += 1
    watched.step(done, len(ids))
    return Printout(done, len(ids), tuple(paths), joined(pdfs))


def contracts_file(
    company: Company,
    ids: Sequence[ContractId],
    path: Path,
    *,
    copies: Sequence[Copy] = BOTH,
    duplex: bool = False,
    progress: Progress | None = None,
) -> Printout:
    """All copies of many contracts in one file, a bookmark for each; nothing after a cancel.

    Written copy by copy: a thousand contracts need no more memory than one. `duplex`: each copy
    begins on a new sheet of paper.
    """
    watched = progress or Unwatched()
    done = 0
    with OneFile(path, f"目标责任书（{len(ids)} 份）", company.name, duplex=duplex) as file:
        for id_ in ids:
            watched.step(done, len(ids), f"正在生成第 {done + 1} 份，共 {len(ids)} 份")
            if watched.cancelled:
                file.give_up()
                return Printout(done, len(ids))
            contract = _contract(company, id_)
            for copy in copies:
                title = f"{contract.number} {contract.party_b.name} {_MARKS[copy]}"
                file.add(title, contract_pdf(company, id_, copy))
            done += 1
        watched.step(done, len(ids))
    return Printout(done, len(ids), (path,))


def handout_pdf(company: Company, ids: Sequence[ContractId], *, actor: str, today: date) -> bytes:
    """发放、回收登记表: a line for each contract, to sign when it goes out and comes back."""
    from kpidesk.documents.handout import handout_list_pdf

    handed = [(one, _out(company, one)) for one in (_contract(company, id_) for id_ in ids)]
    what = "\n".join(
        f"{one.number} {one.revision} {one.party_b.name} {' '.join(copies)}"
        for one, copies in handed
    )
    terms = [one.term for one, _ in handed]
    span = Period(min(one.start for one in terms), max(one.end for one in terms))
    digest = sha256(what.encode()).hexdigest()
    whom = handed[0][0].party_b.name
    about = f"{whom}等 {len(handed)} 份" if len(handed) > 1 else whom
    people = tuple({one.party_b.person for one, _ in handed})
    draft = Draft(PaperKind.HANDOUT, about, span, digest, people)
    stamp = issue(company, draft, actor=actor, today=today)
    return handout_list_pdf(handed, company.name, stamp=stamp)


def _out(company: Company, contract: Contract) -> tuple[Copy, ...]:
    """The copies that are on paper; of a draft, those that will be."""
    with company.read() as connection:
        return tuple(one for one in Copy if steps_of(connection, contract, one)) or BOTH


def example_name(row: ContractRow, copy: Copy, pattern: str) -> str:
    """What the file of a contract is called; InvalidValueError for a pattern that says nothing."""
    person = (row.person_name, row.person_number, row.department, row.post)
    return FileNames(pattern, PLACES).name(_values(row.number, person, row.revision, copy))


def _contract(company: Company, id_: ContractId) -> Contract:
    with company.read() as connection:
        return details_of(company, connection, id_).contract


def _values(
    number: str, person: tuple[str, str, str, str], revision: int, copy: Copy
) -> dict[str, str]:
    """What stands for each place; `person` is name, number, department and post."""
    values = (number, *person, f"第{revision}版", _MARKS[copy])
    return dict(zip(PLACES, values, strict=True))


def _of(contract: Contract, copy: Copy) -> dict[str, str]:
    one = contract.party_b
    person = (one.name, one.number, one.department, one.post)
    return _values(contract.number, person, contract.revision, copy)
