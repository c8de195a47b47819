"""恢复备份: what would be lost and what returns, then the reason, then the swap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTabWidget

from kpidesk.ui.dialogs import Dialog, show_message
from kpidesk.ui.forms import TextField
from kpidesk.ui.keeping.words import moment_text
from kpidesk.ui.locking.unlock_dialog import UnlockDialog
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.records.words import action_text, local_text, object_text
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, label
from kpidesk.usecases.keeping.comparing import Comparison, Difference, LostLine, compare
from kpidesk.usecases.keeping.restoring import NotReopenedError, restore
from kpidesk.usecases.locking import how_locked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.keeping.listing import BackupRow
    from kpidesk.usecases.locking import Unlock

_SIZE = QSize(900, 600)
_NAMED = 6


class RestoreDialog(Dialog):
    """Nothing is changed before the reason is given and 恢复 is pressed."""

    chapter = "公司文件与备份"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        found: Comparison,
        done: Callable[[], object],
        unlock: Unlock | None = None,
    ) -> None:
        """`found` is the backup held against the open file; `done` when it was brought back.

        `unlock` is what was typed for a backup that another key opens.
        """
        super().__init__(parent, "恢复备份", width=_SIZE.width())
        self._desk, self._found, self._done, self._unlock = desk, found, done, unlock
        self._window = parent.window()
        at = moment_text(found.backup.at)
        self.body.addWidget(label(f"恢复到 {at} 的备份（{found.backup.reason}）", "heading"))
        self.warning = Banner(desk.look)
        self.warning.say(*_warning(found))
        self.body.addWidget(self.warning)
        self.locked = label("", "muted", wrap=True)
        said = lock_after(desk, is_plain=found.is_plain, has_own_key=found.has_own_key)
        self.locked.setText(said)
        self.body.addWidget(self.locked)
        self.model: RowsModel[Difference] = RowsModel(_columns(), key=lambda one: one.name)
        table: TableView[Difference] = TableView(desk, self.model, "restore-differences")
        table.setAccessibleName("差别")
        table.set_empty("没有差别", "人员、责任书、评分和薪酬都和现在一样。")
        self.lines: RowsModel[LostLine] = RowsModel(_line_columns(), key=lambda one: one.sequence)
        lines: TableView[LostLine] = TableView(desk, self.lines, "restore-lines")
        lines.setAccessibleName("备份之后的操作")
        lines.set_empty("备份之后没有新的操作", "")
        tabs = QTabWidget()
        tabs.addTab(table, "内容的差别")
        tabs.addTab(lines, f"备份之后的操作（{found.lost_count:,}）")
        if not any(one.is_any for one in found.differences):
            tabs.setCurrentWidget(lines)
        self.body.addWidget(tabs, 1)
        self.reason = TextField("恢复的理由", required=True, hint="记入操作日志")
        self.reason.changed.connect(self._offer)
        self.body.addWidget(self.reason)
        self.add_buttons("恢复这份备份", danger=True, safe=True)
        self.model.show([one for one in found.differences if one.is_any])
        self.lines.show(found.lost_lines)
        self.resize(_SIZE)
        self._offer()

    def _offer(self) -> None:
        self.accept_button.setEnabled(bool(str(self.reason.raw()).strip()))

    def accept(self) -> None:
        """Bring it back; the window then shows the company as it was."""
        desk, backup, why = self._desk, self._found.backup, self.reason.value()
        actor, today, unlock = desk.officer, desk.today, self._unlock

        def work(company: Company, _: object) -> Company:
            return restore(company, backup, reason=why, actor=actor, today=today, unlock=unlock)

        def restored(company: Company) -> None:
            super(RestoreDialog, self).accept()
            self._done()
            desk.set_company(company, actor)  # where it has users, somebody signs in to it
            desk.tell(f"已恢复到 {moment_text(backup.at)} 的备份；恢复前的文件也保留为一份备份")

        self.accept_button.setEnabled(False)
        desk.act_long("正在恢复", work, restored, self._failed, owner=self)

    def _failed(self, problem: Exception) -> None:
        from kpidesk.ui.errors import message_of

        if isinstance(problem, NotReopenedError):
            super().accept()
            self._done()
            self._desk.set_company(None)
            show_message(self._desk, self._window, "请再打开一次", message_of(problem), Tone.WARN)
            return
        self._offer()
        self.warning.say(f"没有恢复，现在的文件没有变化。{message_of(problem)}", Tone.BAD)


class UnlockBackupDialog(UnlockDialog):
    """Asks for what opens a backup that was made under another key than the file has now."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        backup: BackupRow,
        opened: Callable[[Comparison, Unlock], object],
    ) -> None:
        """`opened` gets the backup held against the file, and what was typed."""
        about = (
            f"{moment_text(backup.at)} 的备份另有密码。\n"
            "它是用那时的密钥加密的，请输入做备份时的密码，或那时的恢复单上的恢复码。"
            "只是打开它来比较，现在还不恢复。"
        )
        title = "打开加密的备份"
        super().__init__(desk, parent, backup.path, title=title, about=about, save="查看差别")
        self._backup, self._opened = backup, opened

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Try on the worker."""
        backup, unlock = self._backup, self.unlock()

        def work(company: Company) -> tuple[Comparison, Unlock]:
            return compare(company, backup, unlock), unlock

        self.desk.ask(work, done, failed, owner=self)

    def saved(self, outcome: Any) -> None:  # noqa: ANN401 - the pair that `start` made
        """Show what is different."""
        self._opened(*outcome)


def lock_after(desk: Desk, *, is_plain: bool, has_own_key: bool) -> str:
    """Whether the file will be encrypted, and by which password: always as it is now."""
    company = desk.company
    if company is None:
        return ""
    locked = how_locked(company)
    opens = "现在的公司密码" if locked.has_password else "现在的恢复码"
    if not locked.is_encrypted:
        if is_plain:
            return "加密：恢复后公司文件和现在一样，没有加密。"
        return (
            "加密：这份备份是加密的，现在的公司文件没有加密。恢复后和现在一样，没有加密，"
            "谁拿到都能打开；需要加密的，恢复后到“设置 → 加密与密码”里加密。"
        )
    kept = f"恢复后公司文件和现在一样是加密的，用{opens}打开"
    if is_plain:
        return f"加密：这份备份没有加密；{kept}。备份本身仍没有加密。"
    if has_own_key:
        return f"加密：这份备份另有密码；{kept}，备份那时的密码和恢复单打不开它。"
    return f"加密：{kept}（备份以后改过密码的，用改过的）。"


def _warning(found: Comparison) -> tuple[str, Tone]:
    if not found.is_earlier:
        text = (
            "这份备份和现在的文件各有对方没有的操作（以前恢复过别的备份）。"
            "恢复后，下面“会失去”的内容不再有；现在的文件会先保留为一份备份。"
        )
        return text, Tone.WARN
    if not found.lost_count and not any(one.is_any for one in found.differences):
        return "这份备份和现在的内容一样，不需要恢复。", Tone.GOOD
    users = any(one.name == "用户" and one.is_any for one in found.differences)
    text = (
        f"恢复后，备份之后做的 {found.lost_count:,} 项操作不再有。"
        + "用户和他们登录的密码也回到备份时的样子。" * users
        + "现在的文件会先保留为一份备份，以后仍可以换回来。"
    )
    return text, Tone.WARN


def _named(labels: Sequence[str]) -> str:
    """3：张三、李四、王五."""
    if not labels:
        return "—"
    distinct = list(dict.fromkeys(labels))
    more = " 等" if len(distinct) > _NAMED else ""
    return f"{len(labels):,}：{'、'.join(distinct[:_NAMED])}{more}"


def _columns() -> tuple[Column[Difference], ...]:
    return (
        Column("name", "内容", lambda one: one.name, width=100),
        Column("now", "现在", lambda one: f"{one.now:,}", right=True, width=70),
        Column("then", "备份中", lambda one: f"{one.then:,}", right=True, width=70),
        Column("lost", "会失去", lambda one: _named(one.lost), width=200,
               tip=lambda one: "\n".join(one.lost[:40])),
        Column("back", "会回来", lambda one: _named(one.back), width=180,
               tip=lambda one: "\n".join(one.back[:40])),
        Column("changed", "会变回备份时的样子", lambda one: _named(one.changed), stretch=True,
               tip=lambda one: "\n".join(one.changed[:40])),
    )  # fmt: skip


def _line_columns() -> tuple[Column[LostLine], ...]:
    return (
        Column("sequence", "序号", lambda one: str(one.sequence), right=True, width=70),
        Column("at", "时间", lambda one: local_text(one.at), width=150),
        Column("actor", "操作人", lambda one: one.actor, width=100),
        Column("action", "操作", lambda one: action_text(one.action), width=180),
        Column("object", "对象", lambda one: object_text(one.object), stretch=True),
    )
