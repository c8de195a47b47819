"""Many PDFs bound as one: their pages as they were, numbered, with bookmarks and the originals.

PDFium joins the pages. It cannot write bookmarks, so these are added behind its last byte, as
the format provides for (an incremental update).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Final

from kpidesk.documents.joining import join
from kpidesk.documents.pictures import Pages

_KIDS: Final = re.compile(rb"/Kids\[([\d R]+)\]/Type/Pages>>")
_TRAILER: Final = re.compile(
    rb"trailer\s+<<\s+/Root 1 0 R\s+/Info 3 0 R\s+/Size (\d+)/ID\[<(\w{32})><(\w{32})>\]>>"
    rb"\s+startxref\s+(\d+)\s+%%EOF\s*\Z"
)
_DATE: Final = re.compile(rb"\(D:\d{14}.{7}\)")
_MADE: Final = b"(D:20000101000000+00'00')"
"""Instead of the moment: the same parts give the same bytes."""


class LayoutChangedError(Exception):
    """PDFium lays its files out in another way than its pinned version does: ours to mend."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A part: its bookmark, its PDF, and under which file name the original is attached."""

    name: str
    pdf: bytes
    file: str = ""


def bind(parts: Sequence[Bound], *, title: str, author: str, numbered: str) -> bytes:
    """All parts in order as one file, opened with its bookmarks in view.

    Each page carries its number in the file, behind what it is `numbered` as: 证据包 36 / 85.
    """
    whole = settled(join((one.pdf for one in parts), numbered=numbered))
    kids, trailer = _KIDS.search(whole), _TRAILER.search(whole)
    if kids is None or trailer is None:
        raise LayoutChangedError
    pages = [int(one) for one in kids.group(1).split()[::3]]
    update = _Update(first=int(trailer.group(1)))
    outlines = update.add_outlines(_places(parts, pages))
    files = update.add_files([one for one in parts if one.file])
    update.put(
        1,
        f"<</Type/Catalog/Pages 2 0 R/Outlines {outlines} 0 R/PageMode/UseOutlines/Lang(zh-CN)"
        "/PageLabels<</Nums[0<</S/D>>]>>/ViewerPreferences<</DisplayDocTitle true>>"
        f"{f'/Names<</EmbeddedFiles {files} 0 R>>' if files else ''}>>".encode(),
    )
    update.put(
        3,
        b"<</Title%s/Author%s/Creator(KPI Desk)/Producer(KPI Desk)/CreationDate%s>>"
        % (_text(title), _text(author), _MADE),
    )
    return update.behind(whole, trailer)


def page_counts(pdfs: Sequence[bytes]) -> list[int]:
    """How many pages each has."""
    counts = []
    for pdf in pdfs:
        with Pages(pdf) as pages:
            counts.append(pages.page_count)
    return counts


def settled(whole: bytes) -> bytes:
    """The joined file without what the moment and chance left in it; no byte moves."""
    head, tail = whole.split(b"endobj", 3)[:3], whole.split(b"endobj", 3)[3]
    head[2] = _DATE.sub(_MADE, head[2])
    settled = b"endobj".join([*head, tail])
    trailer = _TRAILER.search(settled)
    if trailer is None or len(settled) != len(whole):
        raise LayoutChangedError
    blank = settled[: trailer.start(2)] + settled[trailer.end(3) :]
    mark = sha256(blank).hexdigest()[:32].upper().encode()
    return b"".join(
        (
            settled[: trailer.start(2)],
            mark,
            settled[trailer.end(2) : trailer.start(3)],
            mark,
            settled[trailer.end(3) :],
        )
    )


def _places(parts: Sequence[Bound], pages: Sequence[int]) -> list[tuple[str, int]]:
    """Each bookmark with the object number of the page that it leads to."""
    places, first = [], 0
    for part, count in zip(parts, page_counts([one.pdf for one in parts]), strict=True):
        places.append((part.name, pages[first]))
        first += count
    if first != len(pages):
        raise LayoutChangedError
    return places


class _Update:
    """New and changed objects of a file, by number."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._objects: dict[int, bytes] = {}

    def put(self, number: int, content: bytes) -> None:
        """Set the content of an object."""
        self._objects[number] = content

    def reserve(self, count: int) -> range:
        """Numbers for new objects."""
        numbers = range(self._next, self._next + count)
        self._next += count
        return numbers

    def add_outlines(self, places: Sequence[tuple[str, int]]) -> int:
        """Bookmarks one after the other; the number of their root."""
        root, *items = self.reserve(len(places) + 1)
        self.put(
            root,
            f"<</Type/Outlines/First {items[0]} 0 R/Last {items[-1]} 0 R"
            f"/Count {len(items)}>>".encode(),
        )
        for place, (name, page) in enumerate(places):
            links = f"/Parent {root} 0 R/Dest[{page} 0 R/XYZ null null null]"
            links += f"/Prev {items[place - 1]} 0 R" if place else ""
            links += f"/Next {items[place + 1]} 0 R" if place + 1 < len(items) else ""
            self.put(items[place], b"<</Title%s%s>>" % (_text(name), links.encode()))
        return root

    def add_files(self, parts: Sequence[Bound]) -> int:
        """Attach the originals; the number of their list, 0 when there are none."""
        if not parts:
            return 0
        names = []
        for place, part in enumerate(parts):
            stream, spec = self.reserve(2)
            size = len(part.pdf)
            self.put(
                stream,
                b"<</Type/EmbeddedFile/Subtype/application#2Fpdf/Length %d/Params<</Size %d>>>>\n"
                b"stream\n%s\nendstream" % (size, size, part.pdf),
            )
            self.put(
                spec,
                b"<</Type/Filespec/F(%03d.pdf)/UF%s/EF<</F %d 0 R/UF %d 0 R>>"
                b"/AFRelationship/Source>>" % (place + 1, _text(part.file), stream, stream),
            )
            names.append(b"(%03d)%d 0 R" % (place + 1, spec))
        (root,) = self.reserve(1)
        self.put(root, b"<</Names[%s]>>" % b" ".join(names))
        return root

    def behind(self, whole: bytes, trailer: re.Match[bytes]) -> bytes:
        """The file with the update behind its last byte."""
        chunks, places, at = [whole], {}, len(whole)
        for number, content in sorted(self._objects.items()):
            places[number] = at
            chunks.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
            at += len(chunks[-1])
        chunks.append(b"xref\n")
        entries = {0: b"0000000000 65535 f\r\n"}
        entries |= {number: b"%010d 00000 n\r\n" % place for number, place in places.items()}
        for _, run in groupby(enumerate(sorted(entries)), key=lambda pair: pair[1] - pair[0]):
            numbers = [number for _, number in run]
            chunks.append(b"%d %d\n" % (numbers[0], len(numbers)))
            chunks += [entries[number] for number in numbers]
        first = trailer.group(2)
        second = sha256(b"".join(chunks)).hexdigest()[:32].upper().encode()
        chunks.append(
            b"trailer\n<</Root 1 0 R/Info 3 0 R/Size %d/Prev %d/ID[<%s><%s>]>>\n"
            b"startxref\n%d\n%%%%EOF\n" % (self._next, int(trailer.group(4)), first, second, at)
        )
        return b"".join(chunks)


def _text(text: str) -> bytes:
    """A text of the file's dictionaries: UTF-16, in hexadecimal digits."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()
