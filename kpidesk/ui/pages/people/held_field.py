"""What becomes of a contract that holds when its person changes the post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.contract import ContractState
from kpidesk.ui.forms import ChoiceField
from kpidesk.ui.words import contract_state_text, day_text
from kpidesk.usecases.moving import Then

if TYPE_CHECKING:
    from datetime import date

    from kpidesk.usecases.moving import Held

_ENDS = (Then.END, Then.JUDGE)
_KEEP = (Then.KEEP, "继续有效（只是岗位名称变了）")
_SIGNED = ((Then.END, "终止，按新岗位换签"), _KEEP)
_CUT = (
    (Then.JUDGE, "终止换签；没到期的考核周期，做过的月份合并考核一次"),
    (Then.END, "终止换签；没到期的考核周期，不再考核"),
    _KEEP,
)
_UNSIGNED = ((Then.VOID, "作废，按新岗位另拟"), (Then.KEEP, "保留"))


class HeldField(ChoiceField[Then]):
    """Offers what can be done on the day on which contracts change over."""

    def __init__(self, held: Held) -> None:
        """The most usual is chosen."""
        row = held.row
        self.held, self._is_signed = held, row.state is ContractState.SIGNED
        state, last = contract_state_text(row.state), day_text(row.term.last_day)
        title = f"{row.number}　{row.scheme_title}（{row.post}，{state}，至 {last}）"
        self._now: tuple[tuple[Then, str], ...] = _SIGNED if self._is_signed else _UNSIGNED
        super().__init__(title, self._now, required=True)
        self.set_value(self._now[0][0])

    @property
    def ends(self) -> bool:
        """Whether the contract is to be ended."""
        return self.value() in _ENDS

    def follow(self, day: date | None) -> None:
        """Offer what can be done on a day: a cycle that it cuts may be judged for its months."""
        parts = dict(self.held.parts)
        why = parts.get(day) if day is not None else None
        self.set_hint(f"没到期的考核周期不再考核，也不能只考核几个月：{why}" if why else "")
        options = _CUT if why == "" else _SIGNED
        if self._is_signed and self._now is not options:
            ended, chosen = self.ends, self.value()
            self._now = options
            self.set_options(options)
            self.set_value(options[0][0] if ended else chosen)
