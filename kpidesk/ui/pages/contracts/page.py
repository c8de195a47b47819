"""责任书: the list, the contract that is open, and everything that is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from kpidesk.core.contract import ContractState
from kpidesk.core.copies import CopyState
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.pages.contracts.columns import contract_columns
from kpidesk.ui.pages.contracts.draw_up import DrawUpDialog
from kpidesk.ui.pages.contracts.tools import ContractTools
from kpidesk.ui.pages.contracts.view import ContractView
from kpidesk.ui.pages.papers import PapersMenu
from kpidesk.ui.pages.papers.wanted import Chosen
from kpidesk.ui.table import RowsModel, TableView
from kpidesk.ui.widgets import column, push_button, row, search_box
from kpidesk.ui.words import contract_state_text
from kpidesk.usecases import contracts as contract_cases
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.lists import is_filed
from kpidesk.usecases.people import list_people
from kpidesk.usecases.pinyin import spellings
from kpidesk.usecases.yearbook.offers import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMenu

    from kpidesk.core.contract import ContractId
    from kpidesk.core.people import PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.contracts import ContractRow, DrawnUp

_FILED = len(CopyState) + 1
_STATES: tuple[ContractState | None, ...] = (None, *ContractState)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list, and by what each contract is found: its words and the pinyin of the name."""

    rows: tuple[ContractRow, ...]
    words: dict[ContractId, str]


