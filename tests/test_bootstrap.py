"""The one script that a newcomer runs: what it notices, and what it tells them."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap


@pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
def test_an_unsupported_python_is_refused_by_name(version: tuple[int, int]) -> None:
    with pytest.raises(bootstrap.SetupError, match=r"需要 Python 3\.11 至 3\.13") as refusal:
        bootstrap.check_python(version)
    assert f"{version[0]}.{version[1]}" in str(refusal.value)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_supported_python_is_accepted(version: tuple[int, int]) -> None:
    bootstrap.check_python(version)


def test_a_32_bit_python_is_refused_before_anything_is_downloaded() -> None:
    with pytest.raises(bootstrap.SetupError, match="需要 64 位的 Python"):
        bootstrap.check_width(2**31 - 1)


def test_only_what_is_missing_is_asked_for() -> None:
    missing = bootstrap.missing_packages(window=True, has=lambda name: name != "libEGL.so.1")
    assert missing == ["libegl1"]


def test_tests_need_no_libraries_for_a_real_window() -> None:
    bare = bootstrap.missing_packages(window=False, has=lambda _: False)
    assert "libegl1" in bare
    assert "libxcb-cursor0" not in bare


def test_a_system_python_without_venv_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert bootstrap.missing_packages(window=False, has=lambda _: True) == ["python3-venv"]


def test_a_library_that_is_not_there_is_noticed() -> None:
    assert not bootstrap.loads("libkpidesk-is-not-there.so.1")


def test_without_rights_it_names_the_command_for_the_administrator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(bootstrap.SetupError, match="没有管理员权限") as refusal:
        bootstrap.install_system_packages(["libegl1", "libgl1"])
    by_hand = "apt-get update && apt-get install --yes --no-install-recommends libegl1 libgl1"
    assert by_hand in str(refusal.value)


def test_on_another_linux_it_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(bootstrap.SetupError, match="没有 apt-get") as refusal:
        bootstrap.install_system_packages(["libegl1"])
    assert "libegl1" in str(refusal.value)


def test_a_linux_without_display_gets_a_sentence_instead_of_an_abort() -> None:
    with pytest.raises(bootstrap.SetupError, match="没有图形界面"):
        bootstrap.check_display({"DISPLAY": ""}, platform="linux")


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"DISPLAY": ":0"}, "linux"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux"),
        ({}, "win32"),
    ],
)
def test_where_a_window_can_open_nothing_is_said(
    environment: dict[str, str], platform: str
) -> None:
    bootstrap.check_display(environment, platform=platform)


def test_the_environment_is_renewed_when_the_lock_or_the_place_changes(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("a==1\n", encoding="ascii")
    before = bootstrap.fingerprint(lock)
    assert bootstrap.fingerprint(lock) == before
    assert bootstrap.fingerprint(lock, place=tmp_path) != before
    lock.write_text("a==2\n", encoding="ascii")
    assert bootstrap.fingerprint(lock) != before


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an environment without an interpreter where the script looks for it."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "VENV", folder)
    monkeypatch.setattr(bootstrap, "STAMP", folder / "kpidesk-stamp")
    Path(bootstrap.program("python")).parent.mkdir(parents=True)
    return folder


def test_an_environment_without_its_stamp_is_built_anew(venv: Path) -> None:
    assert venv.is_dir()
    assert not bootstrap.is_ready([bootstrap.APP_LOCK])


def test_an_environment_with_a_broken_interpreter_is_built_anew(venv: Path) -> None:
    stamp = bootstrap.fingerprint(bootstrap.APP_LOCK)
    (venv / "kpidesk-stamp").write_text(stamp, encoding="ascii")
    assert not bootstrap.is_ready([bootstrap.APP_LOCK])


def test_a_damaged_stamp_is_no_stamp(venv: Path) -> None:
    (venv / "kpidesk-stamp").write_bytes(b"\xff\xfe\x00")
    assert not bootstrap.is_ready([bootstrap.APP_LOCK])


def test_in_a_folder_with_a_chinese_name_the_program_is_found_whatever_the_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "绩效考核台"
    libraries = home / ".venv" / "lib" / "site-packages"
    libraries.mkdir(parents=True)
    pointer = libraries / "kpidesk.pth"
    pointer.write_text(str(home), encoding="utf-8")
    monkeypatch.setattr(bootstrap, "HERE", home)
    bootstrap.point_home(pointer)
    assert pointer.read_bytes().isascii()
    look = f"import site, sys; site.addsitedir({str(libraries)!r}); print(ascii(sys.path))"
    run = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ascii(str(home)) in run.stdout


def test_what_a_program_writes_into_a_file_is_utf8_on_every_machine(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "program", lambda _: sys.executable)
    monkeypatch.delenv("PYTHONUTF8", raising=False)
    assert bootstrap.start("python", "-c", "import sys; print(sys.flags.utf8_mode)") == 0
    assert capfd.readouterr().out.strip() == "1"


def test_a_program_that_the_environment_has_not_is_named(
    venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "prepare", lambda *_, **__: None)
    assert bootstrap.main(["run", "kpidsk", "demo"]) == 1
    assert "没有程序“kpidsk”" in capsys.readouterr().out


def test_a_mistake_on_the_command_line_is_answered_with_an_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bootstrap.main(["run"]) == 1
    assert "bootstrap.py run kpidesk" in capsys.readouterr().out
