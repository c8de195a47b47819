"""Every page, every tab, every dialog that can be opened from them, one after the other.

    python -m tests.walk.tour FOLDER [--theme dark] [--scale 2] [--text 1.5] [--size 1366x728]

opens the sample company, keeps a picture of each stop in FOLDER and lays all of them out on
contact sheets. It draws without a screen unless QT_QPA_PLATFORM says otherwise. Nothing is named
here: what a page offers is found on it, so that new pages and dialogs are on the tour too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from kpidesk.ui.desk import Desk
from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.progress_panel import ProgressPanel
from kpidesk.ui.table import TableView

if TYPE_CHECKING:
    from kpidesk.app import Program
    from kpidesk.ui.window import MainWindow

DAY = date(2026, 1, 20)
Calm = Callable[[Desk], None]
_OPENING = ("新增人员", "拟定责任书", "定分", "结算本期", "打印薪酬结算单", "新增部门", "重命名")
"""Buttons that open a dialog without saying so by dots."""
_PRINTER = "打印…"
"""Asks for a printer, by a dialog of the system that waits; that of contracts asks for copies."""
_PATIENCE = 180.0
_CALM = 0.2
_ROUNDS = 8
_WIDE, _ACROSS, _DOWN = 880, 3, 4


@dataclass(frozen=True)
class Stop:
    """Something that is on the screen now, until the next stop is asked for."""

    name: str
    widget: QWidget


def tour(window: MainWindow, key: str, calm: Calm) -> Iterator[Stop]:
    """A page with its tabs and everything that it can open."""
    window.desk.go(key)
    calm(window.desk)
    page = window.page
    if page is None:
        raise TypeError(key)
    page.setObjectName(key)
    _choose_first(page)
    calm(window.desk)
    yield Stop(key, window)
    yield from _dialogs(window, key, calm)
    for name in _open_tabs(page):
        if not _click(page, name, calm, window.desk):
            continue
        _choose_first(page)
        calm(window.desk)
        yield Stop(f"{key}-{name}", window)
        yield from _dialogs(window, f"{key}-{name}", calm, only_new=True)
    page.may_leave()


def menus(window: MainWindow, calm: Calm) -> Iterator[Stop]:
    """What the menu bar opens, from the page in view."""
    bar = window.menuBar()
    for menu in cast("list[QMenu]", bar.findChildren(QMenu)):
        for action in list(menu.actions()):
            if action.isEnabled() and action.text().endswith("…"):
                yield from opened(f"menu-{_plain(action.text())}", action.trigger, window, calm)
    yield from opened("menu-关于", _action(bar, "关于绩效考核台").trigger, window, calm)
    window.show_manual()
    calm(window.desk)
    if (manual := window._manual) is not None:
        yield Stop("manual", manual)
        manual.close()


def _dialogs(
    window: MainWindow, name: str, calm: Calm, *, only_new: bool = False
) -> Iterator[Stop]:
    """What the buttons, their menus and the menus of tables open; each once a page."""
    page = window.page
    done: set[str] = _SEEN.setdefault(name.partition("-")[0], set()) if only_new else set()
    if not only_new:
        _SEEN[name] = done
    while page is not None and (found := _next(page, done)) is not None:
        text, do = found
        done.add(text)
        yield from opened(f"{name}-{_plain(text)}", do, window, calm)
        if window.page is not page:  # it led to another page, and opened there
            window.desk.go(name.partition("-")[0])
            calm(window.desk)


_SEEN: dict[str, set[str]] = {}


def _next(page: QWidget, done: set[str]) -> tuple[str, Callable[[], object]] | None:
    """The next thing that opens something: looked for anew, the page may have changed."""
    offered = (*_of_buttons(page), *_of_tools(page), *_of_tables(page))
    asks = page.objectName() == "contracts"
    return next(
        (one for one in offered if one[0] not in done and (asks or one[0] != _PRINTER)), None
    )


def _of_buttons(page: QWidget) -> Iterator[tuple[str, Callable[[], object]]]:
    for button in cast("list[QPushButton]", page.findChildren(QPushButton)):
        if button.isEnabled() and button.isVisible():
            if (menu := cast("QMenu | None", button.menu())) is not None:
                yield from _of_menu(menu)
            elif _opens(button.text()):
                yield button.text(), button.click


def _of_menu(menu: QMenu) -> Iterator[tuple[str, Callable[[], object]]]:
    for action in menu.actions():
        if action.isEnabled() and _opens(action.text()):
            yield action.text(), action.trigger


def _of_tools(page: QWidget) -> Iterator[tuple[str, Callable[[], object]]]:
    for tool in cast("list[QToolButton]", page.findChildren(QToolButton)):
        name = tool.accessibleName() or tool.toolTip()
        if tool.isEnabled() and tool.isVisible() and _opens(name):
            yield name, tool.click


def _of_tables(page: QWidget) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a right click on a row offers."""
    for table in cast("list[TableView[Any]]", page.findChildren(TableView)):
        fill, rows = table._menu, table.selected_rows()
        if fill is not None and rows and table.isVisible():
            menu = QMenu(table)
            fill(menu, rows)
            yield from _of_menu(menu)


