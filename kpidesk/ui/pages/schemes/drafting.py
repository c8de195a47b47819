"""Beginning, publishing and giving up drafts: the questions that are asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.dialogs.messages import confirm, show_message
from kpidesk.ui.errors import message_of
from kpidesk.ui.files import choose_file, file_name, write_whole
from kpidesk.ui.forms import Form, FormDialog, TextField
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.schemes.lined import LinedGrid
from kpidesk.ui.widgets import label, scrolled
from kpidesk.usecases import editing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kpidesk.core.lint.edits import Edit
    from kpidesk.core.lint.flaw import Flaw
    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.look import Look
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.editing import DraftRow, DraftSaved, Published

_KINDS = "方案文件 (*.toml)"
_DIFFERENCES = (("改了什么", 150, 2), ("原来", 170, 3), ("现在", 170, 3))
_WIDTH, _HEIGHT = 720, 420
_MOST_SAID = 6


def ask_title(
    desk: Desk, parent: QWidget, base: str, suggested: str, done: Callable[[DraftSaved], object]
) -> FormDialog:
    """A scheme of its own: what it is called."""
    form = Form(desk.look)
    title = form.add(TextField("方案名称", required=True, hint="例如：销售部绩效考核方案"))
    title.set_value(suggested)
    actor, today = desk.officer, desk.today

    def act() -> Callable[[Company], DraftSaved]:
        name = title.value()
        return lambda company: editing.begin(
            company,
            base=base,
            title=name,
            actor=actor,
            today=today,
        )

    what = "复制为新方案" if base else "新建空白方案"
    dialog = FormDialog(desk, parent, what, form, act=act, save="开始编辑", done=done)
    dialog.open()
    return dialog


def revise(
    desk: Desk, owner: QWidget, scheme: Scheme, done: Callable[[DraftSaved], object]
) -> None:
    """A draft of the next version of a scheme."""
    base, actor, today = scheme.id, desk.officer, desk.today
    desk.act(
        lambda company: editing.begin(company, base=base, actor=actor, today=today),
        done,
        owner=owner,
    )


def import_file(desk: Desk, parent: QWidget, done: Callable[[DraftSaved], object]) -> None:
    """A draft from a file; mistakes in it are listed."""
    actor, today = desk.officer, desk.today

    def failed(problem: Exception) -> None:
        show_message(desk, parent, "不能导入这个文件", message_of(problem), Tone.WARN)

    def chosen(path: Path) -> None:
        desk.act(
            lambda company: editing.import_draft(company, path, actor=actor, today=today),
            done,
            failed,
            owner=parent,
        )

    choose_file(parent, "导入方案文件", desk.documents / "x", _KINDS, chosen, to_save=False)


def export_file(desk: Desk, parent: QWidget, scheme: Scheme) -> None:
    """A scheme as a file, to keep or to give to somebody."""

    def chosen(path: Path) -> None:
        desk.tasks.run(
            lambda: write_whole(path, editing.toml_of(scheme).encode()),
            lambda _: desk.tell(f"已保存到 {path}"),
            owner=parent,
        )

    start = desk.documents / f"{file_name(scheme.title)}.toml"
    choose_file(parent, "导出方案文件", start, _KINDS, chosen, to_save=True)


def discard(desk: Desk, parent: QWidget, draft: DraftRow, done: Callable[[], object]) -> Dialog:
    """Give a draft up, after asking."""
    actor, today = desk.officer, desk.today

    def go() -> None:
        desk.act(
            lambda company: editing.discard(company, draft.id, actor=actor, today=today),
            lambda _: done(),
            owner=parent,
        )

    return confirm(
        desk,
        parent,
        title=f"放弃草稿“{draft.title}”？",
        text="草稿里的修改将丢失；已经发布的版本不受影响。",
        action="放弃草稿",
        back="保留",
        danger=True,
        then=go,
    )


def refuse(
    desk: Desk, parent: QWidget, wrong: Sequence[Flaw], check_up: Callable[[], object]
) -> Dialog:
    """Why a draft cannot be published yet; one click leads to the check-up."""
    listed = "\n".join(f"· {one.message}" for one in wrong[:_MOST_SAID])
    more = len(wrong) - _MOST_SAID
    rest = f"\n……另有 {more} 处，都列在体检里。" if more > 0 else ""
    return confirm(
        desk,
        parent,
        title=f"还不能发布：有 {len(wrong)} 处错误",
        text=f"{listed}{rest}",
        action="看体检",
        back="关闭",
        then=check_up,
    )


class PublishDialog(Dialog):
    """What the new version changes, once more, before it can never be changed again."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        draft: int,
        found: Sequence[Edit],
        done: Callable[[Published], object],
    ) -> None:
        """`found` are the differences; `done` gets the version."""
        super().__init__(parent, "发布方案", width=_WIDTH)
        self._desk, self._draft, self._done = desk, draft, done
        said = "发布后这个版本不再改动；已有的责任书仍按它们原来的版本，新拟定的可以选用新版本。"
        self.body.addWidget(label(said, wrap=True))
        area = _scrolled(desk, found)
        area.setMinimumHeight(_HEIGHT if found else 60)
        self.body.addWidget(area, 1)
        self.add_buttons("发布")

    def accept(self) -> None:
        """Publish; what stands against it is said."""
        actor, today, draft = self._desk.officer, self._desk.today, self._draft
        self.accept_button.setEnabled(False)
        parent = self.parentWidget()

        def failed(problem: Exception) -> None:
            self.reject()
            if parent is not None:
                show_message(self._desk, parent, "还不能发布", message_of(problem), Tone.WARN)

        def made(published: Published) -> None:
            super(PublishDialog, self).accept()
            self._done(published)

        self._desk.act(
            lambda company: editing.publish(company, draft, actor=actor, today=today),
            made,
            failed,
            owner=self,
        )


def show_differences(desk: Desk, parent: QWidget, found: Sequence[Edit]) -> Dialog:
    """What a draft changes in the scheme that it was begun from."""
    dialog = Dialog(parent, "与原方案的差别", width=_WIDTH)
    area = _scrolled(desk, found)
    area.setMinimumHeight(_HEIGHT)
    dialog.body.addWidget(area, 1)
    dialog.add_buttons("关闭", reject="")
    dialog.open()
    return dialog


def _scrolled(desk: Desk, found: Sequence[Edit]) -> QWidget:
    holder = Holder(spacing=0)
    holder.put(differences_grid(desk.look, found), spring=True)
    return scrolled(holder)


def differences_grid(look: Look, found: Sequence[Edit]) -> QWidget:
    """What was and what is, side by side."""
    if not found:
        return label("没有改动责任书里的任何内容，或没有可以比较的上一版。", "muted", wrap=True)
    grid = LinedGrid(look, _DIFFERENCES)
    for one in found:
        grid.add([one.what, one.before, one.after])
    return grid
