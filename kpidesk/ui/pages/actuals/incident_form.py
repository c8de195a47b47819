"""The form of an incident: who, when, for or against, what happened, the papers that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.incident import LARGEST_FILE, LONGEST_NOTE, Side
from kpidesk.ui.forms import ChoiceField, DateField, Form, FormDialog, MultilineField, TextField
from kpidesk.ui.forms.attachments import FilesField
from kpidesk.usecases import incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.core.people import PersonId
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.changes import Changes
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.incidents import IncidentRow

SIDES = ((Side.GOOD, "正（做得好）"), (Side.BAD, "负（出了问题）"))


def incident_dialog(
    desk: Desk,
    parent: QWidget,
    people: Sequence[tuple[PersonId, str]],
    old: IncidentRow | None = None,
) -> FormDialog:
    """Ask for an incident, or for what is to stand in its place; save it."""
    form = Form(desk.look)
    whose = form.add(ChoiceField("姓名", people, required=True, searchable=True), half=True)
    on = form.add(DateField(desk.look, "日期", required=True, most=desk.today), half=True)
    side = form.add(ChoiceField("正负", list(SIDES), required=True), half=True)
    note = form.add(
        MultilineField(
            "经过", required=True, most=LONGEST_NOTE, lines=4, hint="什么事、怎么做的、结果怎样"
        )
    )
    hint = f"照片、扫描件、邮件等，每个不超过 {LARGEST_FILE >> 20} MB；存进公司文件，随时可以取出"
    files = form.add(FilesField(desk, "附件", hint=hint))
    reason = form.add(
        TextField(
            "理由",
            required=old is not None and old.is_settled,
            hint="这一天所在的考核期已经定分时必须填写",
        )
    )
    if old is None:
        on.set_value(desk.today)
    else:
        whose.set_value(old.person)
        on.set_value(old.incident.on)
        side.set_value(old.incident.side)
        note.set_value(old.incident.note)
        files.set_kept(old.incident.files)

    def act() -> Callable[[Company], Changes]:
        person, day, which = whose.chosen(), on.value() or desk.today, side.chosen()
        text, kept, added, why = note.value(), files.kept, files.value(), reason.value()
        replaces = old.id if old is not None else None
        actor, today = desk.officer, desk.today
        return lambda company: incidents.write_incident(
            company,
            person=person,
            on=day,
            side=which,
            note=text,
            kept=kept,
            files=added,
            replaces=replaces,
            reason=why,
            actor=actor,
            today=today,
        )

    title = "记一件事" if old is None else f"修改：{old.name} {old.incident.on}"
    dialog = FormDialog(desk, parent, title, form, act=act, width=600)
    dialog.open()
    return dialog
