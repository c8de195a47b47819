"""What can be searched for everywhere: people and documents, found by words and by letters."""

from kpidesk.usecases.searching.entries import PARTS, Entry, Sort, entries_of
from kpidesk.usecases.searching.index import Index, Named

__all__ = ["PARTS", "Entry", "Index", "Named", "Sort", "entries_of"]
