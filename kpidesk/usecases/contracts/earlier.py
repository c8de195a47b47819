"""What earlier contracts set, offered when the next ones are drawn up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpidesk.core.names import known_parameters
from kpidesk.core.people import PersonId
from kpidesk.core.scheme import Scheme
from kpidesk.core.settings import SettingValue
from kpidesk.store import contracts as store
from kpidesk.store.schemes import own_schemes
from kpidesk.usecases.schemes import family_of
from kpidesk.usecases.session import Company, found


@dataclass(frozen=True, slots=True)
class EarlierSetting:
    """A parameter as an earlier contract set it, and which: its number and whose it is."""

    name: str
    value: SettingValue
    number: str
    person: str


def earlier_settings(
    company: Company, *, people: Sequence[PersonId], scheme: Scheme, role: str, before: date
) -> tuple[EarlierSetting, ...]:
    """What the latest contracts of these people under the scheme (any version) set.

    What they set differently is left out: the new contracts have one value in common. People
    without an earlier one say nothing; where nobody has one, the latest of the same role speaks.
    """
    with company.read() as connection:
        family = family_of(scheme.id)
        own = own_schemes(connection, company.path)
        versions = {family, scheme.id, *(one.id for one in own if family_of(one.id) == family)}
        rows = store.contracts_before(connection, sorted(versions), role, before)
        latest = {person: id_ for id_, person in rows}
        wanted = [latest[one] for one in people if one in latest]
        loaded = [
            store.load_contract(connection, id_, company.path)
            for id_ in wanted or [id_ for id_, _ in rows[-1:]]
        ]
    contracts = [found(one, "这份责任书")[0] for one in loaded]
    known = known_parameters(scheme)
    settled: dict[str, EarlierSetting] = {}
    differ: set[str] = set()
    for one in contracts:
        said = dict(one.settings)
        differ |= {name for name in settled if name not in said}
        for name, value in one.settings:
            first = settled.get(name)
            if name not in known or name in differ:
                continue
            if first is None and one is contracts[0]:
                settled[name] = EarlierSetting(name, value, one.number, one.party_b.name)
            elif first is None or first.value != value:
                differ.add(name)
    return tuple(one for name, one in settled.items() if name not in differ)
