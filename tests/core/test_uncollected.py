"""The garbage collector rests while an evaluation runs, and goes on afterwards as before."""

from __future__ import annotations

import gc

import pytest

from kpidesk.core.uncollected import uncollected


@pytest.fixture(autouse=True)
def _as_before() -> None:
    gc.enable()


def test_nothing_is_collected_meanwhile() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_failure_lets_the_collector_go_on() -> None:
    with pytest.raises(ValueError, match="stop"), uncollected():
        raise ValueError("stop")
    assert gc.isenabled()


def test_a_collector_that_was_stopped_stays_stopped() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
