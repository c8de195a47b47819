"""Tokens → the one style sheet: only what a palette cannot say, for every rule costs start-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kpidesk.ui.look.tokens import Tokens


def sheet_of(t: Tokens, scale: float, folder: Path) -> str:
    """Widgets choose their rule by the dynamic property `kind`; `scale` is that of the text.

    `folder` holds arrows and tick: a style sheet takes pictures from files only, so they have one
    colour that can be seen in both themes.
    """
    pictures = folder.as_posix()
    title, heading, figure = (round(size * scale) for size in (20, 15, 26))
    return f"""
QPushButton {{ background:{t.surface}; color:{t.ink}; border:1px solid {t.border};
  border-radius:{t.radius}px; padding:6px 14px; min-height:20px; }}
QPushButton:hover {{ background:{t.raised}; border-color:{t.faint}; }}
QPushButton:pressed {{ background:{t.line}; }}
QPushButton:focus {{ border-color:{t.accent.ink}; }}
QPushButton:disabled {{ color:{t.faint}; border-color:{t.line}; background:{t.raised}; }}
QPushButton[kind="primary"] {{ background:{t.accent_fill}; color:{t.on_accent};
  border-color:{t.accent_fill}; font-weight:600; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:focus
  {{ background:{t.accent_strong}; border-color:{t.accent_strong}; }}
QPushButton[kind="primary"]:disabled {{ background:{t.line}; border-color:{t.line};
  color:{t.faint}; }}
QPushButton[kind="danger"] {{ background:{t.bad.ink}; color:{t.ground};
  border-color:{t.bad.ink}; font-weight:600; }}
QPushButton[kind="danger"]:disabled {{ background:{t.line}; border-color:{t.line};
  color:{t.faint}; }}
QPushButton[kind="link"] {{ background:transparent; border-color:transparent;
  color:{t.accent.ink}; padding:4px 6px; text-align:left; }}
QPushButton[kind="link"]:hover, QPushButton[kind="link"]:focus {{ background:{t.accent.soft}; }}
QLineEdit, QPlainTextEdit {{ background:{t.surface}; border:1px solid {t.border};
  border-radius:{t.radius}px; padding:5px 8px; min-height:20px;
  selection-background-color:{t.accent_fill}; selection-color:{t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border-color:{t.accent.ink}; }}
QLineEdit:disabled, QPlainTextEdit:disabled
  {{ background:{t.raised}; color:{t.faint}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"]
  {{ border-color:{t.bad.ink}; background:{t.bad.soft}; }}
QComboBox, QAbstractSpinBox {{ background:{t.surface}; color:{t.ink};
  border:1px solid {t.border}; border-radius:{t.radius}px; padding:5px 8px; min-height:20px;
  selection-background-color:{t.accent_fill}; selection-color:{t.on_accent}; }}
QComboBox {{ padding-right:0; }}
QComboBox:hover, QAbstractSpinBox:hover {{ border-color:{t.faint}; }}
QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus {{ border-color:{t.accent.ink}; }}
QComboBox:disabled, QAbstractSpinBox:disabled {{ background:{t.raised}; color:{t.faint}; }}
QComboBox[wrong="true"] {{ border-color:{t.bad.ink}; background:{t.bad.soft}; }}
QComboBox::drop-down, QAbstractSpinBox::up-button, QAbstractSpinBox::down-button
  {{ border:none; width:22px; }}
QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ image:url("{pictures}/down.svg");
  width:16px; height:16px; }}
QAbstractSpinBox::up-arrow {{ image:url("{pictures}/up.svg"); width:16px; height:16px; }}
QPushButton::menu-indicator {{ image:url("{pictures}/down.svg"); width:16px; height:16px;
  subcontrol-origin:padding; subcontrol-position:right center; right:6px; }}
QPushButton[kind="menu"] {{ padding-right:26px; }}
QComboBox QAbstractItemView {{ border:none; border-radius:0; padding:3px 0; }}
QCheckBox {{ spacing:8px; }}
QCheckBox::indicator, QTableView::indicator {{ width:16px; height:16px; background:{t.surface};
  border:1px solid {t.faint}; border-radius:4px; }}
QCheckBox::indicator:checked, QTableView::indicator:checked {{ background:{t.accent_fill};
  border-color:{t.accent_fill}; image:url("{pictures}/tick.svg"); }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color:{t.accent.ink}; }}
QCheckBox::indicator:disabled {{ background:{t.raised}; border-color:{t.border}; }}
QCheckBox::indicator:checked:disabled {{ background:{t.faint}; }}
QLineEdit[kind="cell"]
  {{ border:2px solid {t.accent.ink}; border-radius:0; padding:0 6px; min-height:0; }}
QToolButton {{ border:none; border-radius:{t.radius}px; padding:5px; }}
QToolButton:hover, QToolButton:focus {{ background:{t.line}; }}
QToolButton[kind="link"] {{ color:{t.accent.ink}; padding:0 4px; }}
QToolButton[kind="nav"] {{ padding:8px 12px; text-align:left; color:{t.muted}; font-weight:500; }}
QToolButton[kind="nav"]:focus {{ background:{t.raised}; }}
QToolButton[kind="nav"]:checked {{ background:{t.accent.soft}; color:{t.accent.ink};
  font-weight:700; }}
QFrame[kind="rail"] {{ background:{t.rail}; border:none; border-right:1px solid {t.line}; }}
QFrame[kind="card"] {{ background:{t.surface}; border:1px solid {t.line}; border-radius:10px; }}
QTableView, QTreeView, QListView, QTextBrowser {{ background:{t.surface}; border:1px solid {t.line};
  border-radius:10px; outline:0; selection-background-color:{t.selected};
  selection-color:{t.ink}; }}
QHeaderView {{ background:{t.raised}; border:none; }}
QHeaderView::section {{ background:{t.raised}; color:{t.muted}; border:none;
  border-bottom:1px solid {t.line}; padding:0 10px; font-weight:600; }}
QTableView QTableCornerButton::section {{ background:{t.raised}; border:none;
  border-bottom:1px solid {t.line}; }}
QMenuBar {{ background:{t.rail}; border-bottom:1px solid {t.line}; }}
QStatusBar {{ background:{t.rail}; border-top:1px solid {t.line}; color:{t.muted}; }}
QStatusBar::item {{ border:none; }}
QSplitter::handle {{ background:transparent; }}
QScrollArea {{ border:none; background:transparent; }}
QScrollBar:vertical {{ background:transparent; width:11px; margin:2px; }}
QScrollBar:horizontal {{ background:transparent; height:11px; margin:2px; }}
QScrollBar::handle {{ background:{t.border}; border-radius:3px; }}
QScrollBar::handle:vertical {{ min-height:32px; }}
QScrollBar::handle:horizontal {{ min-width:32px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
  {{ background:none; border:none; width:0; height:0; }}
QProgressBar {{ background:{t.line}; border:none; border-radius:4px; min-height:8px;
  max-height:8px; }}
QProgressBar::chunk {{ background:{t.accent.ink}; border-radius:4px; }}
QLabel[kind="title"] {{ font-size:{title}px; font-weight:700; }}
QLabel[kind="heading"] {{ font-size:{heading}px; font-weight:600; }}
QLabel[kind="figure"] {{ font-size:{figure}px; font-weight:700; }}
QLabel[kind="muted"] {{ color:{t.muted}; }}
QSlider::groove:horizontal {{ height:4px; border-radius:2px; background:{t.border}; }}
QSlider::sub-page:horizontal {{ border-radius:2px; background:{t.accent.ink}; }}
QSlider::handle:horizontal {{ width:14px; margin:-7px 0; border-radius:9px;
    background:{t.accent.ink}; border:2px solid {t.surface}; }}
QSlider::handle:horizontal:focus {{ border-color:{t.ink}; }}
QLabel[kind="wrong"] {{ color:{t.bad.ink}; }}
QToolTip {{ background:{t.surface}; color:{t.ink}; border:1px solid {t.border}; padding:4px; }}
"""
