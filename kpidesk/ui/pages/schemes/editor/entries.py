"""An entry of a form → the field in which it is filled in, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_never

from kpidesk.core.editing.form import Kind
from kpidesk.core.settings import NONE
from kpidesk.ui.forms import CheckField, ChoiceField, Field, MultilineField, NumberField, TextField
from kpidesk.ui.pages.schemes.editor.formula import FormulaField
from kpidesk.ui.pages.schemes.editor.many import ManyField

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.editing.form import Entry
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.look import Look

_NOTHING = "（不选）"
_LONGEST = 120
_LONGEST_TEXT = 2000


def field_of(look: Look, entry: Entry, scheme: Callable[[], Scheme], lines: int) -> Field[Any]:
    """A field for an entry, empty; `lines` of long texts are in view."""
    needed, hint, title = not entry.optional, entry.hint, entry.label
    match entry.kind:
        case Kind.NUMBER | Kind.LIMIT:
            required = needed and entry.kind is Kind.NUMBER
            return NumberField(
                title, unit=entry.unit, required=required, share=entry.share, hint=hint
            )
        case Kind.COUNT:
            return NumberField(title, unit=entry.unit, required=True, places=0, hint=hint)
        case Kind.TEXT:
            return TextField(title, required=needed, most=_LONGEST, hint=hint)
        case Kind.LONG:
            return MultilineField(title, most=_LONGEST_TEXT, lines=lines, hint=hint)
        case Kind.FORMULA:
            return FormulaField(look, title, scheme, entry.path)
        case Kind.CHOICE:
            options = [(one.value, one.text) for one in entry.choices]
            none = _NOTHING if entry.optional else ""
            return ChoiceField(title, options, required=needed, none=none, hint=hint)
        case Kind.MANY:
            options = [(one.value, one.text) for one in entry.choices]
            return ManyField(title, options, hint=hint)
        case Kind.FLAG:
            return CheckField(title, hint=hint)
        case _:
            assert_never(entry.kind)


def shown_value(entry: Entry) -> Any:  # noqa: ANN401 - as the entry's field takes it
    """The entry's value as its field shows it."""
    match entry.kind:
        case Kind.LIMIT:
            return None if entry.value == NONE else entry.value
        case Kind.COUNT:
            return Decimal(entry.value)
        case Kind.TEXT | Kind.LONG:
            return entry.value or ""
        case Kind.FLAG:
            return bool(entry.value)
        case _:
            return entry.value


def typed_value(entry: Entry, value: Any) -> Any:  # noqa: ANN401 - as the scheme holds it
    """What a field gave, as `written` takes it."""
    match entry.kind:
        case Kind.COUNT:
            return int(value)
        case _:
            return value
