"""What pages need when they are first looked at, loaded before anybody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kpidesk.usecases.schemes import list_schemes


def _charts() -> None:
    import kpidesk.documents.year_charts  # noqa: F401 - it brings reportlab


STEPS: Final[tuple[Callable[[], object], ...]] = (list_schemes, _charts)
"""One after the other, none of them long: the built-in schemes, and what draws charts."""
