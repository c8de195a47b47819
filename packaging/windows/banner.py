"""The picture at the left of the installer's first and last page."""

from __future__ import annotations

from pathlib import Path

from icons import draw
from PIL import Image
from sources import ROOT

_SIZE = (164, 314)
_GROUND = (31, 95, 139)
_ICON = 96


def write_banner(target: Path) -> None:
    """Write it as the bitmap that the installer takes."""
    picture = Image.new("RGB", _SIZE, _GROUND)
    icon = draw(ROOT / "resources" / "program" / "program.svg", _ICON)
    picture.paste(icon, ((_SIZE[0] - _ICON) // 2, 48), icon)
    picture.save(target, format="BMP")
