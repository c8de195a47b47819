"""Parameters of a scheme: what the source leaves open, with the company's choice or a default."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

NONE = "none"
"""The word for “no limit” where a parameter takes a number or nothing."""

SettingValue: TypeAlias = Decimal | str | bool
"""What a parameter can be set to; `NONE` for no limit."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands in a rule for the value of a parameter."""

    parameter: str


Amount: TypeAlias = Decimal | Ref
"""A number that a rule states, or the parameter that holds it."""

Word: TypeAlias = str | Ref
"""A choice that a rule states, or the parameter that holds it."""


class ParameterKind(StrEnum):
    """What may be written into a parameter."""

    NUMBER = "number"
    NUMBER_OR_NONE = "number_or_none"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice parameter, and how it reads in Chinese."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One open point of a scheme.

    `default` None is a blank of the source (BLANK): the company must fill it. `unit` is the
    Chinese unit of a number; `least` its lowest allowed value, exclusive when `above_least`;
    `most` its highest.
    `ambiguity` names the clause with several readings that it decides.
    """

    name: str
    label: str
    kind: ParameterKind
    meaning: str
    default: SettingValue | None = None
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    least: Decimal | None = None
    above_least: bool = False
    most: Decimal | None = None
    ambiguity: str = ""
    company_own: bool = False
    """Setting it puts the company's figure where the source has none: `not-in-source`."""

    def text(self, value: SettingValue) -> str:
        """A value of it in Chinese: the choice's words, 25分, 是, 不设限."""
        match value:
            case bool():
                return "是" if value else "否"
            case Decimal():
                grouped = f"{value:,f}" if self.unit.endswith("元") else f"{value:f}"
                return f" {grouped}{self.unit}"
            case _ if value == NONE:
                return "不设限"
            case _:
                words = {one.value: one.text for one in self.choices}
                return f"“{words.get(value, value)}”"
