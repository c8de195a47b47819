"""What every test stands on: no display, no trace of the person who runs it, no dice."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import argon2
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


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Hash passwords at the least cost: what a try costs on purpose is shown once, in its test."""
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2, "PasswordHasher", cheap)
        yield


@pytest.fixture(scope="session")
def whole_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the sample company, made once: read it only as a copy."""
    from kpidesk.usecases.sample import create_sample

    company = create_sample(tmp_path_factory.mktemp("样例") / "样例公司.kpidesk")
    company.close()
    return company.path


@pytest.fixture(scope="module")
def sample_file(whole_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company's file, for the tests of a module to do with as they like."""
    return Path(shutil.copy(whole_sample, tmp_path_factory.mktemp("样例")))
