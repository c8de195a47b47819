"""The dated lines of a trial file: `[[events.A]]`, and `[[events.team]]` with shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from kpidesk.core.exact import is_sensible
from kpidesk.core.facts import TEAM, Event, EventValue, Subject
from kpidesk.core.figure import Origin
from kpidesk.core.findings import Code
from kpidesk.exchange.trial_reader import Reader, table_of

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OWN = ("on", "kind", "shares")


def read_events(reader: Reader) -> tuple[tuple[Subject, tuple[Event, ...]], ...]:
    """Every subject's lines, in the order written; what cannot be a line is reported."""
    ledgers: list[tuple[Subject, tuple[Event, ...]]] = []
    for subject, rows in table_of(reader, "events").items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            reader.block(
                Code.BAD_VALUE,
                f"[[events.{subject}]] 应为一组事项",
                "events",
                subject,
                subject=subject,
            )
            continue
        ledgers.append((subject, tuple(_lines(reader, subject, rows))))
    return tuple(ledgers)


def _lines(reader: Reader, subject: Subject, rows: list[dict[str, object]]) -> Iterator[Event]:
    for number, row in enumerate(rows, start=1):
        here = ("events", subject, str(number))
        on, kind = _day(row.get("on")), row.get("kind")
        if on is None:
            reader.block(
                Code.BAD_VALUE,
                f"“{subject}”的第 {number} 个事项缺少 on，或它不是日期，如 2024-03-15",
                *here,
                "on",
                subject=subject,
            )
            continue
        if not isinstance(kind, str):
            reader.block(
                Code.BAD_VALUE,
                f"“{subject}”的第 {number} 个事项缺少 kind，或它不是文字",
                *here,
                "kind",
                subject=subject,
            )
            continue
        where = reader.line(*here).strip()
        yield Event(
            subject,
            kind,
            on,
            tuple(_values(reader, subject, row, here)),
            tuple(_shares(reader, subject, row.get("shares"), here)),
            Origin(f"{reader.path.name} {where}".strip()),
        )


def _values(
    reader: Reader, subject: Subject, row: dict[str, object], here: tuple[str, ...]
) -> Iterator[tuple[str, EventValue]]:
    for name, value in row.items():
        if name in _OWN:
            continue
        match value:
            case bool():
                yield name, value
            case int() | Decimal() if is_sensible(Decimal(value)):
                yield name, Decimal(value)
            case str() if name != "project" and _is_number(value):
                yield name, Decimal(value)
            case str() if _DAY.fullmatch(value) and (day := _day(value)) is not None:
                yield name, day
            case str():
                yield name, value
            case date() if not isinstance(value, datetime):
                yield name, value
            case _:
                reader.block(
                    Code.BAD_VALUE, f"事项的“{name}”应为一个值", *here, name, subject=subject
                )


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and is_sensible(Decimal(text))


def _shares(
    reader: Reader, subject: Subject, value: object, here: tuple[str, ...]
) -> Iterator[tuple[Subject, Decimal]]:
    if value is None:
        if subject == TEAM:
            reader.block(
                Code.BAD_VALUE,
                '团队的事项要写明各人的比例，如 shares = { "甲" = 60, "乙" = 40 }',
                *here,
                "shares",
                subject=subject,
            )
        return
    if not isinstance(value, dict) or not value:
        reader.block(
            Code.BAD_VALUE, "shares 应为各人的比例(百分数)", *here, "shares", subject=subject
        )
        return
    for person, share in value.items():
        number = _share(share)
        if number is None:
            reader.block(
                Code.BAD_VALUE, f"“{person}”的比例应为数字", *here, "shares", subject=subject
            )
        else:
            yield person, number


def _share(value: object) -> Decimal | None:
    match value:
        case bool():
            return None
        case int() | Decimal() if is_sensible(Decimal(value)):
            return Decimal(value)
        case str() if _is_number(value):
            return Decimal(value)
        case _:
            return None


def _day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None
