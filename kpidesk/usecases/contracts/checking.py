"""Is a draft one that can be kept to? Everything that is wrong with it is said at once."""

from __future__ import annotations

from collections.abc import Iterator

from kpidesk.core.contract import Contract
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Facts
from kpidesk.core.findings import Effect
from kpidesk.core.period import Cycle
from kpidesk.core.scheme import Scheme
from kpidesk.core.target import Target
from kpidesk.usecases.cycles import cycles_in


def check_terms(contract: Contract, scheme: Scheme) -> None:
    """Refuse terms that cannot be computed with: weights, parameters, targets, term."""
    problems = [*_problems(contract, scheme)]
    if problems:
        raise InvalidValueError("\n".join(problems))


def _problems(contract: Contract, scheme: Scheme) -> Iterator[str]:
    if not contract.number.strip():
        yield "责任书编号不能为空"
    settings = dict(contract.settings)
    cycle = Cycle(cycles_in(scheme, settings, contract.term, in_part=contract.in_part)[0])
    outcome = evaluate(
        scheme,
        cycle=cycle,
        people=(Appraisee("person", contract.role),),
        facts=Facts(),
        settings=settings,
    )
    yield from (one.message for one in outcome.findings if one.effect is Effect.BLOCKS)
    months = len(Cycle(contract.term).contract_months())
    names = [one.fact for one in contract.targets]
    for target in contract.targets:
        if names.count(target.fact) > 1 and names.index(target.fact) == contract.targets.index(
            target
        ):
            yield f"目标“{target.label}”填了两次，请删去一个"
        yield from _target_problems(target, scheme, contract.role, months)


def _target_problems(target: Target, scheme: Scheme, role: str, months: int) -> Iterator[str]:
    if target.fact not in {one.name for one in scheme.agreed(role)}:
        yield f"方案“{scheme.title}”没有目标“{target.label}”，请删去它"
    if target.total == 0:
        yield (
            f"目标“{target.label}”为 0，无法计算完成情况；"
            "请填写大于 0 的数，还没有定下来的目标请留空"
        )
    if target.months and len(target.months) != months:
        yield f"目标“{target.label}”分解成了 {len(target.months)} 个月，责任期限却是 {months} 个月"
