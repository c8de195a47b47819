"""Backups without anybody's doing: places for each company that is opened, one each half hour."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from PySide6.QtCore import QObject, QTimer, Slot

from kpidesk.ui.desk import BACKUP_PROBLEM
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.notices import Notice
from kpidesk.ui.words import day_text
from kpidesk.usecases.keeping import listing, making
from kpidesk.usecases.opening import place_warning
from kpidesk.usecases.verifying import look_after_opening

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.keeping.listing import SecondPlace

FIRST, SECOND = "backup/folder", "backup/second"
"""Settings of this computer."""
_EVERY_MS = 30 * 60 * 1000


def places(desk: Desk) -> tuple[Path, Path | None]:
    """Where backups go on this computer: always one place, and a second one if it was set."""
    first = desk.settings.text(FIRST)
    second = desk.settings.text(SECOND)
    return (
        Path(first) if first else desk.documents / "绩效考核台备份",
        Path(second) if second else None,
    )


class BackupClock(QObject):
    """Lives as long as the window; follows the company that is open."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        """Begins with the company that is open now; dialogs are shown over the window."""
        super().__init__(desk)
        self._desk, self._window = desk, window
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.tick)
        desk.company_changed.connect(self.follow)
        desk.closing.connect(self._timer.stop)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Give the company that was opened its places; tell what was wrong when it was closed."""
        self._timer.stop()
        if self._desk.company is None:
            return
        self._tell_place(self._desk.company)
        if self._desk.company.is_read_only:
            return
        if before := self._desk.settings.text(BACKUP_PROBLEM):
            self._desk.settings.put_text(BACKUP_PROBLEM, "")
            self._tell(f"上次关闭时的自动备份没有成功：{before}")
        self.set_places()
        self._desk.ask(look_after_opening, self._tell_opening, owner=self)
        self._timer.start()

    def _tell_opening(self, said: str) -> None:
        self._desk.notice(Notice("proof", said, Tone.BAD, "检查数据库…", self._inspect))

    def _inspect(self) -> None:
        from kpidesk.ui.dialogs.proof import verify

        verify(self._desk, self._window)

    def _tell_place(self, company: Company) -> None:
        """Say that one can only look, or that the file lies where it may come to harm."""
        if company.is_read_only:
            text = "只读：看到的是打开那一刻的内容，不能改动。要编辑，请等别处关闭后重新打开。"
            self._desk.notice(Notice("read-only", text, Tone.ACCENT, stays=True))
            return
        key = f"place/{crc32(str(company.path).encode()):08x}"
        if not self._desk.settings.text(key):
            waved = partial(self._desk.settings.put_text, key, "seen")
            self._desk.notice(Notice("place", place_warning(company.path), waved=waved))

    def set_places(self) -> None:
        """The places as the settings name them now."""
        first, second = places(self._desk)

        def work(company: Company) -> SecondPlace:
            making.set_places(company, first, second)
            return listing.second_place(company)

        self._desk.ask(work, self._remind, owner=self)

    @Slot()
    def tick(self) -> None:
        """A backup, if something was changed since the last one."""

        def work(company: Company) -> tuple[str, SecondPlace]:
            making.keep_before(company, making.Reason.TIMED)
            problem = company.keeper.problem if company.keeper else ""
            return problem, listing.second_place(company)

        def told(found: tuple[str, SecondPlace]) -> None:
            problem, second = found
            self._tell(f"自动备份没有成功：{problem}" if problem else "")
            self._remind(second)

        self._desk.ask(work, told, owner=self)

    def _tell(self, text: str) -> None:
        self._desk.notice(Notice("backup", text, Tone.BAD, "备份与恢复…", self._open))

    def _remind(self, second: SecondPlace) -> None:
        if not second.is_overdue(datetime.now(UTC)):
            self._desk.notice(Notice("second-place", ""))
            return
        since = f"最近一次是 {day_text(second.last.astimezone().date())}" if second.last else ""
        said = "，".join(one for one in (second.problem, since) if one)
        text = (
            f"第二备份位置已经一周没有新的备份（{said or '还没有备份过'}）。"
            "请接上移动硬盘或网络，再备份一次。"
        )
        self._desk.notice(Notice("second-place", text, Tone.WARN, "备份与恢复…", self._open))

    def _open(self) -> None:
        from kpidesk.ui.keeping.backups import BackupsDialog

        BackupsDialog(self._desk, self._window).open()
