"""Paper copies from the printer to whom they belong; what is issued is frozen and sealed."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from kpidesk.codec import content_hash
from kpidesk.core.contract import ContractId, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.errors import KpiDeskError, NotAllowedError
from kpidesk.core.period import Period
from kpidesk.usecases import contracts
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.contracts.copies import scan_filed
from kpidesk.usecases.verifying import verify
from tests.documents.samples import text_of
from tests.usecases.office import TODAY, Office

S = CopyState
BOTH = tuple(Copy)
NEXT_YEAR = Period.months(2027, 1, 12)


def states(office: Office, contract: ContractId) -> list[list[CopyState]]:
    steps = contracts.course_of(office.company, contract).copies
    return [[step.state for step in steps[copy]] for copy in Copy]


def test_printing_and_signing_move_both_copies(office: Office, who: dict[str, Any]) -> None:
    contract = office.draft()
    assert states(office, contract) == [[], []]
    contracts.mark_printed(office.company, [contract], **who)
    contracts.move_copies(
        office.company, [contract], copies=[Copy.PARTY_B], to=S.WAITING, on=TODAY, **who
    )
    contracts.sign(office.company, contract, signed_on=TODAY, **who)
    assert states(office, contract) == [[S.PRINTED, S.SIGNED], [S.PRINTED, S.WAITING, S.SIGNED]]


def test_only_the_copy_that_was_printed_is_on_paper(office: Office, who: dict[str, Any]) -> None:
    first, second = office.draft(), office.draft(term=NEXT_YEAR)
    ids, ours = [first, second], [Copy.PARTY_A]
    assert contracts.mark_printed(office.company, ids, copies=ours, **who) is Changes.CONTRACTS
    assert states(office, first) == states(office, second) == [[S.PRINTED], []]
    listed = contracts.list_documents(office.company)[0]
    assert listed.copies == (S.PRINTED, None)
    handed = text_of(contracts.handout_pdf(office.company, ids, **who))
    assert "责任书2份，每份1件，共2件" in handed
    assert handed.count("甲方存") == 2
    assert contracts.mark_printed(office.company, ids, copies=ours, **who) is Changes.NONE
    contracts.sign(office.company, first, signed_on=TODAY, **who)
    assert states(office, first) == [[S.PRINTED, S.SIGNED], []]
    contracts.mark_printed(office.company, [first], **who)
    assert states(office, first) == [[S.PRINTED, S.SIGNED], [S.PRINTED]]
    assert "责任书2份，共3件" in text_of(contracts.handout_pdf(office.company, ids, **who))
    assert not verify(office.company).broken


def test_a_scan_proves_that_a_copy_was_printed(office: Office, who: dict[str, Any]) -> None:
    contract = office.draft()
    contracts.mark_printed(office.company, [contract], copies=[Copy.PARTY_A], **who)
    assert file_scan(office, contract, Copy.PARTY_B)
    assert states(office, contract) == [[S.PRINTED], [S.SCANNED]]
    assert not verify(office.company).broken


def test_many_copies_are_moved_at_once_or_none(office: Office, who: dict[str, Any]) -> None:
    first, second = office.draft(), office.draft(term=NEXT_YEAR)
    office.sign(first)
    contracts.mark_printed(office.company, [second], **who)
    moved: dict[str, Any] = {"copies": BOTH, "to": S.SEALED, "on": TODAY, **who}
    with pytest.raises(NotAllowedError, match="还没有登记签署"):
        contracts.move_copies(office.company, [first, second], **moved)
    assert states(office, first)[0][-1] is S.SIGNED
    contracts.sign(office.company, second, signed_on=TODAY, **who)
    both = [first, second]
    assert contracts.move_copies(office.company, both, **moved) is Changes.CONTRACTS
    assert contracts.move_copies(office.company, both, **moved) is Changes.NONE
    assert [states(office, one)[1][-1] for one in both] == [S.SEALED, S.SEALED]
    with pytest.raises(KpiDeskError, match="请选择甲方存或乙方存"):
        contracts.move_copies(office.company, both, **{**moved, "copies": ()})


def test_a_step_back_is_logged_with_its_reason(office: Office, who: dict[str, Any]) -> None:
    contract = office.draft()
    office.sign(contract)
    moved: dict[str, Any] = {"copies": [Copy.PARTY_A], "on": TODAY, **who}
    contracts.move_copies(office.company, [contract], to=S.DELIVERED, **moved)
    contracts.move_copies(office.company, [contract], to=S.SEALED, reason="交错了人", **moved)
    with office.company.read() as connection:
        line = connection.execute(
            text(
                "SELECT * FROM audit WHERE action = 'contract.copy.party_a' ORDER BY sequence DESC"
            )
        ).first()
    assert line is not None
    assert (line.before, line.reason) == ('"delivered"', "交错了人")
    assert json.loads(line.after) == {"on": "2026-03-02", "state": "sealed"}


def file_scan(office: Office, contract: ContractId, copy: Copy, revision: int = 1) -> bool:
    with office.company.change("王芳") as work:
        return scan_filed(work, contract, copy, revision=revision, today=TODAY)


def test_a_filed_scan_moves_its_copy_once_and_never_back(
    office: Office, who: dict[str, Any]
) -> None:
    contract = office.draft()
    assert not file_scan(office, contract, Copy.PARTY_A)
    office.sign(contract)
    assert not file_scan(office, contract, Copy.PARTY_A, revision=2)
    assert file_scan(office, contract, Copy.PARTY_A)
    assert not file_scan(office, contract, Copy.PARTY_A)
    contracts.move_copies(
        office.company, [contract], copies=[Copy.PARTY_B], to=S.DELIVERED, on=TODAY, **who
    )
    assert not file_scan(office, contract, Copy.PARTY_B)
    assert states(office, contract) == [
        [S.PRINTED, S.SIGNED, S.SCANNED],
        [S.PRINTED, S.SIGNED, S.DELIVERED],
    ]


def test_a_scan_may_come_in_before_the_signature_is_registered(
    office: Office, who: dict[str, Any]
) -> None:
    contract = office.draft()
    contracts.mark_printed(office.company, [contract], **who)
    assert file_scan(office, contract, Copy.PARTY_A)
    contracts.sign(office.company, contract, signed_on=TODAY, **who)
    assert states(office, contract) == [[S.PRINTED, S.SCANNED], [S.PRINTED, S.SIGNED]]


def test_an_issue_is_frozen_and_sealed_over_the_issue_before(
    office: Office, who: dict[str, Any]
) -> None:
    drafts = [office.draft(), office.draft(term=NEXT_YEAR)]
    contracts.mark_printed(office.company, drafts, **who)
    contracts.return_to_draft(office.company, drafts[0], reason="改目标", **who)
    contracts.mark_printed(office.company, [drafts[0]], **who)
    with office.company.read() as connection:
        rows = connection.execute(text("SELECT * FROM frozen ORDER BY sequence")).all()
        papers = {
            (one.contract_id, one.revision, one.copy): one.pdf
            for one in connection.execute(text("SELECT * FROM papers"))
        }
        schemes = {
            one.id: one.sha256 for one in connection.execute(text("SELECT id, sha256 FROM schemes"))
        }
    assert [(one.contract_id, one.revision) for one in rows] == [
        (drafts[0], 1), (drafts[1], 1), (drafts[0], 2),
    ]  # fmt: skip
    previous = "0" * 64
    for one in rows:
        assert one.previous == previous
        hashes = [
            sha256(papers[one.contract_id, one.revision, copy]).hexdigest()
            for copy in ("party_a", "party_b")
        ]
        assert one.sha256 == content_hash(one.body)
        assert one.seal == content_hash(previous + one.sha256 + "".join(hashes))
        previous = one.seal
        said = json.loads(one.body)
        assert said["schema"] == 1
        assert said["scheme_sha256"] == schemes["account-manager-kpi"]
        assert said["contract"]["targets"][0]["total"] == "1200"
        assert one.body == json.dumps(
            said, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )


def test_what_is_shown_of_an_issued_contract_is_what_was_printed(
    office: Office, who: dict[str, Any]
) -> None:
    contract = office.draft()
    contracts.mark_printed(office.company, [contract], **who)
    with office.company.change("王芳") as work:
        rows = work.connection.execute(text("SELECT copy, pdf FROM papers")).all()
    kept = {row.copy: row.pdf for row in rows}
    assert contracts.contract_pdf(office.company, contract) == kept["party_a"]
    assert contracts.contract_pdf(office.company, contract, Copy.PARTY_B) == kept["party_b"]
    contracts.void(office.company, contract, reason="不做了", **who)
    assert contracts.contract_pdf(office.company, contract, Copy.PARTY_B) == kept["party_b"]


def test_an_issued_contract_whose_paper_is_gone_is_not_made_anew(
    office: Office, who: dict[str, Any]
) -> None:
    contract = office.draft()
    contracts.mark_printed(office.company, [contract], **who)
    with office.company.change("王芳") as work:
        work.connection.execute(text("DROP TRIGGER papers_no_delete"))
        work.connection.execute(text("DELETE FROM papers WHERE copy = 'party_b'"))
    with pytest.raises(KpiDeskError, match="打印存档不见了"):
        contracts.contract_pdf(office.company, contract, Copy.PARTY_B)


def test_no_copy_is_moved_on_a_day_to_come(office: Office, who: dict[str, Any]) -> None:
    contract = office.draft()
    office.sign(contract)
    with pytest.raises(KpiDeskError, match="还没有到"):
        contracts.move_copies(
            office.company, [contract], copies=BOTH, to=S.SEALED, on=date(2026, 3, 3), **who
        )
