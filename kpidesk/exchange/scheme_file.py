"""Scheme files: TOML → Scheme, strictly; a mistake is named by file and path."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from cattrs import Converter, transform_error

from kpidesk.codec import describe_problem, make_converter
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.shape import mistakes
from kpidesk.exchange.toml_file import read_toml
from kpidesk.exchange.toml_writing import toml_text


class SchemeFileError(KpiDeskError):
    """A scheme file does not hold a scheme; the message names the file and each place."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        self.problems = problems
        listed = "\n".join(f"  {one.lstrip('：')}" for one in problems)
        super().__init__(f"{path.name}：方案文件有 {len(problems)} 处错误\n{listed}")


def read_scheme(path: Path) -> Scheme:
    """The scheme that a TOML file holds."""
    tables, _ = read_toml(path)
    if problems := tuple(mistakes(tables, Scheme, "")):
        raise SchemeFileError(path, problems)
    try:
        return _converter().structure(tables, Scheme)
    except Exception as error:
        # Structuring runs the checks of every value class: whatever they raise is a bad file.
        found = tuple(transform_error(error, "方案", describe_problem))
        raise SchemeFileError(path, found) from error


def scheme_toml(scheme: Scheme) -> str:
    """A scheme as the text of a file that `read_scheme` reads back."""
    converter = make_converter()
    converter.register_unstructure_hook(Decimal, lambda value: value)
    plain = converter.unstructure(scheme, unstructure_as=Scheme)
    return f"# {scheme.title}\n\n{toml_text(plain)}"


@cache
def _converter() -> Converter:
    """Ours, with numbers as TOML writes them: 25 and 3.5, besides "3.5"; nobody changes it."""
    converter = make_converter()
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    return converter
