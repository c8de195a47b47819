"""Encrypting the open file, changing what opens it, and decrypting it again.

Each makes a whole new file, checked against the old one, that takes its name at the end; the line
of the log follows, because a line about what was not done in the end would stay for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.users import check_password
from kpidesk.store.slots import COMPANY, MOST, Slots
from kpidesk.store.unlocking import by_code_of
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.locking.checking import check_secret
from kpidesk.usecases.locking.codes import secret_of
from kpidesk.usecases.session import Company, checked_actor


def encrypt(
    company: Company, *, password: str, code: tuple[str, ...], actor: str, today: date
) -> Changes:
    """Encrypt the file; `code` are the groups of the recovery code that lie printed in a safe."""
    del today
    company.admit()
    if company.file.secret is not None:
        msg = "公司文件已经加密；要换密码请用“修改密码”"
        raise NotAllowedError(msg)
    checked_actor(actor)
    check_password(password, company.name)
    secret = secret_of(code)
    company.file.recode(secret, Slots.of(secret).put(secret, COMPANY, password))
    return _noted(company, "company.encrypt", actor)


def change_password(company: Company, *, old: str, new: str, actor: str, today: date) -> Changes:
    """Another company password; the recovery code stays."""
    del today
    company.admit()
    checked_actor(actor)
    check_secret(company, old)
    return _put(company, COMPANY, new, actor)


def replace_password(company: Company, *, code: str, new: str, actor: str, today: date) -> Changes:
    """Another company password for whoever has forgotten it and holds the recovery code."""
    del today
    company.admit()
    checked_actor(actor)
    slots = _slots(company)
    by_code_of(company.path, slots, code)
    return _put(company, COMPANY, new, actor)


def renew_code(
    company: Company, *, password: str, code: tuple[str, ...], actor: str, today: date
) -> Changes:
    """Another recovery code, and so another key for the whole file.

    What users open the file by is not known here: each can again after signing in once.
    """
    del today
    company.admit()
    checked_actor(actor)
    check_secret(company, password)
    secret = secret_of(code)
    company.file.recode(secret, Slots.of(secret).put(secret, COMPANY, password))
    return _noted(company, "company.code", actor)


def decrypt(company: Company, *, password: str, actor: str, today: date) -> Changes:
    """Store the file unencrypted again."""
    del today
    company.admit()
    checked_actor(actor)
    check_secret(company, password)
    company.file.recode(None, None)
    return _noted(company, "company.decrypt", actor)


def give_slot(company: Company, name: str, password: str) -> None:
    """Let a user open the file by name and password of their own; checked already.

    Nothing happens in a plain file, or in one that is only looked at. The use cases of users log
    what they do themselves.
    """
    file = company.file
    if file.secret is None or file.slots is None or file.is_read_only:
        return
    if file.slots.is_full and not file.slots.has(name):
        msg = f"最多 {MOST - 1} 位用户可以用自己的密码打开加密的公司文件"
        raise NotAllowedError(msg)
    file.recode(file.secret, file.slots.put(file.secret, name, password))


def take_slots(company: Company, names: Sequence[str]) -> None:
    """Let users open the file no longer; backups made so far still open by their passwords."""
    file = company.file
    if file.secret is None or file.slots is None:
        return
    slots = file.slots
    for name in names:
        slots = slots.without(name)
    if slots != file.slots:
        file.recode(file.secret, slots)


def rename_slot(company: Company, old: str, new: str) -> None:
    """Let a user who is called otherwise now open the file under the new name."""
    file = company.file
    if file.secret is not None and file.slots is not None and file.slots.has(old):
        file.recode(file.secret, file.slots.renamed(old, new))


def _put(company: Company, name: str, password: str, actor: str) -> Changes:
    check_password(password, company.name)
    slots, secret = _slots(company), company.file.secret
    if secret is not None:
        company.file.recode(secret, slots.put(secret, name, password))
    return _noted(company, "company.password", actor)


def _slots(company: Company) -> Slots:
    if company.file.slots is None:
        msg = "这个公司文件没有加密，没有公司密码"
        raise NotAllowedError(msg)
    return company.file.slots


def _noted(company: Company, action: str, actor: str) -> Changes:
    with company.change(actor) as work:
        work.log(action, "company")
    return Changes.SETTINGS
