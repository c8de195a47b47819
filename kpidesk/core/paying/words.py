"""What the prose of pay asks of the scheme's prose."""

from __future__ import annotations

from typing import Protocol

from kpidesk.core.settings import Amount, Ref, Word


class Words(Protocol):
    """Parameters and names as text."""

    def amount(self, amount: Amount) -> str:
        """A number of the rule, or a blank to fill in."""

    def word(self, word: Word) -> str:
        """A choice of the rule, as its value."""

    def flag(self, ref: Ref) -> bool:
        """Whether a yes-or-no parameter says yes."""

    def percent(self, rate: Amount) -> str:
        """A rate of the rule in percent: 60%."""

    def limit(self, amount: Amount | str) -> str:
        """A cap, or nothing where there is no limit."""

    def role(self, name: str) -> str:
        """The title of a role."""

    def label(self, fact: str) -> str:
        """What a fact is called on the sheet."""

    def line(self, result: str) -> str:
        """What an earlier result of pay is called."""
