"""操作记录: who did what, when, from which value to which; found, exported, printed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QPlainTextEdit

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.records.changes import change_lines, change_text
from kpidesk.ui.records.words import action_text, kind_text
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.table.exporting import export_table
from kpidesk.ui.widgets import Banner, label, push_button, row, search_box
from kpidesk.usecases.records import RecordRow, list_records, records_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.records import Records

_SIZE = QSize(1180, 640)
_DETAILS = 96
_ALL = "全部"
_SHARES = {
    "sequence": 6, "at": 14, "actor": 8, "action": 13, "about": 20, "changes": 30, "reason": 14,
}  # fmt: skip
_MOST_PRINTED, _MOST_LETTERS = 2000, 160


class RecordsDialog(Dialog):
    """The newest line stands first; what is filtered is what is exported and printed."""

    chapter = "操作记录"

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Begins with the last thirty days."""
        super().__init__(parent, "操作记录", width=_SIZE.width())
        self._desk = desk
        self._words: Mapping[str, str] = {}
        self._asked = 0
        self.banner = Banner(desk.look)
        self.span: ChoiceField[str] = ChoiceField("时间", _spans(desk.today), required=True)
        self.span.set_value("month")
        self.who: ChoiceField[str] = ChoiceField("操作人", [], none=_ALL)
        self.kind: ChoiceField[str] = ChoiceField("类别", [], none=_ALL)
        self.person: ChoiceField[str] = ChoiceField("涉及的人", [], none=_ALL, searchable=True)
        self.search = search_box(desk.look, "操作、对象、改动、理由", self._filter)
        self.model: RowsModel[RecordRow] = RowsModel(self._columns(), key=lambda one: one.sequence)
        self.table: TableView[RecordRow] = TableView(desk, self.model, "records")
        self.table.setAccessibleName("操作记录")
        self.table.set_empty("没有操作记录", "换一段时间，或去掉筛选。")
        self.table.chosen.connect(self._tell)
        self.told = QPlainTextEdit()
        self.told.setReadOnly(True)
        self.told.setAccessibleName("这一条的全部内容")
        self.told.setFixedHeight(_DETAILS)
        self.foot = label("", "muted")
        look = desk.look
        self.export_button = push_button(look, "导出为 Excel…", self._export, icon="export")
        self.print_button = push_button(look, "打印…", self._print, icon="print")
        close = push_button(look, "关闭", self.reject)
        for button in (self.export_button, self.print_button, close):
            button.setAutoDefault(False)
        for field, width in (
            (self.span, 150), (self.who, 130), (self.kind, 140), (self.person, 170),
        ):  # fmt: skip
            field.setFixedWidth(width)
        find = row(self.span, self.who, self.kind, self.person, None, self.search, spacing=12)
        self.body.addLayout(find)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.told)
        self.body.addLayout(row(self.foot, None, self.export_button, self.print_button, close))
        self.resize(_SIZE)
        self.span.changed.connect(self.refresh)
        for field in (self.who, self.kind, self.person):
            field.changed.connect(self._filter)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Load the lines of the chosen time, and follow the whole chain."""
        since, until = _bounds(self.span.value() or "month", self._desk.today)
        self._asked += 1
        asked = self._asked

        def show(found: Records) -> None:
            if asked == self._asked:
                self._show(found)

        self._desk.ask(
            lambda company: list_records(company, since=since, until=until), show, owner=self
        )

    def _show(self, found: Records) -> None:
        self._words = found.words
        self._offer(self.who, {one.actor for one in found.rows})
        self._offer(self.kind, {kind_text(one.action) for one in found.rows})
        self._offer(self.person, {one.person for one in found.rows if one.person})
        self.model.show(found.rows)
        if found.broken is not None:
            text = f"日志从第 {found.broken} 条起与校验值不符，可能被改动过。请“检查数据库”。"
            self.banner.say(text, Tone.BAD)
        self.foot.setText(
            f"全部 {found.total:,} 条，审计号 {found.head}"
            + ("，逐条核对无误" if found.broken is None else "")
        )
        self._filter()

    def _offer(self, field: ChoiceField[str], values: set[str]) -> None:
        field.blockSignals(True)
        field.set_options([(one, one) for one in sorted(values)])
        field.blockSignals(False)

    @Slot()
    def _filter(self) -> None:
        who, kind, person = (_chosen(one) for one in (self.who, self.kind, self.person))

        def keep(one: RecordRow) -> bool:
            return (
                (not who or one.actor == who)
                and (not kind or kind_text(one.action) == kind)
                and (not person or one.person == person)
            )

        self.model.filter_rows(keep if who or kind or person else None)
        self.model.filter_text(self.search.text())
        shown = bool(self.model.shown())
        self.export_button.setEnabled(shown)
        self.print_button.setEnabled(shown)
        self._tell()

    def _tell(self) -> None:
        one = self.table.current_row()
        if one is None:
            self.told.setPlainText("")
            return
        head = f"第 {one.sequence} 条　{_moment(one)}　{one.actor}　{action_text(one.action)}"
        lines = [head, *change_lines(one, self._words)]
        if one.reason:
            lines.append(f"理由：{one.reason}")
        self.told.setPlainText("\n".join([*lines, f"校验值 {one.hash[:16]}…"]))

    def _export(self) -> None:
        export_table(self._desk, self.table, "操作记录")

    def _print(self) -> None:
        from kpidesk.ui.pages.scoring.document import DocumentDialog

        shown = self.model.shown()[:_MOST_PRINTED]
        columns = self._columns()
        rows = tuple(tuple(_brief(one.text(line)) for one in columns) for line in shown)
        said = f"{dict(_spans(self._desk.today))[self.span.chosen()]}，共 {len(rows):,} 条"
        if len(self.model.shown()) > _MOST_PRINTED:
            said += f"（只打印最新的 {_MOST_PRINTED:,} 条）"

        def make(company: Company) -> bytes:
            return records_pdf(
                company,
                lines=(said,),
                columns=tuple(one.title for one in columns),
                shares=tuple(_SHARES[one.key] for one in columns),
                rows=rows,
            )

        DocumentDialog(self._desk, self, f"操作记录 {self._desk.today}", make).open()

    def _columns(self) -> tuple[Column[RecordRow], ...]:
        return (
            Column("sequence", "序号", lambda one: str(one.sequence), right=True, width=70),
            Column("at", "时间", _moment, width=150),
            Column("actor", "操作人", lambda one: one.actor, width=90),
            Column("action", "操作", lambda one: action_text(one.action), width=140),
            Column("about", "对象", lambda one: one.about, width=190),
            Column("changes", "改动", lambda one: change_text(one, self._words), stretch=True),
            Column("reason", "理由", lambda one: one.reason, width=140),
        )


def _moment(one: RecordRow) -> str:
    return f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}"


def _brief(text: str) -> str:
    """As much as a cell on paper takes; all of it stands in the window and in Excel."""
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"


def _chosen(field: ChoiceField[str]) -> str:
    """What is chosen; nothing while a name is being typed."""
    try:
        return field.value() or ""
    except ValueError:
        return ""


def _spans(today: date) -> list[tuple[str, str]]:
    return [
        ("week", "最近 7 天"),
        ("month", "最近 30 天"),
        ("year", f"{today.year} 年"),
        ("last", f"{today.year - 1} 年"),
        ("all", "全部"),
    ]


def _bounds(span: str, today: date) -> tuple[datetime | None, datetime | None]:
    """From the beginning of a day of this computer's clock to the beginning of another."""
    match span:
        case "week":
            days = (today - timedelta(days=6), None)
        case "month":
            days = (today - timedelta(days=29), None)
        case "year":
            days = (date(today.year, 1, 1), None)
        case "last":
            return _midnight(date(today.year - 1, 1, 1)), _midnight(date(today.year, 1, 1))
        case _:
            return None, None
    return _midnight(days[0]), None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
