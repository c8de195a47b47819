"""Texts as names of files: every system takes them, and nothing in them misleads."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpidesk.core.file_name import safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三\n考核报告", "张三_考核报告"),
        ("a\u2028b\u0085c", "a_b_c"),
        ("CON", "_CON"),
        ("CON .x", "_CON .x"),
        ("com¹", "_com¹"),
        ("CONIN$.txt", "_CONIN$.txt"),
        ("console", "console"),
        ("..", "_"),
        ("\u202e", "_"),
        ("a...", "a"),
        ("<b>甲</b>", "_b_甲__b_"),
        ("工资\u202efdp.exe", "工资fdp.exe"),
        ("\ud800", "_"),
        ("x" * 250, "x" * 80),
        ("😀" * 250, "😀" * 50),
        ("𫖯" * 80, "𫖯" * 50),
    ],
)
def test_what_a_system_refuses_or_hides_goes(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_every_text_becomes_a_name_that_stays_in_its_folder(text: str) -> None:
    name = safe_name(text)
    assert name
    assert Path(name).name == name
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert len(name.encode()) <= 201
    assert name.isprintable() or name.replace("\u3000", "").replace("\u00a0", "")
    assert name == name.rstrip(" .")
    assert safe_name(name) == name
