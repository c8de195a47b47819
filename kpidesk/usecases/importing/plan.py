"""The words of an import: what goes where to, from which columns, what stands in its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.exchange.workbook.found import Place, Sheet, address
from kpidesk.exchange.workbook.values import shown
from kpidesk.store.targets import PlanKey
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.progress import Progress
from kpidesk.usecases.session import Company

if TYPE_CHECKING:
    from kpidesk.usecases.importing.sift import Sift
    from kpidesk.usecases.importing.table import Table


class Kind(StrEnum):
    """What can be imported."""

    PEOPLE = "people"
    TARGETS = "targets"
    ACTUALS = "actuals"
    LINES = "lines"
    SCORES = "scores"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the rows of a file go to; `key` tells it apart among those of its kind."""

    kind: Kind
    key: str
    title: str
    cycle: Period | None = None
    plan: PlanKey | None = None
    """Of targets: the plan in which they can be looked at, by its first figure."""


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """What a column of a file may hold. `synonyms` are headings under which people write it."""

    key: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    hint: str = ""
    example: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An item or a period that holds for all rows where no column says which."""

    key: str
    title: str


class Way(StrEnum):
    """What can be done about a problem."""

    SKIP = "skip"
    PERSON = "person"
    OVERWRITE = "overwrite"
    KEEP = "keep"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the officer decided about a cell."""

    way: Way
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, in Chinese, and what can be done about it besides mending it."""

    place: Place
    message: str
    ways: tuple[Way, ...] = (Way.SKIP,)

    @property
    def address(self) -> str:
        """How Excel calls the cell."""
        return address(*self.place)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported: which columns of a sheet mean what, and what holds for all rows.

    `mapping` gives the key of a column for its number; columns that are not in it are left out.
    """

    destination: Destination
    sheet: Sheet
    header: int
    mapping: Mapping[int, str]
    file: str
    item: str = ""
    period: str = ""
    reason: str = ""

    def because(self, reason: str) -> Order:
        """The order with the reason why something settled is changed."""
        return replace(self, reason=reason.strip())

    def text_at(self, place: Place) -> str:
        """What stands in a cell of the file, as text."""
        return shown(self.sheet.at(*place))


class Action(StrEnum):
    """What becomes of a row, in the officer's words."""

    NEW = "新增"
    CHANGE = "更新"
    SAME = "不变"
    SKIPPED = "跳过"
    WRONG = "待处理"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview: its number in the file from 0, and what becomes of it."""

    row: int
    action: Action
    table: Table
    problems: tuple[Problem, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Its cells as text: of thousands, few are looked at."""
        return self.table.texts(self.row)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. It can be carried out when `problems` is empty and something is new.

    `general` are problems of no cell; `notes` are what happens besides.
    """

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    general: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    people: tuple[tuple[PersonId, str], ...] = ()
    """Who may be meant by a name that is not known."""

    def count(self, *actions: Action) -> int:
        """How many rows will meet with one of some fates."""
        return sum(one.action in actions for one in self.lines)

    @property
    def is_ready(self) -> bool:
        """Whether it can be carried out."""
        waits = bool(self.problems or self.general)
        return not waits and self.count(Action.NEW, Action.CHANGE) > 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who imports, when, from which file; `reason` where something settled is changed."""

    actor: str
    today: date
    source: str
    reason: str = ""


class Receiver(Protocol):
    """One kind of import into one destination, with what stands there now."""

    @property
    def columns(self) -> tuple[ImportColumn, ...]:
        """What the columns of a file may hold."""

    @property
    def items(self) -> tuple[Option, ...]:
        """What all figures of a file may be, where no column says it."""

    @property
    def periods(self) -> tuple[Option, ...]:
        """What all figures of a file may be of, where no column says it."""

    def read(self, table: Table, sift: Sift) -> None:
        """Understand every row, or say what is wrong with it."""

    def write(self, company: Company, stamp: Stamp, progress: Progress) -> Changes:
        """Write what was read, by the use cases by which it is entered by hand."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; the backup holds the company as it was before."""

    changes: Changes
    new: int
    changed: int
    same: int
    skipped: int
    backup: str
    notes: tuple[str, ...] = field(default=())
    cancelled: bool = False
    plan: PlanKey | None = None
    """Of targets: the plan that shows what was imported."""
    file: str = ""


def of_kind(columns: Sequence[ImportColumn], key: str) -> ImportColumn | None:
    """The column of a key."""
    return next((one for one in columns if one.key == key), None)
