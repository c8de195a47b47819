"""证据包: everything that one person's appraisal of a year rests on, in one file with contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.dossier import Dossier, Filed, Item, Kind
from kpidesk.core.file_name import safe_name
from kpidesk.documents.archive import lacking_table
from kpidesk.documents.binding import Bound, bind, page_counts
from kpidesk.documents.blocks import Heading, cell, entries, heads, middle
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import (
    CELL_CENTER,
    CELL_SMALL,
    GREY,
    NOTE,
    REMARK,
    SUBTITLE,
    TITLE,
)
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import period_name

_TITLE = "绩效考核证据包"
_NUMBERED = "证据包"
_HASH = CELL_SMALL.but(size=6.4, leading=8.6, color=GREY)
_HOW_TO_CHECK = (
    "页码为本文件的页码，目录也算在内，印在每页右下角“证据包”之后。"
    "每份材料的原文件作为附件附在本文件中（附件名以序号开头），除这一页码外，"
    "页面由原文件不加改动地合并而来；把附件另存后计算 SHA-256，应与上表一致。"
    "“存档原件”是公司文件中保存的原字节；“存档扫描件中的页”是从所存扫描件中取出的本人的页；"
    "“现时生成”由公司文件中的记录在制作证据包时生成。"
)
_MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A document of the pack. `stored`: the very bytes that were kept, not made now."""

    item: Item
    pdf: bytes
    stored: bool = False

    @property
    def name(self) -> str:
        """As in the contents and among the bookmarks."""
        return f"{self.item.kind}　{self.item.about}"


def evidence_pdf(dossier: Dossier, parts: Sequence[Part], *, stamp: Stamp) -> bytes:
    """The pack: contents first, then the parts; what is missing is listed as missing."""
    about = f"{period_name(dossier.year)}　{dossier.name}　{dossier.number}"
    title = f"{_TITLE}（{dossier.name}，{period_name(dossier.year)}）"
    head = Head(title=title, company=dossier.company, label=f"{_TITLE}　{about}", stamp=stamp)
    counts = page_counts([one.pdf for one in parts])
    front = b""
    pages = 1
    for _ in range(_MOST_TRIES):  # the contents must know how many pages they take themselves
        front = build(list(_story(dossier, parts, counts, pages)), head)
        (taken,) = page_counts([front])
        if taken == pages:
            break
        pages = taken
    bound = [Bound("目录", front)]
    bound += [
        Bound(one.name, one.pdf, _file_name(number, one.item))
        for number, one in enumerate(parts, 1)
    ]
    return bind(bound, title=title, author=dossier.company, numbered=_NUMBERED)


def _story(
    dossier: Dossier, parts: Sequence[Part], counts: Sequence[int], front: int
) -> Iterator[Flowable]:
    yield Heading(_TITLE, TITLE)
    until = f"　　截至 {dossier.until}，其后结束的周期未计入" if dossier.until else ""
    yield Text(f"{period_name(dossier.year)}{until}", SUBTITLE)
    yield entries(
        [
            (("姓名", dossier.name), ("工号", dossier.number)),
            (("部门", dossier.department), ("岗位", dossier.post)),
            (
                ("材料", f"{len(parts)} 份，共 {sum(counts) + front} 页"),
                ("缺项", f"{len(dossier.missing)} 项" if dossier.missing else "没有"),
            ),
        ],
        TEXT_WIDTH,
    )
    yield Heading("目录", level=1)
    yield _contents(parts, counts, front)
    yield Text(_HOW_TO_CHECK, NOTE)
    yield Heading("其他登记", level=1)
    yield _registered(dossier, parts)
    yield Heading("缺少的材料", level=1)
    if not dossier.missing:
        yield Text("没有缺少的材料。", REMARK)
        return
    yield lacking_table(dossier.missing)


def _contents(parts: Sequence[Part], counts: Sequence[int], front: int) -> Grid:
    rows = [heads("序号", "材料", "所属", "页码", "来源与 SHA-256")]
    first = front + 1
    for number, (part, count) in enumerate(zip(parts, counts, strict=True), 1):
        last = first + count - 1
        where = f"{first}" if count == 1 else f"{first}–{last}"
        source = _source(part)
        digest = sha256(part.pdf).hexdigest().upper()
        rows.append(
            Row(
                (
                    middle(str(number)),
                    cell(part.item.kind),
                    cell(part.item.about),
                    cell(where, style=CELL_CENTER),
                    Cell((Text(source, CELL_SMALL), Text(digest, _HASH))),
                )
            )
        )
        first = last + 1
    return Grid(rows, (11 * mm, 28 * mm, 38 * mm, 17 * mm, 62 * mm), heads=1)


def _file_name(number: int, item: Item) -> str:
    """A name that every system takes once the attachment is saved."""
    return safe_name(f"{number:03d} {item.kind} {item.about}") + ".pdf"


def _source(part: Part) -> str:
    if part.item.kind is Kind.SCAN:
        return "存档扫描件中的页"
    return "存档原件" if part.stored else "现时生成"


def _registered(dossier: Dossier, parts: Sequence[Part]) -> Flowable:
    """What is on record without pages of its own, and what this appraisal does not need."""
    with_pages = {one.item for one in parts}
    rows = [heads("材料", "所属", "登记")]
    for item in dossier.items:
        if item in with_pages or item.state is Filed.MISSING:
            continue
        said = item.where if item.state is Filed.FILED else f"不适用：{item.note}"
        rows.append(Row((cell(item.kind), cell(item.about), cell(said))))
    if len(rows) == 1:
        return Text("没有其他登记。", REMARK)
    return Grid(rows, (30 * mm, 46 * mm, 80 * mm), heads=1)
