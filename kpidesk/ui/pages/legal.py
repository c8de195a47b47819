"""法定参数: figures of the law that the officer enters, with source and first day; and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.core.payroll.lawful import LegalKind, LegalParameter, LegalSettings
from kpidesk.ui.dialogs import confirm
from kpidesk.ui.forms import ChoiceField, DateField, Form, FormDialog, NumberField, TextField
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Card, label, push_button, row
from kpidesk.ui.words import day_text, number_text
from kpidesk.usecases import legal, people

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.people import DepartmentRow

_KINDS = (
    (LegalKind.MINIMUM_WAGE, "最低工资（元/月）"),
    (LegalKind.DEDUCTION_SHARE, "扣款上限（占当月工资 %）"),
)
_ABOUT = (
    "各地标准不同，时有调整，程序不内置任何数字：请按当地公布的文件录入，新标准另添一行，旧的保留。"
    "薪酬页据此亮灯提示，不改变计算，也不印在给员工的单据上。"
)
_TABLE_HEIGHT = 178


class LegalCard(Card):
    """A table of what was entered; each change is saved at once and logged."""

    def __init__(self, desk: Desk) -> None:
        """Empty until `refresh`."""
        super().__init__("法定参数")
        self._desk = desk
        self.settings = LegalSettings()
        self.model: RowsModel[LegalParameter] = RowsModel(
            _columns(), key=lambda one: (one.kind, one.place, one.valid_from)
        )
        self.table: TableView[LegalParameter] = TableView(desk, self.model, "legal")
        self.table.setAccessibleName("法定参数")
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.table.set_empty("还没有法定参数", "点“添加…”录入当地最低工资，薪酬页才能核对。")
        if desk.may("legal.save_legal"):
            self.table.opened.connect(self._edit)
        self.table.chosen.connect(self._look_again)
        look = desk.look
        self._place = label("", "muted", wrap=True)
        self.add_button = push_button(look, "添加…", lambda: self._edit(None), icon="add")
        self._edit_button = push_button(look, "修改…", self._edit_chosen, icon="edit")
        self._drop_button = push_button(look, "删去", self._drop, icon="remove")
        self.places_button = push_button(look, "工作地点…", self._ask_places, icon="company")
        desk.only_if(
            "legal.save_legal",
            self.add_button, self._edit_button, self._drop_button, self.places_button,
        )  # fmt: skip
        buttons = (self.add_button, self._edit_button, self._drop_button, None, self.places_button)
        self.body.addWidget(label(_ABOUT, "muted", wrap=True))
        self.body.addWidget(self.table)
        self.body.addLayout(row(*buttons))
        self.body.addWidget(self._place)
        self._show(LegalSettings())

    def refresh(self) -> None:
        """Load what was entered."""
        self._desk.ask(legal.load_legal, self._show, owner=self)

    def _show(self, settings: LegalSettings) -> None:
        self.settings = settings
        self.model.show(
            sorted(settings.parameters, key=lambda one: (one.kind, one.place, one.valid_from))
        )
        place = settings.place or "还没有设定"
        self._place.setText(f"工作地点：{place}；{len(settings.places)} 个部门另有地点")
        self._look_again()

    def _look_again(self) -> None:
        chosen = len(self.table.selected_rows()) == 1
        self._edit_button.setEnabled(chosen)
        self._drop_button.setEnabled(chosen)

    def _edit_chosen(self) -> None:
        self._edit(self.table.selected_rows()[0])

    def _edit(self, old: LegalParameter | None) -> None:
        parameter_dialog(self._desk, self, old, self._with)

    def _drop(self) -> None:
        old = self.table.selected_rows()[0]
        kept = tuple(one for one in self.settings.parameters if one != old)
        after = replace(self.settings, parameters=kept)
        confirm(
            self._desk,
            self,
            title="删去这一项？",
            text="删去以后，这一期间的薪酬就不能按它核对；操作日志中仍有记录。"
            "标准调整了的，请另添一行，不要删去旧的。",
            action="删去",
            then=lambda: self._desk.act(self._save(after), owner=self),
        )

    def _with(self, old: LegalParameter | None, new: LegalParameter) -> Callable[[Company], object]:
        """Saves a parameter, in place of another where there is one."""
        kept = [one for one in self.settings.parameters if one not in (old, new)]
        same = [(x.kind, x.place, x.valid_from) for x in kept]
        if (new.kind, new.place, new.valid_from) in same:
            msg = f"{new.place}自 {new.valid_from} 起的这一项已经录入，请修改那一行"
            raise ValueError(msg)
        place = self.settings.place or new.place
        return self._save(replace(self.settings, parameters=(*kept, new), place=place))

    def _save(self, after: LegalSettings) -> Callable[[Company], object]:
        actor, today = self._desk.officer, self._desk.today
        return lambda company: legal.save_legal(company, after, actor=actor, today=today)

    def _ask_places(self) -> None:
        self._desk.ask(people.list_departments, self._choose_places, owner=self)

    def _choose_places(self, departments: Sequence[DepartmentRow]) -> None:
        settings = self.settings
        form = Form(self._desk.look)
        whole = form.add(TextField("公司所在地", required=True, hint="没有另外设定的部门都按它"))
        whole.set_value(settings.place)
        fields = {}
        for one in departments:
            field = fields[one.department.id] = form.add(TextField(one.department.name), half=True)
            field.set_value(dict(settings.places).get(one.department.id, ""))

        def act() -> Callable[[Company], object]:
            places = tuple((id_, text) for id_, one in fields.items() if (text := one.value()))
            return self._save(replace(settings, place=whole.value(), places=places))

        FormDialog(self._desk, self, "工作地点", form, act=act).open()


def parameter_dialog(
    desk: Desk,
    parent: QWidget,
    old: LegalParameter | None,
    save: Callable[[LegalParameter | None, LegalParameter], Callable[[Company], object]],
) -> FormDialog:
    """Ask for a figure, its place, first day and source."""
    form = Form(desk.look)
    kind = form.add(ChoiceField("参数", _KINDS, required=True), half=True)
    place = form.add(TextField("地点", required=True, example="例如 绵阳市"), half=True)
    value = form.add(NumberField("数值", required=True, least=Decimal(0), places=2), half=True)
    since = form.add(DateField(desk.look, "自哪一天起", required=True), half=True)
    source = form.add(
        TextField("来源", required=True, most=120, hint="文件名称和文号，例如 ×人社发〔2025〕×号")
    )
    kind.set_value(LegalKind.MINIMUM_WAGE)
    if old is not None:
        kind.set_value(old.kind)
        place.set_value(old.place)
        value.set_value(old.value)
        since.set_value(old.valid_from)
        source.set_value(old.source)

    def act() -> Callable[[Company], object]:
        new = LegalParameter(
            kind.chosen(),
            place.value(),
            value.value() or Decimal(0),
            since.value() or date.min,
            source.value(),
        )
        return save(old, new)

    title = "添加法定参数" if old is None else "修改法定参数"
    dialog = FormDialog(desk, parent, title, form, act=act)
    dialog.open()
    return dialog


def _columns() -> tuple[Column[LegalParameter], ...]:
    return (
        Column("kind", "参数", lambda one: dict(_KINDS)[one.kind], width=170),
        Column("place", "地点", lambda one: one.place, width=90),
        Column("value", "数值", lambda one: number_text(one.value), right=True, width=80),
        Column("since", "自", lambda one: day_text(one.valid_from), width=96),
        Column("source", "来源", lambda one: one.source, tip=lambda one: one.source, stretch=True),
    )
