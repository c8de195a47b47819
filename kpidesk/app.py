"""The composition root: paths, log, look, window; then the company file."""

from __future__ import annotations

import builtins
import gc
import sys
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.window import MainWindow

FOLDER = "KPI Desk"
NAME = "绩效考核台"
PORTABLE = "portable.txt"
"""A program with this file beside its folder keeps its data there too."""
_RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the program finds and keeps its things."""

    resources: Path
    settings: Path
    log: Path
    data: Path
    documents: Path

    @classmethod
    def of_user(cls) -> Paths:
        """The usual places of this user on this system."""
        from PySide6.QtCore import QStandardPaths

        def place(kind: QStandardPaths.StandardLocation) -> Path:
            return Path(QStandardPaths.writableLocation(kind))

        kinds = QStandardPaths.StandardLocation
        data = place(kinds.GenericDataLocation) / FOLDER
        return cls(
            resources=_RESOURCES,
            settings=place(kinds.GenericConfigLocation) / FOLDER / "settings.ini",
            log=data / "log" / "kpidesk.log",
            data=data,
            documents=_made_or_home(place(kinds.DocumentsLocation) / NAME),
        )

    @classmethod
    def beside(cls, program: Path) -> Paths:
        """All in one folder beside the program, as it is carried on a stick."""
        data = program / "数据"
        return cls(
            resources=_RESOURCES,
            settings=data / "设置" / "settings.ini",
            log=data / "日志" / "kpidesk.log",
            data=data,
            documents=_made_or_home(data / "公司文件"),
        )

    @classmethod
    def chosen(cls) -> Paths:
        """Beside the program where the mark of a portable one lies, else the usual places."""
        program = _RESOURCES.parents[1]
        return cls.beside(program) if (program / PORTABLE).is_file() else cls.of_user()


def _made_or_home(folder: Path) -> Path:
    """The folder for the officer's files; a file dialog takes a missing one for a file's name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path.home()
    return folder


@dataclass(slots=True)
class Program:
    """Everything that lives as long as the window."""

    app: QApplication
    desk: Desk
    window: MainWindow


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window; `arguments` may name a company file."""
    names = list(sys.argv[1:] if arguments is None else arguments)
    gc.disable()  # nothing made before the window shows is garbage: collecting costs a tenth
    load_qt()
    from kpidesk.ui.single_instance import SingleInstance, answer

    paths = Paths.chosen()
    path = Path(names[0]).absolute() if names else None
    instance = SingleInstance(paths.data)
    if not instance.is_first and instance.hand_over(path):
        return 0
    program = build(paths)
    instance.listen()
    instance.asked.connect(partial(answer, program.window))
    show(program, paths, path)
    return program.app.exec()


def show(program: Program, paths: Paths, path: Path | None) -> None:
    """Show the window with a company file: this one, else the last one, else the welcome."""
    path = path or program.window.files.last()
    if path is None:
        program.window.show_welcome()
    else:
        program.window.show_opening(path.name)
    program.window.show()
    _after_show(program, paths, path)


def load_qt() -> None:
    """Import Qt, then put back the import function that it replaces.

    Qt's own reads the source of every module that is imported later, to find uses of features
    that we have not got: that made SQLAlchemy's import a third slower and 19 MB bigger.
    """
    ours = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = ours


def build(paths: Paths, today: Callable[[], date] = date.today) -> Program:
    """The window, ready to be shown; nothing here reads the company file."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from kpidesk.ui.company_files import CompanyFiles
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.error_reporter import ErrorReporter
    from kpidesk.ui.look import Look
    from kpidesk.ui.settings_store import SettingsStore
    from kpidesk.ui.window import MainWindow

    app = QApplication(sys.argv[:1])
    app.setApplicationName("kpidesk")
    app.setApplicationDisplayName(NAME)
    _speak_chinese(app)
    settings = SettingsStore(paths.settings)
    look = Look(paths.resources, settings.theme, settings.text_scale)
    look.apply(app)
    desk = Desk(look, settings, today, paths.documents)
    files = CompanyFiles(desk, paths.data / "样例公司.kpidesk")
    window = MainWindow(desk, files)
    ErrorReporter(desk, lambda: app.activeWindow() or window, paths.log).install()
    window.setWindowIcon(QIcon(str(paths.resources / "program" / "program.svg")))
    return Program(app, desk, window)


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words (确定, 取消, 打印) in Chinese, before any widget is made."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale("zh_CN"))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def _after_show(program: Program, paths: Paths, path: Path | None) -> None:
    """Once the window is painted: the company file, the log, the garbage collector."""
    from kpidesk.ui.collector import Collector
    from kpidesk.ui.day_watch import DayWatch
    from kpidesk.ui.first_paint import FirstPaint
    from kpidesk.ui.warm_up import WarmUp

    files, window = program.window.files, program.window

    def go_on() -> None:
        if path is None:
            files.preload()
        else:
            files.open(window, path)
        _begin_log(program, paths.log)
        program.desk.look.load_rare_fonts()
        Collector(program.window)
        DayWatch(program.window)
        WarmUp(program.window)

    FirstPaint(window, go_on)


def _begin_log(program: Program, path: Path) -> None:
    """The log and the trace of crashes; what the last time left behind is told."""
    from kpidesk.ui.notices import Notice
    from kpidesk.ui.trouble_log import TroubleLog

    log = TroubleLog(path)
    said = log.begin(datetime.now().astimezone())
    # A bare method would be held weakly, and the log with it: it would never end as it should.
    program.desk.closing.connect(partial(log.end))
    program.desk.notice(Notice("last-time", said, of_company=False))
