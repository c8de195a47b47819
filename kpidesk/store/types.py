"""Column types that hold exactly on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


class DecimalText(TypeDecorator[Decimal]):
    """A score or a ratio as its decimal text: SQLite's own numbers go through binary floats."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """The text; a float is refused."""
        del dialect
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            msg = f"a decimal column takes finite Decimals, not {value!r}"
            raise TypeError(msg)
        return format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The exact number; ValueError for one that was never written, of a billion digits, say."""
        del dialect
        if value is None:
            return None
        number = Decimal(value)
        if "e" in value.casefold() or not number.is_finite():
            msg = "not a number as this column writes them"
            raise ValueError(msg)
        return number


class UtcMoment(TypeDecorator[datetime]):
    """A moment as UTC text, which sorts as it should; times without a zone are refused."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The text, always with microseconds and Z."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment needs its time zone"
            raise TypeError(msg)
        return moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        del dialect
        return None if value is None else datetime.strptime(value, _MOMENT).replace(tzinfo=UTC)


@lru_cache(maxsize=64)  # an import writes thousands of lines of one moment
def moment_text(moment: datetime) -> str:
    """A moment as the audit log writes it: 2026-03-05T08:00:00.000000Z."""
    return moment.astimezone(UTC).strftime(_MOMENT)
