"""考核方案条文: the rules that a contract rests on, in prose, with its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract
from kpidesk.core.names import known_parameters
from kpidesk.core.scheme import Scheme
from kpidesk.documents.blocks import Heading, cell, heads, middle
from kpidesk.documents.grid import Grid, Row
from kpidesk.documents.indicator_table import indicator_table
from kpidesk.documents.look import BODY, NOTE, SUBTITLE, TITLE
from kpidesk.documents.page import Head, build
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import GRAINS, cycle_grain, numeral

_TITLE = "考核方案条文"


def scheme_text_pdf(scheme: Scheme, contract: Contract, *, stamp: Stamp) -> bytes:
    """The rules as the contract uses them; `scheme` is the one with its indicators combined."""
    head = Head(
        title=f"{_TITLE}（{scheme.title}）",
        company=contract.party_a.name,
        label=f"{_TITLE}　{scheme.title}　责任书 {contract.number}",
        stamp=stamp,
    )
    return build(list(_story(scheme, contract)), head)


def _story(scheme: Scheme, contract: Contract) -> Iterator[Flowable]:
    prose = Prose(scheme, dict(contract.settings))
    numbers = count()

    def heading(text: str) -> Heading:
        return Heading(f"{numeral(next(numbers))}、{text}")

    yield Heading(_TITLE, TITLE)
    yield Text(f"{scheme.title}　　第 {contract.scheme_version} 版", SUBTITLE)
    yield heading("适用")
    roles = "、".join(one.title for one in scheme.roles)
    cycle = GRAINS[cycle_grain(scheme, contract)]
    yield Text(f"适用岗位：{roles}。每{cycle}考核一次。", BODY)
    if scheme.indicators:
        yield heading("考核指标与评分标准")
        yield indicator_table(prose)
        for text in (*prose.aggregation(), *(prose.raters() if prose.mixes_raters else ())):
            yield Text(text, BODY)
    if scheme.grades:
        yield heading("考核等级")
        rows = [heads("等级", "得分范围", "评定方法")]
        rows += [
            Row((middle(one.grade), middle(one.printed), cell(one.reading)))
            for one in prose.grades()
        ]
        yield Grid(rows, (30 * mm, 46 * mm, 80 * mm), heads=1)
    if pay := prose.pay():
        yield heading("薪酬计算")
        for number, text in enumerate(pay, 1):
            yield Text(f"{number}. {text}", BODY)
    if contract.settings:
        yield heading("本责任书的参数")
        yield _settings(scheme, contract)
    yield heading("方案条款")
    yield Text("以下为方案逐条的编号和要点，计算过程引用的条款编号与此一致。", NOTE)
    rows = [heads("条款", "要点")]
    rows += [Row((middle(one.id), cell(one.statement))) for one in scheme.rules]
    yield Grid(rows, (20 * mm, 136 * mm), heads=1)


def _settings(scheme: Scheme, contract: Contract) -> Grid:
    known = known_parameters(scheme)
    rows = [heads("参数", "取值", "含义")]
    for name, value in contract.settings:
        if (parameter := known.get(name)) is not None:
            said = parameter.text(value).strip()
            rows.append(Row((cell(parameter.label), middle(said), cell(parameter.meaning))))
    return Grid(rows, (44 * mm, 36 * mm, 76 * mm), heads=1)
