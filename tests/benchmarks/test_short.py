from __future__ import annotations

import pytest

from benchmarks.__main__ import PARTS, main
from benchmarks.measure import Row


@pytest.mark.parametrize("part", PARTS)
def test_every_part_runs_and_names_its_goals(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--short", part]) == 0
    table = capsys.readouterr().out
    assert "ratio" in table
    assert "≤" in table


def test_a_part_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["everything"])


def test_goals_are_judged_by_their_side() -> None:
    assert Row("faster", 1.1, "", most=1.2).verdict == "met"
    assert Row("faster", 1.3, "", most=1.2).verdict == "MISSED"
    assert Row("slower", 16, "", least=15).verdict == "met"
    assert Row("absent", None, "", least=15).verdict == "not measured"
