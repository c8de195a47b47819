"""Pay of the client department beside its rules, written plainly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.department_years import differences


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_random_years_come_out_as_by_the_rules_written_plainly(seed: int) -> None:
    assert list(differences(seed)) == []
