"""Undo for a draft being edited: a Qt adapter over edits that know their own inverse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from collections.abc import Callable

Draft = TypeVar("Draft")


class Edit(Protocol[Draft]):
    """A pure change to a draft."""

    @property
    def label(self) -> str:
        """What it does, for the words 撤销 …."""

    def apply(self, draft: Draft) -> tuple[Draft, Self]:
        """The new draft, and the edit that takes it back."""


class EditCommand(QUndoCommand, Generic[Draft]):
    """One entry of a page's undo stack: pushing it makes the change."""

    def __init__(
        self, edit: Edit[Draft], get: Callable[[], Draft], put: Callable[[Draft], object]
    ) -> None:
        """`get` and `put` reach the draft that is being edited."""
        super().__init__(edit.label)
        self._edit, self._get, self._put = edit, get, put

    def redo(self) -> None:
        """Make the change, or take it back: the edit at hand is turned round each time."""
        draft, self._edit = self._edit.apply(self._get())
        self._put(draft)

    undo = redo
