"""Hundreds of kills while a file is encrypted, changed and decrypted: not for every day.

python -m tests.soak.encryption_kills FILE.kpidesk 1000 [seed]

The file is a copy of one that is not encrypted; at the end it is in one of the three states.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.store.recoding_kills import kill_while_recoding

_A_WHILE = 50


def main(path: Path, count: int, seed: int) -> int:
    """Kill so often; after how many the file was not whole."""
    wrong = 0
    for number, problem in enumerate(kill_while_recoding(path, count, seed), 1):
        if problem:
            wrong += 1
            print(f"kill {number}: {problem}")
        if number % _A_WHILE == 0:
            print(f"{number} kills, {wrong} times not whole", flush=True)
    return wrong


if __name__ == "__main__":
    chosen = int(sys.argv[3]) if len(sys.argv) > 3 else 2026
    sys.exit(1 if main(Path(sys.argv[1]), int(sys.argv[2]), chosen) else 0)
