"""The quarterly rule over a base quota once more, written plainly and on its own.

It shares nothing with the program but the names of parameters and results: fractions of yuan, one
loop, one dictionary. It exists to disagree with the program where either is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

F = Fraction
ZERO = F(0)
CENT = F(1, 100)


@dataclass
class Given:
    """One quarter's figures."""

    key: str
    actual: F
    target: F
    k: F
    implementation: F = ZERO
    services: F = ZERO
    base: F | None = None
    salary: F | None = None
    floating: F | None = None
    free: bool = False


@dataclass
class Hole:
    """An open shortfall."""

    key: str
    left: F
    size: F
    base: F
    implementation: F
    given: Given
    below: bool
    floating_paid: bool


@dataclass
class Purse:
    """What a person carries."""

    holes: list[Hole] = field(default_factory=list)
    excess: F = ZERO


def cents(value: F) -> F:
    """Rounded half up, away from zero."""
    scaled = abs(value) * 100
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return F(whole if value >= 0 else -whole, 100)


def shared(amount: F, sizes: list[F]) -> list[F]:
    """Whole cents by largest remainder, none above its size; the rest below a cent goes last."""
    whole = sum(sizes)
    exact = [amount * one / whole for one in sizes]
    parts = [F(int(one * 100), 100) for one in exact]
    rest = amount - sum(parts)
    for _, place in sorted((parts[place] - exact[place], place) for place in range(len(sizes))):
        more = min(CENT, rest, sizes[place] - parts[place])
        parts[place] += more
        rest -= more
    return parts


def fill(purse: Purse, surplus: F, order: str) -> F:
    """Fill holes; how much was used."""
    short = [one for one in purse.holes if one.left > 0]
    used = F(0)
    if order == "pro_rata" and surplus < sum(one.left for one in short):
        for hole, part in zip(short, shared(surplus, [one.left for one in short]), strict=True):
            hole.left -= part
            used += part
        return used
    for hole in reversed(short) if order == "newest_first" else short:
        part = min(hole.left, surplus - used)
        hole.left -= part
        used += part
    return used


