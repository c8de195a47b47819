"""A scheme in Chinese prose: the same words in the contract, on the sheet and on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from kpidesk.core.aggregation import NoTotal
from kpidesk.core.contract_sections import ContractItem
from kpidesk.core.exact import HUNDRED
from kpidesk.core.explain import show
from kpidesk.core.indicator import Indicator
from kpidesk.core.names import known_parameters
from kpidesk.core.paying.prose import pay_label, state_pay
from kpidesk.core.scheme import Scheme
from kpidesk.core.scoring.attain_prose import state_attainment
from kpidesk.core.scoring.list_prose import state_checklist, state_deduction
from kpidesk.core.scoring.proportion import state_proportion
from kpidesk.core.scoring.reach_prose import state_reach
from kpidesk.core.scoring.rules import (
    AllConform,
    Attainment,
    Checklist,
    CustomerMode,
    Deduction,
    Formula,
    LevelSelect,
    Manual,
    NewCustomers,
    ProportionalClamped,
    ReachOrDecay,
    StepDeviation,
    StepGrowth,
    Steps,
)
from kpidesk.core.settings import Amount, Ref, SettingValue, Word
from kpidesk.core.total_prose import state_total
from kpidesk.core.weight_figures import weight_figures

_MANY = 10_000
_PLACE = re.compile(r"\{([^{}]+)\}")
BLANK = "＿＿＿＿"
"""What is written where the company still has to fill a blank of the source."""


@dataclass(frozen=True, slots=True)
class GradeLine:
    """One grade as it is printed: name, printed range, and from what score it is reached."""

    grade: str
    printed: str
    reading: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Words for one scheme with the parameters of one contract."""

    scheme: Scheme
    settings: Mapping[str, SettingValue]

    def rule(  # noqa: C901 - one case for each kind of rule
        self, indicator: Indicator
    ) -> tuple[str, ...]:
        """评分标准 of a leaf, a sentence (or a printed level) each."""
        rule = indicator.rule
        full = self.scheme.full_points(indicator)
        match rule:
            case None:
                return ()
            case Manual(standard):
                by_raters = self._by_raters()
                scored = f"由{by_raters or '考核人'}在 0～{show(full)} 分之间评分。"
                return (f"{standard}。", scored) if standard else (scored,)
            case Attainment():
                return state_attainment(rule, full, self)
            case StepDeviation() | StepGrowth() | NewCustomers():
                return self._by_steps(rule, full)
            case LevelSelect(levels):
                return tuple(f"{show(one.points)} 分：{one.text}" for one in levels)
            case Checklist():
                return state_checklist(rule, self)
            case Deduction(items):
                return (
                    f"满分 {show(full)} 分，扣完为止。",
                    *(state_deduction(item, self) for item in items),
                )
            case ReachOrDecay() | AllConform():
                return state_reach(rule, full, self)
            case ProportionalClamped():
                return state_proportion(rule, show(full), self)
            case Formula(expression):
                return (f"得分 = {expression}，满分 {show(full)} 分。",)
            case _:
                assert_never(rule)

    def grades(self) -> tuple[GradeLine, ...]:
        """The grade scale, highest first; empty when the scheme has none."""
        scale = self.scheme.grades
        if scale is None:
            return ()
        rounds = self.word(scale.gap_policy) == "round_integer"
        lines: list[GradeLine] = []
        top: Decimal | None = None
        for band, printed in zip(reversed(scale.bands.rows), reversed(scale.printed), strict=True):
            reading = f"{show(band.at)} 分及以上" if top is None else ""
            reading = reading or f"{show(band.at)} 分及以上，不足 {show(top or scale.most)} 分"
            suffix = "（先四舍五入到整数）" if rounds else ""
            lines.append(GradeLine(band.value, printed, reading + suffix))
            top = band.at
        return tuple(lines)

    @property
    def mixes_raters(self) -> bool:
        """Whether a share of some kind of rater was set; else each score is entered as one."""
        return any(self._setting(one.share.parameter) is not None for one in self.scheme.raters)

    def raters(self) -> tuple[str, ...]:
        """Who rates, and how much each kind of rater counts; empty when not by raters."""
        if not self.scheme.raters:
            return ()
        shares = "，".join(f"{one.label} {self.amount(one.share)}%" for one in self.scheme.raters)
        return (f"由考核人评分的指标按下列权重合成：{shares}；同类评分人有多人的，取平均分。",)

    def item(self, item: ContractItem) -> str:
        """A clause in the scheme's own words, with the numbers that the company filled in."""
        return _PLACE.sub(lambda found: self.amount(Ref(found[1])), item.text)

    def aggregation(self) -> tuple[str, ...]:
        """How the total comes about."""
        return state_total(self.scheme, self)

    def pay(self) -> tuple[str, ...]:
        """How pay comes about, a sentence each; empty when the scheme pays nothing."""
        return tuple(text for rule in self.scheme.pay for text in state_pay(rule, self))

    def percent(self, rate: Amount) -> str:
        """A rate of a rule in percent: 60%."""
        value = self._setting(rate.parameter) if isinstance(rate, Ref) else rate
        return f"{show(value * HUNDRED)}%" if isinstance(value, Decimal) else f"{BLANK}%"

    def limit(self, amount: Amount | str) -> str:
        """A cap of a rule; empty where there is no limit."""
        value = self._setting(amount.parameter) if isinstance(amount, Ref) else amount
        return show(value) if isinstance(value, Decimal) else ""

    def line(self, result: str) -> str:
        """What an earlier result of pay is called."""
        return pay_label(self.scheme.pay, result)

    def role(self, name: str) -> str:
        """The title of a role."""
        return next((one.title for one in self.scheme.roles if one.name == name), name)

    def worth(self, indicator: Indicator) -> str:
        """Weight or full points as printed: 25分, 20%."""
        if not self.scheme.is_weighted:
            return f"{show(indicator.points)}分"
        if isinstance(self.scheme.aggregation, NoTotal):
            return ""
        if indicator.supports:
            return "参考"
        weight = weight_figures(self.scheme, self.settings)[indicator.name]
        if weight is None:
            return f"{BLANK}%"
        if isinstance(weight.value, Fraction):  # equal parts that percent cannot say exactly
            part = weight.value / 100
            return f"{part.numerator}/{part.denominator}"
        return f"{show(weight.value)}%"

    @property
    def worth_title(self) -> str:
        """What the worth of an indicator is called: 权重 or 满分; empty where none counts."""
        if isinstance(self.scheme.aggregation, NoTotal):
            return ""
        return "权重" if self.scheme.is_weighted else "满分"

    # -- the kinds ----------------------------------------------------------------------------

    def _by_steps(
        self, rule: StepDeviation | StepGrowth | NewCustomers, full: Decimal
    ) -> tuple[str, ...]:
        match rule:
            case StepDeviation():
                return self._deviation(rule, full)
            case StepGrowth():
                return self._growth(rule)
            case NewCustomers():
                return self._customers(rule, full)
            case _:
                assert_never(rule)

    def _deviation(self, rule: StepDeviation, full: Decimal) -> tuple[str, ...]:
        down, up = self.amount(rule.down.size), self.amount(rule.up.size)
        return (
            f"以 {show(rule.standard)}% 为标准，达到标准得 {show(full)} 分。",
            f"每低 {down} 个百分点扣 {show(rule.down.points)} 分，{self._floor(rule.floor)}。",
            f"每高 {up} 个百分点加 {show(rule.up.points)} 分，{self._cap(rule.cap)}。",
            f"{self.steps(rule.steps)}。",
        )

    def _growth(self, rule: StepGrowth) -> tuple[str, ...]:
        size = f"{self.amount(rule.up.size)} {self._unit(rule.measure.fact)}"
        points = show(rule.up.points)
        return (
            f"从 {self.amount(rule.start)} 分起计，比上季每增加 {size}加 {points} 分。",
            f"{self.steps(rule.steps)}；负增长不扣分，{self._cap(rule.cap)}。",
        )

    def _customers(self, rule: NewCustomers, full: Decimal) -> tuple[str, ...]:
        down = f"每低于计划满 {self.amount(rule.down_step)} 户扣 1 分"
        if self.word(rule.mode) == CustomerMode.FROM_ZERO:
            cap = self._setting(rule.cap.parameter) if isinstance(rule.cap, Ref) else rule.cap
            most = min(full, cap) if isinstance(cap, Decimal) else full
            start = f"每新增 1 户得 1 分，最高 {show(most)} 分"
            return (f"{start}；{down}；最低 0 分。",)
        start = f"完成计划得 {show(full)} 分，每超过 1 户加 1 分"
        return (f"{start}；{down}；最低 0 分，{self._cap(rule.cap)}。",)

    # -- words of parameters and facts --------------------------------------------------------

    def _setting(self, name: str) -> SettingValue | None:
        if name in self.settings:
            return self.settings[name]
        return known_parameters(self.scheme)[name].default

    def word(self, word: Word) -> str:
        """A choice of a rule, as its value."""
        return str(self._setting(word.parameter)) if isinstance(word, Ref) else str(word)

    def flag(self, ref: Ref) -> bool:
        """Whether a yes-or-no parameter says yes."""
        return self._setting(ref.parameter) is True

    def amount(self, amount: Amount) -> str:
        """A number of a rule, or a blank to fill in."""
        value = self._setting(amount.parameter) if isinstance(amount, Ref) else amount
        return _grouped(value) if isinstance(value, Decimal) else BLANK

    def _floor(self, floor: Amount) -> str:
        return f"最低 {self.amount(floor)} 分"

    def _cap(self, cap: Amount | str) -> str:
        most = self.limit(cap)
        return f"最高 {most} 分" if most else "加分不设上限"

    def steps(self, steps: Word) -> str:
        """How a part of a step counts."""
        mode = Steps(self.word(steps))
        match mode:
            case Steps.WHOLE:
                return "满一档才计"
            case Steps.UP:
                return "不足一档按一档计"
            case Steps.PROPORTIONAL:
                return "不足一档按比例计"
            case _:
                assert_never(mode)

    def _by_raters(self) -> str:
        return "、".join(one.label for one in self.scheme.raters)

    def label(self, fact: str) -> str:
        """What a fact is called on the sheet."""
        spec, made = self.scheme.fact(fact), self.scheme.metric(fact)
        return spec.label if spec else made.name if made else fact

    def _unit(self, fact: str) -> str:
        spec = self.scheme.fact(fact)
        return spec.unit if spec else ""


def _grouped(value: Decimal) -> str:
    """A number as contracts write it, with thousands set apart where there are many digits."""
    text = f"{value:,f}" if abs(value) >= _MANY else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
