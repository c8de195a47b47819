"""导入…: file → sheet and columns → preview with problems → done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.files import choose_file, file_name, write_whole
from kpidesk.ui.importing.columns import ColumnsStep
from kpidesk.ui.importing.preview import PreviewStep
from kpidesk.ui.importing.source import SourceStep
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Badge, EmptyState, push_button, row
from kpidesk.usecases import importing
from kpidesk.usecases.importing import Action, Kind, Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.importing import Book, Imported, Offer, Preview
    from kpidesk.usecases.targets import PlanKey

_SIZE = QSize(960, 640)
_SOURCE, _COLUMNS, _PREVIEW, _DONE = range(4)
_NAMES = ("文件", "列的对应", "核对", "完成")


class ImportDialog(Dialog):
    """Step by step; what was chosen stays on the way back, and nothing is written before 导入."""

    chapter = "从 Excel 导入，导出到 Excel"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        kind: Kind = Kind.PEOPLE,
        path: Path | None = None,
        plan: PlanKey | None = None,
    ) -> None:
        """`kind` is chosen already, and `plan`; `path` is read at once."""
        super().__init__(parent, "从 Excel 导入", width=_SIZE.width())
        self._desk = desk
        self._path: Path | None = None
        self._book: Book | None = None
        self._order: Order | None = None
        self._busy = False
        self._made: Imported | None = None
        self.source = SourceStep(desk, kind, plan)
        self.columns = ColumnsStep(desk, plan.fact if plan else "")
        self.preview = PreviewStep(desk)
        self.done_words = EmptyState(desk.look, icon="success")
        self._marks = [Badge(desk.look, f"{n}  {name}") for n, name in enumerate(_NAMES, 1)]
        self.stack = QStackedWidget()
        for step in (self.source, self.columns, self.preview, self.done_words):
            self.stack.addWidget(step)
        self.body.addLayout(row(*self._marks, None, spacing=10))
        self.body.addWidget(self.stack, 1)
        self.back = push_button(desk.look, "上一步", self.go_back, icon="arrow-left")
        self.back.setAutoDefault(False)
        self.add_buttons("下一步")
        buttons = self._outer.itemAt(self._outer.count() - 1).layout()
        if isinstance(buttons, QHBoxLayout):
            buttons.insertWidget(0, self.back)
        self.source.changed.connect(self._name_buttons)
        self.source.chosen.connect(self.read)
        self.columns.wanted.connect(self._guess_again)
        self.preview.decided.connect(self._check_again)
        self.preview.report_wanted.connect(self._ask_report)
        self.preview.reread_wanted.connect(self._reread)
        self.resize(_SIZE)
        self._go(_SOURCE)
        if path is not None:
            self.read(path)

    @property
    def step(self) -> int:
        """The step in view, from 0."""
        return self.stack.currentIndex()

    # --- steps

    def accept(self) -> None:
        """On to the next step; after the preview, import; at the end, close."""
        if self._busy:
            return
        match self.step:
            case 0:
                self._begin_columns()
            case 1:
                self._begin_preview()
            case 2:
                self._import()
            case _:
                super().accept()
                if self._made is not None and self._made.plan is not None:
                    self._desk.go("targets", ("imported", self._made.plan, self._made.file))

    def go_back(self) -> None:
        """The step before."""
        if 0 < self.step < _DONE and not self._busy:
            self._go(self.step - 1)

    def reject(self) -> None:
        """Close; nothing has been written unless the import is through."""
        if not self._busy:
            super().reject()

    def _go(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        for number, mark in enumerate(self._marks):
            tone = Tone.ACCENT if number == step else Tone.NEUTRAL
            mark.say(mark.text(), Tone.GOOD if number < step else tone)
        self.back.setVisible(0 < step < _DONE)
        if self.reject_button is not None:
            self.reject_button.setVisible(step < _DONE)
        self._name_buttons()

    def _name_buttons(self) -> None:
        shown = self.preview.preview
        ready = {
            _SOURCE: self._book is not None and self.source.destination is not None,
            _COLUMNS: True,
            _PREVIEW: shown is not None and shown.is_ready,
            _DONE: True,
        }
        count = shown.count(Action.NEW, Action.CHANGE) if shown else 0
        leads_on = self._made is not None and self._made.plan is not None
        words = {_PREVIEW: f"导入 {count} 行", _DONE: "去核对、发布" if leads_on else "完成"}
        self.accept_button.setText(words.get(self.step, "下一步"))
        self.accept_button.setEnabled(ready[self.step] and not self._busy)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._name_buttons()

    # --- file

    def read(self, path: Path) -> None:
        """Read a file; then on to its columns."""
        self._set_busy(busy=True)
        self._path, self._book = path, None

        def shown(book: Book) -> None:
            self._book = book
            self._set_busy(busy=False)
            self.source.show_file(path)
            self.columns.show_book(book)
            if self.source.destination is not None:
                self._begin_columns()

        def failed(problem: Exception) -> None:
            self._begin_again(path, f"“{path.name}”：{message_of(problem)}")

        title, work = f"读取“{path.name}”", partial(importing.open_book, path)
        self._desk.tasks.run_long(title, work, shown, failed, owner=self)

    def _begin_again(self, path: Path | None, told: str) -> None:
        self._set_busy(busy=False)
        self._go(_SOURCE)
        self.source.show_file(path, told)

    def _reread(self) -> None:
        if self._path is not None:
            self.read(self._path)

    # --- columns

    def _begin_columns(self) -> None:
        self._guess(None)
        self._go(_COLUMNS)

    def _guess_again(self) -> None:
        self._guess(self.columns.header.value() - 1 if self.sender_is_header() else None)

    def sender_is_header(self) -> bool:
        """Whether the officer chose another header row, not another sheet."""
        return self.columns.header.hasFocus()

    def _guess(self, header: int | None) -> None:
        into, sheet = self.source.destination, self.columns.sheet
        if into is None or sheet is None:
            return

        def shown(found: Offer) -> None:
            self._set_busy(busy=False)
            self.columns.show_offer(found)

        self._set_busy(busy=True)  # or one could go on before any column means anything
        self._desk.ask(
            lambda company: importing.offer(company, into, sheet, header),
            shown,
            lambda problem: self._begin_again(self._path, message_of(problem)),
            owner=self,
        )

    # --- preview

    def _begin_preview(self) -> None:
        into, sheet, book = self.source.destination, self.columns.sheet, self._book
        if into is None or sheet is None or book is None:
            return
        step = self.columns
        self._order = Order(
            into, sheet, step.header.value() - 1, step.mapping, book.name, step.item, step.period
        )
        titles = [one.heading or one.letters for one in step.model.rows()]
        self.preview.begin(list(step.mapping), [titles[n] for n in step.mapping])
        self._check(lambda: self.preview.take_cursor() or self.accept_button.setFocus())
        self._go(_PREVIEW)

    def _check_again(self) -> None:
        self._check(lambda: None)

    def _check(self, then: Callable[[], object]) -> None:
        order, decisions = self._told_order(), dict(self.preview.decisions)
        if order is None:
            return
        self._set_busy(busy=True)

        def show(found: Preview) -> None:
            self.preview.show_preview(found, order)
            self._set_busy(busy=False)
            then()

        def failed(problem: Exception) -> None:
            self._set_busy(busy=False)
            self.preview.banner.say(message_of(problem))

        self._desk.ask(
            lambda company: importing.check(company, order, decisions), show, failed, owner=self
        )

    def _told_order(self) -> Order | None:
        return self._order.because(self.preview.reason.text()) if self._order else None

    def _ask_report(self) -> None:
        order, shown = self._told_order(), self.preview.preview
        if order is None or shown is None:
            return

        def write(path: Path) -> None:
            self._desk.ask(
                lambda _: write_whole(path, importing.report(order, shown)),
                lambda _: self._desk.tell(f"问题表已保存到 {path}"),
                owner=self,
            )

        name = file_name(f"{Path(order.file).stem} 问题")
        start = self._desk.documents / f"{name}.xlsx"
        choose_file(self, "保存问题表", start, "Excel 工作簿 (*.xlsx)", write, to_save=True)

    # --- done

    def _import(self) -> None:
        order, decisions = self._told_order(), dict(self.preview.decisions)
        if order is None:
            return
        actor, today = self._desk.officer, self._desk.today
        self._set_busy(busy=True)

        def work(company: Company, progress: Progress) -> Imported:
            return importing.carry_out(
                company, order, decisions, actor=actor, today=today, progress=progress
            )

        def done(made: Imported) -> None:
            self._set_busy(busy=False)
            if made.cancelled:
                self.preview.banner.say("已取消，没有导入任何内容", Tone.WARN)
                return
            counts = (made.new, made.changed, made.same, made.skipped)
            named = zip(("新增", "更新", "不变", "跳过"), counts, strict=True)
            said = "，".join(f"{word} {count} 行" for word, count in named if count)
            hint = f"{said}。\n导入前的备份：{made.backup}"
            self._made = made
            if made.plan is not None:
                hint += "\n下一步：打开目标计划，核对未分配的数，然后发布。"
            self.done_words.say(f"已导入到{order.destination.title.split('　')[0]}", hint)
            self._desk.tell(f"已导入“{order.file}”：{said}")
            self._go(_DONE)
            self.accept_button.setFocus()

        def failed(problem: Exception) -> None:
            self._set_busy(busy=False)
            self.preview.banner.say(f"没有导入任何内容：{message_of(problem)}")

        self._desk.act_long("导入", work, done, failed, owner=self)
