"""Schemes: what ships with the program, and what a company file has pinned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.combine import needs_indicators, with_indicators
from kpidesk.core.computed import what_is_computed
from kpidesk.core.cycles import cycle_of
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.evaluate import evaluate
from kpidesk.core.facts import Appraisee, Facts
from kpidesk.core.findings import Code, Finding
from kpidesk.core.period import Grain, Period
from kpidesk.core.scheme import Role, Scheme
from kpidesk.core.settings import Ref
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.store.schemes import OWN_MARK, load_scheme, own_schemes, pin
from kpidesk.usecases.session import Company, Work, found

_CYCLES: Final = {
    Grain.MONTH: "每月",
    Grain.QUARTER: "每季度",
    Grain.HALF_YEAR: "每半年",
    Grain.YEAR: "每年",
    Grain.CYCLE: "自定",
}
_ABOUT_THE_SCHEME: Final = frozenset(
    {
        Code.MISSING_PARAMETER,
        Code.NOT_IN_SOURCE,
        Code.POINTS_NOT_100,
        Code.WEIGHTS_NOT_100,
        Code.WEIGHTS_NOT_PARENT,
        Code.RATER_WEIGHTS_NOT_100,
    }
)
_ANY_YEAR: Final = Period.parse("2026")


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """A scheme for lists; one that is not `usable` needs another's indicators.

    One that is `lost` can be read, but nothing can be computed with it. `computed` says in
    Chinese what comes out of it. `edition` ends the title of a version that the company made.
    """

    id: str
    version: int
    title: str
    roles: tuple[Role, ...]
    cycle: str
    indicators: int
    source_lines: str
    usable: bool
    lost: bool
    computed: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class SchemeDetails:
    """A scheme, and what is to be known about it before any figure is entered."""

    scheme: Scheme
    findings: tuple[Finding, ...]


def list_schemes(company: Company | None = None) -> tuple[SchemeRow, ...]:
    """The schemes that contracts can be drawn up from, by title; the company's own after theirs."""
    rows = (_row(one) for one in _schemes(company))
    return tuple(sorted(rows, key=lambda row: (row.title.removesuffix(row.edition), row.version)))


def grade_names(company: Company) -> tuple[str, ...]:
    """The names of all grades of all schemes, from the best down."""
    scales = (one.grades for one in _schemes(company) if one.grades is not None)
    names = (band.value for scale in scales for band in reversed(scale.bands.rows))
    return tuple(dict.fromkeys(names))


def _schemes(company: Company | None) -> list[Scheme]:
    schemes = [builtin_scheme(one) for one in builtin_ids()]
    if company is not None:
        with company.read() as connection:
            schemes += own_schemes(connection, company.path)
    return schemes


def scheme_details(
    scheme_id: str, version: int | None = None, *, company: Company | None = None
) -> SchemeDetails:
    """A scheme as it ships, the company's own, or the version that a company file has pinned."""
    if company is None:
        scheme = builtin_scheme(scheme_id)
    else:
        with company.read() as connection:
            if version is None:
                scheme = current_scheme(company, connection, scheme_id)
            else:
                scheme = _pinned(company, connection, scheme_id, version)
    return SchemeDetails(scheme, _findings(scheme))


def current_scheme(company: Company, connection: Connection, scheme_id: str) -> Scheme:
    """The scheme of an id as new contracts use it: built-in, or a version of the company's own."""
    if OWN_MARK not in scheme_id:
        return builtin_scheme(scheme_id)
    own = own_schemes(connection, company.path)
    return found(next((one for one in own if one.id == scheme_id), None), f"考核方案 {scheme_id}")


def edition_text(scheme: Scheme) -> str:
    """How a version that the company made is told apart from others; empty for a built-in one."""
    return f"（本公司第 {scheme.version} 版）" if OWN_MARK in scheme.id else ""


