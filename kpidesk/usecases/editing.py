"""The company's own schemes: begun as drafts, edited, published as versions that never change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.editing.blank import begun_from, blank_scheme
from kpidesk.core.editing.changes import changes
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.flaw_kinds import FlawKind
from kpidesk.core.lint.check_up import check_up
from kpidesk.core.lint.edits import Edit
from kpidesk.core.lint.flaw import Flaw
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.builtin import builtin_ids
from kpidesk.exchange.scheme_file import read_scheme, scheme_toml
from kpidesk.store import scheme_drafts as store
from kpidesk.store.scheme_drafts import DraftRow, SchemeDraft
from kpidesk.store.schemes import OWN_MARK, own_schemes, pin
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.schemes import current_scheme, edition_text, family_of, next_version
from kpidesk.usecases.session import Company, Work, found

__all__ = [
    "DraftRow",
    "DraftSaved",
    "Published",
    "SchemeDraft",
    "begin",
    "differences",
    "discard",
    "import_draft",
    "list_drafts",
    "load_draft",
    "publish",
    "save",
    "stops",
    "toml_of",
    "version_changes",
]

_STOPS: Final = frozenset(
    {
        FlawKind.NAME, FlawKind.NAME_CYCLE, FlawKind.FORMULA, FlawKind.WEIGHTS, FlawKind.OVERLAP,
    }
)  # fmt: skip
"""Flaws with which nothing can be computed, or two things at once."""
_OWN_FAMILY: Final = "own-"


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """A draft as the company file has it now."""

    changes: Changes
    draft: SchemeDraft


@dataclass(frozen=True, slots=True)
class Published:
    """A new version of the company's own."""

    changes: Changes
    scheme: Scheme


def list_drafts(company: Company) -> tuple[DraftRow, ...]:
    """The schemes that are being written."""
    with company.read() as connection:
        return store.list_scheme_drafts(connection)


def load_draft(company: Company, draft: int) -> SchemeDraft:
    """A scheme that is being written."""
    with company.read() as connection:
        return _draft(connection, draft)


def begin(
    company: Company, *, base: str = "", title: str = "", actor: str, today: date
) -> DraftSaved:
    """A draft from a scheme, or (no `base`) from nothing.

    With a title it becomes a scheme of its own, without one the next version of the same.
    """
    with company.change(actor) as work:
        name = " ".join(title.split())
        if not base:
            scheme = blank_scheme(_new_family(work), _free_title(work, name))
        else:
            source = current_scheme(work.company, work.connection, base)
            if source.lost:
                msg = f"方案“{source.title}”的原文不全（{source.lost}），不能以它为基础"
                raise NotAllowedError(msg)
            plain = source.title.removesuffix(edition_text(source))
            family = _new_family(work) if name else family_of(base)
            scheme = begun_from(source, family, _free_title(work, name) if name else plain)
        return _begun(work, scheme, base, today)


def import_draft(company: Company, path: Path, *, actor: str, today: date) -> DraftSaved:
    """A draft from a scheme file; KpiDeskError names each mistake in it."""
    read = read_scheme(path)
    with company.change(actor) as work:
        title = _free_title(work, read.title, numbered=True)
        return _begun(work, begun_from(read, _new_family(work), title), "", today)


def save(company: Company, draft: int, *, scheme: Scheme, actor: str, today: date) -> DraftSaved:
    """The draft as it was edited; the log says in words what is other than before."""
    with company.change(actor) as work:
        before = _draft(work.connection, draft)
        if scheme == before.scheme:
            return DraftSaved(Changes.NONE, before)
        store.save_scheme_draft(work.connection, draft, scheme, saved_by=work.actor, saved_on=today)
        told = "；".join(one.text for one in changes(before.scheme, scheme))
        work.log("scheme.draft", f"scheme_draft:{draft}", reason=told or scheme.title)
        return DraftSaved(Changes.NONE, _draft(work.connection, draft))


