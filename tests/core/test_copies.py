"""Where a paper copy may go from where it stands."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from kpidesk.core.contract import Contract
from kpidesk.core.copies import CopyState, CopyStep, next_step
from kpidesk.core.errors import InvalidValueError, NotAllowedError
from tests.core.test_contract_states import DAY, DRAFT, PRINTED, SIGNED, VOID

LATER = date(2026, 1, 9)


def step(state: CopyState, on: date = DAY, reason: str = "") -> CopyStep:
    return CopyStep(state, on, "王芳", reason)


@pytest.mark.parametrize(("first", "second"), list(pairwise(CopyState)))
def test_a_copy_of_a_signed_contract_goes_its_way_step_by_step(
    first: CopyState, second: CopyState
) -> None:
    taken = step(second, LATER)
    assert next_step(SIGNED, step(first), taken, LATER) == taken


def test_steps_may_be_left_out_on_the_way_forward() -> None:
    taken = step(CopyState.DELIVERED)
    assert next_step(SIGNED, step(CopyState.SIGNED), taken, DAY) == taken


@pytest.mark.parametrize("state", [CopyState.SIGNED, CopyState.SEALED, CopyState.DELIVERED])
def test_before_the_signature_is_registered_nothing_that_follows_it_is(state: CopyState) -> None:
    with pytest.raises(NotAllowedError, match=f"请先登记签署，再标记“{state.text}”"):
        next_step(PRINTED, step(CopyState.WAITING), step(state), DAY)


@pytest.mark.parametrize("state", [CopyState.WAITING, CopyState.SCANNED])
def test_a_copy_is_handed_out_and_its_scan_comes_in_without_it(state: CopyState) -> None:
    assert next_step(PRINTED, step(CopyState.PRINTED), step(state), DAY).state is state


def test_a_step_back_needs_a_reason() -> None:
    last = step(CopyState.DELIVERED, LATER)
    with pytest.raises(NotAllowedError, match="已是“已交付”，改回“已签”须填写理由"):
        next_step(SIGNED, last, step(CopyState.SIGNED, reason=" "), LATER)
    back = step(CopyState.SIGNED, DAY, "交错了人，已收回")
    assert next_step(SIGNED, last, back, LATER) == back


def test_a_copy_that_was_printed_elsewhere_may_be_anywhere_on_its_way() -> None:
    for state in CopyState:
        assert next_step(SIGNED, None, step(state), DAY).state is state
    with pytest.raises(NotAllowedError, match="请先登记签署"):
        next_step(PRINTED, None, step(CopyState.SIGNED), DAY)


def test_the_day_is_neither_ahead_nor_before_the_last_step() -> None:
    last = step(CopyState.SIGNED, LATER)
    with pytest.raises(InvalidValueError, match=r"2026-01-05\)早于.*“已签”的日期\(2026-01-09"):
        next_step(SIGNED, last, step(CopyState.SEALED), LATER)
    with pytest.raises(InvalidValueError, match=r"2026-01-09\)还没有到，今天是 2026-01-05"):
        next_step(SIGNED, step(CopyState.SIGNED), step(CopyState.SEALED, LATER), DAY)


@pytest.mark.parametrize(
    ("contract", "last", "says"),
    [
        (DRAFT, None, "还没有打印，没有纸质件"),
        (VOID, step(CopyState.PRINTED), "已作废，纸质件不再登记"),
        (SIGNED, step(CopyState.SEALED), "已经是“已盖章”"),
    ],
)
def test_there_is_a_way_only_for_what_is_on_paper(
    contract: Contract, last: CopyStep | None, says: str
) -> None:
    with pytest.raises(NotAllowedError, match=says):
        next_step(contract, last, step(CopyState.SEALED), DAY)
