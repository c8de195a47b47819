"""After wrong passwords one has to wait: the seconds are counted down where one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

_SECOND_MS = 1000


class Countdown(QObject):
    """Says how long to wait, every second, and nothing when it is over."""

    def __init__(
        self, parent: QObject, said: Callable[[str], object], may: Callable[[bool], object]
    ) -> None:
        """`said` shows a sentence, `may` lets one try or not."""
        super().__init__(parent)
        self._say, self._may = said, may
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def left(self) -> int:
        """Seconds still to wait."""
        return self._left

    def begin(self, problem: Exception) -> bool:
        """Count down what a refusal asks for; False when it asks for nothing."""
        self._left = int(getattr(problem, "wait", 0))
        if self._left <= 0:
            return False
        self._may(False)
        self._show()
        self._timer.start()
        return True

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._show()
            return
        self._timer.stop()
        self._say("")
        self._may(True)

    def _show(self) -> None:
        self._say(f"密码不对。为防止别人猜密码，请等 {self._left} 秒再试。")
