"""整体导出 and 导入整体归档: the company on another computer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kpidesk.ui.dialogs import show_message
from kpidesk.ui.files import choose_file, file_name
from kpidesk.ui.keeping.words import size_text
from kpidesk.ui.look.tokens import Tone
from kpidesk.usecases.keeping.archiving import (
    ARCHIVE_SUFFIX,
    describe_archive,
    export_archive,
    import_archive,
)
from kpidesk.usecases.locking import how_locked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from kpidesk.ui.desk import Desk
    from kpidesk.ui.tasks import Progress
    from kpidesk.usecases.keeping.archiving import Manifest

_LOCKED = "归档是加密的：在另一台电脑上也用现在的密码或恢复码打开。"
_PLAIN = "归档没有加密：谁拿到都能打开，请放好；先到“设置 → 加密与密码”里加密，归档就是加密的。"
_KINDS = f"整体归档 (*{ARCHIVE_SUFFIX})"


def export_company(desk: Desk, parent: QWidget) -> None:
    """Ask where to, write the archive, and read it again."""
    company = desk.company
    if company is None:
        return
    start = desk.documents / f"{file_name(f'{company.path.stem} {desk.today}')}{ARCHIVE_SUFFIX}"

    encrypted = how_locked(company).is_encrypted

    def write(path: Path) -> None:
        def done(manifest: Manifest) -> None:
            text = (
                f"已写到 {path}（{size_text(path.stat().st_size)}），并从头读了一遍，完好。\n"
                f"审计号 {manifest.sequence}-{manifest.hash[:8]}。\n"
                f"{_LOCKED if encrypted else _PLAIN}\n"
                "在另一台电脑上用“文件 → 导入整体归档…”打开它。"
                "请不要在两台电脑上同时继续录入：两份文件合不到一起。"
            )
            show_message(desk, parent, "公司已整体导出", text, Tone.GOOD)

        desk.act_long(
            "整体导出", lambda company, progress: export_archive(company, path, progress), done
        )

    choose_file(parent, "整体导出", start, _KINDS, write, to_save=True)


def import_company(desk: Desk, parent: QWidget, then: Callable[[Path], object]) -> None:
    """Ask for the archive, then where the company file is to lie; `then` opens it."""

    def chosen(archive: Path) -> None:
        desk.tasks.run(partial(describe_archive, archive), partial(_place, archive))

    def _place(archive: Path, manifest: Manifest) -> None:
        start = desk.documents / f"{file_name(manifest.name)}.kpidesk"
        choose_file(
            parent, "公司文件保存到", start, "公司文件 (*.kpidesk)", partial(_take, archive),
            to_save=True,
        )  # fmt: skip

    def _take(archive: Path, target: Path) -> None:
        def work(progress: Progress) -> Manifest:
            return import_archive(archive, target, progress)

        desk.tasks.run_long("导入整体归档", work, lambda _: then(target))

    choose_file(
        parent, "导入整体归档", desk.documents / f"x{ARCHIVE_SUFFIX}", _KINDS, chosen, to_save=False
    )
