"""公司文件打不开: in plain words, what can be done: bring the newest good backup back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.keeping.backup_clock import places
from kpidesk.ui.keeping.backups import backup_columns
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import RowsModel, TableView
from kpidesk.ui.widgets import Banner, label
from kpidesk.usecases.keeping import listing
from kpidesk.usecases.keeping.listing import BackupRow, Soundness
from kpidesk.usecases.keeping.restoring import recover
from kpidesk.usecases.locking import seems_encrypted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress

_SIZE = QSize(900, 480)
Found = tuple[tuple[BackupRow, ...], BackupRow | None]


class RecoveryDialog(Dialog):
    """Looks for backups, checks them from the newest on, and offers the first that is whole."""

    chapter = "公司文件打不开时"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        path: Path,
        done: Callable[[BackupRow, Path | None], object],
    ) -> None:
        """`done` gets the backup that was brought back, and where the damaged file is now."""
        super().__init__(parent, "公司文件打不开", width=_SIZE.width())
        self._desk, self._path, self._done = desk, path, done
        is_there = path.exists()
        head = "里面的内容坏了，打不开" if is_there else "不在原来的地方"
        self.body.addWidget(label(f"“{path.name}”{head}", "heading", wrap=True))
        kept = (
            "这个文件会原样保留，只是改个名字，以后还可以请人查看。"
            if is_there
            else "如果只是移走了，请先用“文件 → 打开”找到它。"
        )
        self.body.addWidget(
            label(f"可以用以前自动做的备份恢复：恢复后是备份那一刻的样子。{kept}", wrap=True)
        )
        self.said = Banner(desk.look)
        self.body.addWidget(self.said)
        self.model: RowsModel[BackupRow] = RowsModel(backup_columns(), key=lambda one: one.path)
        self.table: TableView[BackupRow] = TableView(desk, self.model, "recovery")
        self.table.setAccessibleName("备份")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_empty("正在查找备份…", "")
        self.table.chosen.connect(self._offer)
        self.body.addWidget(self.table, 1)
        self.locked = label("", wrap=True)
        self.body.addWidget(self.locked)
        self.add_buttons("用这份备份恢复", reject="以后再说")
        self.resize(_SIZE)
        self._offer()
        desk.tasks.run_long("正在查找完好的备份", self._look, self._show, owner=self)

    def _look(self, progress: Progress) -> Found:
        rows = listing.backups_of(self._path, places(self._desk))
        return rows, listing.newest_sound(rows, progress)

    def _show(self, found: Found) -> None:
        rows, sound = found
        if sound is not None:
            rows = tuple(sound if one.path == sound.path else one for one in rows)
        self.model.show(rows)
        if sound is not None:
            self.table.select([sound.path])
            self.said.say(
                f"最新的一份完好的备份是 {self._when(sound)} 做的（{sound.reason}），已经为您选好。"
                "在它之后做的改动需要重新录入。",
                Tone.GOOD,
            )
        elif rows:
            self.said.say("找到的备份都不完好。请接上第二备份位置的移动硬盘或网络再试。", Tone.BAD)
        else:
            self.table.set_empty("没有找到备份", "如果备份在移动硬盘或别的电脑上，请接上后再试。")
            self.said.say("这台电脑上没有找到它的备份。", Tone.WARN)
        self._offer()

    def _when(self, row: BackupRow) -> str:
        return f"{row.at.astimezone():%Y-%m-%d %H:%M}"

    def _offer(self) -> None:
        chosen = self.table.current_row()
        can = chosen is not None and chosen.soundness is not Soundness.BROKEN
        self.accept_button.setEnabled(can)
        self.locked.setText(self._protection(chosen))

    def _protection(self, chosen: BackupRow | None) -> str:
        """By what it opens afterwards; nothing where nothing has ever been encrypted."""
        if chosen is None or not (
            seems_encrypted(self._path) or any(one.is_encrypted for one in self.model.rows())
        ):
            return ""
        if chosen.is_encrypted:
            return "加密：这份备份是加密的，恢复后用做备份时的密码或恢复码打开。"
        return (
            "加密：这份备份没有加密，恢复后公司文件也没有加密，谁拿到都能打开；"
            "打开后请到“设置 → 加密与密码”里加密。"
        )

    def accept(self) -> None:
        """Rename what is there, put the backup in its place."""
        chosen = self.table.current_row()
        if chosen is None:
            return

        def recovered(damaged: Path | None) -> None:
            super(RecoveryDialog, self).accept()
            self._done(chosen, damaged)

        def failed(problem: Exception) -> None:
            from kpidesk.ui.errors import message_of

            self._offer()
            self.said.say(f"没有恢复，文件都还是原样。{message_of(problem)}", Tone.BAD)

        self.accept_button.setEnabled(False)
        self._desk.tasks.run(lambda: recover(self._path, chosen), recovered, failed, owner=self)
