"""A column: its heading, how a cell reads, and what an edit of it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.ui.look.tokens import Tone

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """Everything the table knows of a column; `key` names it in remembered settings."""

    key: str
    title: str
    text: Callable[[Row], str]
    heading: str = ""
    """The title in several lines, where it is longer than the column is wide."""
    right: bool = False
    """Right-aligned: for numbers."""
    sort: Callable[[Row], Any] | None = None
    """What to sort by instead of the text; None for a row puts it last in both directions."""
    edit: Callable[[Row, str], object] | None = None
    """Asks for a change; a ValueError refuses, its message is shown and the text kept."""
    editable: Callable[[Row], bool] | None = None
    """Which rows take an edit; all of them when left out."""
    choices: Callable[[Row], Sequence[str]] | None = None
    """Texts to choose from instead of typing."""
    tone: Callable[[Row], Tone | None] | None = None
    """A coloured badge behind the text; None for a row leaves it plain."""
    ink: Callable[[Row], Tone | None] | None = None
    """The colour of the text; None for a row leaves it plain."""
    shade: Callable[[Row], Tone | None] | None = None
    """A colour of the whole cell; None for a row leaves it as the others."""
    icon: Callable[[Row], str | None] | None = None
    """Name of an icon before the text."""
    tip: Callable[[Row], str] | None = None
    checked: Callable[[Row], bool] | None = None
    """Shows a tick box."""
    toggle: Callable[[Row, bool], object] | None = None
    """Asks for the tick to change; without it the box is read only."""
    bold: Callable[[Row], bool] | None = None
    width: int = 110
    stretch: bool = False
    """Takes the room that is left; at most one column of a table."""
    hidden: bool = False
    """Not shown until the officer chooses it in the heading's menu."""

    def takes_edit(self, row: Row) -> bool:
        """True when a cell of this column can be typed into."""
        return self.edit is not None and (self.editable is None or self.editable(row))
