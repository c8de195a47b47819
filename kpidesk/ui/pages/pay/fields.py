"""The figures of one person and period: a table in which Enter goes on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from kpidesk.core.inputs import value_problem
from kpidesk.core.names import ValueKind
from kpidesk.core.numerals import parse_decimal
from kpidesk.ui.look import Tone
from kpidesk.ui.pages.actuals.words import value_text
from kpidesk.ui.pages.scoring.entry import without_unit
from kpidesk.ui.pages.why import origin_text
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import label, row
from kpidesk.ui.words import number_text
from kpidesk.usecases.pay import plain_periods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpidesk.core.facts import FactValue
    from kpidesk.core.payroll.inputs import PayField
    from kpidesk.ui.desk import Desk

_SOURCE_WIDTH = 220
_CYCLE = "全周期"
_FLAGS = {"是": True, "否": False, "1": True, "0": False}


class FieldTable(QWidget):
    """`entered` carries the field and its new value (None: taken back) when one is confirmed."""

    entered = Signal(object, object)
    spread = Signal(object)
    """The value of a field is to hold in the periods after it, too."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `show_fields`."""
        super().__init__()
        self._enough = False
        self._source = QLineEdit()
        self._source.setPlaceholderText("例如 1 月财务报表")
        self._source.setFixedWidth(_SOURCE_WIDTH)
        self._source.setAccessibleName("资料来源")
        self.model: RowsModel[PayField] = RowsModel(
            self._columns(), key=lambda one: (one.subject, one.known.name, one.period)
        )
        self.model.is_locked = not desk.may("pay.entering.enter_facts")
        self.table: TableView[PayField] = TableView(desk, self.model, "pay-fields", cells=True)
        self.table.setSortingEnabled(False)
        self.table.set_empty("这一期没有要录入的数据", "薪酬由责任书和逐笔事项算出。")
        self.table.set_menu(self._offer)
        hint = label("填好一项按 Enter，保存并跳到下一项", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        title = label("资料来源")
        layout.addLayout(row(title, self._source, hint, None, spacing=8))
        desk.only_if("pay.entering.enter_facts", title, self._source, hint)
        layout.addWidget(self.table, 1)

    @property
    def source(self) -> str:
        """The paper or file that the next figures are read from."""
        return self._source.text().strip()

    def show_fields(self, fields: Sequence[PayField], *, enough: bool) -> None:
        """Show these fields, what has to be entered first; `enough`: all is computed already."""
        self._enough = enough
        self.model.show(sorted(fields, key=lambda one: (one.agreed, one.optional)))

    def begin(self) -> None:
        """Put the cursor where something is missing; else into the first field."""
        rows = self.model.shown()
        open_ = [n for n, one in enumerate(rows) if _takes_edit(one)]
        lacking = [n for n in open_ if rows[n].fact is None and not rows[n].optional]
        for number in (lacking or open_)[:1]:
            index = self.model.index(number, self.model.column("value"))
            self.table.setFocus()
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def _columns(self) -> tuple[Column[PayField], ...]:
        return (
            Column("label", "数据项", lambda one: one.known.label, tip=_tip, width=130),
            Column("period", "期间", _period, width=118),
            Column(
                "value",
                "数值",
                shown_value,
                tip=shown_value,
                right=True,
                edit=self._edit,
                editable=_takes_edit,
                choices=None,
                bold=lambda one: one.fact is not None and not one.inherited,
                width=120,
            ),
            Column("unit", "单位", lambda one: one.known.unit, width=50),
            Column("need", "状态", self._need, tone=self._need_tone, width=88),
            Column("origin", "由来", _origin, tip=_origin, stretch=True),
        )

    def _offer(self, menu: QMenu, rows: list[PayField]) -> None:
        """What can be done with the figure under the cursor."""
        field = rows[0]
        if field.fact is not None and _takes_edit(field) and not self.model.is_locked:
            menu.addAction("以后各期都用这个数").triggered.connect(lambda: self.spread.emit(field))

    def _edit(self, field: PayField, typed: str) -> None:
        value = read_value(field, typed)
        before = None if field.fact is None or field.inherited else field.fact.value
        inherited = field.inherited and field.fact is not None and field.fact.value == value
        if value != before and not inherited:
            self.entered.emit(field, value)

    def _need(self, field: PayField) -> str:
        """Whether a figure is there, is wanted, or is not needed for what is computed."""
        if field.agreed:
            return "责任书" if field.fact is not None else "未约定"
        if field.fed:
            return "逐笔合计"
        if field.fact is not None:
            return "已填"
        return "可不填" if field.optional or self._enough else "待填"

    def _need_tone(self, field: PayField) -> Tone | None:
        tones = {"待填": Tone.WARN, "已填": Tone.GOOD, "责任书": Tone.ACCENT, "未约定": Tone.WARN}
        return tones.get(self._need(field), Tone.NEUTRAL)


def read_value(field: PayField, typed: str) -> FactValue | None:
    """What was typed into a field; None for an empty one. ValueError says what is wrong."""
    plain = typed.strip()
    if not plain:
        return None
    value: FactValue
    if field.known.kind is ValueKind.FLAG:
        if plain not in _FLAGS:
            msg = f"“{plain}”不是“是”或“否”，请改正"
            raise ValueError(msg)
        value = _FLAGS[plain]
    else:
        value = parse_decimal(without_unit(plain, field.known.unit))
    if problem := value_problem(field.known, value):
        raise ValueError(problem)
    return value


def shown_value(field: PayField) -> str:
    """The value as it stands: 1,234.5, 是; the sum of the dated lines where these make it."""
    if field.fed and field.fact is None:
        summed = field.summed.value if field.summed is not None else None
        return number_text(summed) if isinstance(summed, Decimal) else "逐笔合计"
    return value_text(field.fact.value if field.fact else None)


def _takes_edit(field: PayField) -> bool:
    """Dated lines leave nothing to type, but a figure beside them can be taken back."""
    return not field.agreed and (not field.lined or field.fact is not None)


def _period(field: PayField) -> str:
    return _CYCLE if field.period == "cycle" else plain_periods(field.period)


def _origin(field: PayField) -> str:
    if field.fact is None or field.fed:
        return ""
    return origin_text(field.fact.origin)


def _tip(field: PayField) -> str:
    return "由责任书约定，变更请用补充协议" if field.agreed else field.known.label
