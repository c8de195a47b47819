"""What a trial file expects of its results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kpidesk.core.period import CYCLE
from kpidesk.core.trial import Absent, Expectation, Expected
from kpidesk.exchange.trial_reader import Reader, table_of

_NOT_SUBJECTS = {"findings", "absent_findings", "blocked"}


def read_expectation(reader: Reader) -> Expectation:
    """The `[expect]` tables."""
    expect = table_of(reader, "expect")
    results: list[tuple[str, str, str, Expected]] = []
    absent: list[Absent] = []
    for subject, rows in expect.items():
        if subject in _NOT_SUBJECTS:
            continue
        if not isinstance(rows, dict):
            raise reader.refuse(f"[expect] 没有“{subject}”这一项", "expect", subject)
        for name, value in rows.items():
            if name == "absent":
                for one in _names(reader, value, "expect", subject, name):
                    result, _, period = one.partition("@")
                    absent.append(Absent(subject, result, period))
                continue
            # A table by period; one in a table is a result that is a table itself.
            by_period = value if isinstance(value, dict) else {CYCLE: value}
            results += (
                (subject, name, period, _expected(one)) for period, one in by_period.items()
            )
    blocked = expect.get("blocked", False)
    if not isinstance(blocked, bool):
        raise reader.refuse("blocked 应为 true 或 false", "expect", "blocked")
    return Expectation(
        tuple(results),
        tuple(absent),
        _names(reader, expect.get("findings", []), "expect", "findings"),
        _names(reader, expect.get("absent_findings", []), "expect", "absent_findings"),
        blocked,
    )


def _names(reader: Reader, value: object, *path: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise reader.refuse(f'{path[-1]} 应为一组文字，如 ["total"]', *path)
    return tuple(value)


def _expected(value: object) -> Expected:
    match value:
        case bool() | str() | Decimal() | date():
            return value
        case list():
            return tuple(_expected(one) for one in value)
        case dict():
            return {str(key): _expected(one) for key, one in value.items()}
        case int():
            return Decimal(value)
        case _:
            return str(value)
