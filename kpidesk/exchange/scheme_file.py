"""Scheme files: TOML → Scheme, strictly; a mistake is named by file and path."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cattrs import Converter, transform_error

from kpidesk.codec import describe_problem, make_converter
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.toml_file import read_toml


class SchemeFileError(KpiDeskError):
    """A scheme file does not hold a scheme; the message names the file and each place."""


def read_scheme(path: Path) -> Scheme:
    """The scheme that a TOML file holds."""
    tables, _ = read_toml(path)
    try:
        return _converter().structure(tables, Scheme)
    except Exception as error:
        # Structuring runs the checks of every value class: whatever they raise is a bad file.
        problems = "\n".join(transform_error(error, "方案", describe_problem))
        msg = f"{path.name}：方案文件有错误\n{problems}"
        raise SchemeFileError(msg) from error


def _converter() -> Converter:
    """Ours, with numbers as TOML writes them: 25 and 3.5, besides "3.5"."""
    converter = make_converter()
    converter.register_structure_hook(Decimal, _number)
    return converter


def _number(value: object, _: type) -> Decimal:
    if isinstance(value, Decimal) or (isinstance(value, int) and not isinstance(value, bool)):
        return Decimal(value)
    msg = f"应为数字，实为 {value!r}"
    raise TypeError(msg)