def chain(quarters: list[Given], p: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: C901, PLR0912, PLR0915 - one plain loop
    """Every result of every quarter, up to the first that waits for a decision."""
    purse, results = Purse(), []
    factor = {one.key: p["fixed_share"] + p["kpi_share"] * one.k for one in quarters}
    for q in quarters:
        number = int(q.key[-1])
        if number == 1 and p["year_end_shortfall"] == "clear":
            purse.holes = [one for one in purse.holes if one.left == 0]
        came, purse.excess = purse.excess, F(0)
        target = F(0) if q.free else q.target
        base = F(0) if q.free else (p["base_ratio"] * q.target if q.base is None else q.base)
        outside = p["implementation_pay"] == "outside_task"
        own = q.actual - q.implementation if outside else q.actual
        x = own + came
        seen = x if p["carried_counts"] else own
        takes_off = q.implementation if p["implementation_pay"] == "service_rate" else F(0)
        debt = any(one.left > 0 for one in purse.holes)
        below = seen < base or (seen == base and base > 0 and p["at_base"] == "unmet")
        free_all = q.free and p["free_quarter_pay"] == "all_actual"
        r: dict[str, Any] = {
            "tested_actual": cents(seen),
            "carried_in": cents(came),
            "findings": set(),
        }
        accrued: F | None = F(0)
        made_up = F(0)
        back: list[tuple[Hole, F]] = []
        if free_all:
            accrued = x - takes_off
        elif below:
            hole = Hole(
                q.key, base - seen, base - seen, base, takes_off, q, not q.free, floating_paid=False
            )
            if p["service_needs_base"] and p["implementation_pay"] == "service_rate":
                hole.implementation = F(0)
            hole.floating_paid = q.free and p["free_quarter_variable_pay"]
            purse.holes.append(hole)
            if not p["carried_counts"]:
                if number == 4 and p["year_end_excess"] == "settle":
                    accrued = came
                elif number != 4 or p["year_end_excess"] == "carry":
                    purse.excess = came
        else:
            before = [(one, one.left) for one in purse.holes]
            filled = fill(purse, seen - base, p["repay_order"])
            measured = seen - target if p["limit_on"] == "excess" else seen
            at_limit = seen > target and measured >= p["excess_limit"]
            in_debt = seen > target and debt
            if at_limit or in_debt:
                r["findings"].add("clause-cut-off")
            by_hand = in_debt and p["above_target_with_shortfall"] == "manual"
            if by_hand or (at_limit and p["above_limit"] == "manual"):
                for one, left in before:
                    one.left = left
                accrued = None
            after = seen - filled if p["variable_pay_test"] == "after_make_up" else seen
            due = after >= target if p["at_target"] == "met" else after > target
            unsure = by_hand and p["variable_pay_test"] == "after_make_up"
            r["variable_pay_due"] = None if unsure else due
            if accrued is not None:
                made_up = filled
                left = x - filled
                accrued = min(left, target)
                over = left - accrued
                now = at_limit and p["above_limit"] == "pay_now"
                if now or (number == 4 and p["year_end_excess"] == "settle"):
                    accrued = left
                elif number != 4 or p["year_end_excess"] == "carry":
                    purse.excess = over
                accrued -= takes_off
                full = [one for one in purse.holes if one.left == 0]
                if p["release"] == "each" or len(full) == len(purse.holes):
                    purse.holes = [one for one in purse.holes if one.left != 0]
                    for one in full:
                        of_base = p["back_pay_base"] == "base"
                        back.append((one, one.base - one.implementation if of_base else one.size))
        if free_all or below:
            r["variable_pay_due"] = q.free and p["free_quarter_variable_pay"]
        elif q.free:
            r["variable_pay_due"] = p["free_quarter_variable_pay"]
        is_below = below and not q.free and not free_all
        if q.free:
            r["state"] = "free"
        elif is_below:
            r["state"] = "below_base"
        elif r["variable_pay_due"] is not None:
            r["state"] = "target_met" if r["variable_pay_due"] else "base_met"
        deduction = p["fixed_wage_deduction"] if is_below else F(0)
        if p["repay_deduction"]:
            deduction -= sum(p["fixed_wage_deduction"] for one, _ in back if one.below)
        waits = accrued is None and bool(purse.holes)  # what is paid back is part of the decision
        if not (waits and p["repay_deduction"]):
            r["deduction"] = cents(deduction)
            if q.salary is not None:
                r["base_pay"] = cents(q.salary - deduction)
        pays_back = waits and p["repay_variable_pay"]
        if q.floating is not None and r["variable_pay_due"] is not None and not pays_back:
            floating = q.floating if r["variable_pay_due"] else F(0)
            if p["repay_variable_pay"]:
                for one, _ in back:
                    if not one.floating_paid:
                        assert one.given.floating is not None
                        floating += one.given.floating
            r["variable_pay"] = cents(floating)
        service = p["service_rate"] * (q.implementation + q.services)
        if is_below and p["service_needs_base"]:
            service = F(0)
        r["service_bonus"] = cents(service)
        results.append(r)
        if accrued is None:
            return results
        current = p["sales_rate"] * accrued
        back_pay = sum((p["sales_rate"] * amount for _, amount in back), F(0))
        r["made_up"] = cents(made_up)
        r["carried_out"] = cents(purse.excess)
        r["released"] = [one.key for one, _ in back]
        r["open_shortfalls"] = {one.key: cents(one.left) for one in purse.holes}
        r["current_bonus"] = cents(current)
        r["back_pay"] = cents(back_pay)
        r["accrued_bonus"] = cents(current + back_pay + service)
        with_k = current * factor[q.key]
        for one, amount in back:
            whose = one.key if p["back_pay_coefficient"] == "origin_quarter" else q.key
            with_k += p["sales_rate"] * amount * factor[whose]
        with_k += service * factor[q.key] if p["kpi_applies_to"] == "all" else service
        r["bonus"] = cents(with_k)
        if "base_pay" in r and "variable_pay" in r:
            r["pay_total"] = r["base_pay"] + r["variable_pay"] + r["bonus"]
            if r["pay_total"] < 0:
                r["findings"].add("negative-pay")
        if not q.free and q.target <= 0:
            r["findings"].add("zero-target")
        if q.k > 1:
            r["findings"].add("coefficient-above-1")
    return results
