"""The appraisal file (档案) of one person in one year: what is filed, what is missing, where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpidesk.core.period import Period


class Kind(StrEnum):
    """What belongs into the file, in the order in which it comes about."""

    SCHEME = "考核方案"
    CONTRACT = "目标责任书"
    AMENDMENT = "补充协议"
    SIGNATURE = "签署登记"
    SHEET = "评分表"
    REPORT = "考核结果报告"
    INTERVIEW = "面谈记录"
    CONFIRMATION = "本人意见"
    PAY = "薪酬核算"
    SCAN = "签字件扫描"


class Filed(StrEnum):
    """Whether something is there."""

    FILED = "已归档"
    MISSING = "缺"
    NOT_NEEDED = "不适用"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the file. `about` names contract or cycle; `sha256` is of what is kept.

    `where` says where it is kept; of what is missing, `note` says how to come by it.
    """

    kind: Kind
    about: str
    state: Filed
    where: str = ""
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The file of a person; `until` is the day of the record where the year was not over yet."""

    company: str
    name: str
    number: str
    department: str
    post: str
    year: Period
    items: tuple[Item, ...]
    until: date | None = None

    @property
    def missing(self) -> tuple[Item, ...]:
        """What should be there and is not."""
        return tuple(one for one in self.items if one.state is Filed.MISSING)

    @property
    def needed(self) -> int:
        """How many things should be there."""
        return sum(one.state is not Filed.NOT_NEEDED for one in self.items)

    @property
    def filed(self) -> int:
        """How many of them are."""
        return sum(one.state is Filed.FILED for one in self.items)

    def count(self, kind: Kind) -> tuple[int, int]:
        """How many things of a kind are filed, of how many that should be."""
        return _count(self.items, kind)


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of everybody in scope, by department and number; `without`: who has none."""

    company: str
    about: str
    year: Period
    dossiers: tuple[Dossier, ...]
    without: tuple[str, ...] = ()
    until: date | None = None

    def count(self, kind: Kind) -> tuple[int, int]:
        """How many things of a kind are filed in all files, of how many that should be."""
        return _count([item for one in self.dossiers for item in one.items], kind)

    @property
    def complete(self) -> int:
        """How many files lack nothing."""
        return sum(not one.missing for one in self.dossiers)


@dataclass(frozen=True, slots=True)
class Lack:
    """Things of one kind that are missing for the same reason."""

    kind: Kind
    about: tuple[str, ...]
    note: str


def lacks(items: Iterable[Item]) -> tuple[Lack, ...]:
    """What is missing, each kind and reason once, with the contracts and cycles concerned."""
    found: dict[tuple[Kind, str], list[str]] = {}
    for item in items:
        if item.state is Filed.MISSING:
            found.setdefault((item.kind, item.note), []).append(item.about)
    return tuple(Lack(kind, tuple(about), note) for (kind, note), about in found.items())


def _count(items: Iterable[Item], kind: Kind) -> tuple[int, int]:
    states = [one.state for one in items if one.kind is kind]
    needed = [one for one in states if one is not Filed.NOT_NEEDED]
    return needed.count(Filed.FILED), len(needed)