def _opens(text: str) -> bool:
    return text.endswith("…") or text in _OPENING


def opened(
    name: str,
    do: Callable[[], object],
    window: MainWindow,
    calm: Calm,
    keep: QWidget | None = None,
) -> Iterator[Stop]:
    """Do something, stop at each dialog that it opens, and close them; `keep` stays open."""
    do()
    calm(window.desk)
    while isinstance(dialog := QApplication.activeModalWidget(), QDialog) and dialog is not keep:
        if isinstance(dialog, Dialog):  # others are Qt's own, or the system's
            yield Stop(name, dialog)
        dialog.reject()
        calm(window.desk)
        if isinstance(dialog, ProgressPanel):
            continue  # the work stops at its next safe point
        if QApplication.activeModalWidget() is dialog:
            dialog.hide()
            dialog.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            calm(window.desk)


def _open_tabs(page: QWidget) -> list[str]:
    """The names of the tabs of a page and of its parts that are not in view."""
    return [
        text
        for button in _tabs(page)
        if button.isVisible() and not button.isChecked() and (text := button.text())
    ]


def _tabs(page: QWidget) -> list[QToolButton]:
    bars = cast("list[ChoiceBar]", page.findChildren(ChoiceBar))
    inside: set[int] = set()
    for bar in bars:
        inside.update(map(id, bar.findChildren(QToolButton)))
    buttons = cast("list[QToolButton]", page.findChildren(QToolButton))
    return [
        one
        for one in buttons
        if one.isCheckable() and (id(one) in inside or one.property("kind") == "nav")
    ]


def _click(page: QWidget, text: str, calm: Calm, desk: Desk) -> bool:
    for button in _tabs(page):
        if button.text() == text and button.isVisible() and button.isEnabled():
            cast("QAbstractButton", button).click()
            calm(desk)
            return True
    return False


def _choose_first(page: QWidget) -> None:
    """A row of each table, so that what is done with rows can be done."""
    for table in cast("list[TableView[Any]]", page.findChildren(TableView)):
        if table.isVisible() and table.rows.shown() and not table.selected_rows():
            table.select([table.rows.key(table.rows.shown()[0])])


def _action(bar: QWidget, text: str) -> QAction:
    actions = cast("list[QAction]", bar.findChildren(QAction))
    return next(one for one in actions if one.text() == text)


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…").replace("/", "-")


def shows_progress() -> bool:
    """Whether long work is shown, with the way to stop it: nothing to wait for."""
    panel = QApplication.activeModalWidget()
    return isinstance(panel, ProgressPanel) and panel.accept_button.isEnabled()


# --- the pictures


