"""A run as a whole: what each line comes to, beside the run before it, and its lights."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.exact import ZERO, Number, add, sum_of
from kpidesk.core.payroll.comparing import Compared, compare
from kpidesk.core.payroll.lawful import LegalNote, worst
from kpidesk.core.wording import Light, Wording, contract_wordings, scheme_wordings
from kpidesk.usecases.pay.standing import PersonPay
from kpidesk.usecases.pay.viewing import PayView

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class RunOverview:
    """`lines` are the sums over the people; they must come to `total`, the sum of people's sums.

    `apart` is paid beside the total. `notes` name whom they concern; `lacking` are people whose
    sum is not known yet.
    """

    lines: tuple[tuple[str, Number], ...]
    total: Number
    apart: Number
    compared: Compared | None
    notes: tuple[tuple[PersonPay, LegalNote], ...]
    """Everything yellow or red, by person; `told` says what is true of several once."""
    wordings: tuple[tuple[str, Wording], ...]
    lacking: int

    @property
    def agrees(self) -> bool:
        """Whether the sums of the lines and of the people are the same."""
        return self.lacking > 0 or sum_of(amount for _, amount in self.lines) == self.total

    @property
    def told(self) -> tuple[tuple[Light, str], ...]:
        """The notes for reading, the worst first: names in front of what is true of them."""
        names: dict[tuple[Light, str], list[str]] = {}
        for pay, note in self.notes:
            names.setdefault((note.light, note.message), []).append(pay.member.name)
        order = list(Light)
        return tuple(
            (light, f"{_named(people)}：{message}")
            for (light, message), people in sorted(
                names.items(), key=lambda item: -order.index(item[0][0])
            )
        )

    def count(self, light: Light) -> int:
        """How many people have a light."""
        lights: dict[str, list[LegalNote]] = {}
        for pay, note in self.notes:
            lights.setdefault(pay.member.subject, []).append(note)
        return sum(1 for notes in lights.values() if worst(notes) is light)


def overview_of(view: PayView) -> RunOverview:
    """A run as a whole."""
    sums: dict[str, Number] = dict.fromkeys(line_titles(view), ZERO)
    for pay in view.people:
        for one in pay.lines:
            if not one.apart:
                title = line_title(one.result.title, view.period.key)
                sums[title] = add(sums[title], one.figure.value)
    known = [one.sum_.value for one in view.people if one.sum_ is not None]
    contracts = [one.contract for one in view.group.members]
    words = [("方案", one) for one in scheme_wordings(view.group.scheme)]
    words += [
        (one.number, found)
        for one in contracts
        for found in contract_wordings(one, view.group.scheme)
    ]
    return RunOverview(
        tuple(sums.items()),
        sum_of(known),
        sum_of(x.figure.value for pay in view.people for x in pay.lines if x.apart),
        compare(view.group, view.evaluation, view.period),
        tuple(
            (pay, note)
            for pay in view.people
            for note in pay.notes
            if note.light is not Light.GREEN
        ),
        tuple(words),
        len(view.people) - len(known),
    )


def _named(people: list[str]) -> str:
    rest = f"等 {len(people)} 人" if len(people) > _MOST_NAMED else ""
    return "、".join(people[:_MOST_NAMED]) + rest


def line_titles(view: PayView, *, apart: bool = False) -> tuple[str, ...]:
    """What the lines of a run are called, in the order of the scheme; corrections last."""
    order = [item.result for item in view.group.items]
    names = {
        line_title(one.result.title, view.period.key): one.result.name
        for pay in view.people
        for one in pay.lines
        if one.apart is apart
    }
    places = {
        title: order.index(name) if name in order else len(order) for title, name in names.items()
    }
    return tuple(sorted(places, key=lambda title: places[title]))


def line_title(title: str, period: str) -> str:
    """What a line is called without the period that it is of."""
    return title.replace(f"（{period}）", "")
