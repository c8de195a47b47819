"""What keeps the terms of a contract from being used: the scheme's own checks, in Chinese."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kpidesk.core.aggregation import WeightedTree
from kpidesk.core.cycles import cycle_of
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Facts
from kpidesk.core.findings import Code, Effect
from kpidesk.core.names import known_parameters
from kpidesk.core.settings import Ref

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kpidesk.core.findings import Finding
    from kpidesk.core.scheme import Scheme
    from kpidesk.core.settings import SettingValue


def required_parameters(scheme: Scheme, settings: Mapping[str, SettingValue]) -> frozenset[str]:
    """The blanks of the source that must be filled with these choices.

    Without them nothing can be computed. Shares of raters are wanted together or not at all.
    """
    wanted = {one.name for one in scheme.parameters if one.default is None and not one.company_own}
    shares = {one.share.parameter for one in scheme.raters}
    if shares & settings.keys():
        wanted |= shares
    rule = scheme.aggregation
    if isinstance(rule, WeightedTree) and _word(scheme, rule.rollup, settings) == "mix":
        wanted |= {one.parameter for one in (rule.year_end_share, rule.stage_share) if one}
    return frozenset(wanted)


def setting_problems(
    scheme: Scheme, settings: Mapping[str, SettingValue], starts_on: date
) -> dict[str, str]:
    """What is wrong with the parameters, by name; "weights" and "raters" for their sums."""
    known = known_parameters(scheme)
    problems = {
        name: f"请填写“{known[name].label}”：{known[name].meaning}"
        for name in sorted(required_parameters(scheme, settings))
        if name not in settings
    }
    role = scheme.roles[0].name
    trial = evaluate(
        scheme,
        cycle=cycle_of(scheme, settings, starts_on),
        people=(Appraisee("person", role),),
        facts=Facts(),
        settings=settings,
    )
    for finding in trial.findings:
        if finding.effect is Effect.BLOCKS:
            problems.setdefault(_place(finding), finding.message)
    return problems


def rater_sum(scheme: Scheme, settings: Mapping[str, SettingValue]) -> Decimal:
    """What the raters' shares that are filled in add to, in percent."""
    shares = (settings.get(one.share.parameter) for one in scheme.raters)
    return sum((one for one in shares if isinstance(one, Decimal)), Decimal(0))


def _place(finding: Finding) -> str:
    match finding.code:
        case Code.WEIGHTS_NOT_PARENT:
            return "weights"
        case Code.WEIGHTS_NOT_100 if not finding.name:
            return "weights"
        case Code.RATER_WEIGHTS_NOT_100:
            return "raters"
        case _:
            return finding.name


def _word(scheme: Scheme, word: str | Ref, settings: Mapping[str, SettingValue]) -> str:
    if not isinstance(word, Ref):
        return word
    parameter = scheme.parameter(word.parameter)
    return str(settings.get(word.parameter, parameter.default if parameter else ""))
