"""The scheme that is being edited: each change replaces it whole, and knows the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpidesk.core.scheme import Scheme


@dataclass(frozen=True, slots=True)
class SetScheme:
    """Replaces the scheme; equal parts of both are the same values, so that nothing is copied."""

    label: str
    scheme: Scheme

    def apply(self, draft: Scheme) -> tuple[Scheme, SetScheme]:
        """The new draft, and how to take it back."""
        return self.scheme, SetScheme(self.label, draft)
