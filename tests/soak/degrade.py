"""Printed pages spoilt on purpose, as printers, hands, cups and scanners do."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from random import Random

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from kpidesk.documents.pictures import Pages

PAPER = 250


def printed_pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Every page of a PDF in grey."""
    pictures = []
    with Pages(pdf) as pages:
        for number in range(pages.page_count):
            made = pages.render(number, dpi / 72)
            size = (made.width, made.height)
            image = Image.frombuffer("RGB", size, made.pixels, "raw", "BGRX", made.stride, 1)
            pictures.append(image.convert("L"))
    return pictures


def turned(page: Image.Image, degrees: float) -> Image.Image:
    """The whole sheet turned on the glass, nothing cut off."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER)


def skewed(page: Image.Image, degrees: float) -> Image.Image:
    """Drawn in askew by the feeder: turned a little, the corners cut off."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=PAPER)


def blurred(page: Image.Image, radius: float) -> Image.Image:
    """Out of focus."""
    return page.filter(ImageFilter.GaussianBlur(radius))


def noisy(page: Image.Image, random: Random, strength: float) -> Image.Image:
    """With the grain of a cheap sensor."""
    tile = Image.frombytes(
        "L",
        (256, 256),
        bytes(max(0, min(255, round(random.gauss(128, strength)))) for _ in range(256 * 256)),
    )
    grain = Image.new("L", page.size)
    for left in range(0, page.width, 256):
        for top in range(0, page.height, 256):
            turn = random.choice(list(Image.Transpose)[:5])
            grain.paste(tile.transpose(turn), (left, top))
    return ImageChops.add(page, grain, scale=1, offset=-128)


def faint(page: Image.Image, darkest: int) -> Image.Image:
    """Printed with little toner: black is only as dark as `darkest`."""
    return page.point([darkest + value * (255 - darkest) // 255 for value in range(256)])


def stained(page: Image.Image, random: Random, darkness: int) -> Image.Image:
    """With coffee over it: clouds as dark as `darkness` under the print."""
    clouds = Image.frombytes(
        "L", (8, 11), bytes(random.randint(darkness, 255) for _ in range(88))
    ).resize(page.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(page, clouds)


def as_jpeg(page: Image.Image, quality: int, dpi: int) -> bytes:
    """As the scanner saves it."""
    file = BytesIO()
    page.save(file, "JPEG", quality=quality, dpi=(dpi, dpi))
    return file.getvalue()


def two_up(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages side by side on one sheet, as wide as one is tall."""
    height = max(left.height, right.height)
    sheet = Image.new("L", (left.width + right.width, height), PAPER)
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width, 0))
    return sheet


def as_pdf(pictures: Sequence[tuple[bytes, float, float]]) -> bytes:
    """JPEG pictures with their width and height in points, a page each, as scanners write them."""
    document = pypdfium2.PdfDocument.new()
    for jpeg, width, height in pictures:
        page = document.new_page(width, height)
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(BytesIO(jpeg), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page.insert_obj(image)
        page.gen_content()
        page.close()
    file = BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()
