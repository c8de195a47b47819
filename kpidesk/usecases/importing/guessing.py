"""Which row holds the headings, and what each column means: guessed, then remembered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from kpidesk.exchange.workbook.found import Sheet
from kpidesk.exchange.workbook.values import is_empty, shown
from kpidesk.usecases.importing.plan import ImportColumn

_LOOKED_AT: Final = 20
_ASIDE: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|[\s*:：_\-/.、]+")
_EXACT, _BARE, _WITHIN = 3, 2, 1
_LEAST_WITHIN: Final = 2
"""How long a name must be to be recognised inside a longer heading."""
_KNOWN: Final = 4096
"""How many texts are kept as they compare: the same ones are asked for again and again."""


def guess_header(
    sheet: Sheet, columns: Sequence[ImportColumn], remembered: Mapping[str, str]
) -> int:
    """The row among the first ones in which most columns are recognised; else the first filled.

    One column alone is not enough: a post in a row of content may be called like a heading.
    """
    best, best_count = 0, 1
    first: int | None = None
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        texts = [shown(one) for one in row]
        if first is None and any(texts):
            first = number
        count = len(guess_mapping(texts, columns, remembered))
        if count > best_count:
            best, best_count = number, count
    return best if best_count > 1 else first or 0


def guess_mapping(
    headings: Sequence[str], columns: Sequence[ImportColumn], remembered: Mapping[str, str]
) -> dict[int, str]:
    """What the columns mean, each meaning once: as remembered, else the best likeness first."""
    known = {one.key for one in columns}
    mapping: dict[int, str] = {}
    for number, heading in enumerate(headings):
        key = remembered.get(_plain(heading))
        if heading and key in known and key not in mapping.values():
            mapping[number] = key
    found = [
        (-_likeness(heading, one), number, one.key)
        for number, heading in enumerate(headings)
        if number not in mapping and heading and _plain(heading) not in remembered
        for one in columns
    ]
    for rank, number, key in sorted(found, key=lambda one: one[:2]):
        if rank and number not in mapping and key not in mapping.values():
            mapping[number] = key
    return dict(sorted(mapping.items()))


def headings_of(sheet: Sheet, header: int) -> list[str]:
    """The headings of all columns in which something stands."""
    row = sheet.rows[header] if header < len(sheet.rows) else ()
    width = max(sheet.width, len(row))
    return [shown(row[n]) if n < len(row) and not is_empty(row[n]) else "" for n in range(width)]


def remember(headings: Sequence[str], mapping: Mapping[int, str]) -> dict[str, str]:
    """What to remember of a mapping: the meaning of each heading; "" of one that is left out."""
    return {_plain(one): mapping.get(n, "") for n, one in enumerate(headings) if _plain(one)}


@lru_cache(maxsize=_KNOWN)
def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=_KNOWN)
def _bare(text: str) -> str:
    return _ASIDE.sub("", _plain(text))


def _likeness(heading: str, column: ImportColumn) -> int:
    names = (column.title, *column.synonyms)
    plain, bare = _plain(heading), _bare(heading)
    if any(plain == _plain(name) for name in names):
        return _EXACT
    if bare and any(bare == _bare(name) for name in names):
        return _BARE
    within = (_bare(name) for name in names)
    if any(len(name) >= _LEAST_WITHIN and name in bare for name in within):
        return _WITHIN
    return 0
