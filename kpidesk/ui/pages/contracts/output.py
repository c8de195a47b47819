"""Contracts on paper: both copies, or one that was spoiled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from kpidesk.core.contract import Copy
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.pages.contracts.actions import Action, why_not
from kpidesk.ui.pages.contracts.marking import kind_of, naming
from kpidesk.ui.printing import print_documents
from kpidesk.ui.widgets import label
from kpidesk.ui.words import copy_text
from kpidesk.usecases import contracts as contract_cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.contracts import ContractRow, Pages


class CopiesDialog(Dialog):
    """Which copies to print; both, unless one was spoiled."""

    chapter = "打印与签署"

    def __init__(self, parent: QWidget, rows: Sequence[ContractRow]) -> None:
        """Both copies ticked."""
        super().__init__(parent, f"打印{kind_of(rows)}", width=440)
        self.body.addWidget(label(naming(rows), "heading", wrap=True))
        self.boxes: dict[Copy, QCheckBox] = {}
        for copy, words in ((Copy.PARTY_A, "公司留存"), (Copy.PARTY_B, "交本人")):
            box = QCheckBox(f"{copy_text(copy)}（{words}）")
            box.setChecked(True)
            box.checkStateChanged.connect(self._look_again)
            self.boxes[copy] = box
            self.body.addWidget(box)
        hint = "打印后内容即锁定，状态变为“已打印”；签字盖章后在这里登记签署日期。"
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.add_buttons("选择打印机…")

    @property
    def copies(self) -> tuple[Copy, ...]:
        """The copies that are ticked."""
        return tuple(copy for copy, box in self.boxes.items() if box.isChecked())

    def _look_again(self, _state: Qt.CheckState) -> None:
        self.accept_button.setEnabled(bool(self.copies))


def print_contracts(
    desk: Desk, parent: QWidget, rows: Sequence[ContractRow]
) -> CopiesDialog | None:
    """Ask for copies and printer, print, and mark the contracts as printed."""
    if why_not(Action.PRINT, rows):
        return None
    dialog = CopiesDialog(parent, rows)
    dialog.accepted.connect(lambda: _prepare(desk, parent, rows, dialog.copies))
    dialog.open()
    return dialog


def _prepare(
    desk: Desk, parent: QWidget, rows: Sequence[ContractRow], copies: Sequence[Copy]
) -> None:
    ids = [row.id for row in rows]

    def work(company: Company, progress: Progress) -> list[Pages]:
        """A document for each copy, so that no two of them share a sheet of paper."""
        documents: list[Pages] = []
        for done, id_ in enumerate(ids):
            if progress.cancelled:
                return []
            progress.step(done, len(ids), f"正在生成第 {done + 1} 份，共 {len(ids)} 份")
            pdfs = (contract_cases.contract_pdf(company, id_, copy) for copy in copies)
            documents += [contract_cases.preview(pdf) for pdf in pdfs]
        progress.step(len(ids), len(ids))
        return documents

    def ready(documents: list[Pages]) -> None:
        if not documents:
            desk.tell("打印已取消")
            return
        done = partial(mark_printed, desk, rows, copies)
        print_documents(desk, parent, naming(rows), documents, done=done)

    desk.act_long("生成责任书", work, ready)


def mark_printed(
    desk: Desk, rows: Sequence[ContractRow], copies: Sequence[Copy] = tuple(Copy)
) -> None:
    """These copies are on paper: the terms are frozen from now on."""
    ids, actor, today = [row.id for row in rows], desk.officer, desk.today
    which = f"（{copy_text(copies[0])}）" if len(copies) == 1 else ""
    desk.act_long(
        "存档已打印的责任书",
        lambda company, progress: contract_cases.mark_printed(
            company, ids, copies=copies, actor=actor, today=today, progress=progress
        ),
        lambda _: desk.tell(f"已打印 {len(ids)} 份责任书{which}，签字盖章后请登记签署"),
    )
