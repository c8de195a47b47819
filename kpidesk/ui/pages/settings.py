"""设置: the company as it stands in contracts, the look of the window, printing, backups."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from kpidesk.core.second_entry import DoubleEntry
from kpidesk.ui.files import choose_folder
from kpidesk.ui.forms import ChoiceField, Form, NumberField, TextField
from kpidesk.ui.keeping.backup_clock import places
from kpidesk.ui.keeping.backups import BackupsDialog
from kpidesk.ui.locking.card import LockCard
from kpidesk.ui.look import Theme
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.base import Page
from kpidesk.ui.pages.legal import LegalCard
from kpidesk.ui.scan_folder import KEY
from kpidesk.ui.settings_store import PRINT_OFFSET_MOST, TEXT_SCALES
from kpidesk.ui.users.card import UsersCard
from kpidesk.ui.widgets import Card, column, label, push_button, row, scrolled
from kpidesk.usecases import company as company_cases
from kpidesk.usecases.changes import Changes

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.company import CompanyProfile

_WIDTH = 760
DOUBLE_ENTRY = (
    (DoubleEntry.OFF, "不需要"),
    (DoubleEntry.ANYBODY, "二次录入：同一张表填两次，可由同一人"),
    (DoubleEntry.ANOTHER, "双人复核：第二次必须由另一个人填"),
)


class SettingsPage(Page):
    """Company details are saved in the company file; the look is this computer's."""

    title = "设置"
    subtitle = "公司信息会印在责任书和考核表上"

    def __init__(self, desk: Desk) -> None:
        """The cards below each other."""
        super().__init__(desk)
        self._legal, self._lock = LegalCard(desk), LockCard(desk)
        self.users = UsersCard(desk)
        self._profile: CompanyProfile | None = None
        scans, backups = self._scan_card(), self._backup_card()
        desk.only_if("legal.load_legal", self._legal)
        desk.only_if("filing.intake.receive_scans", scans)
        desk.only_if("keeping.comparing.compare", backups)
        cards = QWidget()
        cards.setMaximumWidth(_WIDTH)
        cards.setLayout(
            column(
                self._company_card(),
                self._legal,
                self.users,
                self._look_card(),
                self._print_card(),
                scans,
                backups,
                self._lock,
                None,
                spacing=16,
            )
        )
        self.body.addWidget(scrolled(cards))

    def _company_card(self) -> Card:
        look = self.desk.look
        self._form = form = Form(look)
        self._name = form.add(TextField("公司全称", required=True), half=True)
        self._representative = form.add(TextField("法定代表人"), half=True)
        self._agent = form.add(
            TextField("授权代表", hint="代公司签字的人；不填则由法定代表人签字"), half=True
        )
        self._officer = form.add(
            TextField("经办人", required=True, hint="您的姓名，记入操作日志"), half=True
        )
        self._address = form.add(TextField("地址", most=120))
        self._double = form.add(
            ChoiceField(
                "定分前的复核",
                DOUBLE_ENTRY,
                required=True,
                hint="二次录入时看不到第一次填的内容，两次不一致的要逐项核对",
            )
        )
        self._save = push_button(look, "保存公司信息", self._save_profile, kind="primary")
        self._save.setEnabled(False)
        form.changed.connect(lambda: self._save.setEnabled(form.is_dirty))
        form.setEnabled(self.desk.may("company.save_profile"))
        self.desk.only_if("company.save_profile", self._save)
        return Card("公司信息", form, row(None, self._save))

    def _look_card(self) -> Card:
        settings = self.desk.settings
        self._theme = ChoiceField(
            "颜色", [(Theme.LIGHT, "浅色"), (Theme.DARK, "深色")], required=True
        )
        sizes = [(scale, name) for name, scale in TEXT_SCALES.items()]
        self._size = ChoiceField("文字大小", sizes, required=True)
        self._theme.set_value(settings.theme)
        self._size.set_value(settings.text_scale)
        for field in (self._theme, self._size):
            field.changed.connect(self._change_look)
        return Card("界面", row(self._theme, self._size, spacing=16))

    def _print_card(self) -> Card:
        most = PRINT_OFFSET_MOST
        self._right = NumberField("向右移", unit="毫米", least=-most, most=most, places=2)
        self._down = NumberField("向下移", unit="毫米", least=-most, most=most, places=2)
        for field, value in zip(
            (self._right, self._down), self.desk.settings.print_offset, strict=True
        ):
            field.set_value(value)
            field.changed.connect(self._change_offset)
        hint = "打出来偏了才需要填：印得偏左 1.5 毫米，就填向右移 1.5；负数是相反的方向。"
        return Card(
            "打印位置", label(hint, "muted", wrap=True), row(self._right, self._down, spacing=16)
        )

    def _scan_card(self) -> Card:
        self._scans = label("", wrap=True)
        about = label(
            "扫描仪把文件存到这个文件夹后，本程序自动读取并归档；文件本身不会被移动或删除。",
            "muted",
            wrap=True,
        )
        look = self.desk.look
        self._no_scans = push_button(look, "不再查看", self._leave_scans)
        buttons = row(
            push_button(look, "选择扫描文件夹…", self._choose_scans, icon="folder-open"),
            self._no_scans,
            None,
        )
        return Card("扫描文件夹", about, self._scans, buttons)

    def _backup_card(self) -> Card:
        self._where = label("", "muted", wrap=True)
        self._folder = label("", wrap=True)
        look = self.desk.look
        buttons = row(
            push_button(look, "备份与恢复…", self._show_backups, icon="backup"),
            None,
        )
        return Card("数据与备份", self._where, self._folder, buttons)

    # --- showing

    def refresh(self) -> None:
        """Read the company's details; what is being typed stays."""
        company = self.desk.company
        if company is not None:
            self._where.setText(f"公司文件：{company.path}")
        first, second = places(self.desk)
        self._folder.setText(f"备份位置：{first}；第二位置：{second or '还没有选择'}")
        scans = self.desk.settings.text(KEY)
        self._scans.setText(f"正在查看：{scans}" if scans else "还没有选择文件夹。")
        self._no_scans.setVisible(bool(scans))
        self._lock.refresh()
        if self.desk.may("legal.load_legal"):
            self._legal.refresh()
        self.users.refresh()
        if not self._form.is_dirty:
            self.desk.ask(company_cases.company_profile, self._show, owner=self)

    def concerns(self, changes: object) -> bool:
        """Company details only."""
        return isinstance(changes, Changes) and bool(changes & Changes.SETTINGS)

    def _show(self, profile: CompanyProfile) -> None:
        self._profile = profile
        self._name.set_value(profile.name)
        self._representative.set_value(profile.representative)
        self._agent.set_value(profile.agent)
        self._address.set_value(profile.address)
        self._officer.set_value(profile.officer)
        self._double.set_value(profile.double_entry)
        self._save.setEnabled(False)

    def may_leave(self) -> bool:
        """Company details that were typed are to be saved or undone first."""
        if self._form.is_dirty:
            self.banner.say("公司信息已修改但还没有保存，请先保存，或改回原来的内容。", Tone.WARN)
            return False
        self.banner.say("")
        return True

    # --- acting

    def _save_profile(self) -> None:
        if self._profile is None or not self._form.check():
            return
        profile = replace(
            self._profile,
            name=self._name.value(),
            representative=self._representative.value(),
            agent=self._agent.value(),
            address=self._address.value(),
            officer=self._officer.value(),
            double_entry=self._double.chosen(),
        )
        actor, today = profile.officer, self.desk.today

        def saved(_: object) -> None:
            self._form.settle()
            self._save.setEnabled(False)
            self.banner.say("")
            self.desk.officer = profile.officer
            self.desk.tell("公司信息已保存")

        self.desk.act(
            lambda company: company_cases.save_profile(company, profile, actor=actor, today=today),
            saved,
            owner=self,
        )

    def _change_look(self) -> None:
        theme, scale = self._theme.chosen(), self._size.chosen()
        self.desk.settings.theme, self.desk.settings.text_scale = theme, scale
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.desk.look.change(app, theme, scale)

    def _change_offset(self) -> None:
        if self._right.check() and self._down.check():
            offset = self._right.value() or Decimal(0), self._down.value() or Decimal(0)
            self.desk.settings.print_offset = offset

    def _choose_scans(self) -> None:
        def chosen(folder: Path) -> None:
            self.desk.settings.put_text(KEY, str(folder))
            self.refresh()

        start = Path(self.desk.settings.text(KEY) or self.desk.documents)
        choose_folder(self, "选择扫描文件夹", start, chosen)

    def _leave_scans(self) -> None:
        self.desk.settings.put_text(KEY, "")
        self.refresh()

    def _show_backups(self) -> None:
        dialog = BackupsDialog(self.desk, self)
        dialog.finished.connect(self.refresh)
        dialog.open()
