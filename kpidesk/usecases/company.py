"""The company file as a whole: made, opened, described, backed up."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from kpidesk.codec import canonical_json
from kpidesk.core.errors import KpiDeskError
from kpidesk.core.people import check_name
from kpidesk.core.second_entry import DoubleEntry
from kpidesk.store import audit
from kpidesk.store.errors import DamagedFileError, StoreError
from kpidesk.store.file import SUFFIX, CompanyFile, now_utc
from kpidesk.store.secret import Secret
from kpidesk.store.settings import load_setting, save_setting
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.locking.opening import Unlock
from kpidesk.usecases.session import Company, checked_actor, found

__all__ = [
    "PROFILE",
    "Company",
    "CompanyProfile",
    "backup_now",
    "company_profile",
    "create_company",
    "first_broken_audit_line",
    "officer_of",
    "open_company",
    "save_profile",
]

PROFILE = "company"
"""The key of the profile among the settings."""


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """The company as it stands on contracts, and the officer who works with the program."""

    name: str
    representative: str = ""
    address: str = ""
    officer: str = ""
    agent: str = ""
    double_entry: DoubleEntry = DoubleEntry.OFF

    def __post_init__(self) -> None:
        """Refuse an empty company name."""
        check_name(self.name, "公司名称")
        for text, what in (
            (self.representative, "法定代表人"),
            (self.agent, "授权代表"),
            (self.officer, "经办人"),
        ):
            if text:
                check_name(text, what)


def create_company(
    path: Path,
    *,
    name: str,
    representative: str = "",
    actor: str,
    today: date,
    clock: Callable[[], datetime] = now_utc,
) -> Company:
    """A new company file; whoever makes it is its officer. Nothing is ever overwritten."""
    profile = CompanyProfile(name.strip(), representative.strip(), officer=actor.strip())
    target = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    officer = checked_actor(actor)

    def fill(connection: Connection) -> None:
        save_setting(connection, PROFILE, profile)
        text = canonical_json(profile, CompanyProfile)
        line = audit.AuditLine(clock(), officer, "company.create", "company", after=text)
        audit.append(connection, line)

    file = CompanyFile.create(target, fill=fill, holder=_holder(today), clock=clock)
    return Company(file, profile.name)


def open_company(
    path: Path, unlock: Unlock | None = None, *, secret: Secret | None = None
) -> Company:
    """An existing company file, held until it is closed; a StoreError says why not.

    An encrypted one needs what opens it (or its `secret`): PasswordNeededError without.
    """
    if unlock is not None:
        secret = unlock.secret(path, now_utc)
    holder = _holder(date.today())  # noqa: DTZ011 - the officer's day
    file = CompanyFile.open(path, secret=secret, holder=holder)
    return company_in(file, path)


def company_in(file: CompanyFile, path: Path) -> Company:
    """The company of a file that was just opened; one that holds none that makes sense is let go.

    `path` is what the officer calls it.
    """
    try:
        with file.transaction() as connection:
            profile = load_setting(connection, PROFILE, CompanyProfile)
        if profile is not None:
            return Company(file, profile.name)
    except StoreError:
        file.close()
        raise
    except (KpiDeskError, ValueError, LookupError, TypeError) as problem:
        file.close()
        # What stands in the file was changed: no value of ours says so.
        raise DamagedFileError(path, "公司信息或用户的登记读不出来") from problem
    except BaseException:
        file.close()
        raise
    file.close()
    raise DamagedFileError(path, "公司信息不见了")


def company_profile(company: Company) -> CompanyProfile:
    """The company's details."""
    with company.read() as connection:
        return found(load_setting(connection, PROFILE, CompanyProfile), "公司信息")


def officer_of(company: Company) -> str:
    """Who works with a file that was just opened; nobody yet where one has to sign in."""
    return company_profile(company).officer if company.role is not None else ""


def save_profile(company: Company, profile: CompanyProfile, *, actor: str, today: date) -> Changes:
    """New details; contracts that were drawn up keep the old ones."""
    del today
    with company.change(actor) as work:
        before = load_setting(work.connection, PROFILE, CompanyProfile)
        if before == profile:
            return Changes.NONE
        save_setting(work.connection, PROFILE, profile)
        work.log("company.edit", "company", before=before, after=profile)
    company.name = profile.name
    return Changes.SETTINGS


def backup_now(company: Company, folder: Path) -> Path:
    """A checked copy of the file in a folder, named after the moment."""
    moment = company.file.clock().astimezone()
    name = f"{company.path.stem}_备份_{moment:%Y%m%d-%H%M%S}{SUFFIX}"
    company.file.back_up(folder / name)
    return folder / name


def first_broken_audit_line(company: Company) -> int | None:
    """Where the audit log was tampered with, or None when it is whole."""
    with company.read() as connection:
        return audit.first_broken(connection)


def _holder(today: date) -> str:
    """Who has the file open, for the message in another window."""
    try:
        user = getpass.getuser()
    except OSError:  # a system account without a name
        user = "未知用户"
    return f"{user}，电脑 {platform.node() or '未知'}，{today} 打开"
