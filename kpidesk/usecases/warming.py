"""What pages need when they are first looked at, loaded before anybody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Final

from kpidesk.usecases.schemes import list_schemes

_CASES: Final = (
    "people",
    "editing",
    "targets",
    "contracts",
    "actuals",
    "appraisals",
    "results",
    "reviewing",
    "yearbook.charts",
    "pay",
    "filing",
)


def _charts() -> None:
    import kpidesk.documents.year_charts  # noqa: F401 - it brings reportlab


STEPS: Final[tuple[Callable[[], object], ...]] = (
    *(partial(import_module, f"kpidesk.usecases.{one}") for one in _CASES),
    list_schemes,
    _charts,
)
"""One after the other, none of them long: use cases, the built-in schemes, what draws charts."""
