from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.forms import CheckField, ChoiceField, FormDialog
from kpidesk.ui.pages.people import PeoplePage
from kpidesk.ui.pages.people.leaving import leave
from kpidesk.ui.pages.people.person_form import PersonForm
from kpidesk.ui.widgets import EmptyState
from kpidesk.usecases import people as people_cases
from kpidesk.usecases.company import Company

Settle = Callable[[Desk], None]
TypeText = Callable[[QWidget, str], None]
TODAY = date(2026, 3, 2)
RARE = ("王䶮", "李㛃", "陈𫖯", "赵𬭎", "孙𠮷")


def add_department(company: Company, name: str, parent: DepartmentId | None = None) -> DepartmentId:
    made = people_cases.add_department(company, name=name, parent=parent, actor="李梅", today=TODAY)
    return made.id


def add_person(
    company: Company,
    number: str,
    name: str,
    department: DepartmentId,
    superior: PersonId | None = None,
    *,
    post: str = "客户经理",
) -> PersonId:
    made = people_cases.add_person(
        company,
        number=number,
        name=name,
        department=department,
        post=post,
        superior=superior,
        hired_on=date(2024, 5, 6),
        actor="李梅",
        today=TODAY,
    )
    return made.id


def staff(company: Company) -> None:
    """营销中心 above 客户部 and 市场部; six people, one of whom has left."""
    centre = add_department(company, "营销中心")
    clients = add_department(company, "客户部", centre)
    market = add_department(company, "市场部", centre)
    head = add_person(company, "KH007", "曾小贤", clients, post="客户总监")
    for offset, name in enumerate(RARE[:3]):
        add_person(company, f"KH{8 + offset:03d}", name, clients, head)
    add_person(company, "SC001", RARE[3], market)
    gone = add_person(company, "SC002", RARE[4], market)
    people_cases.leave_person(company, gone, last_day=date(2026, 1, 31), actor="李梅", today=TODAY)


@pytest.fixture
def page(company_desk: Desk, qtbot: QtBot, settle: Settle) -> PeoplePage:
    company_desk.tasks.run(lambda: staff(cast("Company", company_desk.company)))
    settle(company_desk)
    return shown(company_desk, qtbot, settle)


def shown(desk: Desk, qtbot: QtBot, settle: Settle) -> PeoplePage:
    made = PeoplePage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle(desk)
    return made


def names(page: PeoplePage) -> list[str]:
    return [one.person.name for one in page.model.shown()]


def dialog_of(page: PeoplePage) -> FormDialog:
    return cast("list[FormDialog]", page.window().findChildren(FormDialog))[-1]


def form_of(page: PeoplePage) -> PersonForm:
    return cast("PersonForm", dialog_of(page).form)


def more_of(form: PersonForm) -> CheckField:
    return cast("CheckField", form.fields[-1])


def tree_texts(page: PeoplePage) -> list[str]:
    tree = page.departments.tree
    texts, index = [], tree.model().index(0, 0)
    while index.isValid():
        texts.append(str(index.data()))
        index = tree.indexBelow(index)
    return texts


def departments(page: PeoplePage) -> dict[str, DepartmentId]:
    rows = page._listing.departments
    return {one.department.name: one.department.id for one in rows}


def test_people_in_service_are_listed_with_their_rare_characters(page: PeoplePage) -> None:
    assert names(page) == ["曾小贤", *RARE[:4]]
    assert [str(page.model.index(1, n).data()) for n in range(7)] == [
        "KH008", "王䶮", "客户部", "客户经理", "曾小贤", "2024-05-06", "在职",
    ]  # fmt: skip


def test_the_tree_counts_people_in_service_and_those_below(page: PeoplePage) -> None:
    assert tree_texts(page) == ["全部人员（5）", "营销中心（5）", "客户部（4）", "市场部（1）"]


def test_a_department_shows_its_people_and_those_of_departments_below(page: PeoplePage) -> None:
    page.departments.choose(departments(page)["市场部"])
    assert names(page) == ["赵𬭎"]
    page.departments.choose(departments(page)["营销中心"])
    assert len(names(page)) == 5


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zxx", ["曾小贤"]),
        ("zengxiao", ["曾小贤"]),
        ("kh008", ["王䶮"]),
        ("𬭎", ["赵𬭎"]),
        ("总监", ["曾小贤"]),
        ("客户部 王", ["王䶮"]),
    ],
)
def test_people_are_found_while_typing(
    page: PeoplePage, type_text: TypeText, typed: str, expected: list[str]
) -> None:
    type_text(page.search, typed)
    assert names(page) == expected


def test_those_who_have_left_are_shown_when_asked_for(page: PeoplePage) -> None:
    page.shows_left.setChecked(True)
    assert names(page)[-1] == "孙𠮷"
    assert page.model.index(5, 6).data() == "已离职 2026-01-31"


