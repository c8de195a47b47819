"""Several of our PDFs as one, for one job of the printer: written object by object, never held.

It reads what our own writer made (a plain table of objects, no compressed ones), copies what the
pages need, and writes alike objects (the fonts of both copies of a contract) once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import md5, sha256
from io import BytesIO
from itertools import pairwise
from typing import BinaryIO

from kpidesk.documents.archival import About, intent, metadata
from kpidesk.documents.pictures import NotAPdfError
from kpidesk.documents.srgb import srgb_profile

_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = 20  # bytes of a line of the table
_TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|(?<![\d.])(\d+) 0 R\b", re.DOTALL)
_PARENT = re.compile(rb"/Parent\s+\d+ 0 R")
_BOX = re.compile(rb"/MediaBox\s*\[[^\]]*\]")
_CATALOGUE, _PAGES, _FIRST = 1, 2, 3
"""Numbers of the new file's own objects; the others are counted on from the first."""


class Joiner:
    """Writes a PDF into a file that is open for writing: `add` each part, then `finish`.

    `duplex`: each part begins on a new sheet of paper printed on both sides.
    """

    def __init__(self, file: BinaryIO, about: About, *, duplex: bool = False) -> None:
        self._file = file
        self._about = about
        self._duplex = duplex
        self._offsets: dict[int, int] = {}
        self._next = _FIRST
        self._known: dict[bytes, int] = {}
        self._pages: list[int] = []
        self._starts: list[tuple[str, int]] = []
        self._mark = sha256()
        self._position = 0
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def add(self, title: str, pdf: bytes) -> None:
        """The pages of a PDF of ours, under a bookmark; NotAPdfError for any other."""
        source = _Source(pdf)
        body = b""
        self._starts.append((title, len(self._pages)))
        made: dict[int, int] = {}
        for number in source.pages():
            body = self._renumbered(_PARENT.sub(b"/Parent", source.body(number)), source, made)
            body = body.replace(b"/Parent", b"/Parent %d 0 R" % _PAGES, 1)
            self._pages.append(self._put(body))
        if self._duplex and (len(self._pages) - self._starts[-1][1]) % 2:
            box = _BOX.search(body)
            page = b"<< /Type /Page /Parent %d 0 R %s /Resources << >> >>"
            self._pages.append(self._put(page % (_PAGES, box[0] if box else b"")))

    # -- objects ------------------------------------------------------------------------------

    def _renumbered(self, body: bytes, source: _Source, made: dict[int, int]) -> bytes:
        """An object with the numbers of the new file; what it names is copied first."""
        head, stream, rest = body.partition(b"stream\n")

        def new(found: re.Match[bytes]) -> bytes:
            if found[1] is None:
                return found[0]
            return b"%d 0 R" % self._copied(int(found[1]), source, made)

        return _TOKEN.sub(new, head) + stream + rest

    def _copied(self, number: int, source: _Source, made: dict[int, int]) -> int:
        if number not in made:
            body = self._renumbered(source.body(number), source, made)
            mark = sha256(body).digest()
            if mark not in self._known:
                self._known[mark] = self._put(body)
            made[number] = self._known[mark]
        return made[number]

    def _put(self, body: bytes, number: int = 0) -> int:
        if not number:
            number, self._next = self._next, self._next + 1
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body.strip(b"\r\n")))
        return number

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._mark.update(data)
        self._position += len(data)

    # -- the end ------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write what holds the parts together; the file stays open."""
        kids = b" ".join(b"%d 0 R" % one for one in self._pages)
        pages = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids)
        self._put(pages, _PAGES)
        packet = self._put(_stream(metadata(self._about), b"/Type /Metadata /Subtype /XML"))
        profile = self._put(_stream(srgb_profile(), b"/N 3"))
        outlines = self._outlines()
        labels = b" ".join(b"%d << /S /D /St 1 >>" % start for _, start in self._starts)
        catalogue = (
            b"<< /Type /Catalog /Pages %d 0 R /Lang (zh-CN) /Metadata %d 0 R /Outlines %d 0 R"
            b" /PageMode /UseOutlines /PageLabels << /Nums [%s] >> /OutputIntents [%s] >>"
        )
        values = (_PAGES, packet, outlines, labels, intent(b"%d 0 R" % profile))
        self._put(catalogue % values, _CATALOGUE)
        about = self._about
        info = self._put(
            b"<< /Title %s /Author %s /Subject %s /Keywords %s /Creator (KPI Desk)"
            b" /Producer (KPI Desk) /CreationDate (D:20000101000000+00'00')"
            b" /ModDate (D:20000101000000+00'00') >>"
            % tuple(map(_text, (about.title, about.author, about.subject, about.keywords)))
        )
        self._table(info)

    def _outlines(self) -> int:
        """A bookmark for each part."""
        root, first = self._next, self._next + 1
        self._next += 1 + len(self._starts)
        last = first + len(self._starts) - 1
        for place, (title, start) in enumerate(self._starts):
            number = first + place
            beside = b" /Prev %d 0 R" % (number - 1) if place else b""
            beside += b" /Next %d 0 R" % (number + 1) if number < last else b""
            dest = b"[%d 0 R /Fit]" % self._pages[start]
            values = (_text(title), root, dest, beside)
            self._put(b"<< /Title %s /Parent %d 0 R /Dest %s%s >>" % values, number)
        ends = b" /First %d 0 R /Last %d 0 R /Count %d" % (first, last, len(self._starts))
        self._put(b"<< /Type /Outlines%s >>" % (ends if self._starts else b""), root)
        return root

    def _table(self, info: int) -> None:
        start = self._position
        mark = md5(self._mark.digest(), usedforsecurity=False).hexdigest().encode()
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % self._next)
        for number in range(1, self._next):
            self._write(b"%010d 00000 n \n" % self._offsets[number])
        self._write(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s><%s>] >>\n"
            b"startxref\n%d\n%%%%EOF\n" % (self._next, _CATALOGUE, info, mark, mark, start)
        )


