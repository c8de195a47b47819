"""The sample company's year, lived deed by deed on a file that can be left, copied and taken up."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from kpidesk.store.file import CompanyFile
from kpidesk.store.seeing import Eyes
from kpidesk.usecases.sample import begin_sample
from kpidesk.usecases.sample.diary import Deed
from kpidesk.usecases.session import Company

State = str
"""All that a file holds, told by a hash: deeds and their moments are the same every time."""


_OF_OPENING: Final = ("holder", "opening", "seal")
"""Settings that tell of the opening of a file: each has its own."""


class WatchedFile(CompanyFile):
    """A company file that tells of each transaction which changed something, once it is kept."""

    after: Callable[[], object] | None = None

    @contextmanager
    def transaction(self, eyes: Eyes | None = None) -> Iterator[Connection]:
        """As ever, and then the telling."""
        with super().transaction(eyes) as connection:
            before = _changes(connection)
            yield connection
            changed = _changes(connection) != before
        if changed and self._together is None and self.after is not None:
            self.after()


class LivedYear:
    """A year under way. Between deeds its file is shut, so that copies may live on differently."""

    def __init__(self, path: Path) -> None:
        company, clock, diary = begin_sample(path)
        self.path: Final = path
        self.company: Final[Company] = company
        self._clock = clock
        self._deeds: list[tuple[date, Deed]] = [
            (day, deed) for day in sorted(diary.pages) for deed in diary.pages[day]
        ]
        company.close()

    def __len__(self) -> int:
        return len(self._deeds)

    @contextmanager
    def opened(self, path: Path) -> Iterator[WatchedFile]:
        """Work on the file at `path`: the year's own one, or a copy of it."""
        with WatchedFile.open(path, clock=self._clock) as file:
            self.company.file = file
            yield file

    def do(self, number: int) -> None:
        """Do a deed; the file is open."""
        day, deed = self._deeds[number]
        self._clock.turn_to(day)
        deed(day)

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Afterwards it is as early as before: what is done again is done at the same moments."""
        moment = self._clock._moment
        try:
            yield
        finally:
            self._clock._moment = moment

    def copy(self, to: Path) -> Path:
        """A copy of the shut file, in place of what an earlier one has left."""
        journal_of(to).unlink(missing_ok=True)
        return Path(shutil.copyfile(self.path, to))

    def live(self, numbers: range) -> list[State]:
        """Do deeds for good; what the file held before, and after each transaction."""
        with self.opened(self.path) as file:
            states = [state_of(file)]
            file.after = lambda: states.append(state_of(file))
            for number in numbers:
                self.do(number)
        return states


def state_of(file: CompanyFile) -> State:
    """What an open file holds."""
    digest = hashlib.blake2b()
    with file.transaction() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).scalars()
        for name in tables.all():
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"')  # noqa: S608 - our own names
            for row in sorted(repr(tuple(one)) for one in rows if one[0] not in _OF_OPENING):
                digest.update(row.encode())
    return digest.hexdigest()


def journal_of(path: Path) -> Path:
    """Where SQLite keeps what it needs to undo a broken transaction."""
    return path.with_name(f"{path.name}-journal")


def _changes(connection: Connection) -> int:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    return int(driver.total_changes)
