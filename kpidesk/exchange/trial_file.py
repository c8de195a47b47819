"""Trial files: TOML → Trial, as the trial format says. Wrong names and values are findings."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import is_sensible
from kpidesk.core.facts import TEAM, Appraisee, Fact, FactValue
from kpidesk.core.figure import Origin
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.names import known_facts, known_team_facts
from kpidesk.core.period import CYCLE, EACH, Grain, last_day_of_month, parse_day
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.core.trial import Trial
from kpidesk.exchange.builtin import UnknownSchemeError, builtin_scheme
from kpidesk.exchange.toml_file import key_lines, read_toml
from kpidesk.exchange.trial_events import read_events
from kpidesk.exchange.trial_expectation import read_expectation
from kpidesk.exchange.trial_reader import Reader, table_of, text_of

_TOP = {
    "title", "scheme", "certainty", "note", "cycle", "parameters", "people", "facts", "events",
    "expect",
}  # fmt: skip
_CERTAINTIES = ("text", "default", "open")
_PERSON = {"id", "role", "hired_on", "left_on", "group", "team"}
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"([1-9][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})")


def read_trial(path: Path) -> tuple[Trial, Scheme]:
    """The trial in a file, and its scheme; TrialFileError when it cannot be read as a trial."""
    tables, text = read_toml(path)
    reader = Reader(path, key_lines(text), tables, [])
    for key in sorted(tables.keys() - _TOP):
        reader.block(Code.UNKNOWN_NAME, f"试算文件没有“{key}”这一项", key)
    try:
        scheme = builtin_scheme(text_of(reader, "scheme"))
    except UnknownSchemeError as problem:
        raise reader.refuse(str(problem), "scheme") from None
    certainty = text_of(reader, "certainty")
    if certainty not in _CERTAINTIES:
        raise reader.refuse(f"certainty 应为 {'、'.join(_CERTAINTIES)} 之一", "certainty")
    starts_on, last_day = _cycle(reader)
    trial = Trial(
        title=text_of(reader, "title"),
        scheme=scheme.id,
        certainty=certainty,
        starts_on=starts_on,
        last_day=last_day,
        settings=tuple(_settings(reader).items()),
        people=_people(reader),
        facts=_facts(reader, scheme),
        ledgers=read_events(reader),
        expectation=read_expectation(reader),
        note=_note(reader),
    )
    problems = tuple(reader.problems)
    return replace(trial, problems=problems, lines=tuple(reader.lines.items())), scheme


def locate(trial: Trial, finding: Finding) -> Finding:
    """The finding with the line of the trial file that it speaks of, where there is one."""
    if finding.effect is Effect.WARNS or " 行" in finding.message:
        return finding
    lines = dict(trial.lines)
    people = {one.key: str(place) for place, one in enumerate(trial.people, start=1)}
    place = ("people", people.get(finding.subject, ""))
    for path in (
        ("facts", finding.subject, finding.name, finding.period),
        ("facts", finding.subject, finding.name),
        ("parameters", finding.name),
        ("cycle", finding.name),
        (*place, finding.name),
        (*place, "role") if finding.code is Code.UNKNOWN_NAME else (),
        ("parameters",) if not finding.name and not finding.subject else (),
    ):
        if number := lines.get(path):
            return replace(finding, message=f"{finding.message}(第 {number} 行)")
    return finding


def _note(reader: Reader) -> str:
    note = reader.tables.get("note", "")
    if not isinstance(note, str):
        reader.block(Code.BAD_VALUE, "note 应为文字", "note")
    return str(note)


def _cycle(reader: Reader) -> tuple[date, date | None]:
    cycle = reader.tables.get("cycle")
    if not isinstance(cycle, dict):
        raise reader.refuse("缺少 [cycle] 和其中的 starts_on", "cycle")
    for key in sorted(cycle.keys() - {"starts_on", "ends_on"}):
        reader.block(Code.UNKNOWN_NAME, f"[cycle] 没有“{key}”这一项", "cycle", key)
    starts_on = cycle.get("starts_on")
    if not isinstance(starts_on, date) or not _is_day(starts_on):
        raise reader.refuse("starts_on 应为日期，如 2024-01-01", "cycle", "starts_on")
    return starts_on, _last_day(reader, cycle.get("ends_on"))


def _last_day(reader: Reader, value: object) -> date | None:
    if value is None or _is_day(value):
        return value  # type: ignore[return-value]  # _is_day has looked
    if isinstance(value, str):
        try:
            return parse_day(value)
        except InvalidValueError as problem:
            found = _DAY.fullmatch(value)
            if found and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31:  # noqa: PLR2004
                last = last_day_of_month(int(found[1]), int(found[2]))
                message = f"{problem}；已改用 {last}"
                reader.problems.append(
                    Finding(Code.IMPOSSIBLE_DATE, Effect.WARNS, message, name="ends_on")
                )
                return last
    reader.block(Code.BAD_VALUE, "ends_on 应为日期，如 2024-12-31", "cycle", "ends_on")
    return None


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _settings(reader: Reader) -> dict[str, SettingValue]:
    return {
        name: _setting(reader, name, value)
        for name, value in table_of(reader, "parameters").items()
    }


def _setting(reader: Reader, name: str, value: object) -> SettingValue:
    match value:
        case bool():
            return value
        case int() | Decimal():
            return _sensible(Decimal(value))
        case str() if _NUMBER.fullmatch(value):
            return _sensible(Decimal(value))
        case str():
            return value
        case _:
            reader.block(Code.BAD_VALUE, f"参数“{name}”应为一个值", "parameters", name)
            return str(value)


def _sensible(number: Decimal) -> Decimal | str:
    """The number; one that nobody can mean becomes a word, which is then refused."""
    return number if is_sensible(number) else str(number)


def _people(reader: Reader) -> tuple[Appraisee, ...]:
    rows = reader.tables.get("people", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise reader.refuse("[[people]] 应为一组人员", "people")
    people: list[Appraisee] = []
    for number, row in enumerate(rows, start=1):
        here = ("people", str(number))
        key = row.get("id")
        if not isinstance(key, str) or not isinstance(row.get("role"), str):
            raise reader.refuse("[[people]] 的每个人都要有文字的 id 和 role", *here)
        for name in sorted(row.keys() - _PERSON):
            reader.block(
                Code.UNKNOWN_NAME, f"[[people]] 没有“{name}”这一项", *here, name, subject=key
            )
        if key in ("team", CYCLE) or any(one.key == key for one in people):
            reader.block(Code.BAD_VALUE, f"人员 id “{key}”重复或不可用", *here, "id", subject=key)
            continue  # it would be taken for the team, or for the one before
        for name in ("group", "team"):
            if not isinstance(row.get(name, ""), str):
                reader.block(Code.BAD_VALUE, f"{name} 应为文字", *here, name, subject=key)
        dates: dict[str, date | None] = {}
        for name in ("hired_on", "left_on"):
            value = row.get(name)
            if value is not None and not _is_day(value):
                reader.block(
                    Code.BAD_VALUE, f"{name} 应为日期，如 2024-03-01", *here, name, subject=key
                )
                value = None
            dates[name] = value
        group, team = (str(row.get(name, "")) for name in ("group", "team"))
        people.append(Appraisee(key, row["role"], dates["hired_on"], dates["left_on"], group, team))
    return tuple(people)


def _facts(reader: Reader, scheme: Scheme) -> tuple[Fact, ...]:
    of_people, of_team = known_facts(scheme), known_team_facts(scheme)
    facts: list[Fact] = []
    for subject, rows in table_of(reader, "facts").items():
        known = of_team if subject == TEAM else of_people
        if not isinstance(rows, dict):
            raise reader.refuse(f"[facts.{subject}] 应为一张表", "facts", subject)
        for name, value in rows.items():
            first = known[name].grains[0] if name in known else Grain.CYCLE
            bare = CYCLE if first is Grain.CYCLE else EACH
            if isinstance(value, dict) and EACH in value:
                reader.block(
                    Code.BAD_VALUE,
                    f"“{EACH}”不是期间，请写成 2026、2026H1、2026Q3、2026-05 或 cycle",
                    "facts",
                    subject,
                    name,
                    EACH,
                    subject=subject,
                )
            by_period = value if isinstance(value, dict) else {bare: value}
            for period, one in by_period.items():
                where = reader.line("facts", subject, name, period).strip()
                origin = Origin(f"{reader.path.name} {where}".strip())
                facts.append(Fact(subject, name, fact_value(one), period, origin))
    return tuple(facts)


def fact_value(value: object) -> FactValue:
    """A TOML value as a fact's value; what fits no fact becomes a word, which is then refused."""
    match value:
        case bool():
            return value
        case int() | Decimal():
            return _sensible(Decimal(value))
        case str():
            return _sensible(Decimal(value)) if _NUMBER.fullmatch(value) else value
        case list():
            items = [fact_value(one) for one in value]
            numbers = tuple(one for one in items if isinstance(one, Decimal))
            return numbers if items and len(numbers) == len(items) else tuple(map(str, items))
        case _:
            return str(value)
