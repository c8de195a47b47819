"""The main window: menus, navigation, pages made on their first visit, status bar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from kpidesk.ui.basic import column, label, row
from kpidesk.ui.menus import Menus
from kpidesk.ui.navigation import Navigation
from kpidesk.ui.notices import NoticeBoard
from kpidesk.ui.pages.registry import IMPORTING, PAGES
from kpidesk.ui.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from kpidesk.ui.company_files import CompanyFiles
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.keeping.backup_clock import BackupClock
    from kpidesk.ui.manual import ManualWindow
    from kpidesk.ui.pages.base import Page
    from kpidesk.ui.pages.registry import PageEntry
    from kpidesk.ui.pages.welcome import WelcomePage
    from kpidesk.ui.search import Finder
    from kpidesk.ui.search.palette import Palette
    from kpidesk.ui.tasks import Task

NAME = "绩效考核台"
_FIRST_SIZE = QSize(1240, 780)
_LEAST_SIZE = QSize(960, 600)
_FRAME = QSize(8, 48)  # what the system draws around a window
_SCANS_AFTER_MS = 1000
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".csv")


class MainWindow(QMainWindow):
    """Shows the welcome page, or the pages of the open company."""

    def __init__(self, desk: Desk, files: CompanyFiles, pages: Sequence[PageEntry] = PAGES) -> None:
        """`pages` are the lines of the navigation, in order."""
        super().__init__()
        self.desk, self.files = desk, files
        self.entries = {entry.key: entry for entry in pages}
        self._pages: dict[str, Page] = {}
        self.setMinimumSize(_LEAST_SIZE)
        self.setAcceptDrops(True)
        self.navigation = Navigation(desk.look, pages)
        self.stack = QStackedWidget()
        self._welcome: WelcomePage | None = None
        self._scans_later = QTimer(self)
        self._scans_later.setSingleShot(True)
        self._scans_later.setInterval(_SCANS_AFTER_MS)
        self._scans_later.timeout.connect(self._load_scans)
        self._opening = label("", "heading")
        self._waiting = QWidget()
        self._waiting.setLayout(column(None, row(None, self._opening, None), None))
        self.stack.addWidget(self._waiting)
        self._build_centre()
        self.status = StatusLine(self.statusBar(), desk)
        self._finder: Finder | None = None
        self._backups: BackupClock | None = None
        self._manual: ManualWindow | None = None
        self.menus = Menus(self, desk, files, pages)
        self.navigation.chosen.connect(self.show_page)
        desk.company_changed.connect(self._show_company)
        desk.closing.connect(self._scans_later.stop)
        desk.changed.connect(self._show_name)
        desk.going.connect(self.go)
        desk.tasks.long_started.connect(self._show_progress)
        files.opening.connect(self.show_opening)
        if not desk.settings.restore_window(self):
            room = self.screen().availableSize() - _FRAME
            self.resize(_FIRST_SIZE.boundedTo(room).expandedTo(_LEAST_SIZE))
        self.setWindowTitle(NAME)
        self.navigation.hide()
        self.menus.show_company(None)

    def _build_centre(self) -> None:
        centre = QWidget()
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        right = column(self.stack, spacing=0)
        layout.addLayout(right, 1)
        self.notices = NoticeBoard(self.desk, right)
        self.setCentralWidget(centre)

    # --- pages

    @property
    def page(self) -> Page | None:
        """The page in view."""
        shown = self.stack.currentWidget()
        return next((page for page in self._pages.values() if page is shown), None)

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page, made now if this is its first visit."""
        if self.desk.company is None or not self._may_see(key):
            return
        here = self.page
        if here is not None and here is not self._pages.get(key) and not here.may_leave():
            self.navigation.mark(next(k for k, page in self._pages.items() if page is here))
            return
        self.make_page(key)
        self.stack.setCurrentWidget(self._pages[key])
        self._pages[key].take_keyboard()
        self.navigation.mark(key)

    def make_page(self, key: str) -> None:
        """Make a page that is not there yet; it loads what it shows when it comes into view."""
        if key not in self._pages and self._may_see(key):
            self._pages[key] = self.entries[key].make(self.desk)
            self.stack.addWidget(self._pages[key])

    @Slot(str, object)
    def go(self, key: str, what: object) -> None:
        """Show a page and something on it."""
        self.show_page(key)
        page = self._pages.get(key)
        if page is not None and page is self.page and what is not None:
            page.show_item(what)

    def reload(self) -> None:
        """Load the page in view again."""
        if (page := self.page) is not None:
            page.refresh()

    @Slot()
    def _show_company(self) -> None:
        """Pages belong to one company: another one begins with new pages."""
        self.stack.setCurrentWidget(self._waiting)
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        company = self.desk.company
        is_open = company is not None and company.role is not None
        self.navigation.setVisible(is_open)
        self.navigation.offer([key for key in self.entries if self._may_see(key)])
        self.menus.show_company(company if is_open else None)
        self.status.show_company()
        self._show_name()
        if company is None:
            self.setWindowTitle(NAME)
            self.show_welcome()
            return
        if not is_open:
            self._ask_who()
            return
        self.show_page(next(iter(self.entries)))
        if self._backups is None:
            self._scans_later.start()

    def _may_see(self, key: str) -> bool:
        """Whether a page is for the role in which one works."""
        return key in self.entries and self.desk.may(self.entries[key].needs)

    def _ask_who(self) -> None:
        """Nothing of a company file with users is shown before somebody has signed in."""
        from kpidesk.ui.users.sign_in import ask_who

        self._opening.setText("请先登录")
        ask_who(self.desk, self, left=self.files.close)

    def switch_user(self) -> None:
        """切换用户: somebody else sits down; whoever leaves the dialog stays who they were."""
        from kpidesk.ui.users.sign_in import ask_who

        if self.page is None or self.page.may_leave():
            ask_who(self.desk, self)

    @Slot()
    def _load_scans(self) -> None:
        """Load what files scans, after the first page and on the worker: it takes as long."""

        def load() -> object:
            from kpidesk.usecases import filing

            return filing

        self.desk.tasks.run(load, self._watch_scans, owner=self)

    def _watch_scans(self, _: object) -> None:
        from kpidesk.ui.keeping.backup_clock import BackupClock
        from kpidesk.ui.scan_folder import ScanFolder

        self._backups = BackupClock(self.desk, self)
        ScanFolder(self.desk)

    @Slot()
    def _show_name(self) -> None:
        if (company := self.desk.company) is not None:
            self.setWindowTitle(f"{company.name}{'（只读）' * company.is_read_only} - {NAME}")

    def show_welcome(self) -> None:
        """Offer to make or open a company file."""
        if self._welcome is None:
            from kpidesk.ui.pages.welcome import WelcomePage

            self._welcome = WelcomePage(self.desk, self.files)
            self.stack.addWidget(self._welcome)
        self.stack.setCurrentWidget(self._welcome)

    @Slot(str)
    def show_opening(self, name: str) -> None:
        """Say which file is being opened; an empty name: that has failed."""
        if self.desk.company is None:
            self._opening.setText(f"正在打开“{name}”…")
            if name:
                self.stack.setCurrentWidget(self._waiting)
            else:
                self.show_welcome()

    # --- everywhere

    def search(self) -> Palette:
        """全局搜索: people, documents, actions."""
        if self._finder is None:
            from kpidesk.ui.search import Finder

            self._finder = Finder(self.desk, self)
        return self._finder.open()

    def show_manual(self) -> None:
        """The manual, opened at what is on the screen."""
        from kpidesk.ui.manual import ManualWindow, chapter_of

        if self._manual is None:
            self._manual = ManualWindow(self.desk)
            self.desk.closing.connect(self._manual.close)
        self._manual.show_chapter(chapter_of(QApplication.activeModalWidget(), self.page))
        self._manual.show()
        self._manual.raise_()
        self._manual.activateWindow()

    # --- tables of Excel

    def import_table(self, path: Path | None = None) -> None:
        """从 Excel 导入, beginning with what the page is about; a `path` is read at once."""
        if (page := self.page) is not None:
            page.import_table(path)

    def export_table(self) -> None:
        """表格导出为 Excel: the table with the cursor, else the first one of the page."""
        if (page := self.page) is not None:
            page.export_table()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a workbook that is dragged over the window while a company is open."""
        if self.desk.may(IMPORTING) and _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import it."""
        if (path := _dropped(event)) is not None:
            event.acceptProposedAction()
            self.import_table(path)

    # --- work

    @Slot(object)
    def _show_progress(self, task: Task[object]) -> None:
        from kpidesk.ui.progress_panel import ProgressPanel

        ProgressPanel(self, task)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave only when the page agrees; remember the window; close the file."""
        if (page := self.page) is not None and not page.may_leave():
            event.ignore()
            return
        self.desk.settings.keep_window(self)
        self.hide()  # the backup on closing takes a second or two
        self.desk.close()
        self.desk.settings.sync()
        event.accept()


def _dropped(event: QDropEvent) -> Path | None:
    """The one workbook that is dragged; None when it is something else."""
    urls = event.mimeData().urls()
    paths = [Path(one.toLocalFile()) for one in urls if one.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in _WORKBOOKS else None
