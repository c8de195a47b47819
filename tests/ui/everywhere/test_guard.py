"""What holds of every page and dialog: named, reachable by keys, in Chinese, nothing cut off.

The tour finds pages in the registry and dialogs by what pages offer: new ones are looked at too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeGuard, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from kpidesk.ui.desk import Desk
from kpidesk.ui.look import Look, Theme
from kpidesk.ui.pages.registry import PAGES
from kpidesk.ui.table import RowsModel
from kpidesk.ui.window import MainWindow
from tests.walk.tour import Stop, menus, tour

Calm = Callable[[Desk], None]

LATIN = re.compile(r"[A-Za-z]{2,}")
KNOWN = {
    *("PDF", "Excel", "KPI", "HR", "PNG", "JPEG", "TIFF", "BMP", "WPS", "Word", "SHA", "OFL", "QR"),
    *("Ctrl", "Shift", "Alt", "Enter", "Esc", "Tab", "Delete", "Home", "End", "Qt", "LGPL", "UTF"),
    *("dpi", "CRM", "ERP", "GMV", "APP", "SOP", "OA", "VIP", "toml", "xlsx", "xls", "csv"),
}
"""Words that are written in letters in Chinese too: formats, keys, usual abbreviations."""
_CODE = re.compile(
    r"[A-Z]{1,3}\d+|R\d\d|\S*[/\\]\S*|\S+\.(?:kpidesk|toml|xlsx|pdf|png)|\{[^}]*\}"
    r"|(?:L|R|K)\d[\d.]*|[A-E]\b|\d+[A-Za-z]"
)
"""Numbers of people and clauses, paths, places in patterns of names."""


def shown(top: QWidget) -> Iterator[QWidget]:
    """Everything of a window or dialog that can be seen."""
    for widget in (top, *cast("list[QWidget]", top.findChildren(QWidget))):
        if widget.isVisibleTo(top) and not widget.visibleRegion().isEmpty():
            yield widget


def place(widget: QWidget) -> str:
    """Which widget it is, for whom the test tells."""
    chain: list[str] = []
    one: QWidget | None = widget
    while one is not None and len(chain) < 4:
        chain.append(type(one).__name__)
        one = one.parentWidget()
    text = getattr(widget, "text", lambda: "")
    said = text() if callable(text) else ""
    return f"{' < '.join(chain)} “{said or widget.accessibleName() or widget.objectName()}”"


def part_of(widget: QWidget, *kinds: type[QWidget]) -> bool:
    """Whether it is a part that another widget has made for itself."""
    parent = widget.parentWidget()
    return isinstance(parent, kinds) or (
        parent is not None and isinstance(parent.parentWidget(), kinds)
    )


def unnamed(top: QWidget) -> Iterator[str]:
    """Controls that a reader of the screen could not tell."""
    for widget in shown(top):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isEnabled():
            continue
        if widget.focusProxy() is not None or part_of(widget, QComboBox, QAbstractSpinBox):
            continue
        name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        if not (name or widget.accessibleName()).strip():
            yield f"没有名称：{place(widget)}"


def unreachable(top: QWidget) -> Iterator[str]:
    """Controls that only a mouse can reach."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QCheckBox)
    for widget in shown(top):
        if isinstance(widget, kinds) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            own = part_of(widget, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
            has_keys = re.search(r"（(?:Alt\+.|F\d)）", widget.toolTip())
            is_read_only = isinstance(widget, QLineEdit) and widget.isReadOnly()
            if not own and not has_keys and not is_read_only and widget.isEnabled():
                yield f"按键到不了：{place(widget)}"


def foreign(top: QWidget) -> Iterator[str]:
    """Words in letters that are no known ones."""
    for where, text in texts(top):
        words = set(LATIN.findall(_CODE.sub(" ", text))) - KNOWN
        if words:
            yield f"不是中文：{'、'.join(sorted(words))}，在 {where}"


def texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """What the program itself says."""
    yield "标题", top.windowTitle()
    for widget in shown(top):
        if isinstance(widget, QLabel | QAbstractButton):
            yield place(widget), widget.text()
        if isinstance(widget, QLineEdit):
            yield place(widget), widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield place(widget), widget.currentText()
        if isinstance(widget, QHeaderView) and isinstance(widget.model(), RowsModel):
            for column in widget.model().columns:  # type: ignore[attr-defined]  # a RowsModel
                yield place(widget), column.title
        yield f"{place(widget)} 的提示", re.sub(r"<[^>]+>", "", widget.toolTip())


def cut(top: QWidget) -> Iterator[str]:
    """Words that are wider or higher than the widget that shows them."""
    for widget in shown(top):
        if isinstance(widget, QLabel):
            yield from _cut_label(widget)
        elif isinstance(widget, QPushButton | QCheckBox):
            if widget.width() < widget.minimumSizeHint().width() - 1 and widget.text():
                yield f"按钮太窄：{place(widget)}"
        elif isinstance(widget, QComboBox):
            room = widget.width() - 30
            text = widget.currentText()
            if QFontMetrics(widget.font()).horizontalAdvance(text) > room and not widget.toolTip():
                yield f"选框太窄：{place(widget)} “{text}”"
        elif _heads_columns(widget):
            yield from _cut_headings(widget)


def _heads_columns(widget: QWidget) -> TypeGuard[QHeaderView]:
    """Whether it is the heading of a table's columns; that of its rows holds frozen columns."""
    return (
        isinstance(widget, QHeaderView)
        and widget.orientation() is Qt.Orientation.Horizontal
        and isinstance(widget.model(), RowsModel)
    )


def _cut_label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or label.pixmap().width():
        return
    inside = label.contentsRect()
    metrics = label.fontMetrics()
    if label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + 2:
            yield f"文字没有全部显示（高）：{place(label)}"
        return
    wide = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
    if wide > inside.width() + 1 and not label.toolTip():
        yield f"文字没有全部显示（宽）：{place(label)}"


def _cut_headings(header: QHeaderView) -> Iterator[str]:
    metrics = header.fontMetrics()
    columns = header.model().columns  # type: ignore[attr-defined]  # a RowsModel
    for number, column in enumerate(columns):
        lines = (column.heading or column.title).split("\n")
        wide = max(map(metrics.horizontalAdvance, lines))
        if not header.isSectionHidden(number) and header.sectionSize(number) < wide + 12:
            yield f"表头太窄：“{column.title}”"


def wrong(stop: Stop) -> list[str]:
    """Everything that is wrong with what is on the screen."""
    checks = (unnamed, unreachable, foreign, cut)
    found = (one for check in checks for one in check(stop.widget))
    return [f"{stop.name}：{one}" for one in dict.fromkeys(found)]


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_a_page_and_all_it_opens_is_named_reachable_chinese_and_whole(
    window: MainWindow, calm: Calm, key: str
) -> None:
    found = [one for stop in tour(window, key, calm) for one in wrong(stop)]
    assert not found, "\n".join(found)


def test_what_the_menus_open_is_named_reachable_chinese_and_whole(
    window: MainWindow, calm: Calm
) -> None:
    found = [one for stop in menus(window, calm) for one in wrong(stop)]
    assert not found, "\n".join(found)


@pytest.fixture
def large(look: Look, qapp: QApplication) -> Iterator[None]:
    look.change(qapp, Theme.DARK, 1.3)
    yield
    look.change(qapp, Theme.LIGHT, 1.0)


@pytest.mark.usefixtures("large")
def test_nothing_of_a_page_is_cut_in_large_letters(window: MainWindow, calm: Calm) -> None:
    found = []
    for entry in PAGES:
        window.desk.go(entry.key)
        calm(window.desk)
        # A choice may be cut in large letters: its list shows it whole.
        found += [f"{entry.key}：{one}" for one in cut(window) if not one.startswith("选框")]
    assert not found, "\n".join(found)
