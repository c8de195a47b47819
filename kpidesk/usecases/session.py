"""An open company, and the one way to change it: a transaction that ends with its audit line."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from kpidesk.codec import canonical_json
from kpidesk.core.errors import KpiDeskError, NotAllowedError
from kpidesk.core.typed import LONGEST_REASON
from kpidesk.core.users import Role, User
from kpidesk.store import audit
from kpidesk.store.file import CompanyFile
from kpidesk.store.people import load_department
from kpidesk.store.seeing import Eyes
from kpidesk.store.users import users
from kpidesk.usecases.access import may, refuse
from kpidesk.usecases.calling import asked_for
from kpidesk.usecases.shelf import Shelf

if TYPE_CHECKING:  # a page of lists needs no scheme, and its module is a heavy one
    from kpidesk.core.payroll.books import Books
    from kpidesk.core.payroll.record import Settlement
    from kpidesk.core.scheme import Scheme
    from kpidesk.usecases.keeping.places import Keeper

T = TypeVar("T")


class NotFoundError(KpiDeskError):
    """What was asked for is not in the company file."""


@dataclass(eq=False, slots=True)
class Company:
    """The handle of an open company file; one thread uses it at a time."""

    file: CompanyFile
    name: str
    schemes: dict[tuple[str, int, str, int], Scheme] = field(default_factory=dict)
    """Pinned schemes that were read already; they never change."""
    shelf: Shelf = field(default_factory=Shelf)
    settlements: dict[str, Settlement] = field(default_factory=dict)
    """Settlements that were read already, by their hash."""
    books: dict[Hashable, Books] = field(default_factory=dict)
    """Books that were kept already, by the settlements that they rest on and by who is who."""
    looked_at: object = None
    """What an import has just looked at, so that it is not read and checked twice."""
    changed_while_closed: tuple[str, ...] | None = None
    """Tables that something else changed before this opening; None: nobody has looked."""
    keeper: Keeper | None = None
    """Where backups go; None where nobody has said so."""
    has_users: bool = field(init=False)
    """Whether one has to sign in."""
    user: User | None = None
    """Who is signed in."""
    sees: str = ""
    """The department that is all they see; empty for whoever sees the company."""

    def __post_init__(self) -> None:
        """Look whether somebody has to sign in, however the file was opened."""
        with self.file.transaction() as connection:
            self.has_users = any(one.is_active for one in users(connection))

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.file.path

    @property
    def is_read_only(self) -> bool:
        """Whether the file was opened only to look at it."""
        return self.file.is_read_only

    @property
    def role(self) -> Role | None:
        """In which role one works: the officer's where nobody signs in; None before signing in."""
        role = self.user.role if self.user is not None else None
        if not self.has_users:
            role = Role.OFFICER
        # Who only looks at a file may do no more than a reader, whoever they are.
        changes = self.is_read_only and role in (Role.OFFICER, Role.MANAGER)
        return Role.READER if changes else role

    def may(self, case: str) -> bool:
        """Whether a use case is for the role in which one works; see `access.ACCESS`.

        Who only looks at a file may do what their role and a reader's both allow.
        """
        return may(self.role, case) and (not self.is_read_only or may(Role.READER, case))

    def works_for(self, user: User | None) -> None:
        """Somebody else sits down: nothing that was read for the one before is used for them."""
        self.user, self.sees = user, ""
        if user is not None and user.department is not None:
            with self.file.transaction() as connection:
                led = load_department(connection, user.department)
            self.sees = "" if led is None else led.name
        self.has_users = self.has_users or user is not None
        self.looked_at = None
        self.shelf.clear()
        for kept in (self.schemes, self.settlements, self.books):
            kept.clear()

    def admit(self) -> None:
        """The one door: refuse what is not for the role in which one works."""
        if self.has_users:
            refuse(self.role, asked_for())

    def close(self) -> None:
        """Let the file go; everything that was confirmed is in it."""
        self.file.close()

    def take_over(self, again: Company) -> None:
        """Go on with the same file, opened again: pages hold on to this company."""
        self.file, self.keeper = again.file, again.keeper
        self.shelf.clear()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent look at the file; a head of a department sees their own people only."""
        self.admit()
        eyes, user = None, self.user
        if user is not None and user.department is not None:
            eyes = Eyes(user.department, user.id)
        with self.file.transaction(eyes) as connection:
            yield connection

    @contextmanager
    def change(self, actor: str) -> Iterator[Work]:
        """All of what is done inside with its audit lines, or none of it.

        Whoever is signed in acts, whatever the name.
        """
        self.admit()
        who = checked_actor(actor) if self.user is None else self.user.name
        if self.is_read_only:
            msg = "公司文件是只读打开的，这里只能查看，不能改动；请等别处关闭后重新打开"
            raise NotAllowedError(msg)
        with self.file.transaction() as connection:
            yield Work(self, connection, who, self.user)


@dataclass(frozen=True, slots=True)
class Work:
    """A change under way."""

    company: Company
    connection: Connection
    actor: str
    user: User | None = None

    def log(
        self,
        action: str,
        about: str,
        *,
        before: object = None,
        after: object = None,
        as_type: object = None,
        reason: str = "",
    ) -> None:
        """Write the audit line; `before` and `after` are core values of a type, or None."""
        line = self.told(action, about, before=before, after=after, as_type=as_type, reason=reason)
        audit.append(self.connection, line)

    def told(
        self,
        action: str,
        about: str,
        *,
        before: object = None,
        after: object = None,
        as_type: object = None,
        reason: str = "",
        at: datetime | None = None,
    ) -> audit.AuditLine:
        """The audit line of something, for many that are written at once, at one moment."""
        return audit.AuditLine(
            at=at or self.company.file.clock(),
            actor=self.actor,
            action=action,
            object=about,
            before=_text(before, as_type),
            after=_text(after, as_type),
            reason=reason,
            role="" if self.user is None else self.user.role.value,
        )


def checked_actor(actor: str) -> str:
    """Who acts; refused when nobody says so."""
    if not actor.strip():
        msg = "不知道是谁在操作：请先在“设置”里填写经办人姓名，它会记入操作日志"
        raise NotAllowedError(msg)
    return actor.strip()


def found(value: T | None, what: str) -> T:
    """The value; NotFoundError when it is None."""
    if value is None:
        msg = f"找不到{what}，可能刚被改动过；请刷新后再试"
        raise NotFoundError(msg)
    return value


def reason_given(reason: str, what: str) -> str:
    """The reason, without blanks around it; refused when empty, or longer than a log takes."""
    if not reason.strip():
        msg = f"{what}必须填写理由，理由会记入操作日志"
        raise NotAllowedError(msg)
    if len(reason) > LONGEST_REASON:
        msg = f"{what}的理由最多 {LONGEST_REASON} 个字，现在有 {len(reason)} 个"
        raise NotAllowedError(msg)
    return reason.strip()


def _text(value: object, as_type: object) -> str | None:
    return None if value is None else canonical_json(value, as_type or type(value))
