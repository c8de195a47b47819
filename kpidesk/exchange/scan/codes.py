"""The codes on a sheet: looked for once, and with more effort only where none was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import hypot
from typing import Final

import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from kpidesk.exchange.scan.found import Half, Part
from kpidesk.exchange.scan.opening import SHARP
from kpidesk.exchange.scan.pictures import cut

Draw = Callable[[int], Image.Image]
"""Draws the sheet, its longer side as long as asked for."""

PAGE_TO_CODE: Final = 210 * 297 / 20**2
"""The area of a printed page, in areas of its code."""
_TO_MIDDLE: Final = ((77 / 20, 137.5 / 20), (120.5 / 20, 94 / 20))
"""From the top left corner of the code to the middle of an upright page and of a wide one, in
sides of the code: it stands 28 mm from the left edge and 11 mm from the top."""
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_TWO_UP: Final = 1.5  # a sheet has room for two pages when it has this much more area than one
_ASKEW: Final = 8  # degrees; a sheet cut around a page that lies aslant is larger than two pages
_LONGEST: Final = 200  # letters of a code that are handed on
_SPECK: Final = 4000  # of so many dots, one may be a speck of dust
_TRACE: Final = 40  # how much darker than the paper around it something written is, of 255


@dataclass(frozen=True, slots=True)
class _Code:
    text: str
    x: float
    y: float
    area: float
    angle: int
    middles: tuple[tuple[float, float], ...]
    """Where the middle of its page lies, were it upright or wide; as shares of the sheet."""

    @property
    def turn(self) -> int:
        """By how many degrees clockwise the picture has to be turned: 0, 90, 180, 270."""
        return -round(self.angle / 90) * 90 % 360

    @property
    def is_straight(self) -> bool:
        """Whether the page lies along the sides of the sheet."""
        return abs(self.angle - round(self.angle / 90) * 90) < _ASKEW


def parts_of(draw: Draw, prefix: str) -> tuple[Part, ...]:
    """The sheet as one page or two, with the codes that begin with `prefix`."""
    image = draw(SHARP)
    found = _codes(image, prefix)
    if not found and _is_blank(image):
        return (Part(is_blank=True),)
    if not found:
        for tried in _harder(image, draw):
            if found := _codes(tried, prefix):
                break
    if not _has_two(found, is_wide=image.width > image.height):
        return (_part(Half.WHOLE, found),)
    return tuple(_halves(image, draw, found, prefix))


def _codes(image: Image.Image, prefix: str) -> list[_Code]:
    """The codes in a picture, places as shares of its sides, areas as shares of its area."""
    codes = []
    for one in zxingcpp.read_barcodes(image, _QR):
        if not one.text.startswith(prefix):
            continue
        place = one.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        side = sum(
            hypot(a.x - b.x, a.y - b.y)
            for a, b in zip(corners, (*corners[1:], corners[0]), strict=True)
        ) / len(corners)
        codes.append(
            _Code(
                one.text[:_LONGEST],
                sum(corner.x for corner in corners) / len(corners) / image.width,
                sum(corner.y for corner in corners) / len(corners) / image.height,
                side * side / (image.width * image.height),
                one.orientation,
                tuple(_middle(corners, offset, image.size) for offset in _TO_MIDDLE),
            )
        )
    return codes


def _middle(
    corners: Sequence[zxingcpp.Point], offset: tuple[float, float], size: tuple[int, int]
) -> tuple[float, float]:
    """The middle of the page whose code has these corners, first the top left, clockwise."""
    first, right, _, below = corners
    across, down = offset
    x = first.x + (right.x - first.x) * across + (below.x - first.x) * down
    y = first.y + (right.y - first.y) * across + (below.y - first.y) * down
    return x / size[0], y / size[1]


def _has_two(codes: Sequence[_Code], *, is_wide: bool) -> bool:
    """Whether the sheet holds two pages: two codes, or one whose page takes up just a half.

    A photograph with much of the desk around the page has its page in the middle.
    """
    if len(codes) > 1:
        return True
    for one in codes:
        if not one.is_straight or 1 / (one.area * PAGE_TO_CODE) < _TWO_UP:
            continue
        along = [middle[0] if is_wide else middle[1] for middle in one.middles]
        of_a_half = min(abs(place - half) for place in along for half in (1 / 4, 3 / 4))
        return of_a_half < min(abs(place - 1 / 2) for place in along)
    return False


def _part(half: Half, codes: Sequence[_Code]) -> Part:
    texts = tuple(dict.fromkeys(one.text for one in codes))
    return Part(half, texts, codes[0].turn if codes else 0)


def _halves(image: Image.Image, draw: Draw, found: Sequence[_Code], prefix: str) -> Iterator[Part]:
    """Each half of the sheet along its longer side; one without a code is looked at again."""
    is_wide = image.width > image.height
    halves = (Half.LEFT, Half.RIGHT) if is_wide else (Half.TOP, Half.BOTTOM)
    turn = found[0].turn
    parts = []
    for number, half in enumerate(halves):
        here = [one for one in found if int((one.x if is_wide else one.y) >= 1 / 2) == number]
        if here:
            parts.append(_part(half, here))
            continue
        part = cut(image, half)
        if _is_blank(part):
            parts.append(Part(half, turn=turn, is_blank=True))
            continue
        for tried in _harder(part, partial(_drawn_half, draw, half)):
            if here := _codes(tried, prefix):
                break
        parts.append(replace(_part(half, here), turn=here[0].turn if here else turn))
    blank = [one for one in parts if one.is_blank]
    if len(blank) == 1 and len(found) == 1:
        # A page alone on a larger glass: what lies beside it is nothing.
        yield _part(Half.WHOLE, found)
        return
    yield from parts


def _drawn_half(draw: Draw, half: Half, longest: int) -> Image.Image:
    return cut(draw(longest), half)


def _harder(image: Image.Image, draw: Draw) -> Iterator[Image.Image]:
    """The sheet made easier to read in one way after another, the cheapest first."""
    yield image.filter(ImageFilter.GaussianBlur(1)).filter(ImageFilter.UnsharpMask(5, 300, 0))
    large = draw(SHARP * 2)
    if max(large.size) < SHARP * 3 // 2:
        large = large.resize((large.width * 2, large.height * 2), Image.Resampling.BICUBIC)
    smooth = large.filter(ImageFilter.GaussianBlur(2))
    yield smooth
    yield smooth.filter(ImageFilter.UnsharpMask(8, 250, 0))
    yield image.filter(ImageFilter.MedianFilter(3))


def _is_blank(image: Image.Image) -> bool:
    """Whether nothing is written on it: nowhere is it much darker than the paper around."""
    size = (max(1, image.width // 8), max(1, image.height // 8))
    small = image.resize(size, Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(4))
    darker = ImageChops.subtract(paper, small).histogram()
    return sum(darker[_TRACE:]) * _SPECK < sum(darker)
