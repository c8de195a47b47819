"""Scheme files with anything in them are refused by name, or checked up; nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.broken_schemes import broken_scheme, outcome


@pytest.mark.parametrize("seed", [198, 243, 356, 528, 1076, 2215])
def test_what_once_was_not_understood_is_told(tmp_path: Path, seed: int) -> None:
    assert outcome(broken_scheme(tmp_path, seed)) in ("refused", "found faulty")


@pytest.mark.parametrize("seed", range(3000, 3100, 25))
def test_a_broken_scheme_is_refused_or_found_faulty(tmp_path: Path, seed: int) -> None:
    for one in range(seed, seed + 25):
        assert outcome(broken_scheme(tmp_path, one))