def publish(company: Company, draft: int, *, actor: str, today: date) -> Published:
    """The draft as the next version of its scheme; contracts that rest on others keep those.

    NotAllowedError while it has flaws with which nothing can be computed.
    """
    del today
    with company.change(actor) as work:
        one = _draft(work.connection, draft)
        if wrong := stops(one.scheme):
            listed = "；".join(flaw.message for flaw in wrong)
            msg = f"方案还有 {len(wrong)} 处错误，改正后才能发布：{listed}"
            raise NotAllowedError(msg)
        before = _base_of(work.company, work.connection, one)
        after = next_version(work, one.family, one.scheme)
        pin(work.connection, after)
        store.drop_scheme_draft(work.connection, draft)
        told = "；".join(edit.text for edit in changes(before, after)) if before else "新方案"
        about = f"scheme:{after.id}@{after.version}"
        work.log("scheme.publish", about, before=before, after=after, reason=told)
    return Published(Changes.SCHEMES, after)


def discard(company: Company, draft: int, *, actor: str, today: date) -> Changes:
    """Give a draft up."""
    del today
    with company.change(actor) as work:
        one = _draft(work.connection, draft)
        store.drop_scheme_draft(work.connection, draft)
        work.log("scheme.discard", f"scheme_draft:{draft}", before=one.scheme)
    return Changes.SCHEMES


def stops(scheme: Scheme) -> tuple[Flaw, ...]:
    """Why a draft cannot be published; empty when it can."""
    computed = replace(  # what clauses of the source tell of does not stand against computing
        scheme, ambiguities=tuple(replace(one, flaw=None) for one in scheme.ambiguities)
    )
    return tuple(one for one in check_up(computed).flaws if one.kind in _STOPS)


def differences(company: Company, draft: int) -> tuple[Edit, ...]:
    """What a draft changes in the scheme that it was begun from; empty if that was nothing."""
    with company.read() as connection:
        one = _draft(connection, draft)
        before = _base_of(company, connection, one)
    return changes(before, one.scheme) if before else ()


def version_changes(company: Company, scheme_id: str) -> tuple[Edit, ...]:
    """What a version changes in the one before it: the company's own, or the built-in scheme."""
    with company.read() as connection:
        after = current_scheme(company, connection, scheme_id)
        family = family_of(scheme_id)
        own = own_schemes(connection, company.path)
        earlier = [
            one for one in own if family_of(one.id) == family and one.version < after.version
        ]
        if earlier:
            before = max(earlier, key=lambda one: one.version)
        elif family in builtin_ids() and OWN_MARK in scheme_id:
            before = current_scheme(company, connection, family)
        else:
            return ()
    return changes(before, after)


def toml_of(scheme: Scheme) -> str:
    """A scheme as the text of a file, which can be read again."""
    return scheme_toml(scheme)


def _draft(connection: Connection, draft: int) -> SchemeDraft:
    return found(store.load_scheme_draft(connection, draft), "这份方案草稿")


def _begun(work: Work, scheme: Scheme, base: str, today: date) -> DraftSaved:
    id_ = store.add_scheme_draft(
        work.connection, scheme, base=base, saved_by=work.actor, saved_on=today
    )
    work.log("scheme.begin", f"scheme_draft:{id_}", after=scheme, reason=scheme.title)
    return DraftSaved(Changes.SCHEMES, _draft(work.connection, id_))


def _base_of(company: Company, connection: Connection, draft: SchemeDraft) -> Scheme | None:
    return current_scheme(company, connection, draft.base) if draft.base else None


def _new_family(work: Work) -> str:
    """What the ids of a new scheme's versions begin with."""
    own = {family_of(one.id) for one in own_schemes(work.connection, work.company.path)}
    own |= {one.family for one in store.list_scheme_drafts(work.connection)}
    number = 1
    while f"{_OWN_FAMILY}{number}" in own:
        number += 1
    return f"{_OWN_FAMILY}{number}"


def _free_title(work: Work, title: str, *, numbered: bool = False) -> str:
    """A title that no other scheme has: lists would show two alike."""
    if not title:
        msg = "请给方案起一个名称"
        raise NotAllowedError(msg)
    taken = {one.title for one in store.list_scheme_drafts(work.connection)}
    for scheme in own_schemes(work.connection, work.company.path):
        taken.add(scheme.title.removesuffix(edition_text(scheme)))
    taken |= {current_scheme(work.company, work.connection, one).title for one in builtin_ids()}
    if title not in taken:
        return title
    if not numbered:
        msg = f"已经有名为“{title}”的方案，请换一个名称"
        raise NotAllowedError(msg)
    number = 2
    while f"{title} {number}" in taken:
        number += 1
    return f"{title} {number}"
