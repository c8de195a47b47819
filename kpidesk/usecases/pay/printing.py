"""Pay statements as PDF: one person's, or everybody's of a period in one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kpidesk.codec import canonical_json, content_hash
from kpidesk.core.file_name import safe_name
from kpidesk.core.filing import PaperKind
from kpidesk.core.findings import Effect
from kpidesk.core.page_code import Stamp
from kpidesk.core.payroll.books import parts_told
from kpidesk.core.payroll.record import Settlement, settled_results
from kpidesk.core.people import PersonId
from kpidesk.store import audit
from kpidesk.usecases.files import write_whole
from kpidesk.usecases.pay.gathering import GroupRef
from kpidesk.usecases.pay.standing import PersonPay
from kpidesk.usecases.pay.viewing import PayView, view_of
from kpidesk.usecases.pay.words import period_text
from kpidesk.usecases.printout import Printout, joined
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

if TYPE_CHECKING:
    from kpidesk.documents.pay_statement import Statement


def statements_pdf(
    company: Company,
    ref: GroupRef,
    period: str,
    *,
    people: Sequence[PersonId] = (),
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Printout:
    """The statements of some people (none: of everybody) for a period.

    A file for each in a folder, or (no folder) one PDF to print.
    """
    from kpidesk.documents.pay_statement import pay_statement_pdf

    watched = progress or Unwatched()
    with company.read() as connection:
        view = view_of(company, connection, ref, period)
        head = str(audit.head(connection))
    by_person: dict[PersonId, list[PersonPay]] = {}
    for one in view.people:
        if not people or one.member.person.id in people:
            by_person.setdefault(one.member.person.id, []).append(one)
    chosen = list(by_person.items())
    number, digest = _proof(view)
    paths: list[Path] = []
    pdfs: list[bytes] = []
    for done, (who, parts) in enumerate(chosen):
        watched.step(done, len(chosen), f"正在生成第 {done + 1} 张，共 {len(chosen)} 张")
        if watched.cancelled:
            break
        stamp = Stamp(PaperKind.PAY.value, number, 1, digest, head, str(who))
        pdf = pay_statement_pdf([_statement(view, one) for one in parts], stamp=stamp)
        if folder is None:
            pdfs.append(pdf)
        else:
            paths.append(folder / f"{_file_name(view, parts[-1])}.pdf")
            write_whole(paths[-1], pdf)
    done = len(pdfs) + len(paths)
    watched.step(done, len(chosen))
    return Printout(done, len(chosen), tuple(paths), joined(pdfs))


def _file_name(view: PayView, one: PersonPay) -> str:
    party = one.member.contract.party_b
    when = period_text(view.group, view.period.key)
    return safe_name(f"{party.number}_{party.name}_薪酬结算单_{when}")


def _statement(view: PayView, one: PersonPay) -> Statement:
    from kpidesk.documents.pay_statement import Statement

    run, subject = view.run, one.member.subject
    return Statement(
        contract=one.member.contract,
        scheme=view.group.scheme,
        period=period_text(view.group, view.period.key),
        lines=one.lines,
        total=one.sum_,
        corrections=view.corrections_of(subject),
        accounts=view.entries_of(subject),
        settled=f"{run.settled_by} 于 {run.settled_on} 结算" if run else "",
        estimated=frozenset() if one.approval is None or run else one.estimated,
        approval=_unapproved(one, is_settled=run is not None),
        part=parts_told(view.group, one.member) if one.member.parts > 1 else "",
    )


def _unapproved(one: PersonPay, *, is_settled: bool) -> str:
    """What was settled is no estimate, whatever rule the company made since."""
    if one.approval is None or (is_settled and one.approval.effect is not Effect.WARNS):
        return ""
    return one.approval.message


def _proof(view: PayView) -> tuple[int, str]:
    """What the pages can prove: the settlement as it is kept, or, before it, the same as a draft.

    Its number, 0 for a draft, and the first digits of its hash.
    """
    if view.run is not None:
        return view.run.id, view.run.sha256[:8].upper()
    results = tuple(settled_results(view.evaluation, view.period.key))
    draft = Settlement(view.period.key, view.gathered.inputs, results)
    return 0, content_hash(canonical_json(draft, Settlement))[:8].upper()
