"""Many contracts at once: named files, one file to print, the list to hand them out by."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpidesk.core.contract import Copy
from kpidesk.core.errors import KpiDeskError
from kpidesk.usecases import contracts
from tests.documents.samples import text_of
from tests.usecases.office import Office
from tests.usecases.test_contracts import Impatient


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "输出"
    made.mkdir()
    return made


def test_files_are_named_as_the_officer_likes(office: Office, folder: Path) -> None:
    ids = [office.draft(), office.draft(people=[office.director])]
    made = contracts.contracts_pdf(
        office.company, ids, folder=folder, pattern="{部门}{版本}", copies=[Copy.PARTY_A]
    )
    assert [path.name for path in made.paths] == ["大客户部第1版.pdf", "大客户部第1版（2）.pdf"]
    with pytest.raises(KpiDeskError, match="不认识"):
        contracts.contracts_pdf(office.company, ids, folder=folder, pattern="{工资}")


def test_a_batch_in_one_file_has_every_copy_on_its_own_sheets(office: Office, folder: Path) -> None:
    ids = [office.draft(), office.draft(people=[office.director])]
    path = folder / "全部.pdf"
    made = contracts.contracts_file(office.company, ids, path, duplex=True)
    assert (made.done, made.paths, made.cancelled) == (2, (path,), False)
    with contracts.preview(path.read_bytes()) as pages:
        assert pages.page_count % 8 == 0
    assert [one.name for one in folder.iterdir()] == ["全部.pdf"]


def test_a_cancelled_batch_leaves_the_old_file_as_it_was(office: Office, folder: Path) -> None:
    ids = [office.draft(), office.draft(people=[office.director])]
    path = folder / "全部.pdf"
    path.write_bytes("旧的".encode())
    stopped = contracts.contracts_file(office.company, ids, path, progress=Impatient(1))
    assert (stopped.done, stopped.cancelled) == (1, True)
    assert path.read_bytes() == "旧的".encode()
    assert [one.name for one in folder.iterdir()] == ["全部.pdf"]
    with pytest.raises(KpiDeskError, match="没有写到"):
        contracts.contracts_file(office.company, ids, folder / "没有" / "全部.pdf")


def test_the_list_to_hand_out_by_names_everybody_with_their_copies(office: Office) -> None:
    ids = [office.draft(), office.draft(people=[office.director])]
    text = text_of(contracts.handout_pdf(office.company, ids, **office.who))
    for said in ("目标责任书发放、回收登记表", "责任书2份，每份2件，共4件",
                 "大客户部-2026-001第1版", "大客户部-2026-002第1版",
                 "领取人签字", "交回日期", "制表人："):  # fmt: skip
        assert said in text
