"""What is found for some words: in memory, the whole of it looked through at each key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kpidesk.core.people import PersonId
from kpidesk.usecases.searching.entries import Entry, Sort

_EXACT, _BEGINS, _HOLDS = range(3)
_ENOUGH = 400
"""So many matches are ranked; whoever wants more types one letter more."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person, and their newest contract and sheet."""

    person: Entry
    contract: Entry | None
    sheet: Entry | None
    statement: Entry | None


@dataclass(frozen=True)
class Index:
    """Everything that can be found; never changed, a new one is made instead."""

    parts: Mapping[Sort, tuple[Entry, ...]] = field(default_factory=dict)

    def find(self, text: str, most: int = 6) -> tuple[Entry, ...]:
        """At most `most` of each sort that hold all words: the best first, then the newest."""
        words = text.casefold().split()
        if not words:
            return ()
        return tuple(one for sort in Sort for one in self._best(sort, words, most))

    def people(self, words: Sequence[str], most: int = 4) -> tuple[Named, ...]:
        """Who is meant by some words, each with their newest papers; nobody for no words."""
        found = self._best(Sort.PERSON, [one.casefold() for one in words], most) if words else []
        return tuple(self._named(one) for one in found)

    def entry(self, sort: Sort, key: str) -> Entry | None:
        """The entry with a key."""
        return self._by_key.get((sort, key))

    def _best(self, sort: Sort, words: Sequence[str], most: int) -> list[Entry]:
        found: list[Entry] = []
        for one in self.parts.get(sort, ()):
            hay = one.hay
            for word in words:
                if word not in hay:
                    break
            else:
                found.append(one)
                if sort is not Sort.PERSON and len(found) == _ENOUGH:
                    break
        found.sort(key=lambda one: _rank(one, words))
        return found[:most]

    def _named(self, person: Entry) -> Named:
        newest = self._newest
        sorts = (Sort.CONTRACT, Sort.SHEET, Sort.STATEMENT)
        return Named(person, *(newest.get((one, person.person)) for one in sorts))

    @cached_property
    def _by_key(self) -> dict[tuple[Sort, str], Entry]:
        return {(one.sort, one.key): one for one in self._all()}

    @cached_property
    def _newest(self) -> dict[tuple[Sort, PersonId | None], Entry]:
        """Entries come newest first, so that the first of a person is the one."""
        newest: dict[tuple[Sort, PersonId | None], Entry] = {}
        for one in self._all():
            newest.setdefault((one.sort, one.person), one)
        return newest

    def _all(self) -> Iterable[Entry]:
        return (one for part in self.parts.values() for one in part)


def _rank(one: Entry, words: Sequence[str]) -> int:
    first = words[0]
    if any(word in one.names for word in words):
        return _EXACT
    return _BEGINS if any(name.startswith(first) for name in one.names) else _HOLDS
