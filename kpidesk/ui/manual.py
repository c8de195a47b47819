"""The manual in a window of its own: contents and search at the left, a chapter at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QModelIndex, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
    QStandardItem,
    QStandardItemModel,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QSplitter, QTextBrowser, QTextEdit, QTreeView, QWidget

from kpidesk.ui.files import choose_file, write_whole
from kpidesk.ui.widgets import column, push_button, row, search_box
from kpidesk.usecases import manual

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.look import Look
    from kpidesk.ui.pages.base import Page
    from kpidesk.usecases.manual import Chapter

_SIZE, _CONTENTS, _TEXT = (1040, 720), 270, 770
_SECTION = Qt.ItemDataRole.UserRole
_REDRAW_MS = 150
_MARGIN = 44
_PICTURE = "\ufffc"
"""Stands in the text for a picture."""


class ManualWindow(QWidget):
    """Stays open beside the program; dialogs do not block it."""

    def __init__(self, desk: Desk) -> None:
        """The first chapter, until `show_chapter`."""
        super().__init__()
        self._desk = desk
        self._manual = manual.read_manual()
        self._words: tuple[str, ...] = ()
        self.setWindowTitle("绩效考核台手册")
        self.setWindowIcon(desk.look.icon("info"))
        self.resize(*_SIZE)
        self.search = search_box(desk.look, "在手册里查找", self._look_for)
        self.search.setAccessibleName("在手册里查找")
        self._model = QStandardItemModel(self)
        self.contents = QTreeView()
        self.contents.setHeaderHidden(True)
        self.contents.setAccessibleName("手册目录")
        self.contents.setModel(self._model)
        self.text = _Chapter(desk.look)
        left = QWidget()
        left.setLayout(column(self.search, self.contents, spacing=10))
        halves = QSplitter()
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(left)
        halves.addWidget(self.text)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_CONTENTS, _TEXT])
        paper = push_button(desk.look, "另存为 PDF…", self.save, icon="pdf")
        whole = column(halves, row(None, paper), spacing=10)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._fill()
        self.contents.selectionModel().currentChanged.connect(self._open)
        self.show_chapter("")

    def show_chapter(self, title: str) -> None:
        """Go to a chapter or section; to the first where there is none of that title."""
        self.search.clear()
        index = next((one for one in self._indexes() if one.data() == title), None)
        self.contents.setCurrentIndex(index or self._model.index(0, 0))

    def showEvent(self, event: QShowEvent) -> None:
        """The text has the cursor: arrows scroll, Esc closes; Ctrl+F goes to the search."""
        super().showEvent(event)
        self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; in the search it empties that."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    @property
    def shown(self) -> str:
        """The title of what is in view."""
        return str(self.contents.currentIndex().data() or "")

    def save(self) -> None:
        """手册 PDF: ask where to, make it on the worker."""
        save_manual(self._desk, self)

    # --- contents

    def _fill(self) -> None:
        """The chapters and sections that hold all words, each with its own below it."""
        self._model.clear()
        for chapter in self._manual.chapters:
            first, *others = chapter.sections
            found = [one for one in others if self._holds(f"{one.title}\n{one.text}")]
            if not found and not self._holds(f"{first.title}\n{first.text}"):
                continue
            item = self._item(chapter.title, chapter)
            for one in found:
                item.appendRow(self._item(one.title, chapter))
            self._model.appendRow(item)
        self.contents.expandAll()

    def _item(self, title: str, chapter: Chapter) -> QStandardItem:
        item = QStandardItem(title)
        item.setEditable(False)
        item.setData(chapter, _SECTION)
        return item

    def _holds(self, text: str) -> bool:
        return all(word in text.casefold() for word in self._words)

    def _look_for(self, text: str) -> None:
        self._words = tuple(text.casefold().split())
        self._fill()
        self.contents.setCurrentIndex(self._first_found())

    def _first_found(self) -> QModelIndex:
        """The first section that holds the words itself, not only its chapter."""
        first = self._model.index(0, 0)
        if self._words and first.isValid() and self._model.rowCount(first):
            own = first.data(_SECTION).sections[0]
            if not self._holds(f"{own.title}\n{own.text}"):
                return self._model.index(0, 0, first)
        return first

    def _indexes(self) -> Iterator[QModelIndex]:
        for number in range(self._model.rowCount()):
            index = self._model.index(number, 0)
            yield index
            yield from (self._model.index(n, 0, index) for n in range(self._model.rowCount(index)))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.text.show_chapter(index.data(_SECTION), str(index.data()), self._words)


class _Chapter(QTextBrowser):
    """One chapter; its pictures are never wider than the window."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Chapter, str, tuple[str, ...]] | None = None
        self.setAccessibleName("手册正文")
        self.setOpenExternalLinks(False)
        self.setSearchPaths([str(manual.FOLDER)])
        self.document().setDocumentMargin(16)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REDRAW_MS)
        self._later.timeout.connect(self._set)
        look.changed.connect(self._later.start)

    def show_chapter(self, chapter: Chapter, section: str, words: tuple[str, ...]) -> None:
        """Show a chapter from one of its headings on; the words are marked."""
        self._shown = chapter, section, words
        self._set()

    @Slot()
    def _set(self) -> None:
        if self._shown is None:
            return
        chapter, section, words = self._shown
        self.document().setMarkdown(
            chapter.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        )
        self._dress()
        self._mark(words)
        block = self.document().begin()
        while block.isValid() and not _is_heading(block, section):
            block = block.next()
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            place = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(round(place) if block.blockNumber() else 0)

    def _dress(self) -> None:
        """Room between lines and cells; hair lines around tables."""
        line = QColor(self._look.tokens.line)
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            shape = block.blockFormat()
            if _PICTURE not in block.text():
                shape.setLineHeight(140, 1)  # 1: in percent
            shape.setBottomMargin(6)
            cursor.setBlockFormat(shape)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format().toTableFormat()
                table.setCellPadding(6)
                table.setBorder(1)
                table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                table.setBorderBrush(line)
                table.setBorderCollapse(True)
                frame.setFormat(table)

    def _mark(self, words: tuple[str, ...]) -> None:
        shape = QTextCharFormat()
        shape.setBackground(QColor(self._look.tokens.warn.soft))
        shape.setForeground(QColor(self._look.tokens.warn.ink))
        marks = []
        for word in words:
            cursor = self.document().find(word)
            while not cursor.isNull():
                mark = cast("Any", QTextEdit.ExtraSelection())  # its fields have no types
                mark.cursor, mark.format = cursor, shape
                marks.append(mark)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401 - by kind
        """A picture, made as wide as there is room; sharp on every screen."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        path = name.path() if isinstance(name, QUrl) else name
        picture = QImage(str(manual.FOLDER / path))
        ratio = self.devicePixelRatioF()
        room = round((self.viewport().width() - _MARGIN) * ratio)
        if picture.width() > room > 0:
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToWidth(room, smooth)
        picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room, other pictures."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._later.start()


def chapter_of(dialog: QWidget | None, page: Page | None) -> str:
    """The chapter of the dialog in front, else of the page; "" where there is neither."""
    while dialog is not None:
        if chapter := getattr(dialog, "chapter", ""):
            return str(chapter)
        dialog = dialog.parentWidget()
    return page.chapter if page is not None else ""


def _is_heading(block: QTextBlock, text: str) -> bool:
    return block.blockFormat().headingLevel() > 0 and block.text() == text


def save_manual(desk: Desk, parent: QWidget) -> None:
    """手册 PDF: ask where to, make it on the worker, write it whole."""

    def write(path: Path) -> None:
        desk.tasks.run_long(
            "生成手册 PDF",
            lambda _: write_whole(path, manual.manual_pdf()),
            lambda _: desk.tell(f"手册已保存到 {path}"),
        )

    start = desk.documents / "绩效考核台手册.pdf"
    choose_file(parent, "另存为 PDF", start, "PDF 文件 (*.pdf)", write, to_save=True)
