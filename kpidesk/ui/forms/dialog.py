"""A form in a dialog: saved by a use case, open until that has succeeded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtWidgets import QWidget

from kpidesk.ui.dialogs.base import Dialog
from kpidesk.ui.dialogs.messages import confirm
from kpidesk.ui.errors import message_of
from kpidesk.ui.widgets import scrolled

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms.form import Form
    from kpidesk.usecases.company import Company

    Act: TypeAlias = Callable[[], Callable[[Company], Any]]

_FRAME = 74  # margins around the form and what is between it and the buttons, in pixels
_SIDES = 44
_BESIDE_BAR = 12
_TALLEST = 640


class SavingDialog(Dialog):
    """Checks the form, lets `start` save it, closes when that has succeeded.

    When it is refused, the reason stands above the fields and nothing that was typed is lost.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, title: str, form: Form, *, save: str, width: int = 520
    ) -> None:
        """`save` is the word on the button."""
        super().__init__(parent, title, width=width)
        self.desk, self.form = desk, form
        self._saving = False
        form.settle()
        self.body.addWidget(scrolled(form), 1)
        self.add_buttons(save)
        self.resize(width, self._wanted(width))

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Begin to save; the fields are sound."""
        raise NotImplementedError

    def saved(self, outcome: Any) -> None:  # noqa: ANN401 - whatever the use case returned
        """It succeeded and the dialog has closed."""

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that would be lost."""
        return self.form.is_dirty

    def accept(self) -> None:
        """Save; close only when it succeeded."""
        if not self._saving and self.form.check():
            self._set_saving(saving=True)
            self.start(self._succeed, self._fail)
        self.fit()

    def reject(self) -> None:
        """Close; ask first when something was typed."""
        if self._saving:
            return
        if not self.is_dirty:
            super().reject()
            return
        confirm(
            self.desk,
            self,
            title="放弃修改？",
            text="您填写的内容还没有保存，关闭后将丢失。",
            action="放弃修改",
            back="继续填写",
            danger=True,
            then=self._give_up,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        if self.form.fields:
            self.form.fields[0].setFocus()

    def _give_up(self) -> None:
        super().reject()

    def _succeed(self, outcome: object) -> None:
        self._set_saving(saving=False)
        super().accept()
        self.saved(outcome)

    def _fail(self, problem: Exception) -> None:
        self._set_saving(saving=False)
        self.form.refuse(message_of(problem))
        self.fit()

    def fit(self) -> None:
        """Grow with the messages, never shrink under the officer's hands."""
        self.resize(self.width(), max(self.height(), self._wanted(self.width())))

    def _wanted(self, width: int) -> int:
        """How high the form is at a width, with all around it; a long one is scrolled."""
        frame = _FRAME + self.accept_button.sizeHint().height()
        by_width = self.form.heightForWidth(width - _SIDES)
        tall = by_width if by_width > 0 else self.form.sizeHint().height()
        scrolls = tall + frame > _TALLEST
        self.form.setContentsMargins(0, 0, _BESIDE_BAR if scrolls else 0, 0)
        return min(tall + frame, _TALLEST)

    def _set_saving(self, *, saving: bool) -> None:
        self._saving = saving
        self.accept_button.setEnabled(not saving)


class FormDialog(SavingDialog):
    """Saves by a use case on the open company."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        form: Form,
        *,
        act: Act,
        save: str = "保存",
        done: Callable[[Any], object] | None = None,
        width: int = 520,
    ) -> None:
        """`act` reads the fields (they are sound by then) and gives the work for `desk.act`."""
        super().__init__(desk, parent, title, form, save=save, width=width)
        self._act, self._done = act, done

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Run the use case on the worker."""
        self.desk.act(self._act(), done, failed, owner=self)

    def saved(self, outcome: Any) -> None:  # noqa: ANN401 - whatever the use case returned
        """Tell who opened the dialog."""
        if self._done is not None:
            self._done(outcome)
