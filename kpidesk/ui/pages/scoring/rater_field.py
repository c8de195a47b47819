"""The names of raters: chosen from the people of the company, others typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.forms import NameChoice, NamesField
from kpidesk.ui.pages.contracts.draw_up.people import PeopleStep
from kpidesk.ui.widgets import row
from kpidesk.usecases.appraisals import HEAD, SUPERIOR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.people import PersonRow

_SIZE = QSize(720, 560)
_WORDS = {
    SUPERIOR: ("上级（各人自己的直属上级）", "上级 shangji sj"),
    HEAD: ("部门负责人（各人所在部门的）", "部门负责人 bumenfuzeren bmfzr"),
}


class RaterField(NamesField):
    """A part of a name, a number or pinyin finds somebody; 选人… shows everybody.

    上级 and 部门负责人 stand for each person's own.
    """

    def __init__(self, desk: Desk, title: str, *, required: bool = False, most: int = 200) -> None:
        """Without anybody to choose from until `show_people`."""
        super().__init__(
            title,
            required=required,
            most=most,
            example="姓名、拼音或工号，回车选中；↓ 列出全部；公司以外的人直接写姓名",
        )
        self._desk = desk
        self._people: Sequence[PersonRow] = ()
        self.choose_button = self._link("选人…", self.choose, "在全部在职人员里勾选")
        self.superior_button = self._link(
            SUPERIOR, lambda: self.add(SUPERIOR), "每张表由被考核人自己的直属上级评"
        )
        self.head_button = self._link(
            HEAD,
            lambda: self.add(HEAD),
            "每张表由被考核人所在部门的负责人评；本人就是的，由其上级评",
        )
        beside = QWidget()
        beside.setLayout(row(self.choose_button, self.superior_button, self.head_button))
        self.add_beside(beside)

    def _link(self, text: str, do: Callable[[], object], tip: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setToolTip(tip)
        made.setAccessibleName(f"{self.title}：{text}")
        made.setProperty("kind", "link")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _=False: do())
        return made

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """Whom to choose from."""
        self._people = people
        words = [NameChoice(word, shown, found) for word, (shown, found) in _WORDS.items()]
        self.offer([*words, *map(_choice, people)])

    def add(self, word: str) -> None:
        """One more name, unless it is there."""
        names = self._names()
        if word not in names:
            self.write((*names, word))
        self.setFocus()

    def choose(self) -> None:
        """Tick people in the list of all."""
        ChoosingDialog(self._desk, self, self._people, self._names(), self.write).open()


class ChoosingDialog(Dialog):
    """Everybody in service with a tick box; who is not among them stays as typed."""

    def __init__(
        self,
        desk: Desk,
        field: RaterField,
        people: Sequence[PersonRow],
        names: Sequence[str],
        done: Callable[[Sequence[str]], object],
    ) -> None:
        """`names` are there already; those of people are ticked."""
        super().__init__(field, f"选人：{field.title}", width=_SIZE.width())
        self._names, self._done = tuple(names), done
        here = {one.person.name for one in people}
        self._others = tuple(one for one in names if one not in here)
        self.step = PeopleStep(
            desk, [one.person.id for one in people if one.person.name in self._names]
        )
        self.step.show_people(people)
        self.body.addWidget(self.step, 1)
        self.add_buttons("选好")
        self.accept_button.setDefault(False)
        self.accept_button.setAutoDefault(False)
        self.resize(_SIZE)
        self.step.search.setFocus()

    def accept(self) -> None:
        """The names in the order in which they were, new ones behind."""
        chosen = set(self.step.chosen())
        names = [one.person.name for one in self.step.model.rows() if one.person.id in chosen]
        kept = [one for one in self._names if one in self._others or one in names]
        self._done((*kept, *(one for one in names if one not in kept)))
        super().accept()


def _choice(one: PersonRow) -> NameChoice:
    person = one.person
    shown = f"{person.name}　{one.department_name}　{person.post}　{person.number}"
    words = " ".join((person.name, person.number, *one.pinyin)).casefold()
    return NameChoice(person.name, shown, words)
