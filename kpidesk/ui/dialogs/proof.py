"""核对存档: every hash taken anew; what was changed is named, and can be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.widgets import Banner, label
from kpidesk.usecases import verifying

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.verifying import Proof

_ADVICE = (
    "请不要删除或继续使用这个文件。把下面的内容复制下来，连同文件一起留存备查，"
    "再用改动之前的备份核对；打印件可以与手里的纸质件比较。"
)
_TALL = 260


class ProofDialog(Dialog):
    """What was looked at, and everything in it that is broken."""

    chapter = "公司文件与备份"

    def __init__(self, desk: Desk, parent: QWidget, proof: Proof) -> None:
        """Read only."""
        super().__init__(parent, "核对存档", width=640)
        said = Banner(desk.look)
        if proof.broken:
            said.say(f"发现 {len(proof.broken):,} 处被改动。{_ADVICE}", Tone.BAD)
        else:
            said.say("全部完好：与打印、签署、定分和结算时存档的一字不差。", Tone.GOOD)
        self.body.addWidget(said)
        self.body.addWidget(label(f"核对了{proof.summary}。", "muted", wrap=True))
        self.told = QPlainTextEdit("\n".join(one.text for one in proof.broken))
        self.told.setReadOnly(True)
        self.told.setMinimumHeight(_TALL)
        self.told.setVisible(bool(proof.broken))
        self.body.addWidget(self.told, 1)
        self.add_buttons("知道了", reject="")


def verify(desk: Desk, parent: QWidget) -> None:
    """Look at everything on the worker, then say what was found."""

    def show(proof: Proof) -> None:
        if proof.cancelled:
            desk.tell("核对已取消")
            return
        ProofDialog(desk, parent, proof).open()

    desk.act_long(
        "核对存档", lambda company, progress: verifying.verify(company, progress=progress), show
    )
