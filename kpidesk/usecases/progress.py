"""How long work tells where it is, and hears that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Given to long work by whoever waits for it."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Tell how many of how many steps are done, and what is being done (Chinese)."""

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop at the next safe point."""


class Unwatched:
    """For work that nobody watches or cancels."""

    cancelled = False

    def step(self, done: int, total: int, text: str = "") -> None:
        """Say nothing."""
