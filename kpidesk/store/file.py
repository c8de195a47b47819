"""The company file: created, opened, upgraded and held alone by one window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Connection, Engine

from kpidesk.store import engine as sqlite
from kpidesk.store.backup import Copied, back_up, before_upgrade
from kpidesk.store.engine import open_engine, refuse_changes, remove_half_made
from kpidesk.store.errors import (
    FileInUseError,
    MissingFileError,
    OpenedElsewhereError,
    StorageFailedError,
    StoreError,
    translated,
)
from kpidesk.store.header import opened_by, read_header
from kpidesk.store.held import HELD, identity
from kpidesk.store.holder import is_opening, note_holder, read_holder
from kpidesk.store.leftovers import without_foreign_journals
from kpidesk.store.migrations.ladder import HEAD, climb
from kpidesk.store.recoding import recode, remove_drafts, take_place
from kpidesk.store.schema import check_sound
from kpidesk.store.seal import break_seal, is_sealed, make_seal
from kpidesk.store.secret import Secret
from kpidesk.store.seeing import Eyes, look_with
from kpidesk.store.slots import Slots
from kpidesk.store.snapshot import remove_snapshot, take_snapshot
from kpidesk.store.starting import make_place, upgraded

SUFFIX: Final = ".kpidesk"


def now_utc() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class CompanyFile:
    """An open company file. One thread at a time; every change is one transaction.

    A stick that was pulled out, or a share that was away while the computer slept, leaves a
    connection that stays broken; it is let go, and the next transaction asks for the file anew.
    """

    def __init__(
        self,
        path: Path,
        engine: Engine,
        clock: Callable[[], datetime],
        secret: Secret | None = None,
        slots: Slots | None = None,
        *,
        opening: str,
    ) -> None:
        self.path = path
        self.clock = clock
        self.secret = secret
        """What it is encrypted by; None for a plain file."""
        self.slots = slots
        """The passwords that open it; None for a plain file."""
        self._engine = engine
        self.is_read_only = False
        self._opening = opening
        self._is_lost = False
        self._copy: Path | None = None
        self._together: Connection | None = None
        self._earlier_writes = self._seen_writes = 0
        self._id = identity(path)
        HELD.add(self._id)
        self._writes_at_first = self.writes
        self._is_sealed = False
        with self.transaction() as connection:
            self.was_sealed = self._is_sealed = is_sealed(connection)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        fill: Callable[[Connection], None] | None = None,
        holder: str = "",
        clock: Callable[[], datetime] = now_utc,
    ) -> Self:
        """A new file at the newest version, holding what `fill` puts into it.

        Nothing is ever overwritten, nor left half-made.
        """
        make_place(path)
        engine = None
        try:
            engine = open_engine(path)
            climb(engine, path, then=fill)
            return cls._take(path, engine, holder, clock)
        except BaseException:
            if engine is not None:
                engine.dispose()
            remove_half_made(path)
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        secret: Secret | None = None,
        holder: str = "",
        clock: Callable[[], datetime] = now_utc,
        is_draft: bool = False,
    ) -> Self:
        """An existing file, upgraded first when it is older; PasswordNeededError without `secret`.

        A checked copy of the older one stays beside it, but for a draft, which is a copy itself.
        """
        with suppress(OSError, ValueError):
            if identity(path) in HELD:
                raise FileInUseError(path, "就是本程序")
        header = read_header(path, known=HEAD)
        secret, slots = opened_by(path, header, secret)
        opened = partial(cls._open, path, header.version, secret, slots, is_draft=is_draft)
        return without_foreign_journals(path, secret, lambda: opened(holder=holder, clock=clock))

    @classmethod
    def _open(
        cls, path: Path, version: int, secret: Secret | None, slots: Slots | None, *,
        is_draft: bool, holder: str, clock: Callable[[], datetime],
    ) -> Self:  # fmt: skip
        try:
            engine = open_engine(path, secret)
        except FileInUseError as error:
            raise FileInUseError(path, read_holder(path, secret)) from error
        try:
            remove_drafts(path)
            kept = None if is_draft else before_upgrade(path, version, clock())
            engine = upgraded(engine, path, version, secret, slots, kept=kept)
            return cls._take(path, engine, holder, clock, secret=secret, slots=slots)
        except BaseException:
            engine.dispose()
            raise

    @classmethod
    def open_for_reading(cls, path: Path, *, secret: Secret | None = None) -> Self:
        """The file as it is this moment, to be looked at while somebody else works on it.

        Nothing of it can be changed; `close` takes the copy away that is looked at.
        """
        copy = take_snapshot(path, secret)
        try:
            file = cls.open(copy, secret=secret, is_draft=True)
        except BaseException:
            remove_snapshot(copy)
            raise
        file.only_look(path)
        return file

    def only_look(self, path: Path) -> None:
        """What is open is a copy of the file at `path`, and may not be changed."""
        self._copy, self.path, self.is_read_only = self.path, path, True
        with self._engine.connect() as connection:
            refuse_changes(connection)

    @classmethod
    def _take(
        cls,
        path: Path,
        engine: Engine,
        holder: str,
        clock: Callable[[], datetime],
        *,
        secret: Secret | None = None,
        slots: Slots | None = None,
    ) -> Self:
        with translated(path), engine.begin() as connection:
            check_sound(connection, path)
            opening = note_holder(connection, holder)
        return cls(path, engine, clock, secret, slots, opening=opening)

    @contextmanager
    def transaction(self, eyes: Eyes | None = None) -> Iterator[Connection]:
        """All of what is done inside, or, when it raises, none; seen with somebody's `eyes`."""
        if self._together is not None:
            yield look_with(self._together, eyes)
            return
        try:
            with translated(self.path), self._engine.begin() as connection:
                if self._is_lost:
                    self._find_again(connection)
                look_with(connection, eyes)
                before = _writes(connection)
                yield connection
                if self._is_sealed and _writes(connection) != before:
                    break_seal(connection)
                    self._is_sealed = False
                self._seen_writes = self._earlier_writes + _writes(connection)
        except (StorageFailedError, MissingFileError):
            if not self._is_lost:
                self._is_lost = True
                self._earlier_writes, self._writes_at_first = self._seen_writes + 1, -1
            self._engine.dispose()
            raise

    def _find_again(self, connection: Connection) -> None:
        """Go on with a file that was away, when it is whole and nobody had it meanwhile."""
        check_sound(connection, self.path)
        if not is_opening(connection, self._opening):
            raise OpenedElsewhereError(self.path)
        HELD.discard(self._id)
        self._id = identity(self.path)
        HELD.add(self._id)
        self._is_sealed = is_sealed(connection)
        self._is_lost = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all those that are begun inside: written to disk once."""
        with self.transaction() as connection:
            self._together = connection
            try:
                yield
            finally:
                self._together = None

    @property
    def is_together(self) -> bool:
        """Whether several transactions are just being made one."""
        return self._together is not None

    @property
    def writes(self) -> int:
        """How many rows were written since the file was opened; it only grows."""
        if self._is_lost:
            return self._earlier_writes
        with self._engine.connect() as connection:
            return self._earlier_writes + _writes(connection)

    def is_untouched(self, connection: Connection) -> bool:
        """Whether nothing was written since the file was opened."""
        return _writes(connection) == self._writes_at_first

    def seal(self) -> None:
        """Note what the file holds, so that a change by something else is noticed (see `seal`)."""
        if not (self._is_sealed or self.is_read_only):
            with self.transaction() as connection:
                make_seal(connection)
            self._is_sealed = True

    def give_room_back(self) -> None:
        """Let the disk have what is free in the file; not in an encrypted one, see `engine`."""
        if self.secret is None:
            with translated(self.path):
                sqlite.give_room_back(self._engine)

    def back_up(self, destination: Path) -> Copied:
        """A checked copy of the file as it is now."""
        return back_up(self._engine, self.path, destination, self.secret)

    def recode(self, secret: Secret | None, slots: Slots | None) -> None:
        """Encrypt the file by another secret (None: not at all), opened by these slots.

        The old file stays until the new one is whole and checked; then its name changes hands.
        """
        draft = recode(self._engine, self.path, self.secret, secret, slots)
        self._earlier_writes, self._writes_at_first = self.writes + 1, -1
        self._engine = take_place(self._engine, self.path, draft, secret)
        HELD.discard(self._id)
        self.secret, self.slots, self._id = secret, slots, identity(self.path)
        HELD.add(self._id)

    def close(self) -> None:
        """Let the file go; closing twice is harmless."""
        with suppress(StoreError):  # a full disk must not keep anybody from closing
            if self._id in HELD:
                self.seal()
        self._engine.dispose()
        HELD.discard(self._id)
        if self._copy is not None:
            remove_snapshot(self._copy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _writes(connection: Connection) -> int:
    live = connection.connection.driver_connection
    return 0 if live is None else int(live.total_changes)
