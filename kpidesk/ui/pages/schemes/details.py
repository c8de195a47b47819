"""Everything about one scheme, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from kpidesk.core.combine import needs_indicators
from kpidesk.core.settings import Ref
from kpidesk.ui.look.tokens import Tone
from kpidesk.ui.pages.choice_bar import ChoiceBar
from kpidesk.ui.pages.holder import Holder
from kpidesk.ui.pages.schemes import drafting, sections
from kpidesk.ui.pages.schemes.check_up import CheckUpSection
from kpidesk.ui.pages.schemes.trial import save_blank, try_a_file
from kpidesk.ui.pages.schemes.versions import VersionChanges
from kpidesk.ui.text import plain_tip
from kpidesk.ui.widgets import Badge, column, label, push_button, row, scrolled
from kpidesk.ui.words import grain_text
from kpidesk.usecases.schemes import edition_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from kpidesk.core.scheme import Scheme
    from kpidesk.ui.desk import Desk
    from kpidesk.usecases.editing import DraftSaved
    from kpidesk.usecases.mending import FixAdopted

_SECTIONS = (
    ("指标与评分标准", sections.indicator_section),
    ("总分与等级", sections.scoring_section),
    ("薪酬", sections.pay_section),
    ("参数", sections.parameter_section),
    ("歧义", sections.ambiguity_section),
    ("原文条款", sections.source_section),
)
_CHECK_UP, _CHANGES = "体检", "改动"


class SchemeView(QWidget):
    """Title, what it is for, and its sections; each is built when first looked at."""

    def __init__(
        self,
        desk: Desk,
        use: Callable[[Scheme], object],
        adopted: Callable[[FixAdopted], object],
        begun: Callable[[DraftSaved], object],
    ) -> None:
        """`use` draws up contracts by the scheme in view; `adopted` gets a new version of it.

        `begun` gets a draft that is begun from it.
        """
        super().__init__()
        self._desk, self._adopted, self._begun = desk, adopted, begun
        self._scheme: Scheme | None = None
        self._title = label("", "heading", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._badge = Badge(desk.look)
        self._use = push_button(
            desk.look, "用此方案拟定责任书", self._draw_up, icon="new-file", kind="primary"
        )
        self._try = push_button(desk.look, "试算", lambda: None, kind="menu")
        self._try.setMenu(self._trial_menu())
        self.edit_button = push_button(desk.look, "修改", lambda: None, kind="menu")
        self.edit_button.setMenu(self._editing_menu())
        self._do = use
        desk.only_if("contracts.drafting.draw_up", self._use)
        desk.only_if("editing.save", self.edit_button)
        self.tabs = ChoiceBar(*(title for title, _ in _SECTIONS), _CHECK_UP, _CHANGES)
        self._stack = QStackedWidget()
        self._holders = [Holder(right=0) for _ in self.tabs.texts]
        for holder in self._holders:
            self._stack.addWidget(holder)
        self.tabs.chosen.connect(self._show_section)
        words = column(self._title, row(self._badge, self._about, spacing=10), spacing=6)
        head = row(words, self._try, self.edit_button, self._use, spacing=10)
        head.setStretch(0, 1)
        layout = column(head, self.tabs, self._stack, spacing=10)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.hide()

    def _trial_menu(self) -> QMenu:
        menu = QMenu(self)
        opening = menu.addAction("打开试算文件…")
        opening.triggered.connect(lambda: try_a_file(self._desk, self.window()))
        self._blank = menu.addAction("保存空白试算文件…")
        self._blank.triggered.connect(self._save_blank)
        return menu

    def _editing_menu(self) -> QMenu:
        menu = QMenu(self)
        for text, do in (
            ("修改为新版本", self._revise),
            ("复制为新方案…", self._copy),
            ("导出为文件…", self._export),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, do=do: do())
        return menu

    def _revise(self) -> None:
        if self._scheme is not None:
            drafting.revise(self._desk, self, self._scheme, self._begun)

    def _copy(self) -> None:
        if (scheme := self._scheme) is not None:
            title = scheme.title.removesuffix(edition_text(scheme))
            drafting.ask_title(
                self._desk, self.window(), scheme.id, f"{title}（自定）", self._begun
            )

    def _export(self) -> None:
        if self._scheme is not None:
            drafting.export_file(self._desk, self.window(), self._scheme)

    @property
    def scheme(self) -> Scheme | None:
        """The scheme in view."""
        return self._scheme

    def show_scheme(self, scheme: Scheme) -> None:
        """Show another scheme, on the same section."""
        if scheme == self._scheme:
            return
        self._scheme = scheme
        self.show()
        self._title.setText(scheme.title)
        self._about.setText(about(scheme))
        self._use.setEnabled(not scheme.lost)
        self._use.setToolTip(plain_tip(scheme.lost) if scheme.lost else "")
        self.edit_button.setEnabled(not scheme.lost)
        self._blank.setEnabled(not edition_text(scheme))  # a trial is by a built-in scheme
        if scheme.lost:
            self._badge.say("不能使用", Tone.BAD)
        elif needs_indicators(scheme):
            self._badge.say("需另选指标", Tone.WARN)
        else:
            self._badge.say("可直接使用", Tone.GOOD)
        for holder in self._holders:
            holder.put()
        self._show_section(self.tabs.current)

    def section(self) -> QWidget | None:
        """The section in view."""
        return self._holders[self._stack.currentIndex()].content()

    def _built(self, number: int, scheme: Scheme) -> QWidget:
        if number == len(_SECTIONS):
            return CheckUpSection(self._desk, scheme, self._adopted)
        if number > len(_SECTIONS):
            return VersionChanges(self._desk, scheme)
        return _SECTIONS[number][1](self._desk.look, scheme)

    def _save_blank(self) -> None:
        if self._scheme is not None:
            save_blank(self._desk, self.window(), self._scheme)

    def _draw_up(self) -> None:
        if self._scheme is not None:
            self._do(self._scheme)

    def _show_section(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        holder = self._holders[number]
        if self._scheme is None or holder.content() is not None:
            return
        page = Holder(spacing=0)
        page.put(self._built(number, self._scheme), spring=True)
        holder.put(scrolled(page))


def about(scheme: Scheme) -> str:
    """Whom it appraises, how often, and where it comes from, in one line."""
    roles = "、".join(one.title for one in scheme.roles)
    length = "长度由公司选定" if isinstance(scheme.cycle, Ref) else grain_text(scheme.cycle)
    stages = f"，每{grain_text(scheme.stages)[-2:]}阶段性评估" if scheme.stages else ""
    source = f"　出处：原文第 {scheme.source_lines} 行" if scheme.source_lines else ""
    return f"适用：{roles}　周期：{length}{stages}{source}"
