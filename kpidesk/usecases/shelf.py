"""PDFs just made, kept at hand: what goes to the printer is archived right afterwards."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final

_ROOM: Final = 32 << 20
"""Bytes: both copies of some 150 contracts."""


@dataclass(slots=True)
class Shelf:
    """PDFs by everything that they depend on."""

    _pdfs: dict[Hashable, bytes] = field(default_factory=dict)
    _bytes: int = 0

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What lies there, or what `make` makes; kept while there is room."""
        if (pdf := self._pdfs.get(key)) is not None:
            return pdf
        pdf = make()
        if self._bytes + len(pdf) <= _ROOM:
            self._pdfs[key] = pdf
            self._bytes += len(pdf)
        return pdf

    def clear(self) -> None:
        """Make room: nothing that lies there is needed any more."""
        self._pdfs.clear()
        self._bytes = 0
