"""Running a contender as a process of its own, and what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def start(module: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a module of the benchmarks, with compiled modules at hand as a user has them."""
    environment = os.environ | {
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "kpidesk-benchmarks"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def finish(child: subprocess.Popen[str]) -> list[str]:
    """The words that it printed; SystemExit when it failed."""
    out, _ = child.communicate()
    if child.returncode:
        raise SystemExit(f"{child.args!r} failed with {child.returncode}")
    return out.split()


def run_all(commands: Sequence[Sequence[object]]) -> tuple[float, list[list[str]]]:
    """Run modules at the same time: the seconds until the last has ended, and what each said."""
    begun = time.perf_counter()
    children = [start(str(one[0]), *one[1:]) for one in commands]
    said = [finish(one) for one in children]
    return time.perf_counter() - begun, said


def peak_megabytes() -> float:
    """The most memory this process has had so far; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
