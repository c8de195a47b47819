"""Schemes as the file keeps them: a copy of each version that was ever used, never changed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select

from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.scheme import Scheme
from kpidesk.store.errors import DamagedFileError
from kpidesk.store.rows import SCHEMES

OWN_MARK: Final = "+"
"""In the id of a version that the company made: that of the built-in scheme, this, a number."""


def pin(connection: Connection, scheme: Scheme) -> bool:
    """Keep a scheme in the file; False when this version of it was there already."""
    known = select(SCHEMES.c.sha256).where(
        SCHEMES.c.id == scheme.id, SCHEMES.c.version == scheme.version
    )
    if connection.execute(known).first():
        return False
    body = canonical_json(scheme, Scheme)
    connection.execute(
        insert(SCHEMES),
        {
            "id": scheme.id,
            "version": scheme.version,
            "title": scheme.title,
            "body": body,
            "sha256": content_hash(body),
        },
    )
    return True


def scheme_hash(connection: Connection, scheme: str, version: int) -> str:
    """The hash of a pinned scheme's text."""
    query = select(SCHEMES.c.sha256).where(SCHEMES.c.id == scheme, SCHEMES.c.version == version)
    return str(connection.execute(query).scalar_one())


def load_scheme(
    connection: Connection, scheme: str, version: int, path: Path
) -> tuple[Scheme, str] | None:
    """A pinned scheme and its hash; DamagedFileError when the text is not what was pinned."""
    row = connection.execute(
        select(SCHEMES.c.body, SCHEMES.c.sha256).where(
            SCHEMES.c.id == scheme, SCHEMES.c.version == version
        )
    ).first()
    if row is None:
        return None
    if content_hash(row.body) != row.sha256:
        raise DamagedFileError(path, f"考核方案 {scheme} 的内容与校验值不符")
    return from_json(row.body, Scheme), row.sha256


def own_schemes(connection: Connection, path: Path) -> tuple[Scheme, ...]:
    """The versions that the company made, in the order in which they were made."""
    rows = connection.execute(
        select(SCHEMES.c.id, SCHEMES.c.version)
        .where(SCHEMES.c.id.contains(OWN_MARK, autoescape=True))
        .order_by(SCHEMES.c.version, SCHEMES.c.id)
    ).all()
    loaded = (load_scheme(connection, row.id, row.version, path) for row in rows)
    return tuple(one[0] for one in loaded if one is not None)
