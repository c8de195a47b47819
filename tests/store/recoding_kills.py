"""A process that encrypts, changes and decrypts a company file without end, and is killed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kpidesk.store.errors import StoreError
from kpidesk.store.file import CompanyFile
from kpidesk.store.secret import Secret
from kpidesk.store.unlocking import is_encrypted

ROOT: Final = Path(__file__).parents[2]
KNOWN: Final = (None, Secret(b"1" * 20), Secret(b"2" * 20))
_LONGEST: Final = 0.4
_FOREVER: Final = """
import sys
from itertools import count
from pathlib import Path
from kpidesk.store import slots
from kpidesk.store.file import CompanyFile
from kpidesk.store.secret import Secret
slots.USUAL = slots.Cost(1, 64, 1)
path = Path(sys.argv[1])
secrets = [None, Secret(b"1" * 20), Secret(b"2" * 20)]
now = None
for one in secrets:
    try:
        file = CompanyFile.open(path, secret=one)
    except Exception:
        continue
    break
print("begin", flush=True)
for turn in count():
    one = secrets[turn % 3]
    file.recode(one, one and slots.Slots.of(one).put(one, "", "密码密码"))
"""


def kill_while_recoding(path: Path, count: int, seed: int) -> Iterator[str]:
    """Kill at so many random moments; what was wrong with the file after each, empty if nothing.

    One of the known secrets must open it, only that one, with the people still in it.
    """
    chance = random.Random(seed)  # noqa: S311 - a seed, not a secret
    people = _opened(path)
    for _ in range(count):
        process = subprocess.Popen(
            [sys.executable, "-c", _FOREVER, str(path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * _LONGEST)
        died = process.poll()
        process.kill()
        process.communicate()
        if died is not None:
            yield f"ended by itself with {died}"
            continue
        found = _opened(path)
        left = [one.name for one in path.parent.iterdir() if one.suffix in (".before", ".after")]
        yield "" if found == people and not left else f"opened: {found}, left: {left}"


def _opened(path: Path) -> list[list[str]]:
    """The people in the file, once for each secret that opens it."""
    found = []
    for secret in KNOWN if is_encrypted(path) else (None,):
        try:
            with CompanyFile.open(path, secret=secret) as file, file.transaction() as connection:
                names = connection.exec_driver_sql("SELECT name FROM people ORDER BY id").scalars()
                found.append([str(one) for one in names])
        except StoreError:
            continue
    return found
