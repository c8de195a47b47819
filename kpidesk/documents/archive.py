"""归档证明 of one person and 归档清单 of a year: what is filed, what is missing, where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.core.dossier import Archive, Dossier, Filed, Item, Kind, lacks
from kpidesk.documents.blocks import Heading, band, cell, heads, label, middle
from kpidesk.documents.fonts import Face
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import (
    BODY,
    CELL,
    CELL_CENTER,
    CELL_SMALL,
    CELL_STRONG,
    GREY,
    NOTE,
    REMARK,
    SUBTITLE,
    TITLE,
    WARN,
)
from kpidesk.documents.page import TEXT_WIDTH, WIDE_TEXT_WIDTH, Head, build
from kpidesk.documents.signing import signatures
from kpidesk.documents.stack import Stack
from kpidesk.documents.stamp import Stamp
from kpidesk.documents.text import Text
from kpidesk.documents.words import period_name

_CERTIFICATE, _LIST = "归档证明", "归档清单"
_SIGNERS = ("归档人", "复核人", "人力资源部负责人")
_NONE = "—"
_HASH_LETTERS = 16
_STRONG = CELL_CENTER.but(face=Face.HEI_BOLD)
_LACKING = CELL_STRONG.but(color=WARN)
_BAND = CELL.but(face=Face.HEI_BOLD)
_HASHES = f"校验值为公司文件中所存内容的 SHA-256 前 {_HASH_LETTERS} 位；内容有改动，校验值就不同。"
_ORIGINALS = "本表只说明公司文件中存有什么；纸质原件以签字盖章的原件为准。"
_PAPER = "纸质原件存放（柜／盒／号，手填）：　　　　　　　　　　　　　　　　　　份数：　　　　　"


def certificate_pdf(dossier: Dossier, *, stamp: Stamp) -> bytes:
    """What is filed of one person, signed by whoever filed it."""
    about = f"{period_name(dossier.year)}　{dossier.name}　{dossier.number}"
    head = Head(
        title=f"{_CERTIFICATE}（{dossier.name}，{period_name(dossier.year)}）",
        company=dossier.company,
        label=f"{_CERTIFICATE}　{about}",
        stamp=stamp,
    )
    return build(list(_certificate(dossier)), head)


def list_pdf(archive: Archive, *, stamp: Stamp) -> bytes:
    """Everybody's files of a year side by side."""
    about = f"{period_name(archive.year)}　{archive.about}"
    head = Head(
        title=f"{_LIST}（{about}）",
        company=archive.company,
        label=f"{_LIST}　{about}",
        stamp=stamp,
        wide=True,
    )
    return build(list(_list(archive)), head)


def _certificate(one: Dossier) -> Iterator[Flowable]:
    yield Heading(_CERTIFICATE, TITLE)
    yield Text(f"{period_name(one.year)}绩效考核档案{_until(one.until)}", SUBTITLE)
    lacking = f"尚缺 {len(one.missing)} 项" if one.missing else "没有缺项"
    yield Text(
        f"{one.name}（工号 {one.number}，{one.department}，{one.post}）{period_name(one.year)}"
        f"绩效考核的材料，应归档 {one.needed} 项，已归档 {one.filed} 项，{lacking}。"
        "逐项情况如下。",
        BODY,
    )
    rows = [heads("序号", "材料", "所属", "状态", "存放处", "校验值")]
    rows += [_item(number, item) for number, item in enumerate(one.items, 1)]
    yield Grid(rows, (11 * mm, 28 * mm, 35 * mm, 16 * mm, 36 * mm, 30 * mm), heads=1)
    yield Text(_HASHES + _ORIGINALS, NOTE)
    if one.missing:
        yield Heading("尚缺的材料和补办办法", level=1)
        yield lacking_table(one.missing)
    closing = (Text(_PAPER, REMARK.but(indent=0)), signatures(_SIGNERS, TEXT_WIDTH))
    yield Stack(closing, whole=True)


