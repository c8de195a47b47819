"""The list of schemes: built-in ones, the company's versions below them, drafts last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpidesk.ui.look.tokens import Tone
from kpidesk.usecases import editing
from kpidesk.usecases.schemes import list_schemes

if TYPE_CHECKING:
    from kpidesk.usecases.company import Company
    from kpidesk.usecases.editing import DraftRow
    from kpidesk.usecases.schemes import SchemeRow

_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class ListRow:
    """A scheme or a draft; `order` sorts versions below the scheme that they come from."""

    id: str
    text: str
    order: tuple[str, int]
    tip: str
    scheme: SchemeRow | None = None
    draft: DraftRow | None = None

    @property
    def indicators(self) -> str:
        """How many indicators it has, or why it has none."""
        one = self.scheme
        if one is None:
            return "草稿"
        if one.lost:
            return "不能使用"
        if not one.usable:
            return "需另选"
        return f"{one.indicators} 项" if one.indicators else "核算薪酬"

    @property
    def tone(self) -> Tone | None:
        """What stands out: drafts, and what cannot be used as it is."""
        one = self.scheme
        return None if one is not None and one.usable and not one.lost else Tone.WARN


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows in their order."""

    rows: tuple[ListRow, ...]


def listing(company: Company) -> Listing:
    """Everything that there is to choose from."""
    titles: set[str] = set()
    rows: list[ListRow] = []
    plain = [(one.title.removesuffix(one.edition), one) for one in list_schemes(company)]
    for title, one in plain:
        tip = f"{one.title}\n原文第 {one.source_lines} 行" if one.source_lines else one.title
        text = f"　└ {one.edition.strip('（）')}" if title in titles else one.title
        titles.add(title)
        rows.append(ListRow(one.id, text, (title, one.version), tip, one))
    for draft in editing.list_drafts(company):
        text = "　└ 草稿" if draft.title in titles else draft.title
        tip = f"{draft.title}\n草稿，{draft.saved_by} {draft.saved_on} 保存"
        order = (draft.title, _LAST + draft.id)
        rows.append(ListRow(f"draft:{draft.id}", text, order, tip, draft=draft))
    return Listing(tuple(sorted(rows, key=lambda one: one.order)))
