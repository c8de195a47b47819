from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpidesk.core.period import CYCLE
from kpidesk.exchange.builtin import builtin_ids
from kpidesk.usecases.trials import trial_pdf, try_file
from tests.documents.samples import text_of

CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize("scheme", builtin_ids())
def test_every_result_of_a_trial_is_printed_with_its_derivation(scheme: str) -> None:
    path = min((CASES / scheme).glob("*.toml"))
    outcome = try_file(path)
    text = text_of(trial_pdf(outcome))
    for result in outcome.evaluation.results.values():
        assert result.shown in text
        if result.period != CYCLE:
            assert result.period in text
        if result.derivation is not None and result.derivation.label:
            assert "".join(result.derivation.label.split()) in "".join(text.split())


def test_the_same_trial_gives_the_same_bytes() -> None:
    path = min((CASES / "director-annual").glob("*.toml"))
    assert trial_pdf(try_file(path)) == trial_pdf(try_file(path))


@pytest.mark.parametrize("scheme", builtin_ids())
def test_every_result_is_named_and_said_in_chinese(scheme: str) -> None:
    for path in sorted((CASES / scheme).glob("*.toml"))[::7]:
        for result in try_file(path).evaluation.results.values():
            assert re.search("[\u4e00-\u9fff]", result.title), result.name
            assert not re.search("[a-z]", result.shown), result.name


def test_what_is_equally_true_of_several_people_is_printed_once() -> None:
    outcome = try_file(CASES / "bank-account-manager" / "031-hired-mid-year.toml")
    text = "".join(text_of(trial_pdf(outcome)).split())
    message = "缺少“贷款日均”（2024），请填写后再计算；未填的不按零处理"
    assert [one.message for one in outcome.evaluation.findings].count(message) == 2
    assert text.count(message) == 1
    assert f"{message}；涉及：A、B。" in text
