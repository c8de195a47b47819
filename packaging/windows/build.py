"""Build the Windows program, its installer and its ZIP, on Linux.

    python3 bootstrap.py run python packaging/windows/build.py            for release
    python3 bootstrap.py run python packaging/windows/build.py --fast     for a test

Needs, from Debian: nsis, gcc-mingw-w64-x86-64. What is fetched is kept in build/windows/cache,
what is made goes to dist/windows. The same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from py_compile import PycInvalidationMode

from banner import write_banner
from dlls import missing_dlls
from installer import build_installer, build_portable
from launcher import build_launcher
from licences import write_licences
from sources import ROOT, install_libraries, unpack_python
from trim import trim, trim_descriptions

_PYTHON_DLL = "python311.dll"
_SEARCHED = "python311.zip\r\n.\r\nLib\\site-packages\r\n..\\app\r\n"


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is done and how long it took."""
    begun = time.monotonic()
    print(f"{name} …", flush=True)
    yield
    print(f"{name}: {time.monotonic() - begun:.1f} s", flush=True)


def program_version() -> str:
    """The version that stands in the program's source."""
    text = (ROOT / "kpidesk" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def assemble(program: Path, work: Path, cache: Path, version: str) -> None:
    """Put the program's folder together."""
    runtime = program / "runtime"
    libraries = runtime / "Lib" / "site-packages"
    with step("Python"):
        unpack_python(cache, runtime)
        (runtime / "python311._pth").write_text(_SEARCHED, encoding="ascii", newline="")
    with step("libraries"):
        install_libraries(cache, libraries)
        trim(runtime)
    with step("program"):
        _copy_program(program / "app")
        build_launcher(program / "KpiDesk.exe", work, version, _PYTHON_DLL)
        write_banner(work / "banner.bmp")
        write_licences(ROOT, runtime / "LICENSE.txt", libraries, program / "许可.txt")
        trim_descriptions(libraries)
    with step("byte code"):
        _compile(libraries, program, only_code=True)
        _compile(program / "app", program, only_code=False)
    if missing := missing_dlls(program):
        message = f"neither shipped nor part of Windows: {missing}"
        raise SystemExit(message)


def _copy_program(app: Path) -> None:
    nothing = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "kpidesk", app / "kpidesk", ignore=nothing)
    shutil.copytree(ROOT / "resources", app / "resources", ignore=nothing)
    shutil.copytree(ROOT / "docs", app / "docs", ignore=shutil.ignore_patterns("*.py", "*.pyc"))
    shutil.copyfile(Path(__file__).with_name("start.py"), app / "start.py")
    shutil.copyfile(ROOT / "LICENSE", app / "LICENSE")


def _compile(folder: Path, program: Path, *, only_code: bool) -> None:
    """Compile all modules, by a Python of the same minor version as the one that is shipped.

    Libraries are shipped as byte code only; our own source stays, for the traces in the log.
    """
    if sys.version_info[:2] != (3, 11):
        message = f"build with Python 3.11: byte code of {sys.version_info[:2]} would not be used"
        raise SystemExit(message)
    compileall.compile_dir(
        folder,
        quiet=2,  # some libraries ship modules for other versions of Python
        stripdir=str(program),
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        legacy=only_code,
        workers=os.cpu_count() or 1,
    )
    if only_code:
        for source in list(folder.rglob("*.py")):
            source.unlink()


def main() -> None:
    """Build everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "windows")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "windows" / "cache")
    parser.add_argument("--version", default=program_version(), help="for tests of upgrading")
    parser.add_argument("--fast", action="store_true", help="pack less tightly, in less time")
    chosen = parser.parse_args()
    out: Path = chosen.out.resolve()
    program, work = out / "KpiDesk", out / "work"
    for one in (program, work):
        shutil.rmtree(one, ignore_errors=True)
        one.mkdir(parents=True)
    chosen.cache.mkdir(parents=True, exist_ok=True)
    assemble(program, work, chosen.cache.resolve(), chosen.version)
    setup = out / f"KpiDesk-Setup-{chosen.version}.exe"
    with step("installer"):
        build_installer(program, setup, chosen.version, fast=chosen.fast)
    made = [setup]
    if not chosen.fast:
        portable = out / f"KpiDesk-{chosen.version}-portable.zip"
        with step("portable ZIP"):
            build_portable(program, portable)
        made.append(portable)
    files = [one for one in program.rglob("*") if one.is_file()]
    size = sum(one.stat().st_size for one in files) / 1e6
    print(f"{program}: {size:.1f} MB in {len(files)} files")
    for one in made:
        digest = hashlib.sha256(one.read_bytes()).hexdigest()
        print(f"{one}: {one.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")


if __name__ == "__main__":
    main()
