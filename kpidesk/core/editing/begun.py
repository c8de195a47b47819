"""A scheme to which something is being added: each need is met by what is there, or made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from kpidesk.core.editing.places import words_in
from kpidesk.core.editing.writing import free_parameter
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.event_kinds import EventKind
from kpidesk.core.paying.rules import PayRule
from kpidesk.core.scheme import FactSpec, Role, Scheme
from kpidesk.core.settings import Parameter, ParameterKind, Ref

R = TypeVar("R", bound=PayRule)


class Begun:
    """The scheme so far; what is asked for is added once."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    @property
    def leaders(self) -> tuple[str, ...]:
        """The role that only one may have, where there is one."""
        return tuple(one.name for one in self.scheme.roles if one.at_most == 1)[:1]

    @property
    def members(self) -> tuple[str, ...]:
        """All other roles; everybody where there is no other."""
        others = [one.name for one in self.scheme.roles if one.name not in self.leaders]
        return tuple(others) or self.leaders

    def leader(self) -> tuple[str, ...]:
        """The role that only one may have; made where there is none."""
        if not self.leaders:
            name = free("role", (one.name for one in self.scheme.roles))
            role = Role(name, "部门负责人", at_most=1)
            self.scheme = replace(self.scheme, roles=(*self.scheme.roles, role))
        return self.leaders

    def fact(self, spec: FactSpec, *, fixed: bool = False) -> str:
        """A figure like this; one that is there already stays as it is.

        Another one of its name keeps that: InvalidValueError where the rule has no other
        (`fixed`).
        """
        known = {one.name: one for one in self.scheme.facts if one.of_team == spec.of_team}
        there = known.get(spec.name)
        if there is not None:
            if (there.unit, there.grains, there.kind) == (spec.unit, spec.grains, spec.kind):
                return spec.name
            if fixed:
                msg = (
                    f"方案里已有数据项“{there.label}”，与这种薪酬要用的“{spec.label}”"
                    "（按季度填写）冲突；请另建一个方案"
                )
                raise InvalidValueError(msg)
            spec = replace(spec, name=free(spec.name, known))
        self.scheme = replace(self.scheme, facts=(*self.scheme.facts, spec))
        return spec.name

    def event(self, kind: EventKind) -> str:
        """A kind of dated line."""
        if self.scheme.event(kind.name) is None:
            self.scheme = replace(self.scheme, events=(*self.scheme.events, kind))
        return kind.name

    def flag(self, label: str, meaning: str, *, default: bool) -> Ref:
        """A parameter that is yes or no: rules take these from nowhere else."""
        name = free_parameter(self.scheme)
        parameter = Parameter(name, label, ParameterKind.FLAG, meaning, default=default)
        self.scheme = replace(self.scheme, parameters=(*self.scheme.parameters, parameter))
        return Ref(name)

    def rule(self, kind: type[R]) -> R | None:
        """The last line of pay of a kind."""
        found = (one for one in reversed(self.scheme.pay) if isinstance(one, kind))
        return next(found, None)

    def add(self, rule: PayRule) -> None:
        """One more line of pay."""
        self.scheme = replace(self.scheme, pay=(*self.scheme.pay, rule))

    def result(self, stem: str = "pay") -> str:
        """A name for a result that nothing has yet."""
        return free(stem, words_in(self.scheme.pay))


def free(stem: str, taken: Iterable[str]) -> str:
    """The stem with the first number that nothing has."""
    known = set(taken)
    number = 1
    while f"{stem}_{number}" in known:
        number += 1
    return f"{stem}_{number}"
