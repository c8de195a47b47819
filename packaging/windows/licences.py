"""Collect the licences of everything that is shipped into one text file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors|eula|lgpl|gpl)", re.IGNORECASE)
_UNDER_LGPL = {"pyside6_essentials", "shiboken6"}
_RULE = "=" * 78


class NoLicenceError(SystemExit):
    """Something would be shipped without the text of its licence."""


def write_licences(root: Path, python: Path | None, libraries: Path, target: Path) -> None:
    """Write the licences of the program, Python, fonts, icons and libraries to `target`.

    `root` is the repository, `python` the licence of the Python that is shipped, if one is.
    Raises NoLicenceError.
    """
    parts = [
        ("绩效考核台（KPI Desk）", "MIT", [root / "LICENSE"]),
        *([("Python", "PSF-2.0", [python])] if python else []),
        (
            "Noto Serif SC、Noto Sans SC、RareHan",
            "OFL-1.1",
            sorted((root / "resources" / "fonts").glob("*LICENSE*")),
        ),
        ("Tabler Icons", "MIT", [root / "resources" / "icons" / "LICENSE"]),
        *_libraries(libraries, root / "packaging" / "licences"),
    ]
    lines = ["本软件及其所带的全部软件的许可", ""]
    lines += [f"  {name}：{terms}" for name, terms, _ in parts]
    for name, terms, files in parts:
        if not files:
            raise NoLicenceError(f"no licence text found for {name}")
        for file in files:
            text = file.read_text(encoding="utf-8", errors="replace").strip()
            lines += ["", _RULE, f"{name}（{terms}）— {file.name}", _RULE, "", text]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8-sig", newline="\r\n")


def _libraries(libraries: Path, ours: Path) -> Iterator[tuple[str, str, list[Path]]]:
    """Each library with its terms and texts; Qt's wheels bring the commercial one only."""
    for info in sorted(libraries.glob("*.dist-info"), key=lambda one: one.name.lower()):
        headers = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
        name = headers["Name"]
        terms = headers["License-Expression"] or headers["License"] or ""
        texts = [
            one
            for one in sorted(info.rglob("*"))
            if one.is_file() and _TEXT.search(str(one.relative_to(info)))
        ]
        if name.lower() in _UNDER_LGPL:
            texts = sorted(ours.glob("*GPL-3.0.txt"))
        yield f"{name} {headers['Version']}", terms.splitlines()[0][:80] if terms else "见下", texts