def test_a_new_person_gets_the_next_number_and_the_chosen_department(
    page: PeoplePage, qtbot: QtBot, settle: Settle
) -> None:
    page.departments.choose(departments(page)["客户部"])
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = form_of(page)
    assert form.number.value() == "KH011"
    form.name._line.setText("周䶮㛃")
    form.post._line.setText("客户主管")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert [one.person.name for one in page.table.selected_rows()] == ["周䶮㛃"]
    assert page.table.selected_rows()[0].department_name == "客户部"


def test_one_after_the_other_is_entered_without_the_mouse(
    page: PeoplePage, qtbot: QtBot, settle: Settle
) -> None:
    page.departments.choose(departments(page)["市场部"])
    page._add()
    form = form_of(page)
    form.name._line.setText("吴一")
    form.post._line.setText("文案")
    more_of(form).set_value(True)
    dialog_of(page).accept_button.click()
    settle(page.desk)
    second = form_of(page)
    assert second is not form
    assert second.number.value() == "KH012"
    assert second.department.value() == departments(page)["市场部"]
    assert more_of(second).value()


def test_a_number_that_is_taken_is_refused_at_its_field_and_nothing_typed_is_lost(
    page: PeoplePage, settle: Settle
) -> None:
    page.departments.choose(departments(page)["市场部"])
    page._add()
    form = form_of(page)
    form.name._line.setText("吴一")
    form.post._line.setText("文案")
    form.number._line.setText("KH008")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert dialog_of(page).isVisible()
    assert form.number._message.text() == "工号 KH008 已经是王䶮的，请换一个工号"
    assert form.name.value() == "吴一"
    assert len(page.model.shown()) == 1


def test_enter_edits_the_person_under_the_cursor(
    page: PeoplePage, qtbot: QtBot, settle: Settle
) -> None:
    page.table.select([page.model.shown()[1].person.id])
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    form = form_of(page)
    assert (form.name.value(), form.superior.value()) == ("王䶮", page.model.shown()[0].person.id)
    form.post._line.setText("高级客户经理")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert page.table.selected_rows()[0].person.post == "高级客户经理"


def test_a_move_holds_from_today_and_the_dialog_shows_what_was_before(
    page: PeoplePage, settle: Settle
) -> None:
    one = page.model.shown()[1]
    page._edit(one)
    form = form_of(page)
    assert form.since.value() == date(2024, 5, 6)
    form.post._line.setText("高级客户经理")
    assert form.since.value() == page.desk.today
    form.post._line.setText("客户经理")
    assert form.since.value() == date(2024, 5, 6)
    form.post._line.setText("高级客户经理")
    form.since._line.setText("2026-02-01")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    page._edit(page.model.shown()[1])
    words = [label.text() for label in cast("list[QLabel]", dialog_of(page).findChildren(QLabel))]
    told = (
        "任职记录：\n· 2026-02-01 起：客户部，高级客户经理，上级曾小贤\n"
        "· 2024-05-06 至 2026-01-31：客户部，客户经理，上级曾小贤"
    )
    assert told in words


def test_a_slip_is_corrected_without_a_move(page: PeoplePage, settle: Settle) -> None:
    one = page.model.shown()[1]
    page._edit(one)
    form = form_of(page)
    form.post._line.setText("客户主管")
    form.since._line.setText("2024-05-06")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert page.model.shown()[1].person.post == "客户主管"
    assert page._listing.postings == {}


def test_a_superior_who_is_ones_own_subordinate_is_refused(
    page: PeoplePage, settle: Settle
) -> None:
    head, below = page.model.shown()[:2]
    page._edit(head)
    form_of(page).superior.set_value(below.person.id)
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert "上级不能是本人或自己的下属" in form_of(page)._banner.text()


def test_leaving_tells_what_happens_and_can_be_taken_back(page: PeoplePage, settle: Settle) -> None:
    one = page.model.shown()[1]
    menu = QMenu(page)
    page._fill_menu(menu, [one])
    next(action for action in menu.actions() if action.text() == "办理离职…").trigger()
    dialog = dialog_of(page)
    words = "".join(label.text() for label in cast("list[QLabel]", dialog.findChildren(QLabel)))
    assert "已有的责任书、评分和结果全部保留" in words
    dialog.form.fields[0].set_value(date(2026, 2, 28))
    dialog.accept_button.click()
    settle(page.desk)
    assert "王䶮" not in names(page)
    page.shows_left.setChecked(True)
    gone = next(each for each in page.model.shown() if each.person.name == "王䶮")
    menu = QMenu(page)
    page._fill_menu(menu, [gone])
    next(action for action in menu.actions() if action.text() == "恢复在职…").trigger()
    cast("list[Dialog]", page.window().findChildren(Dialog))[-1].accept()
    settle(page.desk)
    page.shows_left.setChecked(False)
    assert "王䶮" in names(page)


def test_leaving_tells_of_the_people_who_are_led(page: PeoplePage, settle: Settle) -> None:
    leave(page.desk, page.window(), page.model.shown()[0].person)
    settle(page.desk)
    words = [label.text() for label in cast("list[QLabel]", dialog_of(page).findChildren(QLabel))]
    told = "还要处理：\n· 3 名下属（王䶮、李㛃、陈𫖯）：请给他们另选直属上级"
    assert told in words


