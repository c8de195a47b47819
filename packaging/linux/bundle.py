"""Build the package for Linux desktops: everything but Python, to be installed without a network.

    python3 bootstrap.py run python packaging/linux/bundle.py

It goes to dist/linux. `install.sh` in it makes an environment of its own from the locked wheels,
for whichever of Python 3.11 to 3.13 the desktop has, and puts the program into its menu.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "windows"))

from licences import write_licences

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_PYTHONS = ("3.11", "3.12", "3.13")
_PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")


def fetch(target: Path) -> None:
    """The locked wheels, checked against their hashes, for each Python."""
    lock = ROOT / "requirements.txt"
    for python in _PYTHONS:
        short = python.replace(".", "")
        subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--disable-pip-version-check",
                ),
                *("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", lock),
                *("--dest", target, "--python-version", python, "--implementation", "cp"),
                *("--abi", f"cp{short}", "--abi", "abi3", "--abi", "none"),
                *(word for one in _PLATFORMS for word in ("--platform", one)),
            ],
            check=True,
        )


def assemble(folder: Path, wheels: Path) -> None:
    """Put the package's folder together."""
    nothing = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("kpidesk", "resources", "docs"):
        shutil.copytree(ROOT / name, folder / "app" / name, ignore=nothing)
    shutil.copyfile(ROOT / "main.py", folder / "app" / "main.py")
    shutil.copytree(wheels, folder / "wheels")
    for one in ("kpidesk.desktop", "kpidesk.xml", "install.sh"):
        shutil.copy2(HERE / one, folder / one)
    shutil.copyfile(ROOT / "requirements.txt", folder / "requirements.txt")
    information = folder.parent / "information"
    shutil.rmtree(information, ignore_errors=True)
    for wheel in wheels.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for one in archive.namelist():
                if ".dist-info/" in one:
                    archive.extract(one, information)
    write_licences(ROOT, None, information, folder / "许可.txt")


def main() -> None:
    """Build the package."""
    version = (ROOT / "kpidesk" / "__init__.py").read_text("utf-8").split('"')[-2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "linux")
    out: Path = parser.parse_args().out.resolve()
    name = f"KpiDesk-{version}-linux-x86_64"
    lock = hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest()[:16]
    wheels = ROOT / "build" / "linux" / f"wheels-{lock}"
    if not wheels.exists():
        partly = wheels.with_name("partly")
        shutil.rmtree(partly, ignore_errors=True)
        fetch(partly)
        partly.rename(wheels)
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    assemble(folder, wheels)
    target = out / f"{name}.tar.gz"
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        archive.add(folder, name)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
