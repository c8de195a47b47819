"""The window's font: the system's good Chinese one, else the one that we ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
)
"""Families that are read well on a screen, best first."""

POINTS = 10
"""Normal text size in points (about 13 px at 96 dpi)."""


RARE = ("NotoSansSC-Rest.ttf", "RareHan-Regular.ttf")
_RARE_FAMILIES = ("Noto Sans SC Rest", "Rare Han")


def window_font(folder: Path, scale: float) -> QFont:
    """The font at `scale` × normal size; ours in `folder` is loaded only when it is needed."""
    family = _system_family() or _shipped_family(folder)
    font = QFont()
    font.setFamilies([*([family] if family else font.families()), *_RARE_FAMILIES])
    font.setPointSizeF(POINTS * scale)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


def _system_family() -> str | None:
    here = set(QFontDatabase.families())
    return next((family for family in GOOD if family in here), None)


def _shipped_family(folder: Path) -> str | None:
    """Register the sans faces that we ship; None when there is none (Qt then chooses)."""
    numbers = [
        QFontDatabase.addApplicationFont(str(folder / f"NotoSansSC-{face}.ttf"))
        for face in ("Regular", "Bold")
    ]
    return QFontDatabase.applicationFontFamilies(numbers[0])[0] if numbers[0] >= 0 else None


def load_rare_fonts(folder: Path) -> None:
    """Register the faces for rare characters in names; big, so after the window is shown."""
    for name in RARE:
        QFontDatabase.addApplicationFont(str(folder / name))