def family_of(scheme_id: str) -> str:
    """What the ids of all versions of a scheme begin with: the id of the built-in one, if any."""
    return scheme_id.partition(OWN_MARK)[0]


def next_version(work: Work, family: str, scheme: Scheme) -> Scheme:
    """The scheme under the next free number of the company's versions of a family."""
    made = own_schemes(work.connection, work.company.path)
    numbers = [one.version for one in made if family_of(one.id) == family]
    number = max(numbers, default=0) + 1
    title = scheme.title.removesuffix(edition_text(scheme))
    numbered = replace(scheme, id=f"{family}{OWN_MARK}{number}", version=number)
    return replace(numbered, title=f"{title}{edition_text(numbered)}")


def pin_current(work: Work, scheme_id: str) -> Scheme:
    """The scheme as this company file uses it; kept in the file from its first use on."""
    scheme = current_scheme(work.company, work.connection, scheme_id)
    if pin(work.connection, scheme):
        work.log("scheme.pin", f"scheme:{scheme.id}@{scheme.version}", after=scheme)
    return _pinned(work.company, work.connection, scheme.id, scheme.version)


def bound(terms: Scheme, indicators: Scheme | None) -> Scheme:
    """The scheme that a contract computes with: its own, or with another's indicators."""
    if indicators is not None:
        return with_indicators(terms, indicators)
    if needs_indicators(terms):
        msg = f"方案“{terms.title}”的原文缺少指标，请同时选择一个提供指标的方案"
        raise NotAllowedError(msg)
    return terms


def bound_as(
    company: Company, connection: Connection, scheme: Scheme, indicators: tuple[str, int]
) -> Scheme:
    """A scheme with the pinned indicators that a contract took for it, where it has none."""
    if not needs_indicators(scheme) or not indicators[0]:
        return scheme
    return bound(scheme, _pinned(company, connection, *indicators))


def contract_scheme(
    company: Company,
    connection: Connection,
    scheme: tuple[str, int],
    indicators: tuple[str, int] = ("", 0),
) -> Scheme:
    """The pinned scheme of a contract, with the pinned indicators where it has others'."""
    key = (*scheme, *indicators)
    if key not in company.schemes:
        terms = _pinned(company, connection, *scheme)
        other = _pinned(company, connection, *indicators) if indicators[0] else None
        company.schemes[key] = bound(terms, other)
    return company.schemes[key]


def _pinned(company: Company, connection: Connection, scheme_id: str, version: int) -> Scheme:
    what = f"考核方案 {scheme_id} 第 {version} 版"
    scheme, _ = found(load_scheme(connection, scheme_id, version, company.path), what)
    return scheme


def _row(scheme: Scheme) -> SchemeRow:
    return SchemeRow(
        scheme.id,
        scheme.version,
        scheme.title,
        scheme.roles,
        _cycle(scheme),
        sum(1 for _ in scheme.leaves()),
        scheme.source_lines,
        not needs_indicators(scheme),
        bool(scheme.lost),
        what_is_computed(scheme),
        edition_text(scheme),
    )


def _cycle(scheme: Scheme) -> str:
    if not isinstance(scheme.cycle, Ref):
        return _CYCLES[scheme.cycle]
    parameter = scheme.parameter(scheme.cycle.parameter)
    if parameter is None:
        return _CYCLES[Grain.CYCLE]
    return "或".join(_CYCLES[Grain(choice.value)] for choice in parameter.choices)


def _findings(scheme: Scheme) -> tuple[Finding, ...]:
    """What an evaluation without any figures says about the scheme itself."""
    settings = {one.name: one.default for one in scheme.parameters if one.default is not None}
    outcome = evaluate(
        scheme,
        cycle=cycle_of(scheme, settings, _ANY_YEAR.start),
        people=(Appraisee("person", scheme.roles[0].name),),
        facts=Facts(),
        settings=settings,
    )
    return tuple(one for one in outcome.findings if one.code in _ABOUT_THE_SCHEME)
