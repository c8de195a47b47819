from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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


def test_file_dialogs_open_in_a_folder_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kpidesk.app import Paths

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert Paths.of_user().documents == tmp_path
    (tmp_path / "Documents").mkdir()
    assert Paths.of_user().documents == tmp_path / "Documents"