def _until(day: date | None) -> str:
    """Said where the year was not over: later cycles are not due yet."""
    return f"　　截至 {day}，其后结束的周期未计入" if day else ""


def _item(number: int, item: Item) -> Row:
    lacking = item.state is Filed.MISSING
    state = cell(item.state, style=_LACKING if lacking else CELL_CENTER)
    kept = item.sha256[:_HASH_LETTERS].upper()
    return Row(
        (
            middle(str(number)),
            cell(item.kind),
            cell(item.about),
            state,
            cell(item.where or _NONE, style=CELL_SMALL),
            cell(kept or _NONE, style=CELL_SMALL.but(size=6.6, color=GREY)),
        )
    )


def lacking_table(items: Iterable[Item]) -> Grid:
    """What is missing, of which contracts and cycles, and how to come by it."""
    rows = [heads("材料", "所属", "数量", "补办办法")]
    rows += [
        Row(
            (
                cell(one.kind),
                cell("、".join(one.about)),
                middle(str(len(one.about))),
                cell(one.note),
            )
        )
        for one in lacks(items)
    ]
    return Grid(rows, (26 * mm, 54 * mm, 12 * mm, 64 * mm), heads=1)


def _list(archive: Archive) -> Iterator[Flowable]:
    yield Heading(_LIST, TITLE)
    total = len(archive.dossiers)
    counts = f"共 {total} 人，材料齐全 {archive.complete} 人，有缺项 {total - archive.complete} 人"
    about = f"{period_name(archive.year)}　　{archive.about}　　{counts}{_until(archive.until)}"
    yield Text(about, SUBTITLE)
    yield _matrix(archive)
    yield Text("各栏为“已归档／应归档”的份数，“—”为不适用；红色为有缺项。", NOTE)
    if any(one.missing for one in archive.dossiers):
        yield Heading("缺项明细", level=1)
        yield _details(archive)
    if archive.without:
        names = "、".join(archive.without)
        yield Text(f"在职但全年没有责任书和评分表的 {len(archive.without)} 人：{names}。", REMARK)
    closing = (Text(_ORIGINALS, NOTE), Text(_PAPER, REMARK.but(indent=0)))
    yield Stack([*closing, signatures(_SIGNERS, WIDE_TEXT_WIDTH)], whole=True)


def _matrix(archive: Archive) -> Grid:
    kinds = tuple(Kind)
    name, last = 40 * mm, 15 * mm
    each = (WIDE_TEXT_WIDTH - name - last) / len(kinds)
    widths = [name, *[each] * len(kinds), last]
    rows = [heads("姓名", *kinds, "缺项")]
    for department, people in groupby(archive.dossiers, key=lambda one: one.department):
        rows.append(band(Text(department, _BAND), len(widths)))
        for one in people:
            who = Cell((Text(f"{one.name}　{one.number}", CELL),))
            counts = (_count(*one.count(kind)) for kind in kinds)
            missing = len(one.missing)
            lacking = cell(str(missing), style=_LACKING) if missing else middle("齐全")
            rows.append(Row((who, *counts, lacking)))
    missing = sum(len(one.missing) for one in archive.dossiers)
    sums = (_count(*archive.count(kind)) for kind in kinds)
    rows.append(Row((label("合计"), *sums, cell(str(missing), style=_STRONG))))
    return Grid(rows, widths, heads=1)


def _count(filed: int, needed: int) -> Cell:
    if not needed:
        return middle(_NONE)
    return cell(f"{filed}／{needed}", style=_LACKING if filed < needed else CELL_CENTER)


def _details(archive: Archive) -> Grid:
    """One row for each person and kind: of which contracts and cycles it is missing."""
    rows = [heads("姓名", "材料", "所属", "补办办法")]
    for one in archive.dossiers:
        rows += [
            Row((cell(one.name), cell(lack.kind), cell("、".join(lack.about)), cell(lack.note)))
            for lack in lacks(one.items)
        ]
    return Grid(rows, (34 * mm, 34 * mm, 82 * mm, WIDE_TEXT_WIDTH - 150 * mm), heads=1)