class _Guide:
    """Takes a picture of each stop."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program, self.folder = program, folder
        self.pictures: list[Path] = []

    def calm(self, desk: Desk) -> None:
        """Until the worker has answered, and the window has drawn it."""
        end, calm = time.monotonic() + _PATIENCE, time.monotonic() + _CALM
        rounds = 0  # one slow answer may last longer than the calm: what it led to is drawn too
        while time.monotonic() < calm or rounds < _ROUNDS:
            self.program.app.processEvents()
            rounds += 1
            if desk.tasks.pending and not shows_progress():
                calm, rounds = time.monotonic() + _CALM, 0
            if time.monotonic() > end:
                msg = "the worker does not come to an end"
                raise TimeoutError(msg)
            time.sleep(0.01)

    def keep(self, stop: Stop) -> None:
        """A picture of a window or a dialog."""
        path = self.folder / f"{len(self.pictures) + 1:03} {stop.name}.png"
        stop.widget.grab().save(str(path))
        self.pictures.append(path)
        print(path.name, flush=True)  # noqa: T201 - says how far it is

    def go(self) -> None:
        """The whole tour."""
        from kpidesk.ui.pages.registry import PAGES

        window = self.program.window
        window.show_welcome()
        window.show()
        self.calm(window.desk)
        self.keep(Stop("welcome", window))
        window.files.open_sample(window)
        while window.desk.company is None:
            self.calm(window.desk)
        for entry in PAGES:
            for stop in tour(window, entry.key, self.calm):
                self.keep(stop)
        for stop in menus(window, self.calm):
            self.keep(stop)

    def go_into_corners(self) -> None:
        """What has to be led to."""
        from kpidesk.usecases.company import create_company
        from tests.walk.corners import corners, empty_pages

        window = self.program.window
        window.show()
        path = window.desk.documents / "空.kpidesk"
        create_company(path, name="绵州新程有限公司", actor="苏婉宁", today=DAY).close()
        window.files.open(window, path)
        self._wait_for(path)
        for stop in empty_pages(window, self.calm):
            self.keep(stop)
        window.files.open_sample(window)
        self._wait_for(window.desk.documents / "样例公司.kpidesk")
        for stop in corners(window, self.calm):
            self.keep(stop)

    def _wait_for(self, path: Path) -> None:
        """Until a company file is open."""
        while (company := self.program.desk.company) is None or company.path != path:
            self.calm(self.program.desk)

    def lay_out(self) -> None:
        """Contact sheets of all pictures."""
        from PIL import Image, ImageDraw

        each = _ACROSS * _DOWN
        for first in range(0, len(self.pictures), each):
            cells = []
            for path in self.pictures[first : first + each]:
                with Image.open(path) as picture:
                    small = picture.convert("RGB")
                small.thumbnail((_WIDE, _WIDE))
                cells.append((path, small))
            tall = max(one.height for _, one in cells) + 24
            size = (_ACROSS * (_WIDE + 8), -(-len(cells) // _ACROSS) * tall)
            sheet = Image.new("RGB", size, "#888888")
            draw = ImageDraw.Draw(sheet)
            for number, (path, small) in enumerate(cells):
                x, y = number % _ACROSS * (_WIDE + 8), number // _ACROSS * tall
                draw.text((x + 4, y + 4), path.name[:3], fill="white")
                sheet.paste(small, (x, y + 20))
            sheet.save(self.folder / f"sheet-{first // each + 1:02}.png")


def main() -> None:
    """Go on the tour and keep the pictures."""
    parser = argparse.ArgumentParser(description="Pictures of every page and dialog.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--scale", default="1", help="pixels of the screen to a pixel of ours")
    parser.add_argument(
        "--text", type=float, default=1.0, help="of the settings: 1, 1.15, 1.3, 1.5"
    )
    parser.add_argument("--size", default="1366x728")
    parser.add_argument("--corners", action="store_true", help="what has to be led to")
    parser.add_argument("--sample", type=Path, help="a sample company that was made before")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = chosen.scale
    shutil.rmtree(chosen.folder, ignore_errors=True)
    chosen.folder.mkdir(parents=True)
    from kpidesk.app import Paths, build, load_qt
    from kpidesk.ui.look import Theme

    load_qt()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if chosen.sample:
            shutil.copy(chosen.sample, place / "样例公司.kpidesk")
        paths = replace(
            Paths.of_user(),
            settings=place / "settings.ini",
            log=place / "kpidesk.log",
            data=place,
            documents=place,
        )
        program = build(paths, today=lambda: DAY)
        program.desk.look.load_rare_fonts()
        program.desk.look.change(program.app, Theme(chosen.theme), chosen.text)
        width, _, height = chosen.size.partition("x")
        program.window.resize(int(width), int(height))
        guide = _Guide(program, chosen.folder)
        try:
            (guide.go_into_corners if chosen.corners else guide.go)()
        finally:
            with suppress(ValueError):
                guide.lay_out()
            program.window.close()


if __name__ == "__main__":
    main()
