"""Scans as pictures, one sheet at a time; refused before decoding when they are too large."""

from __future__ import annotations

from io import BytesIO
from typing import Final, Protocol

import pypdfium2
import pypdfium2.raw
from PIL import Image, ImageOps

from kpidesk.exchange.scan.found import MOST_PIXELS, MOST_SHEETS, ScanError

SHARP: Final = 2400
"""The longer side of a picture that codes are looked for in: A4 at about 200 dpi."""
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP")
_NESTED: Final = 8  # forms within forms of a PDF page that are looked into


class Scan(Protocol):
    """An opened scan."""

    @property
    def sheet_count(self) -> int:
        """How many sheets it has."""

    def picture(self, number: int, longest: int, *, in_colour: bool = False) -> Image.Image:
        """A sheet (the first is 0), its longer side about `longest` pixels or fewer; else grey."""


def open_scan(content: bytes) -> Scan:
    """A PDF or picture by what its bytes say; ScanError says why it cannot be read."""
    if not content:
        msg = "文件是空的（0 字节），扫描没有完成。请重新扫描"
        raise ScanError(msg)
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before anything is decoded
    scan: Scan
    if b"%PDF-" in content[:1024]:
        scan = _Pdf(content)
    elif content.startswith(_MAGIC):
        scan = _Picture(content)
    else:
        msg = "不是 PDF，也不是 PNG、JPEG、TIFF 或 BMP 图片。请用扫描仪另存为 PDF 再试"
        raise ScanError(msg)
    if not scan.sheet_count:
        msg = "里面没有页面。请重新扫描"
        raise ScanError(msg)
    if scan.sheet_count > MOST_SHEETS:
        msg = (
            f"有 {scan.sheet_count} 页，一个文件最多读 {MOST_SHEETS} 页。"
            "请分成几个文件扫描，或用 PDF 软件拆开后再试"
        )
        raise ScanError(msg)
    return scan


_MAGIC: Final = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")


def check_size(width: int, height: int) -> None:
    """Refuse a picture whose pixels would not fit into memory."""
    if width * height > MOST_PIXELS:
        msg = (
            f"图片有 {width} × {height} 像素，太大了(最多 {MOST_PIXELS // 10_000} 万像素)。"
            "请用 300 dpi 重新扫描"
        )
        raise ScanError(msg)
    if not width or not height:
        msg = "图片没有内容。请重新扫描"
        raise ScanError(msg)


class _Pdf:
    """A PDF, its pages drawn when asked for."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
            self.sheet_count = len(self._document)
        except pypdfium2.PdfiumError as error:
            # PDFium numbers its reasons: 4 is a password that was not given, 5 a lock unknown.
            if getattr(error, "err_code", None) in (4, 5):
                msg = "设有密码，不能读取。请取消密码后另存，或重新扫描"
                raise ScanError(msg) from error
            msg = "已损坏，不能读取。请重新扫描，或用 PDF 软件另存一份再试"
            raise ScanError(msg) from error

    def picture(self, number: int, longest: int, *, in_colour: bool = False) -> Image.Image:
        """Draw a page."""
        try:
            page = self._document[number]
        except pypdfium2.PdfiumError as error:
            msg = "这一页已损坏"
            raise ScanError(msg) from error
        try:
            for image in page.get_objects((pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_NESTED):
                check_size(*image.get_px_size())
            scale = longest / max(page.get_size())
            bitmap = page.render(scale=scale, grayscale=not in_colour)
            try:
                drawn: Image.Image = bitmap.to_pil()
                return _plain(drawn, in_colour=in_colour).copy()
            finally:
                bitmap.close()
        except (pypdfium2.PdfiumError, ZeroDivisionError) as error:
            msg = "这一页已损坏"
            raise ScanError(msg) from error
        finally:
            page.close()


class _Picture:
    """A picture file; a TIFF may hold several sheets."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        with self._opened() as image:
            check_size(*image.size)
            self.sheet_count = self._counted(image)

    def picture(self, number: int, longest: int, *, in_colour: bool = False) -> Image.Image:
        """Decode a sheet and reduce it."""
        with self._opened() as image:
            try:
                image.seek(number)
                check_size(*image.size)
                image.draft("RGB" if in_colour else "L", (longest, longest))
                turned = ImageOps.exif_transpose(_plain(image, in_colour=in_colour))
            except ScanError:
                raise
            except Exception as error:
                msg = "这一页已损坏"
                raise ScanError(msg) from error
            if max(turned.size) > longest:
                scale = longest / max(turned.size)
                size = (max(1, round(turned.width * scale)), max(1, round(turned.height * scale)))
                return turned.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
            return turned

    def _opened(self) -> Image.Image:
        try:
            return Image.open(BytesIO(self._content), formats=_FORMATS)
        except Exception as error:  # a broken file makes the library raise many kinds
            msg = "已损坏，不能读取。请重新扫描"
            raise ScanError(msg) from error

    def _counted(self, image: Image.Image) -> int:
        try:
            return int(getattr(image, "n_frames", 1))
        except Exception as error:
            msg = "已损坏，不能读取。请重新扫描"
            raise ScanError(msg) from error


def _plain(image: Image.Image, *, in_colour: bool) -> Image.Image:
    """In colours or in shades of grey, eight bits each; what is transparent is paper."""
    mode = "RGB" if in_colour else "L"
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        paper = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(paper, whole).convert(mode)
    if image.mode.startswith("I") or image.mode == "F":  # sixteen bits a pixel
        eight = image.convert("I").point(lambda value: value / 256).convert("L")
        return eight.convert(mode)
    return image.convert(mode)
