from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

HEAVY = (
    "PIL",
    "alembic",
    "calamine",
    "cattrs",
    "lark",
    "platformdirs",
    "pypdf",
    "pypdfium2",
    "pypinyin",
    "python_calamine",
    "reportlab",
    "sqlalchemy",
    "tomllib",
    "xlsxwriter",
    "zxingcpp",
)

SCRIPT = """
import builtins, sys
before = builtins.__import__
from kpidesk import app
app.load_qt()
assert builtins.__import__ is before, "Qt's import function is still in place"
program = app.build(app.Paths.of_user())
program.window.show_welcome()
program.window.show()
program.app.processEvents()
assert not program.window.windowIcon().pixmap(32).isNull(), "no icon"
print(" ".join(sys.modules))
program.window.close()
"""


def test_the_first_window_imports_nothing_heavy_and_leaves_imports_as_they_were() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "PySide6" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert not {name for name in done.stdout.split() if name.startswith("kpidesk.usecases.")}


def test_the_first_page_needs_nothing_that_computes() -> None:
    script = "import sys, kpidesk.usecases.home, kpidesk.ui.pages.home; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    heavy = {"kpidesk.core.scheme", "kpidesk.core.evaluate", "kpidesk.usecases.pay", "reportlab"}
    assert heavy.isdisjoint(done.stdout.split())


def test_files_go_to_a_folder_of_their_own_among_the_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpidesk.app import Paths

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "Documents").mkdir()
    assert Paths.of_user().documents == tmp_path / "Documents" / "绩效考核台"
    assert Paths.of_user().documents.is_dir()


def test_where_that_folder_cannot_be_made_files_go_to_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpidesk.app import Paths

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "Documents").write_text("no folder", encoding="utf-8")
    assert Paths.of_user().documents == tmp_path


def test_a_portable_program_keeps_everything_beside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpidesk import app

    monkeypatch.setattr(app, "_RESOURCES", tmp_path / "绩效考核台" / "app" / "resources")
    usual = app.Paths.chosen()
    (tmp_path / "绩效考核台" / "app").mkdir(parents=True)
    (tmp_path / "绩效考核台" / app.PORTABLE).touch()
    paths = app.Paths.chosen()
    beside = tmp_path / "绩效考核台" / "数据"
    for one in (paths.settings, paths.log, paths.data, paths.documents):
        assert one.is_relative_to(beside)
    assert not usual.data.is_relative_to(tmp_path)


def test_without_a_program_of_its_own_a_second_start_hands_its_file_to_the_first(
    tmp_path: Path, qtbot: QtBot
) -> None:
    from kpidesk.ui.single_instance import SingleInstance

    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.is_first
    assert not second.is_first
    first.listen()
    with ThreadPoolExecutor(1) as other, qtbot.waitSignal(first.asked, timeout=5000) as asked:
        taken = other.submit(second.hand_over, Path("某公司.kpidesk"))
    assert taken.result()
    assert asked.args == ["某公司.kpidesk"]


def test_a_second_start_opens_a_window_when_the_first_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpidesk.ui import single_instance

    monkeypatch.setattr(single_instance, "_PATIENCE", 0.1)
    first = single_instance.SingleInstance(tmp_path)
    second = single_instance.SingleInstance(tmp_path)
    assert first.is_first
    assert not second.hand_over(None)
    assert not list((tmp_path / "requests").iterdir())


def test_the_lock_of_a_program_that_was_killed_holds_nobody_up(tmp_path: Path) -> None:
    from kpidesk.ui.single_instance import SingleInstance

    script = (
        "import os, sys; from pathlib import Path;"
        "from kpidesk.ui.single_instance import SingleInstance;"
        "one = SingleInstance(Path(sys.argv[1])); assert one.is_first; os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", script, tmp_path], cwd=root, check=False)
    assert SingleInstance(tmp_path).is_first
