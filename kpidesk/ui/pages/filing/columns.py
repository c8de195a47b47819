"""The columns of scanned pages and of the papers that they belong to, and their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kpidesk.core.filing import PageState
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.table import Column
from kpidesk.ui.words import copy_text, day_text

if TYPE_CHECKING:
    from kpidesk.usecases.filing import KnownPaper, PageRow, PaperRow

_HALVES = {"left": "左半", "right": "右半", "top": "上半", "bottom": "下半"}


def page_columns() -> list[Column[PageRow]]:
    """状态 姓名 文件 页码 说明; 扫描文件 when asked for: it stands beside the page's picture."""
    return [
        Column(
            "state",
            "状态",
            lambda one: page_state_text(one.page.state),
            tone=lambda one: page_tone(one.page.state),
            width=76,
        ),
        Column("person", "姓名", _person, bold=lambda _: True, width=68),
        Column("paper", "文件", _title, tip=_title, stretch=True),
        Column("number", "页码", _number, width=52),
        Column(
            "reason",
            "说明",
            lambda one: one.page.reason,
            tip=lambda one: one.page.reason,
            width=96,
        ),
        Column("file", "扫描文件", file_text, tip=_file_tip, sort=_order, width=160, hidden=True),
    ]


def paper_columns() -> list[Column[PaperRow]]:
    """状态 姓名 文件 已归档 缺页; 部门 when asked for."""
    return [
        Column("state", "状态", paper_state_text, tone=_paper_tone, width=76),
        Column("person", "姓名", lambda one: one.known.person_name, bold=lambda _: True, width=70),
        Column("title", "文件", _paper, tip=_paper, stretch=True),
        Column("department", "部门", lambda one: one.known.department, width=100, hidden=True),
        Column("filed", "已归档", _filed, width=64),
        Column("missing", "缺页", missing_text, tip=missing_text, width=72),
    ]


def page_state_text(state: PageState) -> str:
    """已归档, 待处理, 不归档, 空白页."""
    match state:
        case PageState.FILED:
            return "已归档"
        case PageState.WAITING:
            return "待处理"
        case PageState.DISCARDED:
            return "不归档"
        case PageState.BLANK:
            return "空白页"
        case _:
            assert_never(state)


def page_tone(state: PageState) -> Tone:
    """The colour of a state."""
    match state:
        case PageState.FILED:
            return Tone.GOOD
        case PageState.WAITING:
            return Tone.WARN
        case PageState.DISCARDED | PageState.BLANK:
            return Tone.NEUTRAL
        case _:
            assert_never(state)


def paper_copy(known: KnownPaper) -> str:
    """甲方存, 乙方存, or nothing."""
    return copy_text(known.paper.copy) if known.paper.copy else ""


def paper_name(known: KnownPaper) -> str:
    """王芳　责任书 大客户部-2026-001　甲方存."""
    parts = (known.person_name, known.title, paper_copy(known))
    return "　".join(one for one in parts if one)


def paper_state_text(one: PaperRow) -> str:
    """已齐全, 缺页, 未收到."""
    if one.is_complete:
        return "已齐全"
    return "缺页" if one.filed else "未收到"


def missing_text(one: PaperRow) -> str:
    """第 2、3 页; 全部."""
    if not one.filed:
        return "全部"
    return f"第 {'、'.join(map(str, one.missing))} 页" if one.missing else ""


def _person(one: PageRow) -> str:
    return one.known.person_name if one.known else ""


def _title(one: PageRow) -> str:
    if one.known is None:
        return file_text(one)
    return f"{one.known.title}　{paper_copy(one.known)}".rstrip()


def _number(one: PageRow) -> str:
    slot = one.page.slot
    return f"{slot.number}/{slot.total}" if slot else ""


def file_text(one: PageRow) -> str:
    """第 3 张左半　扫描.pdf."""
    half = _HALVES.get(one.page.half, "")
    return f"第 {one.page.sheet + 1} 张{half}　{one.page.file_name}"


def _order(one: PageRow) -> tuple[int, int]:
    return one.page.scan, one.page.id


def _file_tip(one: PageRow) -> str:
    return f"{file_text(one)}（{one.page.decided_by}，{day_text(one.page.decided_on)}）"


def _paper(one: PaperRow) -> str:
    return f"{one.known.title}　{paper_copy(one.known)}".rstrip()


def _filed(one: PaperRow) -> str:
    return f"{len(one.filed)}/{one.total} 页" if one.total else "0 页"


def _paper_tone(one: PaperRow) -> Tone:
    if one.is_complete:
        return Tone.GOOD
    return Tone.WARN if one.filed else Tone.NEUTRAL
