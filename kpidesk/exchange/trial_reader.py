"""What the readers of a trial file share: the file, its findings, and the line of each name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.exchange.toml_file import TomlFileError, line_of


class TrialFileError(TomlFileError):
    """A file cannot be read as a trial at all."""


@dataclass(slots=True)
class Reader:
    """One file being read: collects the findings, each with its line."""

    path: Path
    lines: dict[tuple[str, ...], int]
    tables: dict[str, Any]
    problems: list[Finding]

    def refuse(self, message: str, *path: str) -> TrialFileError:
        """The error that says the file is no trial."""
        return TrialFileError(f"{self.path.name}{self.line(*path)}：{message}")

    def line(self, *path: str) -> str:
        """“ 第 N 行” where a key stands; empty when it is not written."""
        number = line_of(self.lines, *path)
        return f" 第 {number} 行" if number else ""

    def block(self, code: Code, message: str, *path: str, subject: str = "") -> None:
        """Note a mistake that blocks the trial."""
        where = self.line(*path)
        full = f"{message}({where.strip()})" if where else message
        self.problems.append(Finding(code, Effect.BLOCKS, full, subject, path[-1] if path else ""))


def text_of(reader: Reader, key: str) -> str:
    """The text, of one line, that a trial must have under a key."""
    value = reader.tables.get(key)
    if not isinstance(value, str) or not value.strip():
        raise reader.refuse(f"缺少 {key}，或它不是文字", key)
    if "\n" in value:
        raise reader.refuse(f"{key} 只能写一行", key)
    return value


def table_of(reader: Reader, key: str) -> dict[str, Any]:
    """A table of the trial; empty when it is not there."""
    value = reader.tables.get(key, {})
    if not isinstance(value, dict):
        raise reader.refuse(f"[{key}] 应为一张表", key)
    return value
