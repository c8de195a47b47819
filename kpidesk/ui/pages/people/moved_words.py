"""What a change of post does, in the officer's words, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpidesk.core.period import Period
from kpidesk.ui.words import count_text, day_text, long_day_text, number_text, span_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kpidesk.core.handover import LeftOver
    from kpidesk.core.people import Person
    from kpidesk.core.postings import Posting
    from kpidesk.usecases.moving import Drafted, Ended, Moved

_MOST = 8  # targets that are told one by one


def sections(person: Person, moved: Moved) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines."""
    if moved.posting is not None and moved.posting.since is not None:
        lines = [
            f"{long_day_text(moved.posting.since)}起：{_place(moved.posting)}",
            f"以前：{_place(moved.before)}，留在任职记录里",
        ]
        if moved.led:
            lines.append(
                f"{person.name}的 {moved.led} 名下属仍归其领导；要换上级的，请在各人资料里改"
            )
        yield "人员资料", lines
    else:
        yield "人员资料", [f"已经是：{_place(moved.before)}，不再改动"]
    for one in moved.ended:
        yield f"{one.title}：拟定终止协议 {one.number}", list(_ended(one))
    if moved.voided:
        yield "作废", [f"{number}（没有签署）" for number in moved.voided]
    if moved.drafted is not None:
        yield f"新责任书 {moved.drafted.number}（草稿）", list(_drafted(moved.drafted))
    yield "接下来", list(_next(moved))


def _place(one: Posting) -> str:
    superior = f"，上级{one.superior}" if one.superior else ""
    return f"{one.department}，{one.post}{superior}"


def _ended(one: Ended) -> Iterator[str]:
    yield f"最后一天 {day_text(one.last_day)}；双方签字、登记签署以后才生效，原责任书一字不改"
    if one.kept:
        yield f"到那天为止的 {count_text(one.kept, '个')}考核周期照常评分、核算"
    if one.judged is not None:
        yield f"{span_text(one.judged)} 的各月合并考核一次：登记签署以后，“评分”里有这一段的评分表"
    if one.cut is not None:
        yield (
            f"⚠ {span_text(one.cut)} 这个考核周期被中途截断，不再考核。这一段的得分要留作依据的，"
            "登记签署以前先在“评分”打印“已填评分表”，签字归档"
        )
    yield from (f"⚠ {hurdle}" for hurdle in one.hurdles)


def _drafted(one: Drafted) -> Iterator[str]:
    counted = f"，考核 {len(one.cycles)} 次" if one.cycles else "，按业绩核算"
    yield f"{one.scheme}，{one.role}；{span_text(one.term)}{counted}"
    if out := left_out(one.term, one.cycles):
        yield f"⚠ {out}"
    for target in one.targets[:_MOST]:
        yield f"目标“{target.target.label}”：{_figure(target)}（{target.how}）"
    if (more := len(one.targets) - _MOST) > 0:
        yield f"还有 {more} 个目标，见草稿"
    if one.open:
        yield f"还没有填的目标：{'、'.join(one.open)}，办理以后在草稿里填"
    if one.note:
        yield f"⚠ {one.note}"


def left_out(term: Period, cycles: Sequence[Period]) -> str:
    """The months of a term that no cycle covers; empty where there are none."""
    if not cycles:
        return ""
    first, last = cycles[0].start, cycles[-1].end
    gaps = [Period(term.start, first)] if term.start < first else []
    gaps += [Period(last, term.end)] if last < term.end else []
    told = "、".join(map(span_text, gaps))
    return f"{told} 不满一个考核周期，不考核" if told else ""


def _figure(one: LeftOver) -> str:
    target = one.target
    if target.total is None:
        return f"{len(target.months)} 个月各有各的"
    months = f"，分 {len(target.months)} 个月" if target.months else ""
    return f"{number_text(target.total)} {target.unit}{months}"


def _next(moved: Moved) -> Iterator[str]:
    if moved.ended:
        yield "① 打印终止协议，双方签字、盖章，登记签署"
    if moved.drafted is not None:
        first = "②" if moved.ended else "①"
        yield f"{first} 核对新责任书草稿的目标和参数，打印、签字、盖章，登记签署（在终止协议以后）"
    if moved.ended or moved.drafted:
        yield "办到一半也不要紧：要签的都列在“责任书”页，随时接着办；不要了的草稿可以作废"
    else:
        yield "没有别的要办"
