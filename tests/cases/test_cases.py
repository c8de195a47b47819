"""Worked cases: trial files whose expectation was derived by hand from the rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpidesk.exchange.builtin import builtin_ids
from kpidesk.usecases.trials import try_file
from tests.atoms import atoms

HERE = Path(__file__).parent
SCHEMES = builtin_ids()
SMALL = ("sales-director",)
"""Schemes with next to nothing to compute."""
FEWEST = (20, 1)
BESIDE = HERE.parents[2] / "shared" / "cases"
"""Further cases that lie beside a checkout of the project's owners; a newcomer has none."""

FILES = sorted(
    path for folder in (HERE, BESIDE) for name in SCHEMES for path in folder.glob(f"{name}/*.toml")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_gives_what_its_file_expects(path: Path) -> None:
    outcome = try_file(path)
    assert outcome.differences == ()
    assert not any(isinstance(one, float) for one in atoms(outcome.evaluation))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_has_cases_of_its_own(scheme: str) -> None:
    assert len(list(HERE.glob(f"{scheme}/*.toml"))) >= FEWEST[scheme in SMALL]
