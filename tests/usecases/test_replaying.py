"""The newest year through a draft, on real sheets and settled pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.editing.weights import weighed
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.paying.base_quota.rule import QuarterlyBaseTarget
from kpidesk.core.period import Period
from kpidesk.usecases import editing, replaying
from kpidesk.usecases.company import Company, open_company
from kpidesk.usecases.replaying import Replayed, ReplayRow, Side
from tests.usecases.office import Office


class Watched:
    """Cancels after some steps."""

    def __init__(self, most: int) -> None:
        self.steps, self.most = 0, most

    def step(self, done: int, total: int, text: str = "") -> None:
        assert 0 <= done < total
        assert text
        self.steps += 1

    @property
    def cancelled(self) -> bool:
        return self.steps >= self.most


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Company]:
    company = open_company(sample_file)
    yield company
    company.close()


def draft(company: Company, base: str, who: dict[str, Any]) -> int:
    return editing.begin(company, base=base, **who).draft.id


def test_an_unchanged_draft_gives_what_was_recorded(sample: Company, who: dict[str, Any]) -> None:
    for base in ("account-manager-kpi", "director-annual", "key-account-director"):
        found = replaying.replay(sample, draft(sample, base, who))
        assert found.rows
        assert all(one.then == one.now for one in found.rows), base
        assert found.cost is None


def test_changed_weights_move_scores(sample: Company, who: dict[str, Any]) -> None:
    made = editing.begin(sample, base="account-manager-kpi", **who).draft
    after = weighed(made.scheme, "团队协作", Decimal(20))
    editing.save(sample, made.id, scheme=after, **who)
    found = replaying.replay(sample, made.id)
    moved = [one.now.total - one.then.total for one in found.rows
             if one.now.total is not None and one.then.total is not None]  # fmt: skip
    assert len(moved) == len(found.rows)
    assert all(one >= 0 for one in moved)
    assert any(one > 0 for one in moved)
    few = replaying.replay(sample, made.id, progress=Watched(3))
    assert len(few.rows) == 2


def test_pay_and_its_cost_are_computed_anew(sample: Company, who: dict[str, Any]) -> None:
    made = editing.begin(sample, base="key-account-sales-bonus", **who).draft
    same = replaying.replay(sample, made.id)
    assert same.cost is not None
    assert same.cost[0] == same.cost[1]
    assert same.cost[0] > 0
    assert any(isinstance(one, QuarterlyBaseTarget) for one in made.scheme.pay)
    more = replace(
        made.scheme,
        parameters=tuple(
            replace(one, default=Decimal("0.08")) if one.name == "sales_rate" else one
            for one in made.scheme.parameters
        ),
    )
    editing.save(sample, made.id, scheme=more, **who)
    dearer = replaying.replay(sample, made.id)
    assert dearer.cost is not None
    assert dearer.cost[0] == same.cost[0]
    assert dearer.cost[1] > same.cost[1]


def test_what_cannot_be_computed_says_why(sample: Company, who: dict[str, Any]) -> None:
    made = editing.begin(sample, base="director-annual", **who).draft
    wrong = weighed(made.scheme, next(made.scheme.leaves()).name, Decimal(90))
    editing.save(sample, made.id, scheme=wrong, **who)
    found = replaying.replay(sample, made.id)
    assert all(one.now.total is None and "权重" in one.note for one in found.rows)


def test_without_anybody_there_is_nothing_to_replay(office: Office, who: dict[str, Any]) -> None:
    for made in (
        editing.begin(office.company, title="新的", **who),
        editing.begin(office.company, base="account-manager-kpi", **who),
    ):
        with pytest.raises(NotAllowedError, match="没有可以重算的数据"):
            replaying.replay(office.company, made.draft.id)


def test_scores_and_pay_of_one_cycle_stand_in_one_line() -> None:
    year = Period.parse("2026")
    score = ReplayRow("甲", "1", "部", year, Side(Decimal(1)), Side(Decimal(2)), "缺")
    paid = ReplayRow("甲", "1", "部", year, Side(pay=Decimal(5)), Side(), "无")
    other = ReplayRow("乙", "2", "部", year, Side(pay=Decimal(5)), Side(pay=Decimal(6)))
    [one, two] = replaying.with_pay([score], [paid, other])
    assert (one.then, one.now) == (Side(Decimal(1), pay=Decimal(5)), Side(Decimal(2)))
    assert one.note == "缺；无"
    assert Replayed((one, two)).cost == (Decimal(5), Decimal(6))
