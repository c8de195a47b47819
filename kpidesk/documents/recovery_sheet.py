"""恢复单: the recovery code of an encrypted company file, to be printed and locked away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from kpidesk.documents.blocks import Heading, entries
from kpidesk.documents.fonts import Face
from kpidesk.documents.grid import Cell, Grid, Row
from kpidesk.documents.look import BODY, GREY, HEADING, SUBTITLE, TINT, TITLE, Align, Style
from kpidesk.documents.page import TEXT_WIDTH, Head, build
from kpidesk.documents.signing import signatures
from kpidesk.documents.stamp import draw_code
from kpidesk.documents.text import Block, Text

_TITLE: Final = "恢复单"
_IN_A_ROW: Final = 4
_GROUP: Final = Style(Face.HEI_BOLD, 21, 30, Align.CENTER)
_PLACE: Final = Style(Face.HEI, 8, 12, Align.CENTER, color=GREY)
_TALL: Final = 20 * mm
_SIDE: Final = 34 * mm
_POINTS: Final = (
    (
        "忘记公司密码时，在打开文件的窗口里点“用恢复码打开”，按顺序输入下面八组字符，再设新密码。"
        "大小写都可以；字母 O 当作数字 0，字母 I 和 L 当作数字 1。每组最后一个字符用来核对，"
        "抄错一个字符，程序会指出在第几组。"
    ),
    "没有密码，也没有这张恢复单，任何人都打不开文件，软件的作者也不能。",
    (
        "谁拿到这张恢复单和文件，谁就能看到全部内容。请打印两份，分别装入信封封好，"
        "一份放在总经理的保险柜里，一份放在另一处（例如财务室的保险柜），不要和电脑放在一起，"
        "不要拍照，不要存在电脑里。"
    ),
    (
        "用这张恢复单也能打开这个文件加密后的全部备份。更换恢复码以后，请换一张新的；"
        "旧的一张只能打开更换之前的备份，这些备份还留着时不要销毁。"
    ),
)
_SIGNERS: Final = ("打印人", "保管人", "存放处")


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What is on it. `groups` are those of the code, in order."""

    company: str
    file: str
    made_on: date
    groups: tuple[str, ...]


def recovery_sheet_pdf(sheet: RecoverySheet) -> bytes:
    """One page. It has no page code: it is never filed."""
    head = Head(
        title=f"{_TITLE}（{sheet.file}）",
        company=sheet.company,
        label=f"{_TITLE}　绝密，封存保管",
        stamp=None,
    )
    return build(_story(sheet), head)


def _story(sheet: RecoverySheet) -> list[Flowable]:
    about = [[("公司文件", sheet.file), ("生成日期", sheet.made_on.isoformat())]]
    return [
        Heading(_TITLE, TITLE),
        Text("公司文件加密后，忘记密码时靠它打开", SUBTITLE),
        entries(about, TEXT_WIDTH),
        Text("恢复码（从左到右、从上到下，共八组）", HEADING),
        _groups(sheet.groups),
        Text("怎样使用和保管", HEADING),
        *(Text(f"{number}. {text}", BODY) for number, text in enumerate(_POINTS, 1)),
        _Code("".join(sheet.groups)),
        signatures(_SIGNERS, TEXT_WIDTH),
    ]


def _groups(groups: Sequence[str]) -> Grid:
    rows = []
    for start in range(0, len(groups), _IN_A_ROW):
        cells = [
            Cell((Text(f"第 {place} 组", _PLACE), Text(group, _GROUP)), tint=TINT)
            for place, group in enumerate(groups[start : start + _IN_A_ROW], start + 1)
        ]
        rows.append(Row(tuple(cells), height=_TALL))
    return Grid(rows, [TEXT_WIDTH / _IN_A_ROW] * _IN_A_ROW)


class _Code(Block):
    """The code for a scanner, in the middle of the line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its side and some air."""
        del height
        self._width, self.height = width, _SIDE + 8 * mm
        return width, self.height

    def paint(self, canvas: Any, x: float, y: float) -> None:  # noqa: ANN401 - the PDF library has no types
        """Draw it."""
        draw_code(canvas, self._text, x + (self._width - _SIDE) / 2, y + 2 * mm, _SIDE)
