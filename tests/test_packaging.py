"""What the packages are made of; the packages themselves are checked by packaging/windows/wine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = ROOT / "packaging" / "windows"
LIBRARIES = Path(sysconfig.get_path("purelib"))


def _locked() -> set[str]:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    return {_plain(name) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _run(code: str, *arguments: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=WINDOWS,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_library_that_is_shipped_has_the_text_of_its_licence(tmp_path: Path) -> None:
    shipped = tmp_path / "libraries"
    for info in LIBRARIES.glob("*.dist-info"):
        if _plain(info.name.split("-")[0]) in _locked():
            shutil.copytree(info, shipped / info.name)
    assert len(list(shipped.iterdir())) == len(_locked())
    code = (
        "import sys; from pathlib import Path; from licences import write_licences;"
        "write_licences(Path(sys.argv[1]), None, Path(sys.argv[2]), Path(sys.argv[3]))"
    )
    target = tmp_path / "许可.txt"
    done = _run(code, ROOT, shipped, target)
    assert done.returncode == 0, done.stderr
    text = target.read_text("utf-8-sig")
    for words in ("GNU LESSER GENERAL PUBLIC LICENSE", "SIL OPEN FONT LICENSE", "Tabler"):
        assert words.lower() in text.lower()


def test_a_library_without_a_licence_is_not_shipped(tmp_path: Path) -> None:
    info = tmp_path / "nothing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: nothing\nVersion: 1.0\n", "utf-8")
    code = (
        "import sys; from pathlib import Path; from licences import write_licences;"
        "write_licences(Path(sys.argv[1]), None, Path(sys.argv[2]), Path('x'))"
    )
    done = _run(code, ROOT, tmp_path)
    assert done.returncode == 1
    assert "nothing 1.0" in done.stderr


def test_what_goes_wrong_before_the_window_shows_is_written_down(tmp_path: Path) -> None:
    app = tmp_path / "KpiDesk" / "app"
    (app / "kpidesk").mkdir(parents=True)
    (app / "kpidesk" / "__init__.py").touch()
    (app / "kpidesk" / "app.py").write_text("import a_library_that_is_missing\n", "utf-8")
    shutil.copyfile(WINDOWS / "start.py", app / "start.py")
    done = subprocess.run(
        [sys.executable, app / "start.py"],
        env={
            **os.environ,
            "PYTHONPATH": str(app),
            "LOCALAPPDATA": str(tmp_path),
            "KPIDESK_NO_DIALOG": "1",
        },
        check=False,
    )
    assert done.returncode == 70
    trace = (tmp_path / "KPI Desk" / "log" / "start.txt").read_text("utf-8")
    assert "a_library_that_is_missing" in trace


def test_the_icons_have_every_size_that_windows_asks_for(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from icons import write_icon;"
        "write_icon(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    target = tmp_path / "program.ico"
    done = _run(code, ROOT / "resources" / "program" / "program.svg", target)
    assert done.returncode == 0, done.stderr
    from PIL import Image

    with Image.open(target) as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= set(icon.info["sizes"])


def test_installing_on_linux_needs_nothing_but_the_shell_and_says_so_in_chinese(
    tmp_path: Path,
) -> None:
    script = ROOT / "packaging" / "linux" / "install.sh"
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "uname", "sh", "pwd"):
        found = shutil.which(name)
        assert found is not None
        (tools / name).symlink_to(found)
    done = subprocess.run(
        ["/bin/sh", script],
        env={"PATH": str(tools), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "没有找到合用的 Python" in done.stderr


def test_what_is_packed_depends_on_nothing_but_the_files(tmp_path: Path) -> None:
    names = ["app/start.py", "app/数据/b.ttf", "KpiDesk.exe", "runtime/a.dll", "runtime/c.pyc"]
    code = (
        "import sys; from pathlib import Path; from installer import build_portable;"
        "from reproducible import in_order; program = Path(sys.argv[1]);"
        "build_portable(program, program.with_suffix('.zip'));"
        "print([one.relative_to(program).as_posix() for one in in_order(program)])"
    )
    made = []
    for number, order in enumerate((names, names[::-1])):
        program = tmp_path / f"made at another time {number}"
        for name in order:
            file = program / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name, "utf-8")
            os.utime(file, (number * 10**8, number * 10**8))
        done = _run(code, program)
        assert done.returncode == 0, done.stderr
        made.append((program.with_suffix(".zip").read_bytes(), done.stdout))
    assert made[0] == made[1]
    script = (WINDOWS / "installer" / "setup.nsi").read_text("utf-8")
    assert "SetDateSave off" in script
    assert "File /r" not in script, "the order would be the disk's"


def test_a_company_file_opens_with_the_program_on_a_linux_desktop() -> None:
    linux = ROOT / "packaging" / "linux"
    entry = (linux / "kpidesk.desktop").read_text("utf-8")
    kinds = ET.parse(linux / "kpidesk.xml").getroot()  # noqa: S314 - our own file
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    (kind,) = kinds.findall(f"{space}mime-type")
    glob = kind.find(f"{space}glob")
    assert glob is not None
    assert glob.get("pattern") == "*.kpidesk"
    assert f"MimeType={kind.get('type')};" in entry.splitlines()
    assert "Exec=@PROGRAM@ %f" in entry.splitlines()
    script = (linux / "install.sh").read_text("utf-8")
    assert "s|@PROGRAM@|" in script
