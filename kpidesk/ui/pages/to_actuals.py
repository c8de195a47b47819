"""What other pages ask 实绩 for, by `desk.go("actuals", …)`; it loads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpidesk.usecases.actuals import BookRef, Key


@dataclass(frozen=True, slots=True)
class ShowActual:
    """A figure of a book; without a key, what is missing in it."""

    book: BookRef
    key: Key | None = None
