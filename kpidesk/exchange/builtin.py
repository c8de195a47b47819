"""The schemes that ship with the program, by id."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.scheme_file import read_scheme

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "schemes"


class UnknownSchemeError(KpiDeskError):
    """No built-in scheme has this id."""

    def __init__(self, scheme_id: str) -> None:
        known = "、".join(builtin_ids())
        super().__init__(f"没有内置方案“{scheme_id}”，现有：{known}")


def builtin_ids() -> tuple[str, ...]:
    """The ids of the built-in schemes, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def builtin_scheme(scheme_id: str) -> Scheme:
    """A built-in scheme; read once."""
    path = FOLDER / f"{scheme_id}.toml"
    if scheme_id not in builtin_ids():
        raise UnknownSchemeError(scheme_id)
    return read_scheme(path)
