"""The lock files can be installed as they stand: hashed, in agreement, and complete.

The environment is built from them with `--no-deps`, so nothing but these files may be needed.
"""

import re
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from itertools import product
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

# Every kind of machine that the README names.
SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
    {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
)
PYTHONS = ("3.11", "3.12", "3.13")
HERE: dict[str, str] = {name: str(value) for name, value in default_environment().items()}


def locked(lock: str) -> dict[str, tuple[Requirement, str]]:
    """Map the packages of a lock file to their pin and their hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+==.*?)(?: \\)?$((?:\n    --hash=.*)*)", text, re.MULTILINE)
    pins = [(Requirement(pin), hashes) for pin, hashes in entries]
    assert pins
    return {canonicalize_name(pin.name): (pin, hashes) for pin, hashes in pins}


def versions(lock: str) -> dict[str, str]:
    """Map the packages of a lock file to their pin, without what it says of machines."""
    return {name: str(pin.specifier) for name, (pin, _) in locked(lock).items()}


def wanted(*groups: str) -> list[Requirement]:
    """Return what pyproject.toml asks for itself and for some groups."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(project["project"]["dependencies"])
    for group in groups:
        lines += project["dependency-groups"][group]
    return [Requirement(line) for line in lines]


def machines() -> Iterator[dict[str, str]]:
    """Yield the environments that the lock has to serve."""
    for system, python in product(SYSTEMS, PYTHONS):
        yield HERE | system | {"python_version": python, "python_full_version": f"{python}.0"}


def holds(requirement: Requirement, environment: Mapping[str, str], extra: str = "") -> bool:
    """Whether a requirement counts on this machine, for a package that was asked for an extra."""
    if requirement.marker is None:
        return True
    return requirement.marker.evaluate({**environment, "extra": extra})


def gaps(lock: str, roots: Sequence[Requirement], environment: Mapping[str, str]) -> Iterator[str]:
    """Yield what an installation on this machine would need and the lock does not give it."""
    pins = {name: pin for name, (pin, _) in locked(lock).items() if holds(pin, environment)}
    waiting = deque((root, "pyproject.toml") for root in roots if holds(root, environment))
    seen = set()
    while waiting:
        requirement, asked_by = waiting.popleft()
        name = canonicalize_name(requirement.name)
        if name not in pins or not requirement.specifier.contains(_version(pins[name])):
            yield f"{asked_by} needs {requirement}, locked: {pins.get(name)}"
            continue
        for extra in ("", *requirement.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                needs = map(Requirement, _requires(name))
                waiting.extend((need, name) for need in needs if holds(need, environment, extra))


def _version(pin: Requirement) -> str:
    return str(pin.specifier).removeprefix("==")


def _requires(name: str) -> Sequence[str]:
    try:
        return metadata.requires(name) or ()
    except metadata.PackageNotFoundError:  # locked for another kind of machine
        assert name == "colorama", f"{name} is not installed here; look what it requires"
        return ()


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.txt", ["setup"]), ("requirements-dev.txt", ["setup", "dev"])],
)
def test_a_lock_is_complete_without_resolving(lock: str, groups: list[str]) -> None:
    missing = [gap for machine in machines() for gap in gaps(lock, wanted(*groups), machine)]
    assert not missing


def test_a_lock_with_a_gap_is_noticed() -> None:
    # The development tools are not in the application's lock.
    missing = list(gaps("requirements.txt", wanted("dev"), HERE))
    assert any("pytest" in gap for gap in missing)
    # So is a version that does not fit.
    old = Requirement("pytest<1")
    assert list(gaps("requirements-dev.txt", [old], HERE)) == [
        f"pyproject.toml needs pytest<1, locked: pytest{versions('requirements-dev.txt')['pytest']}"
    ]


def test_what_is_installed_is_what_is_locked() -> None:
    pins = {name: pin for name, (pin, _) in locked("requirements-dev.txt").items()}
    installed = {name: metadata.version(name) for name, pin in pins.items() if holds(pin, HERE)}
    assert installed == {name: _version(pins[name]) for name in installed}


def test_the_locks_hold_hashes_and_agree_on_versions() -> None:
    names = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
    for name in names:
        assert all("--hash=sha256:" in hashes for _, hashes in locked(name).values())
    app, dev, bench = map(versions, names)
    assert app.items() <= dev.items() <= bench.items()
