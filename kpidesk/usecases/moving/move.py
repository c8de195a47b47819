"""调岗 as the officer wants it, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpidesk.core.contract import ContractId
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.handover import LeftOver
from kpidesk.core.people import DepartmentId, PersonId
from kpidesk.core.period import Period
from kpidesk.core.postings import Posting
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.lists import ContractRow


class Then(StrEnum):
    """What becomes of a contract."""

    END = "终止"
    JUDGE = "终止，做过的月份考核一次"
    KEEP = "继续有效"
    VOID = "作废"


@dataclass(frozen=True, slots=True)
class Held:
    """A contract that holds on the day; `starts` are the days from which another may take over.

    `ending` is the agreement that ends it and waits for its signatures; empty where none does.
    """

    row: ContractRow
    scheme: str
    indicator_scheme: str
    role: str
    starts: tuple[date, ...]
    ending: str = ""
    parts: tuple[tuple[date, str], ...] = ()
    """The days that would cut a cycle, with why its months could not be judged, if they cannot."""


@dataclass(frozen=True, slots=True)
class NewContract:
    """The contract of the new post; `takes_over`: with what the ended one leaves."""

    scheme: str
    indicator_scheme: str
    role: str
    last_day: date
    takes_over: bool
    in_part: bool = False
    """Whether months that are left of a cycle are judged as one, whatever its length."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of post as the officer wants it.

    `switch_on` is the day on which contracts change over; `reason` stands on what ends one.
    """

    person: PersonId
    since: date
    department: DepartmentId
    post: str
    superior: PersonId | None
    reason: str = ""
    contracts: tuple[tuple[ContractId, Then], ...] = ()
    switch_on: date | None = None
    new: NewContract | None = None

    @property
    def day(self) -> date:
        """The day on which contracts change over; refused where there is none."""
        if self.switch_on is None:
            msg = "请选择责任书从哪一天起换"
            raise InvalidValueError(msg)
        return self.switch_on


@dataclass(frozen=True, slots=True)
class Ended:
    """An agreement that ends a contract; `kept` cycles are still judged, the `cut` one is not.

    `judged` is what it has left, where that is judged; `hurdles` keep it from being signed.
    """

    id: ContractId
    number: str
    title: str
    last_day: date
    kept: int
    cut: Period | None
    judged: Period | None
    hurdles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """The new draft; `open` are targets that nobody has filled in."""

    id: ContractId
    number: str
    scheme: str
    role: str
    term: Period
    cycles: tuple[Period, ...]
    targets: tuple[LeftOver, ...]
    open: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done, or would be. `posting` is None where the register says it all already."""

    changes: Changes
    before: Posting
    posting: Posting | None
    ended: tuple[Ended, ...]
    voided: tuple[str, ...]
    drafted: Drafted | None
    led: int
    """How many people they lead, who stay with them unless somebody says otherwise."""
