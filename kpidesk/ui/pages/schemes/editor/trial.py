"""试算 beside the draft: figures are typed, scores and pay with their why come at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

from kpidesk.core.editing.trying import Key, TrialField, Tried, tried
from kpidesk.core.facts import TEAM
from kpidesk.core.findings import Code, Effect, shared
from kpidesk.core.names import ValueKind
from kpidesk.core.numerals import parse_decimal
from kpidesk.core.payroll.words import plain_periods
from kpidesk.core.period import CYCLE
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.why import WhyPanel
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, column, push_button, row
from kpidesk.ui.words import number_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from kpidesk.core.facts import FactValue
    from kpidesk.core.results import Result
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk

_REST_MS = 350
_MOST_SAID = 1
_ASKED = (Code.MISSING_FACT, Code.MISSING_PARAMETER)
"""What is missing stands in the list of what is asked for."""
_LEAST_HEIGHT = 84
_WHY_HEIGHT = 130
_HEIGHTS = (190, 140, 190)


class TrialPanel(QWidget):
    """Nothing of it is kept in the company file."""

    def __init__(self, desk: Desk, scheme: Callable[[], Scheme]) -> None:
        """What the scheme asks for is listed at once."""
        super().__init__()
        self._desk, self._scheme = desk, scheme
        self._values: dict[Key, FactValue] = {}
        self._tried: Tried | None = None
        self.role: ChoiceField[str] = ChoiceField("岗位", [])
        self.role.changed.connect(self._soon)
        self.fields: RowsModel[TrialField] = RowsModel(
            [
                Column("label", "数据项", _label, tip=_tip, stretch=True),
                Column(
                    "value", "数值", _value_text, right=True, edit=self._enter,
                    choices=_choices, width=96,
                ),
            ],
            key=lambda one: one.key,
        )  # fmt: skip
        self.entry: TableView[TrialField] = TableView(
            desk, self.fields, "scheme-trial-fields", cells=True
        )
        self.entry.set_empty("不需要填数字", "")
        self.results: RowsModel[Result] = RowsModel(
            [
                Column("title", "结果", _title, stretch=True),
                Column("value", "数值", lambda one: one.shown, right=True,
                       bold=lambda _: True, width=110),
            ],
            key=lambda one: (one.subject, one.name, one.period),
        )  # fmt: skip
        self.table: TableView[Result] = TableView(desk, self.results, "scheme-trial-results")
        self.table.set_empty("还没有结果", "填好上面的数字，这里就有得分和薪酬。")
        self.table.chosen.connect(self._explain)
        self.why = WhyPanel(desk, closable=False)
        self.banner = Banner(desk.look)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._try)
        self.sample = push_button(desk.look, "填入示例", self._fill)
        self.sample.setToolTip("给还空着的数字填上示例：得分填满分，其余填 100")
        clear = push_button(desk.look, "清空", self._clear)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(10)
        for one in (self.entry, self.table, self.why):
            parts.addWidget(one)
            one.setMinimumHeight(_LEAST_HEIGHT)
        self.why.setMinimumHeight(_WHY_HEIGHT)
        parts.setSizes(list(_HEIGHTS))
        self.role.hide_title()
        self.role.setToolTip("试算谁：岗位。试算的数字不保存")
        head = row(self.role, self.sample, clear, spacing=6)
        head.setStretch(0, 1)
        layout = column(head, parts, self.banner, spacing=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def tried(self) -> Tried | None:
        """What came out last."""
        return self._tried

    def show_draft(self) -> None:
        """Try the draft as it is now, soon."""
        roles = [(one.name, one.title) for one in self._scheme().roles]
        self.role.set_options(roles)
        self._soon()

    def stop(self) -> None:
        """Try no more."""
        self._rest.stop()

    def _soon(self) -> None:
        if self.isVisible():
            self._rest.start()

    def _try(self) -> None:
        scheme, values = self._scheme(), dict(self._values)
        role, year = self.role.value() or scheme.roles[0].name, self._desk.today.year

        def show(outcome: Tried) -> None:
            if scheme is self._scheme():
                self._show(outcome)

        def failed(problem: Exception) -> None:
            del problem  # the check-up says what is wrong with the draft
            self._tried = None
            self.results.show(())
            self.banner.say("方案还有错误，暂时不能试算；请看体检。", Tone.WARN)

        self._desk.tasks.run(lambda: tried(scheme, role, year, values), show, failed, owner=self)

    def _show(self, outcome: Tried) -> None:
        self._tried = outcome
        self.fields.show(outcome.fields)
        results = tuple(outcome.evaluation.results.values())
        self.results.show(results)
        said = [
            one.message
            for one in shared(outcome.evaluation.findings)
            if one.effect is not Effect.WARNS and one.code not in _ASKED
        ]
        self.banner.say("\n".join(dict.fromkeys(said[:_MOST_SAID])), Tone.WARN)
        if results and not self.table.selected_rows():
            last = next((one for one in results if one.name == "total"), results[-1])
            self.table.select([(last.subject, last.name, last.period)])
        self._explain()

    def _explain(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            self.why.show_result(rows[0], self._scheme(), rows[0].title)
        else:
            self.why.clear()

    def _enter(self, field: TrialField, text: str) -> None:
        value = _parsed(field, text)
        if value is None:
            self._values.pop(field.key, None)
        else:
            self._values[field.key] = value
        self._rest.start()

    def _fill(self) -> None:
        if self._tried is not None:
            empty = [one for one in self._tried.fields if one.value is None]
            self._values.update({one.key: one.sample for one in empty})
            self._rest.start()

    def _clear(self) -> None:
        self._values.clear()
        self._rest.start()


def _label(field: TrialField) -> str:
    whose = "团队：" if field.key[0] == TEAM else ""
    when = "" if field.period == CYCLE else f"（{plain_periods(field.period)}）"
    return f"{whose}{field.label}{when}"


def _tip(field: TrialField) -> str:
    listed = "\n".join(f"{n}. {one}" for n, one in enumerate(field.statements, start=1))
    return f"填达到的序号，用顿号隔开：\n{listed}" if listed else _label(field)


def _value_text(field: TrialField) -> str:
    match field.value:
        case None:
            return "" if field.kind is not ValueKind.STATEMENTS else "未填"
        case bool():
            return "是" if field.value else "否"
        case tuple():
            met = [str(field.statements.index(str(one)) + 1) for one in field.value]
            return "、".join(met) or "无"
        case str():
            return field.value
        case _:
            number: Decimal = field.value
            return f"{number_text(number)}{field.unit if len(field.unit) <= 2 else ''}"  # noqa: PLR2004 - 元, 万元, %


def _choices(field: TrialField) -> tuple[str, ...]:
    return ("", "是", "否") if field.kind is ValueKind.FLAG else ()


def _parsed(field: TrialField, text: str) -> FactValue | None:
    """What was typed; None for nothing. ValueError with a Chinese message where it is no value."""
    typed = text.strip()
    if not typed or typed == "未填":
        return None
    match field.kind:
        case ValueKind.FLAG:
            return typed == "是"
        case ValueKind.STATEMENTS:
            return _met(field, typed)
        case _:
            return parse_decimal(typed.removesuffix(field.unit).strip())


def _met(field: TrialField, text: str) -> tuple[str, ...]:
    if text == "无":
        return ()
    numbers = re.split(r"[、，,\s]+", text)
    if not all(one.isdecimal() and 0 < int(one) <= len(field.statements) for one in numbers):
        msg = f"请填 1 到 {len(field.statements)} 的序号，用顿号隔开；都没达到填“无”"
        raise ValueError(msg)
    return tuple(field.statements[int(one) - 1] for one in dict.fromkeys(numbers))


def _title(result: Result) -> str:
    whose = "团队：" if result.subject == TEAM else ""
    when = "" if result.period == CYCLE else f"（{plain_periods(result.period)}）"
    return f"{whose}{result.title}{when}"
