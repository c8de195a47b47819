"""One draft of a scheme: sections in the middle; clause, check-up and trial at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from kpidesk.ui.errors import message_of
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.pages.schemes.editor import plain, sections
from kpidesk.ui.pages.schemes.editor.draft import SetScheme
from kpidesk.ui.pages.schemes.editor.flaws import FlawsPanel
from kpidesk.ui.pages.schemes.editor.indicators import FORM_WIDTH, TREE_WIDTH, IndicatorSection
from kpidesk.ui.pages.schemes.editor.listed import ListedSection
from kpidesk.ui.pages.schemes.editor.printed import PrintedPanel
from kpidesk.ui.pages.schemes.editor.trial import TrialPanel
from kpidesk.ui.undo import EditCommand
from kpidesk.ui.widgets import Banner, column, row, tool_button
from kpidesk.usecases import editing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QUndoStack

    from kpidesk.core.editing.curve import Curve
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.editing import SchemeDraft

_SAVE_MS = 700
_SIDE_WIDTH = 310
_INDICATORS = 1
_CHECK_UP, _TRIAL = 1, 2


class _Section(Protocol):
    """What is asked of a section: show the draft, take what was typed."""

    def show_draft(self) -> None:
        """Show the draft as it is now."""

    def take(self) -> bool:
        """Make what was typed a change; False when something makes no sense."""

    def printed(self) -> Sequence[str]:
        """What the contract will print of it."""

    def curve(self) -> Curve | None:
        """Its picture, where it has one."""


class SchemeEditor(QWidget):
    """Every change can be undone, and is saved by itself."""

    counted = Signal(int, int)
    """How many errors and warnings the check-up found."""

    def __init__(self, desk: Desk, undo: QUndoStack, draft: SchemeDraft) -> None:
        """`undo` is the page's stack; there is nothing to undo yet."""
        super().__init__()
        self._desk, self._undo, self._draft = desk, undo, draft
        self._now = draft.scheme
        self._saved = draft.scheme
        self._begun = draft.scheme
        undo.clear()
        self._save_later = QTimer(self)
        self._save_later.setSingleShot(True)
        self._save_later.setInterval(_SAVE_MS)
        self._save_later.timeout.connect(self.save)
        self.banner = Banner(desk.look)
        look = desk.look
        self.indicators = IndicatorSection(look, self.current)
        self._sections: list[tuple[str, _Section, QWidget]] = []
        made = (
            ("基本", plain.BasicsSection(look, self.current)),
            ("指标", self.indicators),
            ("等级", plain.GradesSection(look, self.current)),
            ("评分人", plain.raters(look, self.current)),
            ("数据项", sections.figures(desk, self.current)),
            ("计算项", sections.metrics(desk, self.current)),
            ("参数", sections.parameters(desk, self.current)),
            ("薪酬", sections.pay(desk, self.current)),
            ("条款", sections.clauses(desk, self.current)),
            ("原文", sections.source(desk, self.current)),
            ("歧义", sections.ambiguities(desk, self.current)),
        )
        self.tabs = ChoiceBar(*(title for title, _ in made))
        self._stack = QStackedWidget()
        for title, section in made:
            section.edited.connect(self.push)
            section.refused.connect(self._refuse)
            if isinstance(section, ListedSection):
                section.turned.connect(self._show_printed)
            self._sections.append((title, section, section))
            self._stack.addWidget(section)
        self.flaws = FlawsPanel(desk, self.current)
        self.flaws.edited.connect(self.push)
        self.flaws.counted.connect(self._count)
        self.trial = TrialPanel(desk, self.current)
        self.printed = PrintedPanel(look)
        self.indicators.turned.connect(self._show_printed)
        self.side_bar = ChoiceBar("条款", "体检", "试算")
        self._side = QStackedWidget()
        self._side.addWidget(self.printed)
        self._side.addWidget(self.flaws)
        self._side.addWidget(self.trial)
        self.side_bar.chosen.connect(self._show_side)
        self._build()
        self.tabs.choose(_INDICATORS)
        self.tabs.chosen.connect(self._show_section)
        self._show_section(_INDICATORS)
        self.flaws.show_draft()
        desk.closing.connect(self._close)

    def _build(self) -> None:
        side = QWidget()
        layout = column(self.side_bar, self._side, spacing=8)
        layout.setStretch(1, 1)
        side.setLayout(layout)
        self._hide = tool_button(self._desk.look, "chevron-right", "收起右边", self._fold)
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(14)
        halves.addWidget(self._stack)
        halves.addWidget(side)
        halves.setStretchFactor(0, 1)
        halves.setSizes([TREE_WIDTH + FORM_WIDTH, _SIDE_WIDTH])
        self._side_holder = side
        whole = column(row(self.tabs, self._hide), self.banner, halves, spacing=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    # --- the draft

    @property
    def draft(self) -> int:
        """Which draft it is."""
        return self._draft.id

    @property
    def is_saved(self) -> bool:
        """Whether the company file has the draft as it is here."""
        return self._saved is self._now

    def current(self) -> Scheme:
        """The draft as it is now."""
        return self._now

    @Slot(str, object)
    def push(self, text: str, scheme: Scheme) -> None:
        """Make a change that can be undone."""
        self.banner.say("")
        self._undo.push(EditCommand(SetScheme(text, scheme), self.current, self._put))

    def take(self) -> bool:
        """Make what was typed in the section in view a change."""
        return self._sections[self._stack.currentIndex()][1].take()

    @Slot()
    def save(self) -> None:
        """Keep the draft in the company file."""
        self._save_later.stop()
        if self._saved is self._now:
            return
        draft, scheme, actor, today = (
            self._draft.id, self._now, self._desk.officer, self._desk.today,
        )  # fmt: skip
        self._saved = scheme

        def failed(problem: Exception) -> None:
            self._saved = self._begun
            self.banner.say(f"没有存上：{message_of(problem)}")

        self._desk.act(
            lambda company: editing.save(company, draft, scheme=scheme, actor=actor, today=today),
            failed=failed,
            owner=self,
        )

    @Slot()
    def _close(self) -> None:
        """The program ends: what was typed is kept, and nothing more is asked."""
        self.take()
        self.save()
        self._save_later.stop()
        self.flaws.stop()
        self.trial.stop()

    def show_check_up(self) -> None:
        """Bring what is wrong with the draft into view."""
        if self._side_holder.isHidden():
            self._fold()
        self.side_bar.choose(_CHECK_UP)

    def show_indicator(self, name: str) -> None:
        """Bring an indicator into view."""
        self.tabs.choose(_INDICATORS)
        self.indicators.tree.choose(name)

    def _put(self, scheme: Scheme) -> None:
        self._now = scheme
        self._sections[self._stack.currentIndex()][1].show_draft()
        self.flaws.show_draft()
        self._show_printed()
        if self._side.currentIndex() == _TRIAL:
            self.trial.show_draft()
        self._save_later.start()

    # --- views

    @property
    def shown(self) -> QWidget:
        """The section in view."""
        return self._sections[self._stack.currentIndex()][2]

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self._desk

    @Slot(int)
    def _show_section(self, number: int) -> None:
        self.take()
        self._stack.setCurrentIndex(number)
        self._sections[number][1].show_draft()
        self._show_printed()

    @Slot()
    def _show_printed(self) -> None:
        section = self._sections[self._stack.currentIndex()][1]
        self.printed.show_printed(section.printed(), section.curve())
        # Wrapped text knows its height only once its width is settled, level by level; done at
        # once, nobody sees a clause cut off in between.
        for _ in range(2):  # again for a scroll bar that has come or gone
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    @Slot(int)
    def _show_side(self, number: int) -> None:
        self._side.setCurrentIndex(number)
        if number == _TRIAL:
            self.take()
            self.trial.show_draft()

    def _fold(self) -> None:
        shown = not self._side_holder.isHidden()
        self._side_holder.setVisible(not shown)
        tip = "展开条款、体检和试算" if shown else "收起右边"
        self._desk.look.dress(self._hide, "chevron-left" if shown else "chevron-right")
        self._hide.setToolTip(tip)
        self._hide.setAccessibleName(tip)

    @Slot(int, int)
    def _count(self, errors: int, warnings: int) -> None:
        told = errors or warnings
        self.side_bar.rename(_CHECK_UP, f"体检 {told}" if told else "体检")
        self.counted.emit(errors, warnings)

    @Slot(str)
    def _refuse(self, problem: str) -> None:
        self.banner.say(problem, Tone.WARN)
