"""The locked screen: after a while without anybody, or at once, nothing of the content is seen.

What is being filled in is only put out of sight: after the password all is where it was.
"""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from kpidesk.ui.locking.lock_page import LockPage
from kpidesk.usecases import locking

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.settings_store import SettingsStore
    from kpidesk.ui.window import MainWindow

IDLE_MINUTES: Final = (0, 1, 5, 10, 15, 30)
USUAL_MINUTES: Final = 10
LOCKED: Final = "locked"
"""The property of the window that says it to those who do not know us."""
_KEY: Final = "lock/minutes"
_MINUTE_MS: Final = 60_000
_LOOK_MS: Final = 20_000
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


def idle_minutes(settings: SettingsStore) -> int:
    """After how many minutes this computer locks; 0 never."""
    text = settings.text(_KEY)
    return int(text) if text in map(str, IDLE_MINUTES) else USUAL_MINUTES


def put_idle_minutes(settings: SettingsStore, minutes: int) -> None:
    """Remember it."""
    settings.put_text(_KEY, str(minutes))


class ScreenLock(QObject):
    """Watches the hands on keyboard and mouse; hides everything, and shows it again.

    A timer stands still while the computer sleeps: whoever wakes it finds it locked by the clock.
    """

    now = staticmethod(time)

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        """Watches from now on; `of` finds the one that watches already."""
        super().__init__(window)
        self._desk, self._window = desk, window
        self._page: LockPage | None = None
        self._content: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self._title = ""
        window.windowTitleChanged.connect(self._keep_title)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._since = self.now()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self._look)
        self._clock.start()
        # Windows of the system get few events, widgets very many: each window is watched once
        # it has been in use.
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)
        self._follow(QGuiApplication.focusWindow())
        desk.company_changed.connect(self._touched)
        self._touched()

    @classmethod
    def of(cls, desk: Desk, window: MainWindow) -> ScreenLock:
        """The one of the window."""
        found = next((one for one in window.children() if isinstance(one, cls)), None)
        return found or cls(desk, window)

    @property
    def is_locked(self) -> bool:
        """Whether a password is waited for."""
        return self._page is not None

    @property
    def page(self) -> LockPage | None:
        """Where it is typed."""
        return self._page

    @property
    def can_lock(self) -> bool:
        """Whether there is a password to open by again."""
        company = self._desk.company
        return company is not None and (
            company.user is not None
            or (not company.has_users and locking.how_locked(company).is_encrypted)
        )

    def lock_now(self) -> None:
        """锁定屏幕; a file without a password has nothing to be unlocked by."""
        if self.can_lock:
            self.lock()
        else:
            self._desk.tell("没有密码可锁：可以在“设置”里加密公司文件，或添加用户")

    @Slot()
    def lock(self) -> None:
        """Hide all content."""
        if self.is_locked or not self.can_lock:
            return
        window = self._window
        self._focus = QApplication.focusWidget()
        self._page = LockPage(self._desk, self.unlock, window.close)
        self._content = window.takeCentralWidget()
        window.setCentralWidget(self._page)
        window.setProperty(LOCKED, True)
        window.menuBar().hide()  # and with it all its keys
        window.statusBar().hide()
        window.setAcceptDrops(False)
        self._title = window.windowTitle()
        window.setWindowTitle(QGuiApplication.applicationDisplayName())
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        for widget in QApplication.topLevelWidgets():
            if widget is not window and widget.isVisible():
                self._hide(widget)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._page.begin()

    def unlock(self) -> None:
        """The password was right: all is where it was."""
        page, content = self._page, self._content
        if page is None or content is None:
            return
        self._page = self._content = None
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._follow(self._window.windowHandle())
        window = self._window
        window.takeCentralWidget()
        page.deleteLater()
        window.setCentralWidget(content)
        content.show()
        window.menuBar().show()
        window.statusBar().show()
        window.setAcceptDrops(True)
        window.setProperty(LOCKED, False)
        window.setWindowTitle(self._title)
        hidden, self._hidden = self._hidden, []
        for widget in hidden:
            if shiboken6.isValid(widget):
                widget.show()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus()
        self._touched()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hands: count anew. While it is locked: whatever wants to appear stays out of sight."""
        if event.type() in _TOUCHES:
            self._look()
            self._touched()
            if self._asks(event) and not self.is_locked and self.can_lock:
                self.lock()
                return True
        elif self.is_locked and event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._keep_out(watched)
        elif self.is_locked and event.type() == QEvent.Type.Close and watched is self._window:
            return self._stay(event)
        return super().eventFilter(watched, event)

    @Slot()
    def _touched(self) -> None:
        minutes = idle_minutes(self._desk.settings)
        self._since = self.now()
        if self.is_locked or not minutes or not self.can_lock:
            self._idle.stop()
        else:
            self._idle.start(minutes * _MINUTE_MS)

    @Slot()
    def _look(self) -> None:
        """Lock when more time has gone by than the timer has noticed."""
        minutes = idle_minutes(self._desk.settings)
        if minutes and self.now() - self._since > minutes * 60:
            self.lock()

    @Slot(QWindow)
    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    @Slot(str)
    def _keep_title(self, title: str) -> None:
        """The title would name the company."""
        name = QGuiApplication.applicationDisplayName()
        if self.is_locked and title != name:
            self._title = title
            self._window.setWindowTitle(name)

    def _stay(self, event: QEvent) -> bool:
        """Stay when something typed would be lost: the page asks that behind the lock."""
        shown = self._window.page
        if shown is None or shown.may_leave() or self._page is None:
            return False
        self._page.refuse_to_leave()
        event.ignore()
        return True

    @staticmethod
    def _asks(event: QEvent) -> bool:
        """Ctrl+L in a dialog, behind which the menu cannot hear it."""
        return (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_L
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )

    def _hide(self, widget: QWidget) -> None:
        if widget.windowType() == Qt.WindowType.Popup:
            widget.close()
            return
        self._hidden.append(widget)
        widget.hide()

    def _keep_out(self, widget: QWidget) -> None:
        """Something finished meanwhile and wants to say so: not before the password."""
        if not widget.isWindow() or widget is self._window or widget in self._hidden:
            return
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)

        def put_away() -> None:
            if shiboken6.isValid(widget):
                self._hide(widget)
                widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)

        QTimer.singleShot(0, widget, put_away)
