"""A scheme told in sections: indicators, scoring, parameters, ambiguities, clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.core.clauses import Prose
from kpidesk.core.combine import needs_indicators
from kpidesk.core.names import known_parameters
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.schemes.lined import LinedGrid
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import Badge, Banner, Card, column, label, row
from kpidesk.ui.words import meaning_text, setting_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from kpidesk.core.indicator import Indicator
    from kpidesk.core.scheme import Scheme
    from kpidesk.core.settings import Parameter
    from kpidesk.ui.look import Look

_INDENT = 16


def indicator_section(look: Look, scheme: Scheme) -> QWidget:
    """The tree with worth and rule, in the words of the contract."""
    if needs_indicators(scheme):
        banner = Banner(look)
        banner.say(
            "原文缺少指标部分。拟定责任书时，请另选一个方案提供指标；"
            "等级、考核流程和条款用本方案的。",
            Tone.WARN,
        )
        return Card("指标与评分标准", banner)
    if scheme.lost:
        banner = Banner(look)
        banner.say(f"{scheme.lost}。", Tone.WARN)
        return Card("指标与评分标准", banner)
    if not scheme.indicators:
        return Card("指标与评分标准", label("这个方案不评分，按业绩数据核算薪酬。", "muted"))
    prose = Prose(scheme, {})
    columns = [("指标", 150, 2), (prose.worth_title, 52, 0), ("评分标准", 260, 6), ("条款", 44, 0)]
    grid = LinedGrid(look, columns)
    for root in scheme.indicators:
        _add_indicator(grid, scheme, prose, root, 0)
    return Card("指标与评分标准", grid)


def _add_indicator(
    grid: LinedGrid, scheme: Scheme, prose: Prose, indicator: Indicator, level: int
) -> None:
    name = label(indicator.name, "" if level else "heading", wrap=True)
    name.setIndent(_INDENT * level)
    worth = label(prose.worth(indicator), "" if level else "heading")
    meaning = (f"{indicator.definition}。",) if indicator.definition else ()
    words = (f"数据来源：{indicator.source}",) if indicator.source else ()
    standard = "\n".join((*meaning, *prose.rule(indicator), *words))
    grid.add([name, worth, standard, _clause(scheme, indicator.clause)])
    for child in indicator.children:
        _add_indicator(grid, scheme, prose, child, level + 1)


def scoring_section(look: Look, scheme: Scheme) -> QWidget:
    """How the total comes about, who rates, and the grades."""
    prose = Prose(scheme, {})
    words = [label(text, wrap=True) for text in (*prose.aggregation(), *prose.raters())]
    if not scheme.is_scored and not words:
        words = [label("这个方案不计总分。", "muted")]
    card = Card("总分与等级", *words)
    if grades := prose.grades():
        grid = LinedGrid(look, [("等级", 60, 0), ("原文", 100, 1), ("得分", 200, 3)])
        for one in grades:
            grid.add([one.grade, one.printed, one.reading])
        card.body.addWidget(grid)
    else:
        card.body.addWidget(label("原文没有规定考核等级。", "muted"))
    return card


def pay_section(look: Look, scheme: Scheme) -> QWidget:
    """How pay comes about, in the words of the contract."""
    sentences = Prose(scheme, {}).pay()
    if not sentences:
        return Card("薪酬", label("原文没有规定薪酬的计算方法。", "muted"))
    words = LinedGrid(look, [("", 40, 0), ("", 300, 1)])
    for number, sentence in enumerate(sentences, 1):
        words.add([label(f"{number}.", "muted"), sentence])
    return Card("薪酬", words)


def parameter_section(look: Look, scheme: Scheme) -> QWidget:
    """What the source leaves open: default, choices, and what is to be filled in."""
    if not scheme.parameters:
        return Card("参数", label("这个方案没有需要约定的参数。", "muted"))
    grid = LinedGrid(look, [("参数", 150, 2), ("默认", 110, 2), ("说明", 240, 4)])
    for one in scheme.parameters:
        words = meaning_text(one)
        if len(one.choices) > 1:
            words += "\n可选：" + "；".join(choice.text for choice in one.choices)
        if one.ambiguity:
            words += f"\n见歧义 {one.ambiguity}"
        grid.add([one.label, _default(look, one), words])
    hint = label("拟定责任书时可以逐份改选；没有默认值的须填写。", "muted", wrap=True)
    return Card("参数", hint, grid)


def _default(look: Look, parameter: Parameter) -> QWidget:
    if parameter.default is not None:
        return label(setting_text(parameter, parameter.default), wrap=True)
    if parameter.company_own:
        return _held(Badge(look, "由公司自定", Tone.NEUTRAL))
    return _held(Badge(look, "必填", Tone.WARN))


def _held(badge: Badge) -> QWidget:
    """A badge as wide as its words, at the left of its cell."""
    holder = QWidget()
    holder.setLayout(row(badge, None))
    return holder


def ambiguity_section(look: Look, scheme: Scheme) -> QWidget:
    """Clauses with more than one reading: what they say, the question, the answer in force."""
    if not scheme.ambiguities:
        return Card("歧义", label("没有发现有歧义的条款。", "muted"))
    columns = [("编号", 48, 0), ("原文", 150, 3), ("问题", 150, 3), ("现按此理解", 150, 3)]
    grid = LinedGrid(look, columns)
    for one in scheme.ambiguities:
        labels = (_parameter_label(scheme, name) for name in one.parameters)
        chosen = "\n可改选参数：" + "、".join(labels) if one.parameters else ""
        grid.add([one.id, f"“{one.phrase}”", one.problem, one.reading + chosen])
    return Card("有歧义的条款", grid)


def source_section(look: Look, scheme: Scheme) -> QWidget:
    """The numbered rules with their original words, and the notes."""
    grid = LinedGrid(look, [("条款", 52, 0), ("规定", 200, 3), ("原文", 220, 4)])
    for one in scheme.rules:
        grid.add([one.id, one.statement, f"“{one.phrase}”"])
    title = f"条款出处（原文第 {scheme.source_lines} 行）"
    parts: list[QWidget] = [Card(title, grid)] if scheme.rules else []
    prose = Prose(scheme, {})
    for section in scheme.contract:
        words = LinedGrid(look, [("", 52, 0), ("", 300, 1)])
        for number, item in enumerate(section.items, 1):
            words.add([label(item.clause or f"{number}.", "muted"), prose.item(item)])
        parts.append(Card(f"责任书中的“{section.heading}”", words))
    if scheme.notes:
        parts.append(Card("说明", *(label(note, wrap=True) for note in scheme.notes)))
    return _stacked(*parts)


def _stacked(*parts: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(*parts, spacing=16))
    return holder


def _clause(scheme: Scheme, clause: str) -> QLabel:
    made = label(clause, "muted")
    if (rule := scheme.rule(clause)) is not None:
        made.setToolTip(plain_tip(f"原文：“{rule.phrase}”"))
    return made


def _parameter_label(scheme: Scheme, name: str) -> str:
    parameter = known_parameters(scheme).get(name)
    return parameter.label if parameter else name
