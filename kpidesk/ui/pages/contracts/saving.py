"""Contracts as files: all in one for a printing shop, or one each, named as the officer likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpidesk.core.contract import ContractState, Copy
from kpidesk.core.errors import KpiDeskError
from kpidesk.ui.dialogs import confirm, show_message
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.files import choose_file, choose_folder, file_name
from kpidesk.ui.forms import TextField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.contracts.actions import Action, why_not
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import label
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QFileDialog, QWidget

    from kpidesk.core.contract import ContractId
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.contracts import ContractRow, Printout

_KEY = "contracts/file-names"
_PDF = "PDF 文件 (*.pdf)"


def save_one_file(
    desk: Desk, parent: QWidget, rows: Sequence[ContractRow], *, duplex: bool = False
) -> QFileDialog | None:
    """Both copies of each contract in one PDF: for a printing shop, or to send."""
    if why_not(Action.SAVE, rows):
        return None
    first, count = rows[0], len(rows)
    several = f"责任书 {first.person_name}等{count}份 {desk.today}"
    name = f"{first.number}_{first.person_name}" if count == 1 else several
    ids = [row.id for row in rows]

    def then(path: Path) -> None:
        def write(company: Company, progress: Progress) -> Printout:
            return contract_cases.contracts_file(
                company, ids, path, duplex=duplex, progress=progress
            )

        desk.act_long("生成 PDF", write, _Told(desk, parent, rows, path, write))

    start = desk.documents / f"{file_name(name)}.pdf"
    return choose_file(parent, "另存为 PDF", start, _PDF, then, to_save=True)


def save_for_duplex(desk: Desk, parent: QWidget, rows: Sequence[ContractRow]) -> QFileDialog | None:
    """The same, an empty back added where a copy would begin on the back of another."""
    return save_one_file(desk, parent, rows, duplex=True)


class FileNamesDialog(Dialog):
    """How the files are called: a pattern, remembered, with the name that comes of it."""

    chapter = "打印与签署"

    def __init__(self, desk: Desk, parent: QWidget, row: ContractRow) -> None:
        """`row` is the contract that serves as the example."""
        super().__init__(parent, "每份一个文件", width=560)
        self._desk, self._row = desk, row
        places = " ".join(f"{{{one}}}" for one in contract_cases.PLACES)
        hint = f"花括号里的字换成各份责任书的内容，可以用：{places}。重名的会自动编号。"
        self.pattern = TextField("文件名的格式", required=True, most=80, hint=hint)
        self.pattern.set_value(desk.settings.text(_KEY) or contract_cases.PATTERN)
        self.pattern.changed.connect(self._look_again)
        self.example = label("", "muted", wrap=True)
        self.body.addWidget(self.pattern)
        self.body.addWidget(self.example)
        self.add_buttons("选择文件夹…")
        self._look_again()

    def accept(self) -> None:
        """Remember the pattern; only a sensible one gets so far."""
        self._desk.settings.put_text(_KEY, self.pattern.value())
        super().accept()

    def _look_again(self) -> None:
        try:
            pattern = self.pattern.value()
            name = contract_cases.example_name(self._row, Copy.PARTY_A, pattern)
        except (ValueError, KpiDeskError) as problem:
            self.example.setText(str(problem))
            self.accept_button.setEnabled(False)
        else:
            self.example.setText(f"例如：{name}.pdf")
            self.accept_button.setEnabled(True)


def save_in_folder(
    desk: Desk, parent: QWidget, rows: Sequence[ContractRow]
) -> FileNamesDialog | None:
    """A file for each copy of each contract, in a folder."""
    if why_not(Action.SAVE, rows):
        return None
    dialog = FileNamesDialog(desk, parent, rows[0])
    dialog.accepted.connect(lambda: _into_folder(desk, parent, rows, dialog.pattern.value()))
    dialog.open()
    return dialog


def _into_folder(desk: Desk, parent: QWidget, rows: Sequence[ContractRow], pattern: str) -> None:
    ids = [row.id for row in rows]

    def then(folder: Path) -> None:
        def write(company: Company, progress: Progress) -> Printout:
            return contract_cases.contracts_pdf(
                company, ids, folder=folder, pattern=pattern, progress=progress
            )

        desk.act_long("生成 PDF", write, _Told(desk, parent, rows, folder, write))

    choose_folder(parent, "责任书存到哪个文件夹", desk.documents, then)


def hand_out(desk: Desk, parent: QWidget, rows: Sequence[ContractRow]) -> DocumentDialog | None:
    """The list to sign when contracts are handed out and given back."""
    if why_not(Action.SAVE, rows):
        return None
    ids, actor, today = [row.id for row in rows], desk.officer, desk.today
    dialog = DocumentDialog(
        desk,
        parent,
        f"发放、回收登记表 {len(ids)} 份",
        lambda company: contract_cases.handout_pdf(company, ids, actor=actor, today=today),
    )
    dialog.open()
    return dialog


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said when contracts were saved; drafts may be frozen then, if printed elsewhere."""

    desk: Desk
    parent: QWidget
    rows: Sequence[ContractRow]
    place: Path
    write: Callable[[Company, Progress], Printout]

    def __call__(self, made: Printout) -> None:
        """Say it."""
        drafts = [row.id for row in self.rows if row.state is ContractState.DRAFT]
        if made.cancelled:
            kept = f"已生成的 {len(made.paths)} 个文件保留在 {self.place}。" if made.paths else ""
            text = f"共 {made.total} 份，完成了 {made.done} 份。{kept}"
            show_message(self.desk, self.parent, "已取消", text, Tone.WARN)
            return
        self.desk.tell(f"已保存 {made.done} 份责任书到 {self.place}")
        if drafts and self.desk.may("contracts.states.mark_printed"):
            confirm(
                self.desk,
                self.parent,
                title=f"已保存，其中 {len(drafts)} 份还是草稿",
                text="拿这个文件到别处打印、签字的，请现在锁定：内容不再改动，状态变为“已打印”，"
                "签字盖章后就能登记签署。\n只是看看或征求意见的，先不锁定，还可以修改。",
                action="锁定，记为已打印",
                back="先不锁定",
                then=lambda: self._freeze(drafts),
            )

    def _freeze(self, drafts: Sequence[ContractId]) -> None:
        """Freeze them, and write the files anew from what is frozen."""
        desk = self.desk
        actor, today = desk.officer, desk.today

        def work(company: Company, progress: Progress) -> Changes:
            changes = contract_cases.mark_printed(
                company, drafts, actor=actor, today=today, progress=progress
            )
            self.write(company, progress)
            return changes

        said = f"已锁定 {len(drafts)} 份责任书，签字盖章后请登记签署"
        desk.act_long("存档已打印的责任书", work, lambda _: desk.tell(said))
