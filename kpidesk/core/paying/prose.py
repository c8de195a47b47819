"""Pay rules in Chinese prose, for the contract, the pay statement and the screen alike."""

from __future__ import annotations

from typing import Protocol, assert_never

from kpidesk.core.paying.rules import FixedReimbursement, PayRule, PayTotal
from kpidesk.core.settings import Amount, Word


class Words(Protocol):
    """What the prose of pay asks of the scheme's prose: parameters and names as text."""

    def amount(self, amount: Amount) -> str:
        """A number of the rule, or a blank to fill in."""

    def word(self, word: Word) -> str:
        """A choice of the rule, as its value."""

    def role(self, name: str) -> str:
        """The title of a role."""


def state_pay(rule: PayRule, words: Words) -> tuple[str, ...]:
    """A pay rule in sentences; empty where it only adds up what others say."""
    match rule:
        case FixedReimbursement(label=label, amounts=amounts):
            each = "，".join(
                f"{words.role(x.role)}每月 {words.amount(x.amount)} 元" for x in amounts
            )
            return (f"{label}固定报销：{each}。",)
        case PayTotal():
            return ()
        case _:
            assert_never(rule)
