"""The menu bar."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QTableView

from kpidesk.ui.first_paint import FirstPaint
from kpidesk.ui.navigation import page_key
from kpidesk.ui.pages.registry import IMPORTING
from kpidesk.ui.text import menu_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kpidesk.ui.company_files import CompanyFiles
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.registry import PageEntry
    from kpidesk.ui.window import MainWindow
    from kpidesk.usecases.company import Company

_WATCH_AFTER_MS = 1200
_Key = QKeySequence.StandardKey


class Menus(QObject):
    """文件, 编辑, 视图, 帮助."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        files: CompanyFiles,
        pages: Sequence[PageEntry],
    ) -> None:
        """Fill the window's menu bar."""
        super().__init__(window)
        self._window, self._desk, self._files = window, desk, files
        self._for_company: list[QAction] = []
        self._for_changes: list[QAction] = []
        self._keys: list[tuple[QAction, tuple[str, ...]]] = []
        self._cases: dict[QAction, str] = {}
        """The use case of a command that is not for every role."""
        self._fill_file()
        self._fill_edit()
        self._fill_view(pages)
        helping = window.menuBar().addMenu("帮助(&H)")
        self._add(helping, "手册", window.show_manual, "F1")
        self._add(helping, "手册 PDF…", self._save_manual)
        helping.addSeparator()
        self._add(helping, "检查更新…", self._look_for_update)
        self._add(helping, "关于绩效考核台", self._show_about)
        FirstPaint(window, self._set_keys)

    def _set_keys(self) -> None:
        """Shortcuts in letters load all names of keys: a tenth of the time to the first window."""
        for action, keys in self._keys:
            action.setShortcuts([QKeySequence(one) for one in keys])
        self._keys.clear()

    def show_company(self, company: Company | None) -> None:
        """Offer what needs a company while one is open, what changes it unless one only looks."""
        for action in self._for_company:
            action.setEnabled(company is not None)
        for action in self._for_changes:
            action.setEnabled(company is not None and not company.is_read_only)
        if company is not None:
            QTimer.singleShot(_WATCH_AFTER_MS, self, self._watch_hands)
        for action, case in self._cases.items():
            action.setVisible(company is None or company.may(case))
        self._switch.setVisible(company is not None and company.has_users)

    def _add(
        self,
        menu: QMenu,
        text: str,
        do: Callable[[], object],
        key: QKeySequence.StandardKey | str | None = None,
        *,
        for_company: bool = False,
        changes: bool = False,
        case: str = "",
    ) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _=False: do())
        if isinstance(key, str):
            self._keys.append((action, (key,)))
        elif key is not None:
            action.setShortcuts(key)
        if for_company:
            self._for_company.append(action)
        if changes:
            self._for_changes.append(action)
        if case:
            self._cases[action] = case
        return action

    def _fill_file(self) -> None:
        menu, window, files = self._window.menuBar().addMenu("文件(&F)"), self._window, self._files
        self._add(menu, "新建公司文件…", lambda: files.create(window), _Key.New)
        self._add(menu, "打开…", lambda: files.choose(window), _Key.Open)
        self._recent = menu.addMenu("最近打开")
        self._recent.aboutToShow.connect(self._fill_recent)
        self._add(menu, "样例公司", lambda: files.open_sample(window))
        menu.addSeparator()
        self._add(
            menu, "从 Excel 导入…", window.import_table, "Ctrl+I", changes=True, case=IMPORTING
        )
        self._add(menu, "表格导出为 Excel…", window.export_table, "Ctrl+E", for_company=True)
        menu.addSeparator()
        self._add(
            menu, "备份与恢复…", self._show_backups, changes=True, case="keeping.comparing.compare"
        )
        self._add(
            menu,
            "公司整体导出…",
            self._export_company,
            changes=True,
            case="keeping.archiving.export_archive",
        )
        self._add(menu, "导入整体归档…", self._import_company)
        self._add(
            menu, "操作记录…", self._show_records, for_company=True, case="records.list_records"
        )
        self._add(menu, "离职人员信息…", self._show_left, changes=True, case="retention.anonymise")
        self._add(menu, "检查数据库…", self._verify, for_company=True, case="verifying.verify")
        self._switch = self._add(menu, "切换用户…", window.switch_user, for_company=True)
        self._add(menu, "锁定屏幕", self._lock_screen, "Ctrl+L", for_company=True)
        self._add(menu, "关闭公司文件", self._close_company, "Ctrl+W", for_company=True)
        menu.addSeparator()
        self._add(menu, "退出", window.close, "Ctrl+Q")

    def _save_manual(self) -> None:
        from kpidesk.ui.manual import save_manual

        save_manual(self._desk, self._window)

    def _show_about(self) -> None:
        from kpidesk.ui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    def _look_for_update(self) -> None:
        from kpidesk.ui.dialogs.update import UpdateDialog

        UpdateDialog(self._window).open()

    def _show_backups(self) -> None:
        from kpidesk.ui.keeping.backups import BackupsDialog

        BackupsDialog(self._desk, self._window).open()

    def _watch_hands(self) -> None:
        from kpidesk.ui.locking.screen import ScreenLock

        ScreenLock.of(self._desk, self._window)

    def _lock_screen(self) -> None:
        from kpidesk.ui.locking.screen import ScreenLock

        ScreenLock.of(self._desk, self._window).lock_now()

    def _export_company(self) -> None:
        from kpidesk.ui.keeping.archive import export_company

        export_company(self._desk, self._window)

    def _import_company(self) -> None:
        from kpidesk.ui.keeping.archive import import_company

        window, files = self._window, self._files
        import_company(self._desk, window, lambda path: files.open(window, path))

    def _show_records(self) -> None:
        from kpidesk.ui.records.dialog import RecordsDialog

        RecordsDialog(self._desk, self._window).open()

    def _show_left(self) -> None:
        from kpidesk.ui.retention.dialog import RetentionDialog

        RetentionDialog(self._desk, self._window).open()

    def _verify(self) -> None:
        from kpidesk.ui.dialogs.proof import verify

        verify(self._desk, self._window)

    def _close_company(self) -> None:
        page = self._window.page
        if page is None or page.may_leave():
            self._files.close()

    @Slot()
    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self._desk.settings.recent:
            self._add(
                self._recent,
                menu_text(f"{path.stem}    {path.parent}"),
                partial(self._files.open, self._window, path),
            )
        if self._recent.isEmpty():
            self._recent.addAction("还没有打开过文件").setEnabled(False)

    def _fill_edit(self) -> None:
        menu = self._window.menuBar().addMenu("编辑(&E)")
        undo = self._desk.undo.createUndoAction(self, "撤销")
        redo = self._desk.undo.createRedoAction(self, "重做")
        undo.setShortcuts(_Key.Undo)
        self._keys.append((redo, ("Ctrl+Y", "Ctrl+Shift+Z")))
        menu.addActions([undo, redo])
        menu.addSeparator()
        self._add(menu, "复制", _copy, _Key.Copy)
        self._add(menu, "连同表头复制", _copy_titled, "Ctrl+Shift+C")
        self._add(menu, "全选", _select_all, _Key.SelectAll)
        menu.addSeparator()
        self._add(menu, "全局搜索…", self._window.search, "Ctrl+K", for_company=True)

    def _fill_view(self, pages: Sequence[PageEntry]) -> None:
        menu = self._window.menuBar().addMenu("视图(&V)")
        for number, entry in enumerate(pages, start=1):
            self._add(
                menu,
                entry.name,
                partial(self._window.show_page, entry.key),
                page_key(number),
                for_company=True,
                case=entry.needs,
            )
        menu.addSeparator()
        self._add(menu, "刷新", self._window.reload, "F5", for_company=True)


def _copy() -> None:
    """Copy from whatever has the cursor, if it can be copied from."""
    copy = getattr(QApplication.focusWidget(), "copy", None)
    if copy is not None:
        copy()


def _copy_titled() -> None:
    """Copy the chosen rows of a table below its headings."""
    table = QApplication.focusWidget()
    if isinstance(table, QTableView) and (copy := getattr(table, "copy", None)) is not None:
        copy(with_titles=True)


def _select_all() -> None:
    """Everything in whatever has the cursor."""
    select = getattr(QApplication.focusWidget(), "selectAll", None)
    if select is not None:
        select()
