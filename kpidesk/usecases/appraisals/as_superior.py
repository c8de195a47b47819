"""What the head of a department may put on a sheet: the scores that the superior gives."""

from __future__ import annotations

from typing import Final

from kpidesk.core.period import CYCLE
from kpidesk.core.sheet import make_sheet
from kpidesk.core.sheet_fields import FieldKind, SheetField
from kpidesk.core.users import Role
from kpidesk.store.people import is_within, load_person
from kpidesk.usecases.access import NotYourRoleError
from kpidesk.usecases.appraisals.listing import SheetView
from kpidesk.usecases.session import Work, found

_SUPERIOR: Final = "superior"
_JUDGED: Final = (FieldKind.POINTS, FieldKind.LEVEL, FieldKind.STATEMENTS)


def is_superiors(view: SheetView, field: SheetField) -> bool:
    """Whether the superior fills in a field: a judgement of theirs, or of no kind of raters."""
    theirs = {"", *(one.label for one in view.scheme.raters if one.name == _SUPERIOR)}
    return field.kind in _JUDGED and field.rater in theirs and not field.agreed


def refuse_beyond(work: Work, before: SheetView, after: SheetView) -> None:
    """Refuse a head whatever is not a superior's score of somebody of their own."""
    user = work.user
    if user is None or user.role is not Role.HEAD or user.department is None:
        return
    person = found(load_person(work.connection, before.appraisal.person), "被考核人")
    if not is_within(work.connection, person.department, user.department):
        msg = f"{person.name}不是您部门的人，不能给{person.name}评分"
        raise NotYourRoleError(msg)
    if person.id == user.person:
        msg = "这是您自己的评分表，由您的上级评分"
        raise NotYourRoleError(msg)
    for one in frozenset(before.appraisal.entries) ^ frozenset(after.appraisal.entries):
        if not _is_theirs(before, one.name, one.period):
            msg = "部门负责人只填写由上级评的分；数据和其他人的评分请交人事专员填写"
            raise NotYourRoleError(msg)


def _is_theirs(view: SheetView, name: str, period: str) -> bool:
    for stage in dict.fromkeys((view.stage, CYCLE)):
        sheet = make_sheet(view.scheme, view.contract, view.appraisal, stage=stage)
        for row in sheet.rows:
            for one in row.fields:
                if (one.fact, one.period) == (name, period):
                    return is_superiors(view, one)
    return False
