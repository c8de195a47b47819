"""Make KpiDesk.exe, with its icons, its version and its manifest."""

from __future__ import annotations

import subprocess
from pathlib import Path

from icons import write_icon
from sources import ROOT

HERE = Path(__file__).resolve().parent
_SOURCES = HERE / "launcher"


def build_launcher(target: Path, work: Path, version: str, python_dll: str) -> None:
    """Compile the launcher to `target`; intermediate files go to `work`."""
    write_icon(ROOT / "resources" / "program" / "program.svg", work / "program.ico")
    write_icon(ROOT / "resources" / "program" / "document.svg", work / "document.ico")
    numbers = ",".join([*version.split("."), "0", "0", "0", "0"][:4])
    subprocess.run(
        [
            *("x86_64-w64-mingw32-windres", "--codepage=65001", "--output-format=coff"),
            *(f"--include-dir={work}", f"-DVERSION_NUMBERS={numbers}"),
            rf"-DVERSION_TEXT=\"{version}\"",
            *("-o", work / "launcher.res", "launcher.rc"),
        ],
        check=True,
        cwd=_SOURCES,
    )
    subprocess.run(
        [
            *("x86_64-w64-mingw32-gcc", "-O2", "-s", "-municode", "-mwindows", "-static-libgcc"),
            "-Wl,--no-insert-timestamp",  # the same sources give the same bytes
            f'-DPYTHON_DLL=L"{python_dll}"',
            *("-o", target, _SOURCES / "launcher.c", work / "launcher.res", "-lshell32"),
        ],
        check=True,
    )
