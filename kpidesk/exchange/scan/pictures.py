"""Scanned pages as pictures for the eye: cut out of their sheet, turned upright, in colour."""

from __future__ import annotations

from PIL import Image

from kpidesk.exchange.scan.found import Half
from kpidesk.exchange.scan.opening import Scan

_SHEET_TO_HALF = 1.5  # a sheet is so much longer than its halves, and a little more


def upright(scan: Scan, sheet: int, half: str, turn: int, *, longest: int) -> Image.Image:
    """A page, its longer side at least about `longest` pixels where the scan has them."""
    part = Half(half)
    wanted = longest if part is Half.WHOLE else round(longest * _SHEET_TO_HALF)
    image = cut(scan.picture(sheet, wanted, in_colour=True), part)
    return image.rotate(-turn, expand=True) if turn else image


def cut(image: Image.Image, half: Half) -> Image.Image:
    """That part of a picture."""
    width, height = image.size
    match half:
        case Half.WHOLE:
            return image
        case Half.LEFT:
            return image.crop((0, 0, width // 2, height))
        case Half.RIGHT:
            return image.crop((width // 2, 0, width, height))
        case Half.TOP:
            return image.crop((0, 0, width, height // 2))
        case Half.BOTTOM:
            return image.crop((0, height // 2, width, height))
