"""Pay of the bank's account managers once more, written plainly from its rules and on its own.

It shares nothing with the program but the names of parameters, facts and results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

F = Fraction
ZERO = F(0)
LAST, THIS = "2023", "2024"
FACTS = {
    "贷款日均存量": "loan_average",
    "小微和涉农贷款时点增量": "loan_year_end",
    "小微和涉农贷款存量户数": "borrowers",
    "小微和涉农贷款增量户数": "borrowers",
    "存款日均存量": "deposit_average",
    "存款日均增量": "deposit_average",
}
ITEM_1 = "score.涉农及小微企业贷款业务"


@dataclass(frozen=True)
class Manager:
    """Somebody with figures: by fact for the year, by fact and year for the two years."""

    key: str
    group: str
    team: str
    of_year: dict[str, F] = field(default_factory=dict)
    by_year: dict[tuple[str, str], F] = field(default_factory=dict)

    def rise(self, fact: str) -> F | None:
        """This year's figure less last year's."""
        this, last = self.by_year.get((fact, THIS)), self.by_year.get((fact, LAST))
        return None if this is None or last is None else this - last


def places(value: F, number: int) -> F:
    """Rounded half up, away from zero."""
    scale = 10**number
    whole = int(abs(value) * scale + F(1, 2))
    return F(whole if value >= 0 else -whole, scale)


class Bank:
    """A year of the bank; `results` by person and name, `codes` of findings."""

    def __init__(self, people: list[Manager], parameters: Mapping[str, Any]) -> None:
        self.p = parameters
        self.results: dict[tuple[str, str], F] = {}
        self.codes: set[str] = set()
        self.parts: dict[tuple[str, str], F] = {}
        self.taken: dict[tuple[str, str], F] = {}
        self.left: dict[str, F] = {}
        groups: dict[str, list[Manager]] = {}
        for one in people:
            key = {"grade": one.group, "team": one.team, "all": ""}[parameters["pool_scope"]]
            groups.setdefault(key, []).append(one)
        for group in groups.values():
            for item in FACTS:
                self._item(item, group)
            together = parameters["penalty_scope"] == "group"
            for compared in [group] if together else [[one] for one in group]:
                self._decline("loan", compared)
                self._decline("deposit", compared)
        for item, amount in self.left.items():
            self.results["team", f"unallocated.{item}"] = places(amount, 2)
            self.codes.add("pool-unallocated")
        for one in people:
            self._pay(one)
            self._management(one)

    def _item(self, item: str, group: list[Manager]) -> None:
        weight = self.p[f"weight.{item}"]
        counted = [self._contribution(item, one) if weight else ZERO for one in group]
        pays = [one.of_year.get("annual_pay") if weight else ZERO for one in group]
        own = [one for one in counted if one is not None]
        known = [one for one in pays if one is not None]
        if len(own) < len(group) or len(known) < len(group):
            return
        pool = sum(known, ZERO) * weight / 100
        if self.p["negative_increase"] == "zero":
            own = [max(one, ZERO) for one in own]
        whole = sum(own)
        for one, part in zip(group, own, strict=True):
            share = pool * part / whole if whole > 0 else ZERO
            self.parts[one.key, item] = share
            self.results[one.key, f"pay.{item}"] = places(share, 2)
        if whole <= 0 and weight:
            self.left[item] = self.left.get(item, ZERO) + pool

    def _contribution(self, item: str, one: Manager) -> F | None:
        fact = FACTS[item]
        if "增量" not in item:
            return one.by_year.get((fact, THIS))
        rise = one.rise(fact)
        if fact == "loan_year_end" and rise is not None and self.p["exclude_government"]:
            part = {
                year: one.by_year.get(("government_loans", year), ZERO) for year in (LAST, THIS)
            }
            rise -= part[THIS] - part[LAST]
        return rise

    def _decline(self, kind: str, compared: list[Manager]) -> None:
        this = [one.by_year.get((f"{kind}_average", THIS)) for one in compared]
        last = [one.by_year.get((f"{kind}_average", LAST)) for one in compared]
        if None in this or (None in last and any(one is not None for one in last)):
            return
        now, before = (sum((one or ZERO for one in side), ZERO) for side in (this, last))
        points = (before - now) / before * 100 if now < before else ZERO
        if self.p["penalty_steps"] == "whole":
            points = F(points.__floor__())
        elif self.p["penalty_steps"] == "up":
            points = F(points.__ceil__())
        amount = points * self.p[f"{kind}_penalty_per_point"]
        for one in compared:
            self.taken[one.key, kind] = amount
            self.results[one.key, f"{kind}_decline_points"] = places(points, 4)
            self.results[one.key, f"{kind}_penalty"] = places(amount, 2)

    def _pay(self, one: Manager) -> None:
        parts = [self.parts[one.key, item] for item in FACTS if (one.key, item) in self.parts]
        taken = [
            self.taken[one.key, kind]
            for kind in ("loan", "deposit")
            if (one.key, kind) in self.taken
        ]
        if len(parts) < len(FACTS) or len(taken) < 2:
            return
        operating = sum(parts, ZERO) - sum(taken)
        self.results[one.key, "operating_pay"] = places(operating, 2)
        score = one.of_year.get("management_score")
        if score is None:
            return
        if self.p["management_cap"] != "none":
            score = min(score, self.p["management_cap"])
        pay: F = operating * score / 100
        if places(pay, 2) < 0:
            self.codes.add("pay-floored" if self.p["pay_floor_zero"] else "negative-pay")
        if self.p["pay_floor_zero"]:
            pay = max(pay, ZERO)
        self.results[one.key, "assessed_pay"] = places(pay, 2)

    def _management(self, one: Manager) -> None:
        ratios: list[F] = []
        for fact in ("loan_year_end", "borrowers"):
            this, last = one.by_year.get((fact, THIS)), one.by_year.get((fact, LAST))
            if this is not None and last is not None and last:
                ratios.append(this / last)
            elif this is not None and last is not None:
                self.codes.add("zero-denominator")
        if len(ratios) == 2:
            mean = self.p["management_combine"] == "mean"
            score = 5 * (sum(ratios, ZERO) / 2 if mean else min(ratios))
            self.results[one.key, ITEM_1] = places(min(max(score, F(5, 2)), F(15, 2)), 2)
