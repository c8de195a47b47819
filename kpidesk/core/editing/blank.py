"""An empty scheme to begin with: the fewest sensible defaults."""

from __future__ import annotations

from dataclasses import replace

from kpidesk.core.aggregation import WeightedTree
from kpidesk.core.contract_sections import ContractItem, ContractSection, Slot
from kpidesk.core.editing.rows import with_grades
from kpidesk.core.exact import HUNDRED
from kpidesk.core.indicator import Indicator
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Role, Scheme
from kpidesk.core.scoring.rules import Manual


def blank_scheme(family: str, title: str) -> Scheme:
    """A yearly scheme of one dimension with one indicator, and the usual grades."""
    indicator = Indicator("新指标", worth=HUNDRED, rule=Manual())
    dimension = Indicator("工作业绩", worth=HUNDRED, children=(indicator,))
    procedure = ContractSection(
        Slot.PROCEDURE, "考核流程", (ContractItem("考核结果经总经理批准后，由乙方签字确认。"),)
    )
    return with_grades(
        Scheme(
            id=family,
            version=0,
            title=title,
            contract_title=f"{title.removesuffix('方案')}目标责任书",
            source_lines="",
            roles=(Role("role_1", "员工"),),
            cycle=Grain.YEAR,
            aggregation=WeightedTree(),
            indicators=(dimension,),
            contract=(procedure,),
        )
    )


def begun_from(scheme: Scheme, family: str, title: str) -> Scheme:
    """A scheme as the beginning of a draft."""
    return replace(scheme, id=family, version=0, title=title)
