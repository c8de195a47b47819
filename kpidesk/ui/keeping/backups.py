"""备份与恢复: every backup that can be reached, made, checked, looked into and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices

from kpidesk.ui.dialogs import Dialog
from kpidesk.ui.errors import message_of
from kpidesk.ui.files import choose_folder
from kpidesk.ui.keeping.backup_clock import FIRST, SECOND, places
from kpidesk.ui.keeping.restore import RestoreDialog, UnlockBackupDialog
from kpidesk.ui.keeping.words import moment_text, size_text
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import Column, RowsModel, TableView
from kpidesk.ui.widgets import Banner, label, push_button, row
from kpidesk.usecases.keeping import listing, making
from kpidesk.usecases.keeping.comparing import compare
from kpidesk.usecases.keeping.listing import BackupRow, Soundness
from kpidesk.usecases.locking import PasswordNeededError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.keeping.comparing import Comparison
    from kpidesk.usecases.keeping.listing import SecondPlace
    from kpidesk.usecases.keeping.places import Keeper
    from kpidesk.usecases.locking import Unlock

_SIZE = QSize(980, 560)
_SOUND = {
    Soundness.AS_WRITTEN: ("写入时已核验", None),
    Soundness.CHECKED: ("刚刚核验，完好", Tone.GOOD),
    Soundness.BROKEN: ("已损坏", Tone.BAD),
    Soundness.UNKNOWN: ("没有核验记录", Tone.WARN),
}
_HINT = (
    "改动过的公司文件在关闭时、每 30 分钟，以及导入、结算、批量签署、关闭周期、升级和恢复之前"
    "自动备份。"
    "两天内的全部保留，以后每天、每周、每月各留一份；手动的、升级前和关闭周期前的一直保留。"
)
Loaded = tuple[tuple[BackupRow, ...], "SecondPlace"]


class BackupsDialog(Dialog):
    """The list, and what can be done with the chosen backup."""

    chapter = "公司文件与备份"

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Loads the list."""
        super().__init__(parent, "备份与恢复", width=_SIZE.width())
        self._desk = desk
        look = desk.look
        self.banner = Banner(look)
        self.model: RowsModel[BackupRow] = RowsModel(backup_columns(), key=lambda one: one.path)
        self.table: TableView[BackupRow] = TableView(desk, self.model, "backups")
        self.table.setAccessibleName("备份")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_empty("还没有备份", "按“立即备份”做第一份；以后改动过就会自动备份。")
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(lambda _: self.look_into())
        self.where = label("", wrap=True)
        self.second = label("", wrap=True)
        self._no_second = push_button(look, "不用第二位置", self._leave_second, kind="link")
        self.check_button = push_button(look, "核验全部", self.check_all)
        self.folder_button = push_button(look, "打开所在文件夹", self._show_folder)
        self.restore_button = push_button(look, "查看差别并恢复…", self.look_into)
        self.make_button = push_button(look, "立即备份", self.make, icon="backup", kind="primary")
        close = push_button(look, "关闭", self.reject)
        first = push_button(look, "更改…", self._choose_first, kind="link")
        second = push_button(look, "选择第二位置…", self._choose_second, kind="link")
        for button in (
            self.check_button, self.folder_button, self.restore_button, self.make_button, close,
            first, second, self._no_second,
        ):  # fmt: skip
            button.setAutoDefault(False)
        self.body.addWidget(label(_HINT, "muted", wrap=True))
        self.body.addWidget(self.banner)
        for said, *links in ((self.where, first), (self.second, second, self._no_second)):
            line = row()
            line.addWidget(said, 1)
            for link in links:
                line.addWidget(link)
            self.body.addLayout(line)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(
            row(
                self.folder_button, self.check_button, None, close, self.restore_button,
                self.make_button,
            )
        )  # fmt: skip
        self.resize(_SIZE)
        self.table.setFocus()
        self._offer()
        self.refresh()

    def refresh(self) -> None:
        """Load the list anew."""
        self._desk.ask(_load, self._show, owner=self)

    def make(self) -> None:
        """立即备份: into both places, whether or not anything was changed."""

        def work(company: Company, _: object) -> Loaded:
            making.keep(company, making.Reason.BY_HAND)
            return _load(company)

        def made(found: Loaded) -> None:
            self._show(found)
            self._desk.tell("已备份，写入后核验无误")

        self._desk.act_long("正在备份", work, made, owner=self)

    def check_all(self) -> None:
        """Read every backup to its last byte."""
        rows = self.model.rows()

        def show(checked: tuple[BackupRow, ...]) -> None:
            self.model.show(checked)
            if broken := [one for one in checked if one.soundness is Soundness.BROKEN]:
                self.banner.say(f"{len(broken)} 份备份已损坏，不能用来恢复：{broken[0].problem}")
            else:
                self.banner.say("全部备份完好。", Tone.GOOD)

        self._desk.act_long(
            "核验备份",
            lambda company, progress: listing.check_backups(company, rows, progress),
            show,
            owner=self,
        )

    def look_into(self) -> None:
        """What would be otherwise with the chosen backup; then it may be brought back."""
        chosen = self.table.current_row()
        if chosen is None:
            return

        def show(found: Comparison, unlock: Unlock | None = None) -> None:
            RestoreDialog(self._desk, self, found, self.accept, unlock).open()

        def failed(problem: Exception) -> None:
            if isinstance(problem, PasswordNeededError):
                UnlockBackupDialog(self._desk, self, chosen, show).open()
            else:
                self.banner.say(message_of(problem))

        self._desk.act_long(
            "正在比较", lambda company, _: compare(company, chosen), show, failed, owner=self
        )

    def _show(self, found: Loaded) -> None:
        rows, second = found
        self.model.show(rows)
        company = self._desk.company
        keeper: Keeper | None = company.keeper if company else None
        first, _ = places(self._desk)
        self.where.setText(f"备份位置：{first}")
        self._no_second.setVisible(second.folder is not None)
        if second.folder is None:
            self.second.setText("第二位置：还没有选择。建议选移动硬盘、U 盘或公司的共享文件夹。")
        else:
            last = f"最近一次 {moment_text(second.last)}" if second.last else "还没有备份过"
            self.second.setText(f"第二位置：{second.folder}（{second.problem or last}）")
        if keeper is not None and keeper.problem:
            self.banner.say(f"最近一次自动备份没有成功：{keeper.problem}")
        self._offer()

    def _offer(self) -> None:
        chosen = self.table.current_row()
        can = chosen is not None and chosen.soundness is not Soundness.BROKEN
        self.restore_button.setEnabled(can)
        self.folder_button.setEnabled(chosen is not None)
        self.check_button.setEnabled(bool(self.model.rows()))

    def _show_folder(self) -> None:
        if (chosen := self.table.current_row()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(chosen.path.parent)))

    def _choose_first(self) -> None:
        choose_folder(self, "备份位置", places(self._desk)[0], lambda to: self._set(FIRST, str(to)))

    def _choose_second(self) -> None:
        first, second = places(self._desk)
        choose_folder(self, "第二备份位置", second or first, lambda to: self._set(SECOND, str(to)))

    def _leave_second(self) -> None:
        self._set(SECOND, "")

    def _set(self, key: str, value: str) -> None:
        self._desk.settings.put_text(key, value)
        first, second = places(self._desk)

        def work(company: Company) -> Loaded:
            making.set_places(company, first, second)
            return _load(company)

        self._desk.ask(work, self._show, owner=self)


def _load(company: Company) -> Loaded:
    return listing.list_backups(company), listing.second_place(company)


def backup_columns() -> tuple[Column[BackupRow], ...]:
    """When, why, how large, how sound, and where."""
    return (
        Column("at", "时间", lambda one: moment_text(one.at), width=150),
        Column("reason", "原因", lambda one: one.reason, width=100),
        Column("size", "大小", lambda one: size_text(one.size), right=True, width=90),
        Column(
            "sound",
            "核验",
            lambda one: _SOUND[one.soundness][0],
            tone=lambda one: _SOUND[one.soundness][1],
            tip=lambda one: one.problem,
            width=140,
        ),
        Column("locked", "加密", lambda one: "已加密" if one.is_encrypted else "未加密", width=80),
        Column("place", "位置", lambda one: one.place, width=110),
        Column("head", "审计号", lambda one: one.head, width=150),
        Column("name", "文件", lambda one: one.path.name, stretch=True),
    )
