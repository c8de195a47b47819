"""Targets are offered for what is measured; a score takes the place of one that was not agreed."""

from __future__ import annotations

from decimal import Decimal

from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.ui.pages.contracts import ContractsPage
from kpidesk.ui.pages.contracts.draw_up import DrawUpDialog
from kpidesk.ui.pages.contracts.targets import TargetsPanel
from kpidesk.ui.widgets import Badge
from kpidesk.usecases import targets
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import Company
from kpidesk.usecases.targets import PlanKey
from tests.ui.contracts.driver import TODAY, Settle, open_first, stored, type_into
from tests.ui.scoring.scorer import children

METHOD, SALES = "method.客户满意度", "method.销售额"


def offered(panel: TargetsPanel) -> list[str]:
    """The targets that have a column."""
    model = panel.model
    assert model is not None
    lines = model.rows()
    return [one.label for one in lines[0].targets]


def at_targets(page: ContractsPage, people: tuple[PersonId, ...], settle: Settle) -> DrawUpDialog:
    dialog = page.draw_up(people=people[:1], scheme="key-account-weighted")
    settle(page.desk)
    dialog.accept()
    dialog.accept()
    assert dialog.step == 3
    return dialog


def test_the_target_of_a_rated_indicator_is_not_offered(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_targets(page, people, settle)
    assert "客户满意度目标" not in offered(dialog.terms.targets)
    type_into(dialog.terms.targets, 0, 1, "1200")
    dialog.go_back()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields[METHOD].set_value("measured")
    dialog.accept()
    names = offered(dialog.terms.targets)
    assert names[0] == "销售额目标"
    assert "客户满意度目标" in names
    dialog.accept()
    settle(page.desk)
    [target] = stored(page, settle).contract.targets
    assert (target.fact, target.total) == ("target.销售额", Decimal(1200))


def test_what_the_plan_will_fill_in_is_not_called_missing(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    def plan(company: Company) -> Changes:
        year = Period.months(2026, 1, 12)
        key = PlanKey("account-manager-kpi", "", "sales_plan", year)
        whole = targets.load_view(company, key).plan
        line = whole.blank(people[0]).put(-1, Decimal(1200))
        for place in range(12):
            line = line.put(place, Decimal(100))
        return targets.save_plan(company, whole.with_lines([line]), actor="李", today=TODAY)

    page.desk.act(plan)
    settle(page.desk)

    def said(count: int) -> set[str]:
        dialog = page.draw_up(people=people[:count], scheme="account-manager-kpi")
        settle(page.desk)
        dialog.accept()
        settle(page.desk)
        assert dialog.terms.parameters is not None
        dialog.terms.parameters.fields["growth_step"].set_value(Decimal(10))
        dialog.accept()
        assert dialog.step == 3
        found = {one.text() for one in children(dialog.terms.targets, Badge)}
        dialog._give_up()
        return found

    assert "按目标计划带出 1,200 万元" in said(1)
    assert "目标计划里 1 人有，1 人还没有" in said(2)


def test_in_a_draft_the_targets_follow_the_parameters_and_come_back_with_undo(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = at_targets(page, people, settle)
    type_into(dialog.terms.targets, 0, 1, "1200")
    dialog.accept()
    settle(page.desk)
    open_first(page, settle)
    editor = page.view.editor
    assert editor.parameters is not None
    editor.parameters.fields[SALES].set_value("rated")
    editor.take()
    settle(page.desk)
    assert "销售额目标" not in offered(editor.targets)
    assert stored(page, settle).contract.targets == ()
    page.undo.undo()
    settle(page.desk)
    assert "销售额目标" in offered(editor.targets)
    assert [one.fact for one in stored(page, settle).contract.targets] == ["target.销售额"]
