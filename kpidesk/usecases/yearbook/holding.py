"""A piece of a person's file, and how it becomes pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kpidesk.core.dossier import Item
from kpidesk.usecases.session import Company


@dataclass(frozen=True, slots=True)
class Holding:
    """A piece of the file. `make` gives its pages, where it has any of its own.

    `stored`: they are the very bytes that were kept.
    """

    item: Item
    make: Callable[[Company], bytes] | None = None
    stored: bool = False