def test_somebody_with_days_to_go_is_still_listed(page: PeoplePage, settle: Settle) -> None:
    one = page.model.shown()[1].person
    page.desk.act(
        lambda company: people_cases.leave_person(
            company, one.id, last_day=date(2026, 3, 31), actor="李梅", today=TODAY
        )
    )
    settle(page.desk)
    assert page.model.index(1, 6).data() == "做到 2026-03-31"


def test_delete_destroys_nothing(page: PeoplePage, qtbot: QtBot) -> None:
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(names(page)) == 5
    assert not page.window().findChildren(Dialog)


def test_chosen_people_go_on_to_their_contracts(page: PeoplePage, qtbot: QtBot) -> None:
    asked: list[tuple[str, object]] = []
    page.desk.going.connect(lambda key, what: asked.append((key, what)))
    page.shows_left.setChecked(True)
    page.table.selectAll()
    page._draw_up_button.click()
    in_service = tuple(one.person.id for one in page.model.shown() if one.person.left_on is None)
    assert asked == [("contracts", ("draw_up", in_service))]
    page.table.clearSelection()
    assert not page._draw_up_button.isEnabled()


def test_a_department_is_added_renamed_and_removed_once_empty(
    page: PeoplePage, settle: Settle
) -> None:
    page.departments.choose(departments(page)["营销中心"])
    page.departments.add()
    dialog_of(page).form.fields[0].set_value("策划部")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert tree_texts(page)[-1] == "策划部（0）"
    page.departments.choose(departments(page)["策划部"])
    page.departments.edit()
    dialog_of(page).form.fields[0].set_value("品牌部")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert page.departments.department == next(
        one.department for one in page._listing.departments if one.department.name == "品牌部"
    )
    page.departments.remove()
    cast("list[Dialog]", page.window().findChildren(Dialog))[-1].accept()
    settle(page.desk)
    assert "品牌部" not in departments(page)


def test_a_department_moves_to_another_place_in_the_tree(page: PeoplePage, settle: Settle) -> None:
    places = departments(page)
    page.departments.choose(places["客户部"])
    page.departments.tree.setFocus()
    QTest.keyClick(page.departments.tree, Qt.Key.Key_F2)
    parent = cast("ChoiceField[DepartmentId]", dialog_of(page).form.fields[1])
    assert [text for _, text in parent._options] == ["（无）", "营销中心", "市场部"]
    parent.set_value(places["市场部"])
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert tree_texts(page) == ["全部人员（5）", "营销中心（5）", "市场部（5）", "客户部（4）"]


def test_a_post_is_chosen_from_those_that_there_are(page: PeoplePage, qtbot: QtBot) -> None:
    page._add()
    line = form_of(page).post._line
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(line, Qt.Key.Key_Down)
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    offered = popup.model()
    texts = [str(offered.index(n, 0).data()) for n in range(offered.rowCount())]
    assert texts == ["客户经理", "客户总监"]
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert form_of(page).post.value() == "客户总监"


def test_a_department_with_people_or_departments_below_is_kept(page: PeoplePage) -> None:
    for name in ("营销中心", "市场部"):
        page.departments.choose(departments(page)[name])
        assert not page.departments._remove_button.isEnabled()
        page.departments.remove()
    assert not page.window().findChildren(Dialog)


def test_a_second_department_of_the_same_name_is_refused_in_the_form(
    page: PeoplePage, settle: Settle
) -> None:
    page.departments.add()
    dialog_of(page).form.fields[0].set_value("客户部")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert dialog_of(page).form._banner.text() == "已经有部门“客户部”，请换一个名称"


def test_an_empty_company_begins_with_a_department_and_goes_on_to_a_person(
    company_desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    page = shown(company_desk, qtbot, settle)
    empty = cast("EmptyState", page.table.findChild(EmptyState))
    assert empty._title.text() == "先建一个部门"
    empty._button.click()
    dialog_of(page).form.fields[0].set_value("客户部")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    form = form_of(page)
    assert form.department.value() == departments(page)["客户部"]
    form.name._line.setText("王䶮")
    form.number._line.setText("A1")
    form.post._line.setText("经理")
    dialog_of(page).accept_button.click()
    settle(page.desk)
    assert names(page) == ["王䶮"]


def test_a_new_person_who_is_asked_for_before_the_list_is_there_needs_no_new_department(
    company_desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    company_desk.ask(staff, lambda _: None)
    settle(company_desk)
    page = PeoplePage(company_desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(page.desk)
    assert dialog_of(page).windowTitle().startswith("新增人员")


def test_another_page_can_ask_for_a_person_even_one_who_has_left(page: PeoplePage) -> None:
    page.search.setText("不存在")
    gone = next(one for one in page._listing.people if one.person.name == "孙𠮷")
    page.show_item(gone.person.id)
    assert page.table.selected_rows() == [gone]