class _Source:
    """The objects of a PDF of our writer."""

    def __init__(self, pdf: bytes) -> None:
        at = pdf.rfind(b"startxref")
        start = pdf[at + 9 : at + 32].split()
        if at < 0 or not start or not start[0].isdigit():
            raise NotAPdfError
        begin = int(start[0])
        table = _TABLE.match(pdf, begin)
        root = re.search(rb"/Root (\d+) 0 R", pdf[begin:])
        if table is None or root is None:
            raise NotAPdfError
        lines = range(table.end(), table.end() + int(table[1]) * _ENTRY, _ENTRY)
        offsets = [int(pdf[one : one + 10]) for one in lines]
        ordered = [*sorted(offsets[1:]), begin]
        ends = dict(pairwise(ordered))
        self._pdf = pdf
        self._places = {n: (one, ends[one]) for n, one in enumerate(offsets) if n}
        self._root = int(root[1])

    def body(self, number: int) -> bytes:
        """What stands between `obj` and `endobj`."""
        start, end = self._places[number]
        whole = self._pdf[start:end]
        return whole[whole.index(b"obj") + 3 : whole.rindex(b"endobj")]

    def pages(self) -> list[int]:
        """The objects of the pages, in order."""
        tree = re.search(rb"/Pages (\d+) 0 R", self.body(self._root))
        kids = tree and re.search(rb"/Kids\s*\[([^\]]*)\]", self.body(int(tree[1])))
        if not kids:
            raise NotAPdfError
        return [int(one) for one in re.findall(rb"(\d+) 0 R", kids[1])]


def join(pdfs: Iterable[bytes]) -> bytes:
    """The pages of some PDFs of ours, in order, held in memory."""
    file = BytesIO()
    joiner = Joiner(file, About("打印文件", "", "", ""))
    for number, pdf in enumerate(pdfs, 1):
        joiner.add(f"第 {number} 份", pdf)
    joiner.finish()
    return file.getvalue()


def _stream(content: bytes, entries: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _text(text: str) -> bytes:
    """A text as the file holds it."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()
