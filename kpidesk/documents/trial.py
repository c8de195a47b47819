"""试算结果: what a scheme gives for the figures of a trial, every number explained."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from reportlab.platypus import Flowable

from kpidesk.core.findings import Effect, shared
from kpidesk.core.results import Evaluation, Result
from kpidesk.core.scheme import Scheme
from kpidesk.core.trial import Trial
from kpidesk.documents.blocks import Heading
from kpidesk.documents.derivation import derivation_grid
from kpidesk.documents.look import BODY, REMARK, SUBTITLE, TITLE
from kpidesk.documents.page import Head, build
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import numeral

_SUBJECTS = {"team": "全团队", "cycle": "考核周期"}
_EFFECTS = {Effect.BLOCKS: "阻止计算", Effect.WITHHOLDS: "未能算出", Effect.WARNS: "提示"}


def trial_pdf(trial: Trial, scheme: Scheme, evaluation: Evaluation, *, stamp: Stamp) -> bytes:
    """The results of a trial with their derivations, by person, and all findings."""
    head = Head(
        title=f"试算结果（{trial.title}）",
        company=scheme.title,
        label=f"试算结果　{trial.title}",
        stamp=stamp,
    )
    return build(list(_story(trial, evaluation, scheme)), head)


def _story(trial: Trial, evaluation: Evaluation, scheme: Scheme) -> Iterator[Flowable]:
    numbers = count()
    yield Heading("试算结果", TITLE)
    yield Text(trial.title, SUBTITLE)
    if not evaluation.results:
        yield Text("没有算出任何结果，原因见下。", BODY)
    for subject, results in by_subject(evaluation).items():
        yield Heading(f"{numeral(next(numbers))}、{_SUBJECTS.get(subject, subject)}")
        yield derivation_grid(results, scheme)
    if evaluation.findings:
        yield Heading(f"{numeral(next(numbers))}、说明与提示")
        for number, one in enumerate(shared(evaluation.findings), 1):
            who = f"{_SUBJECTS.get(one.subject, one.subject)}：" if one.subject else ""
            yield Text(f"{number}. {_EFFECTS[one.effect]}：{who}{one.message}", REMARK)


def by_subject(evaluation: Evaluation) -> dict[str, list[Result]]:
    """The results of each subject, in the order in which they came out."""
    found: dict[str, list[Result]] = {}
    for result in evaluation.results.values():
        found.setdefault(result.subject, []).append(result)
    return found
