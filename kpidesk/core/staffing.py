"""What is wrong with the people that an evaluation was given."""

from __future__ import annotations

from collections.abc import Sequence

from kpidesk.core.context import Context
from kpidesk.core.facts import Appraisee
from kpidesk.core.findings import Code
from kpidesk.core.period import Grain
from kpidesk.core.scheme import Role


def check_people(context: Context, people: Sequence[Appraisee]) -> None:
    """Report dates that contradict each other, unknown roles, and too many of one role."""
    roles = {role.name for role in context.scheme.roles}
    for person in people:
        if person.hired_on and person.left_on and person.left_on < person.hired_on:
            context.block(
                Code.BAD_VALUE,
                f"离职日期({person.left_on})早于入职日期({person.hired_on})，请改正其中一个",
                subject=person.key,
                name="left_on",
            )
        if person.role not in roles:
            context.block(
                Code.UNKNOWN_NAME,
                f"方案“{context.scheme.title}”没有角色“{person.role}”，"
                f"应为：{'、'.join(sorted(roles))}",
                subject=person.key,
                name=person.role,
            )
    for role in context.scheme.roles:
        if role.at_most:
            _check_number(role, context, people)


def _check_number(role: Role, context: Context, people: Sequence[Appraisee]) -> None:
    """No month with more people of a role than there can be; membership counts by months."""
    holders = [one for one in people if one.role == role.name]
    for month in context.cycle.parts(Grain.MONTH):
        serving = [one.key for one in holders if one.in_service(month)]
        if len(serving) > role.at_most:
            context.block(
                Code.BAD_VALUE,
                f"{role.title}最多 {role.at_most} 人，{month.key} 却有 {len(serving)} 人在职"
                f"（{'、'.join(serving)}）；中途交接的，请让前任到月底、后任从月初起计",
                subject=serving[-1],
                name="role",
            )
            return
