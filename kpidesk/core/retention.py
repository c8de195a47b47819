"""How long a company keeps what it knows of those who left, and what takes its place afterwards.

No period of the law is built in: the officer enters the company's own, with its source.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import PersonId
from kpidesk.core.period import MONTHS_IN_YEAR, add_months

REMOVED: Final = "（已匿名）"
"""What stands where a text about a person was."""
EMPTY_HASH: Final = sha256(b"").hexdigest()
_LONGEST: Final = 50
_BASIS_LETTERS: Final = 200


@dataclass(frozen=True, slots=True)
class Retention:
    """So many whole years after the last day in service, and where that is laid down (依据)."""

    years: int
    basis: str

    def __post_init__(self) -> None:
        """Refuse a period that is none, or whose source nobody can look up."""
        if not 1 <= self.years <= _LONGEST:
            msg = f"保存期限应为 1 至 {_LONGEST} 年，现在是 {self.years} 年"
            raise InvalidValueError(msg)
        if not self.basis.strip():
            msg = "请填写保存期限的依据，例如公司的人事档案管理制度第几条"
            raise InvalidValueError(msg)
        if len(self.basis) > _BASIS_LETTERS:
            msg = f"依据最多 {_BASIS_LETTERS} 个字，现在有 {len(self.basis)} 个"
            raise InvalidValueError(msg)

    def over_on(self, left_on: date) -> date:
        """The first day after the period, for somebody whose last day in service is given."""
        return add_months(left_on, MONTHS_IN_YEAR * self.years) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """What a person is called from then on."""

    name: str
    number: str

    @classmethod
    def of(cls, person: PersonId) -> Pseudonym:
        """The same for the same person, another for each."""
        return cls(f"已匿名{person}", f"匿名{person}")


def nameless(action: str, said: Any, pseudonym: Pseudonym, emptied: Collection[int]) -> Any:  # noqa: ANN401 - plain JSON
    """What a line of the log says of a person, as plain JSON, without what tells who it is.

    Of a person and a contract: name, number and the terms in free words; of an incident: what
    happened, and the files that are `emptied`, by number; of a look at a plan: what came of it. All
    else is as it was.
    """
    if not isinstance(said, dict):  # a state alone
        return said
    kind, _, what = action.partition(".")
    match kind, what:
        case "person", "posting":
            return said
        case "person", _:
            return {**said, "name": pseudonym.name, "number": pseudonym.number}
        case "incident", _:
            return {
                **said,
                "note": REMOVED,
                "files": [
                    _nameless_file(one) if one["id"] in emptied else one for one in said["files"]
                ],
            }
        case "appraisal", _:
            return {**said, "result": REMOVED} if "result" in said else said
        case _:
            return nameless_contract(said, pseudonym) if "party_b" in said else said


def nameless_contract(said: dict[str, Any], pseudonym: Pseudonym) -> dict[str, Any]:
    """The terms of a contract, as plain JSON, without whose they are and without free words."""
    changed = {
        "party_b": {**said["party_b"], "name": pseudonym.name, "number": pseudonym.number},
        "special_terms": [REMOVED for _ in said["special_terms"]],
    }
    if amends := said.get("amends"):
        changed["amends"] = {**amends, "reason": REMOVED if amends["reason"] else ""}
    return {**said, **changed}


def _nameless_file(said: dict[str, Any]) -> dict[str, Any]:
    """A kept file of which nothing but its place is left."""
    return {**said, "name": REMOVED, "size": 0, "sha256": EMPTY_HASH}
