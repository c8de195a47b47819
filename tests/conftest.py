"""What every test stands on: no display, no trace of the person who runs it, no dice."""

import os
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt: on a machine without display Qt aborts the process otherwise.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# The same examples every time, and no clock: a slow machine is no failure.
hypothesis.settings.register_profile("kpidesk", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("kpidesk")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home, so that it neither reads nor changes anybody's settings."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    return home
