"""The groups of people who share a pool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from kpidesk.core.facts import Appraisee
from kpidesk.core.paying.pooling.rules import PoolScope
from kpidesk.core.paying.run import PayRun
from kpidesk.core.settings import Word


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a pool, in the order given; `name` says who they are."""

    name: str
    people: tuple[Appraisee, ...]


def groups_of(scope: Word, run: PayRun) -> Iterator[Group]:
    """Everybody in service in the year, by grade, by team, or all together."""
    how = PoolScope(run.context.word(scope))
    groups: dict[str, list[Appraisee]] = {}
    for person in served(run):
        groups.setdefault(_key(how, person), []).append(person)
    for key, people in groups.items():
        yield Group(_name(how, key, len(groups)), tuple(people))


def served(run: PayRun) -> Iterator[Appraisee]:
    """Everybody in service on some day of the year."""
    return (one for one in run.people if one.in_service(run.context.cycle.period))


def _key(how: PoolScope, person: Appraisee) -> str:
    match how:
        case PoolScope.GRADE:
            return person.group
        case PoolScope.TEAM:
            return person.team
        case PoolScope.ALL:
            return ""
        case _:
            assert_never(how)


def _name(how: PoolScope, key: str, groups: int) -> str:
    """Who they are: 等级“一级”; those without one are 全体 where nobody has one."""
    kind = "团队" if how is PoolScope.TEAM else "等级"
    if key:
        return f"{kind}“{key}”"
    return "全体" if groups == 1 else f"未填{kind}的人员"
