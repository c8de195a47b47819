"""归档: files come in by the dialog, by a drop and from the scanner's folder; the tray by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from kpidesk.core.contract import ContractId, Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.filing import PageState
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.dialogs.messages import ReasonDialog
from kpidesk.ui.pages.contracts.preview import ContractPreview
from kpidesk.ui.pages.filing import FilingPage
from kpidesk.ui.scan_folder import KEY, ScanFolder
from kpidesk.usecases import contracts, filing, people
from kpidesk.usecases.company import Company
from tests.soak.degrade import as_jpeg, as_pdf, printed_pages
from tests.usecases.office import Office

T = TypeVar("T")


@dataclass(slots=True)
class Room:
    """The open company, one contract on paper, and the pages of its first copy."""

    desk: Desk
    settle: Callable[[Desk], None]
    who: dict[str, Any]
    contract: ContractId
    pages: list[Image.Image]

    def wait(self) -> None:
        """Until the worker has answered, and what its answers asked."""
        for _ in range(3):
            self.settle(self.desk)

    def ask(self, work: Callable[[Company], T]) -> T:
        answers: list[T] = []
        self.desk.ask(work, answers.append)
        self.wait()
        return answers[0]


@pytest.fixture
def room(company_desk: Desk, settle: Callable[[Desk], None]) -> Room:
    who: dict[str, Any] = {"actor": "李梅", "today": company_desk.today}

    def work(company: Company) -> tuple[ContractId, bytes]:
        department = people.add_department(company, name="大客户部", **who).id
        one, two = (
            people.add_person(
                company, number=number, name=name, department=department, post="经理", **who
            ).id
            for number, name in (("001", "王䶮"), ("002", "李㛃"))
        )
        contract = Office(company, department, one, two, who).draft()
        contracts.mark_printed(company, [contract], **who)
        return contract, contracts.contract_pdf(company, contract, Copy.PARTY_A)

    made = Room(company_desk, settle, who, ContractId(0), [])
    made.contract, pdf = made.ask(work)
    made.pages = printed_pages(pdf, 150)
    return made


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> FilingPage:
    made = FilingPage(room.desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    room.wait()
    return made


def save(path: Path, pages: list[Image.Image]) -> Path:
    path.write_bytes(
        as_pdf([(as_jpeg(one, 60, 150), one.width * 0.48, one.height * 0.48) for one in pages])
    )
    return path


def spoilt(page: Image.Image) -> Image.Image:
    made = page.copy()
    made.paste(255, (100, 0, 420, 260))
    return made


def test_chosen_files_are_read_and_the_tray_is_worked_off_by_keys(
    page: FilingPage, room: Room, tmp_path: Path
) -> None:
    first, second, third = room.pages
    path = save(tmp_path / "签回.pdf", [first, spoilt(second), third, spoilt(second)])
    page.add_button.click()
    [dialog] = cast("list[QFileDialog]", page.findChildren(QFileDialog))
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    room.wait()
    assert page.banner.text() == "“签回.pdf”：归档 2 页，待处理 2 页"
    assert page.sections.texts[0] == "待处理 2"
    assert page.table.horizontalScrollBar().maximum() == 0, "all columns at a width of 1240"
    by_age = sorted(page.model.shown(), key=lambda one: one.page.id)
    page.table.select([by_age[0].page.id])
    room.wait()
    assert page.pane.view.canvas.page_count == 1
    assert "推测是第 2 页，请核对" in by_age[0].page.reason
    assert (page.pane.number.raw(), page.pane.total.raw()) == ("2", "3")
    line = page.pane.number.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_Return)
    room.wait()
    assert page.sections.texts[0] == "待处理 1"
    assert page.banner.text() == ""
    # The next one of the tray is at hand: put away by Delete, with a reason.
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    [asked] = cast("list[ReasonDialog]", page.findChildren(ReasonDialog))
    asked._edit.setPlainText("同一页扫了两次")
    asked.accept()
    room.wait()
    assert page.model.shown() == ()
    page.sections.choose(2)
    states = {one.known.paper.copy: one.is_complete for one in page.papers.shown()}
    assert states == {Copy.PARTY_A: True, Copy.PARTY_B: False}


def test_a_stack_that_was_scanned_twice_is_put_away_at_once(
    page: FilingPage, room: Room, tmp_path: Path
) -> None:
    page.receive([save(tmp_path / "两遍.pdf", [*room.pages, *room.pages])])
    room.wait()
    assert page.sections.texts[0] == f"待处理 {len(room.pages)}"
    page.table.setFocus()
    page.table.selectAll()
    assert page.pane.discard_button.text() == f"{len(room.pages)} 页不归档…"
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    [asked] = cast("list[ReasonDialog]", page.findChildren(ReasonDialog))
    asked._edit.setPlainText("整叠扫了两遍")
    asked.accept()
    room.wait()
    assert page.model.shown() == ()
    page._tell(filing.Intake((), cancelled=True))
    assert page.banner.text() == "已取消，没有读完的文件没有归档"


def test_a_doubled_page_can_stand_in_place_of_the_first(page: FilingPage, room: Room) -> None:
    code = room.desk.documents / "一.png"
    room.pages[0].save(code)
    again = room.desk.documents / "又一.bmp"
    room.pages[0].save(again)
    page.receive([code, again])
    room.wait()
    assert [one.page.reason for one in page.model.shown()] == ["重复页：这一页已经归档过"]
    assert page.pane.instead_button.isVisible()
    page.pane.file()
    room.wait()
    assert page.sections.texts[0] == "待处理 1"
    page.pane.instead_button.click()
    room.wait()
    states = {one.page.file_name: one.page.state for one in page.model.rows()}
    assert states == {"一.png": PageState.DISCARDED, "又一.bmp": PageState.FILED}


def test_dropped_files_are_read_and_refused_ones_are_named(
    page: FilingPage, room: Room, tmp_path: Path
) -> None:
    good = tmp_path / "一.png"
    room.pages[0].save(good)
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in (good, bad, tmp_path / "不是.docx")])
    page.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    room.wait()
    assert "“一.png”：归档 1 页" in page.banner.text()
    titles = [one.windowTitle() for one in cast("list[Dialog]", page.findChildren(Dialog))]
    assert any("1 个文件没有读入" in one for one in titles)
    assert [one.page.state for one in page.model.rows()] == [PageState.FILED]


def test_the_scanners_folder_is_read_once_a_file_is_finished_and_nothing_is_deleted(
    room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "扫描"
    folder.mkdir()
    room.desk.settings.put_text(KEY, str(folder))
    told: list[str] = []
    room.desk.told.connect(told.append)
    watch = ScanFolder(room.desk)
    whole = save(folder / "责任书.pdf", room.pages).read_bytes()
    half = folder / "正在写.pdf"
    half.write_bytes(whole[:1000])
    watch.look()
    assert not told
    half.write_bytes(whole[:2000])
    watch.look()  # the first has stayed as it was, the second grows
    qtbot.waitUntil(lambda: any("归档 3 页，1 份已齐全" in one for one in told), timeout=20_000)
    half.write_bytes(whole)
    (folder / "又一份.pdf").write_bytes(whole)
    for _ in range(6):
        watch.look()
        qtbot.wait(50)
        room.wait()
    view = room.ask(filing.filing_view)
    assert {one.page.file_name for one in view.pages} == {"责任书.pdf"}
    assert sorted(one.name for one in folder.iterdir()) == [
        "又一份.pdf",
        "正在写.pdf",
        "责任书.pdf",
    ]
    course = room.ask(lambda company: contracts.course_of(company, room.contract))
    assert course.copies[Copy.PARTY_A][-1].state is CopyState.SCANNED


def test_a_contract_shows_the_scan_of_its_copy(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    path = save(tmp_path / "甲.pdf", room.pages[:2])
    room.ask(lambda company: filing.receive_scans(company, [path], **room.who))
    preview = ContractPreview(room.desk)
    qtbot.addWidget(preview)
    preview.resize(600, 700)
    preview.show()
    preview.show_contract(room.contract)
    room.wait()
    assert preview.pages.canvas.page_count == 3
    preview.scan_button.click()
    room.wait()
    assert preview.pages.canvas.page_count == 2
    preview.copies.choose(1)
    room.wait()
    assert preview._banner.text() == "乙方存还没有归档的扫描件"
