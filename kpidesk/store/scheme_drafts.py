"""Drafts of schemes as the file keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select, update

from kpidesk.codec import canonical_json, from_json
from kpidesk.core.scheme import Scheme
from kpidesk.store.rows import SCHEME_DRAFTS


@dataclass(frozen=True, slots=True)
class SchemeDraft:
    """A scheme that is being written. `base` is empty where it was begun with nothing."""

    id: int
    family: str
    base: str
    saved_by: str
    saved_on: date
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft for lists."""

    id: int
    family: str
    title: str
    saved_by: str
    saved_on: date


def list_scheme_drafts(connection: Connection) -> tuple[DraftRow, ...]:
    """All drafts, in the order in which they were begun."""
    columns = SCHEME_DRAFTS.c
    query = select(
        columns.id, columns.family, columns.title, columns.saved_by, columns.saved_on
    ).order_by(columns.id)
    return tuple(DraftRow(*row) for row in connection.execute(query))


def load_scheme_draft(connection: Connection, draft: int) -> SchemeDraft | None:
    """A draft, or None when it is no more."""
    row = connection.execute(select(SCHEME_DRAFTS).where(SCHEME_DRAFTS.c.id == draft)).first()
    if row is None:
        return None
    scheme = from_json(row.body, Scheme)
    return SchemeDraft(row.id, row.family, row.base, row.saved_by, row.saved_on, scheme)


def add_scheme_draft(
    connection: Connection, scheme: Scheme, *, base: str, saved_by: str, saved_on: date
) -> int:
    """Keep a new draft; its id."""
    values = {**_columns(scheme, saved_by, saved_on), "family": scheme.id, "base": base}
    connection.execute(insert(SCHEME_DRAFTS), values)
    return int(connection.execute(select(func.max(SCHEME_DRAFTS.c.id))).scalar_one())


def save_scheme_draft(
    connection: Connection, draft: int, scheme: Scheme, *, saved_by: str, saved_on: date
) -> None:
    """The draft as it is now."""
    values = _columns(scheme, saved_by, saved_on)
    connection.execute(update(SCHEME_DRAFTS).where(SCHEME_DRAFTS.c.id == draft).values(values))


def drop_scheme_draft(connection: Connection, draft: int) -> None:
    """A draft that was published, or given up."""
    connection.execute(delete(SCHEME_DRAFTS).where(SCHEME_DRAFTS.c.id == draft))


def _columns(scheme: Scheme, saved_by: str, saved_on: date) -> dict[str, object]:
    body = canonical_json(scheme, Scheme)
    return {"title": scheme.title, "saved_by": saved_by, "saved_on": saved_on, "body": body}
