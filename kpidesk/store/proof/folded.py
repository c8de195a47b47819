"""The last word of the log on each row that may change, for the row to be held to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kpidesk.core.contract import Copy
from kpidesk.core.copies import CopyState
from kpidesk.store.audit import ANONYMISED

Said = dict[str, Any]
_SETTINGS: Final = {
    "company.create": "company",
    "company.edit": "company",
    "review.rules": "review",
    "targets.season": "targets.season",
    "retention.edit": "retention",
}
"""By action: the key of the setting that it sets."""
_COPY: Final = "contract.copy."
_PARTS: Final = {
    "appraisal.enter": ("entry", "name", "period"),
    "appraisal.enter_again": ("second", "name", "period"),
    "appraisal.settle_difference": ("second", "name", "period"),
    "appraisal.override": ("override", "indicator"),
    "appraisal.restore_rule": ("override", "indicator"),
    "appraisal.exempt": ("exemption", "indicator"),
    "appraisal.appraise_again": ("exemption", "indicator"),
    "appraisal.raters": ("raters", "rater"),
}
"""By action: what of a sheet it writes, and what that is found by."""
_LISTS: Final = {
    "entries": ("entry", "name", "period"),
    "overrides": ("override", "indicator"),
    "exemptions": ("exemption", "indicator"),
    "raters": ("raters", "rater"),
    "seconds": ("second", "name", "period"),
}
"""By the list of a whole sheet: the same."""
Key = tuple[str, ...]


@dataclass(slots=True)
class Sheet:
    """A sheet: whose contract it is of, where it stands, and what was put on it since.

    `recorded` is the number of the last recording, which holds all that stood on it then.
    """

    contract: int
    cycle: str = ""
    state: str = "open"
    recorded: int = 0
    parts: dict[Key, Said | None] = field(default_factory=dict)
    """By kind and key; None was taken off."""


@dataclass(frozen=True, slots=True)
class Step:
    """A paper copy came to a state. An early log does not say when."""

    state: str
    on: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """Where somebody put a scanned page."""

    state: str
    slot: Said | None
    reason: str
    by: str


def parts_of(appraisal: Said) -> dict[Key, Said]:
    """All that stands on a whole sheet."""
    return {
        (kind, *(str(one[key]) for key in keys)): one
        for name, (kind, *keys) in _LISTS.items()
        for one in appraisal.get(name, ())
    }


@dataclass(slots=True)
class Folded:
    """What the log says, line after line; None was removed."""

    people: dict[str, Said | None] = field(default_factory=dict)
    departments: dict[str, Said | None] = field(default_factory=dict)
    settings: dict[str, Said] = field(default_factory=dict)
    sheets: dict[int, Sheet] = field(default_factory=dict)
    courses: dict[tuple[int, int, str], list[Step]] = field(default_factory=dict)
    """How each paper copy went: by contract, revision and copy."""
    scans: dict[str, tuple[str, Said]] = field(default_factory=dict)
    """Who received a file, and what came of it."""
    pages: dict[str, Decided] = field(default_factory=dict)
    """Where pages were put that were decided on by hand, last."""
    published: dict[str, str] = field(default_factory=dict)
    """Why a target plan was published, by plan and number."""
    _printings: dict[int, int] = field(default_factory=dict)

    def note(self, line: Sequence[str | None]) -> None:
        """One line: its moment, actor, action, object, before, after and reason."""
        _, actor, action, about, before, after, reason = (one or "" for one in line)
        _, _, key = about.partition(":")
        said = json.loads(after) if after else None
        was = json.loads(before) if before and said is None else None
        match action.partition(".")[0]:
            case "person" | "department":
                self._register(action, key, said)
            case "appraisal":
                self._sheet(action, key, said if said is not None else was, taken=said is None)
            case "contract" if key.isdigit():
                self._copies(action, int(key), said or {}, actor, reason)
            case "scan" if about.startswith("scan:"):
                self.scans[key] = (actor, said or {})
            case "scan":
                self.pages[key] = Decided(action.removeprefix("scan."), said, reason, actor)
            case _ if action == "targets.publish":
                self.published[f"{key}/{(said or {})['number']}"] = reason
            case _ if action in _SETTINGS and said is not None:
                self.settings[_SETTINGS[action]] = said

    def _register(self, action: str, key: str, said: Said | None) -> None:
        rows = self.people if action.startswith("person.") else self.departments
        if action == ANONYMISED and said is not None:
            gone = {"name": said["name"], "number": said["number"], "anonymised_on": said["on"]}
            rows[key] = {**(rows.get(key) or {}), **gone}
        elif action != "person.posting":
            rows[key] = said

    def _sheet(self, action: str, key: str, said: Said | None, *, taken: bool) -> None:
        """`said` is what a part is or, when it was `taken` off, was."""
        if action == "appraisal.open":
            self._open(int(key), said or {})
            return
        sheet = self.sheets.get(int(key))
        if sheet is None:
            return
        if action == "appraisal.finish" and said is not None:
            sheet.state, sheet.recorded, sheet.parts = "scored", int(said["number"]), {}
        elif action == "appraisal.reopen":
            sheet.state = "open"
        elif action == "appraisal.part":  # an early end cut it; unknown where words were taken out
            sheet.cycle, sheet.recorded, sheet.parts = "", 0, {}
            if said is not None:
                sheet.cycle = f"{said['cycle']['start']}/{said['cycle']['end']}"
                sheet.parts = dict(parts_of(said))
        elif action in _PARTS and said is not None:
            kind, *names = _PARTS[action]
            place = (kind, *(str(said[one]) for one in names))
            sheet.parts[place] = None if taken else said
            if action == "appraisal.settle_difference" and not taken:
                # Whichever of the two values was taken, both say it now; who typed it may differ.
                first = ("entry", *place[1:])
                sheet.parts[first] = {one: said[one] for one in ("name", "period", "value")}

    def _open(self, key: int, said: Said) -> None:
        """A contract gets its sheets; the earliest files have a line for each sheet."""
        if "contract" in said:
            cycle = f"{said['cycle']['start']}/{said['cycle']['end']}"
            self.sheets[key] = Sheet(int(said["contract"]), cycle)
            return
        cycles = said.get("cycles", "").split()
        for number in range(int(said["sheets"])):
            cycle = cycles[number] if number < len(cycles) else ""
            self.sheets[int(said["first"]) + number] = Sheet(key, cycle)

    def _copies(self, action: str, contract: int, said: Said, actor: str, reason: str) -> None:
        if action == "contract.print":
            revision = self._printings[contract] = self._printings.get(contract, 0) + 1
            for copy in said.get("copies", "party_a party_b").split():
                step = Step(CopyState.PRINTED.value, said.get("printed_on", ""), actor)
                self.courses[contract, revision, copy] = [step]
            return
        revision = self._printings.get(contract, 0)
        if action.startswith(_COPY):
            place = (contract, revision, action.removeprefix(_COPY))
            step = Step(said["state"], said["on"], actor, reason)
            self.courses.setdefault(place, []).append(step)
        elif action == "contract.sign":
            for one in Copy:
                course = self.courses.get((contract, revision, one.value))
                if course and CopyState.SIGNED.is_after(CopyState(course[-1].state)):
                    day = max(said.get("signed_on", ""), course[-1].on)
                    course.append(Step(CopyState.SIGNED.value, day, actor))
