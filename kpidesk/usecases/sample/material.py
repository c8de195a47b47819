"""What the sample company is made from: `resources/sample`, read into values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from cattrs import Converter

from kpidesk.codec import make_converter
from kpidesk.core.incident import Side
from kpidesk.core.settings import SettingValue
from kpidesk.exchange.toml_file import read_toml
from kpidesk.usecases.sample.decided import Changed, Correction, Exempted

_SETTINGS = dict[str, SettingValue]
FOLDER = Path(__file__).resolve().parents[3] / "resources" / "sample"


@dataclass(frozen=True, slots=True)
class Unit:
    """A department, and the name of the one above."""

    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person; `superior` is the superior's number."""

    number: str
    name: str
    department: str
    post: str
    hired_on: date
    superior: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Director:
    """An annual contract. `achieved` and `ratings` are what the year's figures scatter around.

    `sales` in 万元, `share` and `margin` in percent: target and actual.
    """

    person: str
    scheme: str
    sales: int
    achieved: int
    share: tuple[Decimal, Decimal]
    margin: tuple[Decimal, Decimal]
    ratings: tuple[int, int, int]
    indicators: str = ""
    settings: dict[str, SettingValue] = field(default_factory=dict)
    terms: tuple[str, ...] = ()
    signed: date | None = None
    left_open: str = ""


@dataclass(frozen=True, slots=True)
class Manager:
    """A contract with monthly sheets; `level` is the attainment (%) that months scatter around."""

    person: str
    role: str
    sales: int
    customers: int
    level: int
    first_month: int = 1
    drawn_up: date | None = None
    signed: date | None = None
    left_open: str = ""


@dataclass(frozen=True, slots=True)
class Seller:
    """A contract that is paid by quarters, in yuan; `actual` of a quarter may still be missing."""

    person: str
    role: str
    target: Decimal
    actual: tuple[Decimal, ...]
    coefficient: tuple[Decimal, ...]
    base_salary: Decimal
    variable_pay: Decimal


@dataclass(frozen=True, slots=True)
class PayCorrection:
    """What somebody really brought in, in a quarter that was settled already."""

    person: str
    quarter: int
    actual: Decimal
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Sellers:
    """Who is paid by quarters.

    `settled` are the days of the settlements, `entered` that of the figures of the last quarter,
    which is still open.
    """

    drawn_up: date
    printed: date
    signed: date
    settled: tuple[date, ...]
    entered: date
    people: tuple[Seller, ...]
    correction: PayCorrection


@dataclass(frozen=True, slots=True)
class Days:
    """When things are done; `scored` holds the scoring session after each quarter."""

    founded: date
    drawn_up: date
    printed: date
    signed: date
    scored: tuple[date, date, date, date]
    closed: date


@dataclass(frozen=True, slots=True)
class Best:
    """A month far above plan."""

    person: str
    month: int
    percent: int


@dataclass(frozen=True, slots=True)
class Late:
    """A month with more delays than the scheme's table knows."""

    person: str
    month: int
    times: int


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is added to somebody's contract in the middle of the year."""

    person: str
    drawn_up: date
    printed_on: date
    signed_on: date
    effective_on: date
    reason: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyDays:
    """When the paper copies of the directors' contracts were sealed, and given to them."""

    sealed_on: date
    delivered_on: date


@dataclass(frozen=True, slots=True)
class NextYear:
    """The contracts under way for the year after; `raise_` is how much targets rise (%)."""

    drawn_up: date
    printed_on: date
    void_on: date
    raise_: int
    drafts: tuple[str, ...]
    printed: tuple[str, ...]
    void: str
    void_reason: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody did well or badly on a day."""

    person: str
    on: date
    side: Side
    note: str


@dataclass(frozen=True, slots=True)
class Move:
    """Another department, post and superior from a day on."""

    person: str
    on: date
    department: str
    post: str
    superior: str


@dataclass(frozen=True, slots=True)
class Material:
    """The sample company before anything has happened."""

    seed: int
    year: int
    name: str
    representative: str
    address: str
    officer: str
    seasons: tuple[int, ...]
    growth_step: Decimal
    days: Days
    departments: tuple[Unit, ...]
    people: tuple[Member, ...]
    directors: tuple[Director, ...]
    managers: tuple[Manager, ...]
    sellers: Sellers
    best: Best
    late: Late
    override: Changed
    exemption: Exempted
    correction: Correction
    amendment: Amendment
    copies: CopyDays
    next_year: NextYear
    incidents: tuple[Happening, ...]
    moves: tuple[Move, ...]

    def member(self, number: str) -> Member:
        """The person of a number."""
        return next(one for one in self.people if one.number == number)


@dataclass(frozen=True, slots=True)
class Talk:
    """What is written down at an interview."""

    strengths: str
    weaknesses: str
    comment: str
    plan: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Interviews after good, fair and poor results, and those of directors."""

    good: tuple[Talk, ...]
    fair: tuple[Talk, ...]
    poor: tuple[Talk, ...]
    director: tuple[Talk, ...]


def read_material() -> tuple[Material, Words]:
    """The company and its words."""
    converter = _converter()
    company, _ = read_toml(FOLDER / "company.toml")
    company["next_year"]["raise_"] = company["next_year"].pop("raise")
    words, _ = read_toml(FOLDER / "words.toml")
    return converter.structure(company, Material), converter.structure(words, Words)


def _converter() -> Converter:
    """Ours, with dates and numbers as TOML writes them."""
    converter = make_converter()
    converter.register_structure_hook(date, lambda value, _: value)
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    converter.register_structure_hook_func(lambda wanted: wanted == _SETTINGS, _settings)
    return converter


def _settings(table: dict[str, int | str | bool], _: object) -> dict[str, SettingValue]:
    """A table of parameters: whole numbers become decimals."""
    return {
        name: value if isinstance(value, bool | str) else Decimal(value)
        for name, value in table.items()
    }
