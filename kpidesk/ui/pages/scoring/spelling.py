"""How people are found by the letters of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kpidesk.usecases import people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpidesk.core.people import PersonId
    from kpidesk.usecases.company import Company

Spellings: TypeAlias = "Mapping[PersonId, tuple[str, ...]]"
"""Pinyin and initials of each person."""


def spellings(company: Company) -> Spellings:
    """The spellings of everybody, those who have left too."""
    rows = people.list_people(company, include_left=True)
    return {row.person.id: row.pinyin for row in rows}
