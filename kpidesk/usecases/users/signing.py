"""Signing in, and changing one's own password. Wrong passwords make one wait, restarts or not."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import ceil

from kpidesk.core.errors import KpiDeskError, NotAllowedError
from kpidesk.core.users import LONGEST_WAIT, User, UserId, wait_after
from kpidesk.store import audit, tries
from kpidesk.store.users import Guard, load_user, save_guard
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.locking.changing import give_slot
from kpidesk.usecases.locking.checking import check_secret
from kpidesk.usecases.session import Company, Work, found
from kpidesk.usecases.users.listing import who_may_sign_in
from kpidesk.usecases.users.passwords import fits, is_weaker, put_password


class WrongPasswordError(KpiDeskError):
    """The password is not the user's, or none is looked at yet: `wait` more seconds."""

    def __init__(self, message: str, wait: int = 0) -> None:
        super().__init__(message)
        self.wait = wait


def sign_in(company: Company, user: UserId, *, password: str) -> User:
    """Who works with the company file from now on; WrongPasswordError when it is somebody else."""
    if company.is_read_only:
        return _looks_on(company, user, password)
    with company.change("登录") as work:
        who, wrong = _tried(work, user, password)
        if wrong is None:
            _note(work, who, "user.sign_in")
    if wrong is not None:
        raise wrong
    company.works_for(who)
    slots = company.file.slots
    if slots is not None and not slots.has(who.name):  # encrypted, or its key changed, since then
        give_slot(company, who.name, password)
    return who


def _looks_on(company: Company, id_: UserId, password: str) -> User:
    """In a file that is only looked at nothing can be kept: wrong tries are counted beside it."""
    now = company.file.clock()
    if wait := tries.wait_left(company.path, now):
        raise _waiting("密码错误次数较多", now + timedelta(seconds=wait), now)
    with company.file.transaction() as connection:  # not with the eyes of whoever was here before
        who, guard = found(load_user(connection, id_), "这位用户")
    if not (who.is_active and fits(guard.password, password)):
        wait = tries.note_wrong(company.path, now)
        raise _waiting("密码不对", now + timedelta(seconds=wait), now)
    tries.forget(company.path)
    company.works_for(who)
    return who


def sign_in_by_name(company: Company, name: str, *, password: str) -> User | None:
    """Sign in whoever has just opened an encrypted file by name and password.

    None if they are unknown, or sign in by another password: after a backup was brought back the
    file opens by the passwords of now, and its users have those of then.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    for one in who_may_sign_in(company):
        if unicodedata.normalize("NFKC", one.name).strip() == plain:
            with suppress(WrongPasswordError):
                return sign_in(company, one.id, password=password)
    return None


def unlock(company: Company, *, password: str) -> None:
    """Whether it is still the same person at the screen: the user, or who knows the company's."""
    if company.user is not None:
        sign_in(company, company.user.id, password=password)
    else:
        check_secret(company, password)


def change_password(company: Company, *, old: str, new: str, actor: str, today: date) -> Changes:
    """One's own password; the old one is asked for, as it might be somebody else at the desk."""
    del today
    with company.change(actor) as work:
        if work.user is None:
            msg = "没有人登录，没有密码可改；请先在“用户与权限”里添加用户"
            raise NotAllowedError(msg)
        who, wrong = _tried(work, work.user.id, old)
        if wrong is None:
            put_password(work, who, new)
    if wrong is not None:
        raise wrong
    give_slot(company, who.name, new)
    return Changes.SETTINGS


def _tried(work: Work, id_: UserId, password: str) -> tuple[User, WrongPasswordError | None]:
    """The user, and what is wrong with the password; a wrong try is kept with its wait."""
    who, guard = found(load_user(work.connection, id_), "这位用户")
    if not who.is_active:
        msg = f"用户“{who.name}”已停用，请找人事专员"
        raise NotAllowedError(msg)
    now = work.company.file.clock()
    if guard.blocked_until is not None and now < guard.blocked_until:
        most = now + timedelta(seconds=LONGEST_WAIT)
        until = min(guard.blocked_until, most)  # the clock may have been put back
        if until != guard.blocked_until:
            save_guard(work.connection, id_, replace(guard, blocked_until=until))
        return who, _waiting("密码错误次数较多", until, now)
    if fits(guard.password, password):
        if is_weaker(guard.password):
            put_password(work, who, password, checked=False)
        elif guard.failures:
            save_guard(work.connection, id_, Guard(guard.password))
        return who, None
    failures = guard.failures + 1
    until = now + timedelta(seconds=wait_after(failures))
    save_guard(work.connection, id_, Guard(guard.password, failures, until))
    _note(work, who, "user.refuse")
    return who, _waiting("密码不对", until, now)


def _waiting(what: str, until: datetime, now: datetime) -> WrongPasswordError:
    wait = ceil((until - now).total_seconds())
    said = f"{what}，请 {wait} 秒后再试" if wait else f"{what}，请重新输入"
    return WrongPasswordError(said, wait)


def _note(work: Work, who: User, action: str) -> None:
    """The line of the log is the user's who signs in: nobody else is there yet."""
    line = work.told(action, f"user:{who.id}")
    audit.append(work.connection, replace(line, actor=who.name, role=who.role.value))
