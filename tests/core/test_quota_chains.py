"""The quarterly rule over a base quota beside itself, written plainly."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.quota_chains import differences, random_chain


@settings(max_examples=1500)
@given(st.integers(0, 2**32))
def test_random_chains_come_out_as_in_the_rule_written_plainly(seed: int) -> None:
    assert list(differences(random_chain(seed))) == []
