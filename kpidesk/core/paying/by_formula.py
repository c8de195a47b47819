"""A line of pay (or another figure) by a formula."""

from __future__ import annotations

from kpidesk.core.facts import TEAM, Subject
from kpidesk.core.formula.apply import Use, apply
from kpidesk.core.formula.in_scheme import paying_scope
from kpidesk.core.formula.meaning import unit_of
from kpidesk.core.formula.place import Place
from kpidesk.core.paying.rules import FormulaPay
from kpidesk.core.paying.run import PayRun
from kpidesk.core.period import CYCLE, Grain, Period


def pay_by_formula(rule: FormulaPay, run: PayRun) -> None:
    """The formula's figure of each person of the roles (or of the group) in each period."""
    scheme = run.context.scheme
    there = {
        name: result.derivation.label if result.derivation else ""
        for (_, name, _), result in run.board.results.items()
    }
    scope = paying_scope(scheme, scheme.pay.index(rule), tuple(there.items()))
    use = Use(rule.label, rule.result, unit_of(rule.unit), scope, run.board, clause=rule.clause)
    if rule.of_team:
        for period in run.periods(rule.grain):
            _record(rule, use, TEAM, period, run)
        return
    for person in run.of_roles(rule.roles):
        for period in run.served(person, rule.grain):
            _record(rule, use, person.key, period, run)


def _record(rule: FormulaPay, use: Use, subject: Subject, period: Period, run: PayRun) -> None:
    whole = rule.grain is Grain.CYCLE
    place = Place(subject, rule.grain, None if whole else period)
    figure = apply(rule.expression, use, place, run.context)
    if figure is not None:
        key = CYCLE if whole else period.key
        named = figure.named(rule.label, rule.clause)
        run.board.record(subject, rule.result, named, key, places=rule.places)