class ContractsPage(Page):
    """Shown at the list, or with one contract open.

    `show_item` takes a contract's id, ("print", id), ("draw_up", person ids),
    ("draw_up_by", scheme id) or ("state", a ContractState) for the list of those.
    """

    title = "责任书"
    subtitle = "拟定 → 打印 → 签字盖章 → 登记签署"
    imports = "contracts"
    exports = True

    def __init__(self, desk: Desk) -> None:
        """The list; the open contract takes its place."""
        super().__init__(desk)
        self._words: dict[ContractId, str] = {}
        self._wanted: tuple[ContractId, ...] = ()
        self.model: RowsModel[ContractRow] = RowsModel(contract_columns(), key=lambda one: one.id)
        self.table: TableView[ContractRow] = TableView(desk, self.model, "contracts")
        self.table.set_empty(
            "还没有责任书",
            "选好人员和方案，几步就能拟定；打印两份，签字盖章后在这里登记。",
            *desk.next_step("contracts.drafting.draw_up", "拟定责任书", self.draw_up),
        )
        self.view = ContractView(desk, self.undo)
        self.view.closed.connect(self._show_list)
        self.view.wanted.connect(self.open_contract)
        self.contract_tools = ContractTools(
            desk, self, self.chosen, self._ready, self.open_contract
        )
        self.contract_tools.put_into(self.tools)
        self.papers = PapersMenu(desk, self, (Paper.DECOMPOSITION,), self._chosen_people)
        self.contract_tools.add_to_more(*self.papers.menu.actions())
        self.view.amend.connect(self.contract_tools.amend.trigger)
        self.new = push_button(
            desk.look, "拟定责任书", self.draw_up, icon="new-file", kind="primary"
        )
        self.tools.addWidget(self.new)
        desk.only_if("contracts.drafting.draw_up", self.new)
        self.table.opened.connect(lambda one: self.open_contract(one.id))
        self.table.chosen.connect(self.contract_tools.look_again)
        self.table.set_menu(self._fill_menu)
        self._build()
        self.contract_tools.look_again()

    def _build(self) -> None:
        self.states = ChoiceBar(*(_state_words(state) for state in _STATES))
        self.states.chosen.connect(self._filter)
        self.copies = QComboBox()
        self.copies.addItems(
            ["纸质件：全部", *(f"有一份{one.text}" for one in CopyState), "甲方存已归档"]
        )
        self.copies.setAccessibleName("按纸质件的状态筛选")
        self.copies.currentIndexChanged.connect(self._filter)
        self.search = search_box(
            self.desk.look, "编号、姓名、拼音首字母、部门、岗位或方案", self._search
        )
        self.search.setMinimumWidth(300)
        page = QWidget()
        layout = column(row(self.states, None, self.copies, self.search), self.table, spacing=12)
        layout.setStretch(1, 1)
        page.setLayout(layout)
        self.stack = QStackedWidget()
        self.stack.addWidget(page)
        self.stack.addWidget(self.view)
        self.body.addWidget(self.stack, 1)

    def _chosen_people(self) -> Chosen:
        """Whose targets the decomposition may be about."""
        rows = self.chosen()
        return Chosen(
            tuple({one.person: one.person_name for one in rows}.items()),
            rows[0].term if rows else None,
        )

    # --- what a page does

    def refresh(self) -> None:
        """Load the list, and the open contract."""
        self.desk.ask(_load, self._show, owner=self)
        self.view.reload()

    def concerns(self, changes: object) -> bool:
        """Contracts only: names and posts in a contract stay as they were drawn up."""
        return isinstance(changes, Changes) and bool(changes & Changes.CONTRACTS)

    def show_item(self, what: object) -> None:
        """Open a contract, or draw some up."""
        match what:
            case int():
                if self._ready():
                    self.open_contract(what)  # type: ignore[arg-type]  # a ContractId
            case ("print", int(contract)):
                if self._ready():
                    self._print(contract)  # type: ignore[arg-type]  # a ContractId
            case ("draw_up", tuple() | list() as people):
                self.draw_up(people=tuple(people))
            case ("draw_up_by", str(scheme)):
                self.draw_up(scheme=scheme)
            case ("state", ContractState() as state):
                self._show_state(state)
            case "filed":
                self._show_state(ContractState.SIGNED, _FILED)
            case _:
                pass

    def _show_state(self, state: ContractState, copies: int = 0) -> None:
        """The list of those in a state, whose copies are where a choice of the box says."""
        if self.view.contract is not None:
            self.view.close_contract()
        self.states.choose(_STATES.index(state))
        self.copies.setCurrentIndex(copies)

    @property
    def chapter(self) -> str:
        """Of the list, or of an open contract."""
        return self.title if self.view.contract is None else "打印与签署"

    def may_leave(self) -> bool:
        """What is typed wrongly in a draft is to be mended or given up first."""
        if self._ready():
            self.banner.say("")
            return True
        text = "这份责任书还有内容没有保存，请先改正，或点“返回列表”放弃。"
        self.banner.say(text, Tone.WARN)
        return False

    # --- the list

    def chosen(self) -> Sequence[ContractRow]:
        """The contracts that the buttons act on: the open one, else the chosen ones."""
        if self.view.contract is not None:
            return [one for one in self.model.rows() if one.id == self.view.contract]
        return self.table.selected_rows()

    def open_contract(self, contract: ContractId) -> None:
        """Show one contract instead of the list."""
        self.view.open_contract(contract)
        self.stack.setCurrentIndex(1)
        self.new.hide()
        self.contract_tools.look_again()

    def _print(self, contract: ContractId) -> None:
        """Open a contract and ask how to print it, once the list has been read."""
        self.open_contract(contract)
        self.desk.ask(lambda _: None, lambda _: self.contract_tools.print.click(), owner=self)

    def draw_up(self, *, people: Sequence[PersonId] = (), scheme: str = "") -> DrawUpDialog:
        """拟定责任书."""
        dialog = DrawUpDialog(self.desk, self, self._drawn_up, people=people, scheme=scheme)
        dialog.open()
        return dialog

    def _drawn_up(self, made: DrawnUp) -> None:
        self.desk.tell(f"已拟定 {len(made.ids)} 份责任书")
        if len(made.ids) == 1:
            self.open_contract(made.ids[0])
            return
        self._wanted = made.ids
        self.states.choose(0)
        self.search.clear()
        self.refresh()

    @Slot()
    def _show_list(self) -> None:
        self.banner.say("")
        self.stack.setCurrentIndex(0)
        self.new.show()
        self.contract_tools.look_again()
        self.table.setFocus()

    def _ready(self) -> bool:
        return self.view.finish()

    def _show(self, listed: _Listed) -> None:
        self._words = listed.words
        self.model.show(listed.rows)
        for number, state in enumerate(_STATES):
            count = sum(state is None or one.state is state for one in listed.rows)
            self.states.rename(number, f"{_state_words(state)} {count}")
        if self._wanted:
            self.table.select(self._wanted)
            self._wanted = ()
        self.contract_tools.look_again()

    @Slot(int)
    def _filter(self, number: int) -> None:
        del number
        state, copy = _STATES[self.states.current], self.copies.currentIndex()
        self.model.filter_rows(
            lambda one: state in (None, one.state) and (copy <= 0 or _has_copy(one, copy))
        )

    def _search(self, text: str) -> None:
        self.model.filter_text(text, lambda one: self._words.get(one.id, one.number))

    def _fill_menu(self, menu: QMenu, rows: list[ContractRow]) -> None:
        if len(rows) == 1:
            menu.addAction("打开").triggered.connect(lambda: self.open_contract(rows[0].id))
            menu.addSeparator()
        self.contract_tools.fill(menu)


def _load(company: Company) -> _Listed:
    rows = contract_cases.list_documents(company)
    known = {one.person.name: one.pinyin for one in list_people(company, include_left=True)}
    pinyin = {
        name: " ".join(known.get(name) or spellings(name))
        for name in {one.person_name for one in rows}
    }
    words = {
        one.id: "\n".join(
            (
                one.number,
                one.person_name,
                one.person_number,
                pinyin[one.person_name],
                one.department,
                one.post,
                one.scheme_title,
            )
        )
        for one in rows
    }
    return _Listed(rows, words)


def _has_copy(one: ContractRow, choice: int) -> bool:
    """Whether a paper copy is where the choice of the box says."""
    if choice == _FILED:
        return is_filed(one)
    return tuple(CopyState)[choice - 1] in one.copies


def _state_words(state: ContractState | None) -> str:
    return "全部" if state is None else contract_state_text(state)
