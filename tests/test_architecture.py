"""The house stays as it was drawn: layers, late imports, sizes, and no address of a registry."""

import ast
import contextlib
import importlib
import inspect
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

import kpidesk.usecases
from kpidesk.usecases.access import ACCESS, BEFORE_SIGNING_IN
from kpidesk.usecases.steps import NEEDS, Step

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kpidesk"
MODULES = sorted(PACKAGE.rglob("*.py"))

# The core's only dependency besides the standard library: the grammar library for formulas.
CORE_MAY_IMPORT = frozenset({"lark"})

# What must not be loaded before the first window shows (each costs 40 to 350 ms).
HEAVY = (
    "PIL",
    "alembic",
    "argon2",
    "cattrs",
    "lark",
    "pypdf",
    "pypdfium2",
    "pypinyin",
    "python_calamine",
    "reportlab",
    "sqlalchemy",
    "sqlcipher3",
    "xlsxwriter",
    "zxingcpp",
)

# Folders that are made, not written: see .gitignore.
NOT_OURS = frozenset({".git", ".venv", ".hypothesis", "build", "demo", "dist", "htmlcov"})


# Parts of use cases that take the company, and are asked for by other use cases only.
FROM_WITHIN = frozenset(
    {
        "appraisals.printing.stamp_to_sign",
        "locking.changing.give_slot",
        "locking.changing.rename_slot",
        "locking.changing.take_slots",
        "moving.next_contract.draft_next",
        "yearbook.records.issue_record",
    }
)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the package in a folder."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copied_package(tmp_path: Path) -> Path:
    """Return a folder with a copy of the package and its contracts, to be spoilt."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(PACKAGE, tmp_path / "kpidesk", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def late_imports(module: Path) -> Iterator[str]:
    """Name what a module imports inside its functions."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    functions = (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def listed_late_imports() -> frozenset[str]:
    """Read the names in the list of DECISIONS.md."""
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    section = text.split("## Late imports", 1)[1].split("\n## ", 1)[0]
    return frozenset(re.findall(r"^- `([\w.]+)`", section, re.MULTILINE))


def own_text() -> Iterator[tuple[str, str]]:
    """Yield name and text of every text file of the project, nothing that tools left behind."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in NOT_OURS and "cache" not in name]
        for path in (Path(folder, name) for name in names):
            with contextlib.suppress(UnicodeDecodeError):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_the_contracts_between_layers_hold() -> None:
    run = lint_imports(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("layer", "line"),
    [
        ("core", "from kpidesk.ui import planted"),
        ("core", "import sqlalchemy"),
        ("core", "import PySide6"),
        ("documents", "from kpidesk.store import planted"),
        ("usecases", "from PySide6.QtCore import QObject"),
        ("ui", "import sqlalchemy"),
        ("ui", "from kpidesk.documents import planted"),
        ("ui", "from kpidesk.cli import main"),
    ],
)
def test_a_planted_violation_is_caught(copied_package: Path, layer: str, line: str) -> None:
    for place in ("ui", "store", "documents", layer):
        (copied_package / "kpidesk" / place / "planted.py").touch()
    planted = copied_package / "kpidesk" / layer / "planted.py"
    planted.write_text(f"{line}\n", encoding="utf-8")
    run = lint_imports(copied_package)
    assert run.returncode == 1, run.stdout + run.stderr
    assert f"kpidesk.{layer}.planted" in run.stdout


def test_a_planted_layer_is_caught(copied_package: Path) -> None:
    (copied_package / "kpidesk" / "helpers.py").touch()
    run = lint_imports(copied_package)
    assert run.returncode == 1
    assert "kpidesk.helpers" in run.stdout


def test_the_core_stands_on_the_standard_library() -> None:
    graph = grimp.build_graph("kpidesk", include_external_packages=True, cache_dir=None)
    core = {"kpidesk.core"} | graph.find_descendants("kpidesk.core")
    imported = {
        name.split(".")[0]
        for unit in core
        for name in graph.find_modules_directly_imported_by(unit)
    }
    assert imported - sys.stdlib_module_names - {"kpidesk"} <= CORE_MAY_IMPORT


def test_the_window_shows_before_anything_heavy_is_loaded() -> None:
    chain = "import sys, kpidesk.app, kpidesk.ui.window; print(*sys.modules, sep='\\n')"
    run = subprocess.run(
        [sys.executable, "-c", chain],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))


def test_only_the_listed_libraries_are_imported_late() -> None:
    listed = listed_late_imports()
    assert listed
    strangers = [
        f"{module.relative_to(ROOT)}: {name}"
        for module in MODULES
        for name in late_imports(module)
        if not any(name == known or name.startswith(f"{known}.") for known in listed)
    ]
    assert not strangers, strangers


def test_no_module_is_longer_than_300_lines() -> None:
    sizes = {
        str(module.relative_to(ROOT)): len(module.read_text(encoding="utf-8").splitlines())
        for module in MODULES
    }
    assert sizes
    assert not {name: size for name, size in sizes.items() if size > 300}


def test_files_are_written_anew_in_one_place_only() -> None:
    """There encrypted files are kept from it: it would take away what opens them."""
    told = {
        path.relative_to(ROOT).as_posix(): len(re.findall("(?i)vacuum", code))
        for path in (ROOT / "kpidesk").rglob("*.py")
        if "vacuum" in (code := path.read_text(encoding="utf-8").lower())
    }
    assert told == {"kpidesk/store/engine.py": 1}


def test_no_file_names_a_registry() -> None:
    address = re.compile(
        r"\b(?:pypi\.(?:org|tuna)|pythonhosted\.org|registry\.npm|npmmirror\.com|deb\.debian\.org"
        r"|mirrors?\.[\w-]+\.(?:com|cn|edu)|(?:extra-)?index-url[ =]+(?:http|file))"
    )
    own = Path(__file__).relative_to(ROOT).as_posix()
    named = [name for name, text in own_text() if name != own and address.search(text)]
    assert not named


def test_every_use_case_says_which_roles_it_is_for() -> None:
    """A new one goes into the table of `kpidesk/usecases/access.py`, else nobody may do it."""
    cases = set()
    for found in pkgutil.walk_packages(kpidesk.usecases.__path__, "kpidesk.usecases."):
        module = importlib.import_module(found.name)
        for name, one in vars(module).items():
            if inspect.isfunction(one) and one.__module__ == found.name and name[0] != "_":
                asked = [str(kind) for key, kind in inspect.get_annotations(one).items()]
                inner = any(re.search(r"\b(Connection|Work)\b", kind) for kind in asked[:-1])
                if not inner and any(re.match(r"Company\b", kind) for kind in asked[:-1]):
                    cases.add(f"{found.name.removeprefix('kpidesk.usecases.')}.{name}")
    assert cases - FROM_WITHIN == (ACCESS.keys() | BEFORE_SIGNING_IN) - {"verifying.verify_file"}


def test_every_step_of_the_year_waits_for_those_who_may_do_it() -> None:
    assert NEEDS.keys() == set(Step)
    assert set(NEEDS.values()) <= ACCESS.keys()
