"""Small dialogs about the company password: change it, set it anew, print the sheet, decrypt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpidesk.ui.errors import message_of
from kpidesk.ui.forms import Form, FormDialog
from kpidesk.ui.forms.secret import PasswordField
from kpidesk.ui.locking.waiting import Countdown
from kpidesk.ui.pages.scoring.document import DocumentDialog
from kpidesk.ui.widgets import label
from kpidesk.usecases import locking

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.forms.dialog import Act
    from kpidesk.ui.look import Look
    from kpidesk.usecases.company import Company

_HINT = "至少 8 个字符；几个不相干的词连成一句，既好记又难猜"
_HOLDER = "恢复码持有人"
_DIFFERENT = "两次输入的密码不一样"


class NewPassword:
    """Two fields that must agree."""

    def __init__(self, look: Look, form: Form, title: str = "新密码") -> None:
        """Adds them to a form."""
        self.first = form.add(PasswordField(title, look=look, hint=_HINT))
        self.second = form.add(PasswordField(f"再输入一次{title}", look=look))

    def agree(self) -> bool:
        """Whether both say the same; says so below the second."""
        if self.first.raw() == self.second.raw():
            return True
        self.second.refuse(_DIFFERENT)
        self.second.setFocus()
        return False


class PasswordDialog(FormDialog):
    """A form that begins with the password of today; wrong ones are counted down."""

    chapter = "加密与密码"

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        form: Form,
        *,
        act: Act,
        save: str,
        done: Callable[[Any], object],
        new: NewPassword | None = None,
    ) -> None:
        """`new` are the fields of a new password, if there are any."""
        super().__init__(desk, parent, title, form, act=act, save=save, done=done, width=480)
        self._new = new
        self._wait = Countdown(self, form.refuse, self.accept_button.setEnabled)

    @property
    def is_dirty(self) -> bool:
        """A password is no work that could be lost."""
        return False

    def accept(self) -> None:
        """Only when the new password is the same twice, and nobody has to wait."""
        agrees = self._new is None or not self.form.check() or self._new.agree()
        if self._wait.left <= 0 and agrees:
            super().accept()

    def _fail(self, problem: Exception) -> None:
        self._set_saving(saving=False)
        if not self._wait.begin(problem):
            self.form.refuse(message_of(problem))
        self.fit()


class _FirstPassword(PasswordDialog):
    """Of a company that is open, but not on the desk yet."""

    company: Company

    def start(self, done: Callable[[Any], object], failed: Callable[[Exception], object]) -> None:
        """Run the use case on the worker."""
        work, company = self._act(), self.company
        self.desk.tasks.run(lambda: work(company), done, failed, owner=self)


def change_password(desk: Desk, parent: QWidget) -> PasswordDialog:
    """修改公司密码: the old one, and the new one twice."""
    form = Form(desk.look)
    old = form.add(PasswordField("现在的公司密码", look=desk.look))
    new = NewPassword(desk.look, form)

    def act() -> Callable[[Company], Any]:
        before, after, actor, today = old.value(), new.first.value(), desk.officer, desk.today
        return lambda company: locking.change_password(
            company, old=before, new=after, actor=actor, today=today
        )

    dialog = PasswordDialog(
        desk, parent, "修改公司密码", form, act=act, save="修改", new=new,
        done=lambda _: desk.tell("公司密码已修改；以前的备份仍用当时的密码打开"),
    )  # fmt: skip
    dialog.open()
    return dialog


def replace_password(
    desk: Desk,
    parent: QWidget,
    opened: tuple[Company, str],
    code: str,
    then: Callable[[], object],
) -> PasswordDialog:
    """After the recovery code has `opened` a file: a new password, now; `then` it is shown.

    Where the file has users, one of them signs in afterwards: one dialog at a time.
    """
    form = Form(desk.look)
    said = "已用恢复码打开。请现在设一个新的公司密码，下次就用它打开；恢复码不变，恢复单放回原处。"
    form.add_widget(label(said, wrap=True))
    new = NewPassword(desk.look, form, "新的公司密码")

    def act() -> Callable[[Company], Any]:
        after, today = new.first.value(), desk.today
        actor = officer or _HOLDER  # nobody has signed in yet
        return lambda company: locking.replace_password(
            company, code=code, new=after, actor=actor, today=today
        )

    company, officer = opened
    dialog = _FirstPassword(
        desk, parent, "设置新密码", form, act=act, save="设为新密码", new=new,
        done=lambda _: desk.tell("新密码已设好"),
    )  # fmt: skip
    dialog.company = company
    dialog.finished.connect(lambda _: then())
    dialog.open()
    return dialog


def print_sheet(desk: Desk, parent: QWidget) -> PasswordDialog:
    """打印恢复单: the password first, then the sheet."""
    form = Form(desk.look)
    password = form.add(PasswordField("公司密码", look=desk.look, hint="打印恢复单之前先核对密码"))

    def act() -> Callable[[Company], Any]:
        typed, today = password.value(), desk.today
        return lambda company: _Sheet(locking.recovery_sheet(company, password=typed, today=today))

    dialog = PasswordDialog(
        desk, parent, "打印恢复单", form, act=act, save="查看恢复单",
        done=lambda sheet: DocumentDialog(desk, parent, "恢复单", lambda _: sheet.pdf).open(),
    )  # fmt: skip
    dialog.open()
    return dialog


def decrypt(desk: Desk, parent: QWidget, done: Callable[[], object]) -> PasswordDialog:
    """取消加密: what that means, and the password."""
    form = Form(desk.look)
    said = (
        "取消以后，任何人拿到公司文件都能打开它，看到薪酬、评分和责任书。"
        "取消之前做的备份仍然是加密的，打开它们仍要用原来的密码或恢复码，请保留恢复单。"
    )
    form.add_widget(label(said, wrap=True))
    password = form.add(PasswordField("公司密码", look=desk.look))

    def act() -> Callable[[Company], Any]:
        typed, actor, today = password.value(), desk.officer, desk.today
        return lambda company: locking.decrypt(company, password=typed, actor=actor, today=today)

    def finished(_: object) -> None:
        desk.tell("公司文件已不再加密")
        done()

    dialog = PasswordDialog(desk, parent, "取消加密", form, act=act, save="取消加密", done=finished)
    dialog.open()
    return dialog


class _Sheet:
    """A PDF that is no change of anything."""

    changes = None

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
