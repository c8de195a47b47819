"""Thousands of bytes changed in a company file, one at a time: for hours, not for every day.

python -m tests.soak.changed_bytes FILE.kpidesk 5000 [seed]

The file (a copy of one with signed contracts and recorded scores) is afterwards as it was.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.usecases.tampering import complaint, random_changes

_A_WHILE = 500


def main(path: Path, count: int, seed: int) -> int:
    """Change so many bytes; the number of those not found, or not named as what they are."""
    wrong = 0
    for number, change in enumerate(random_changes(path, count, seed), 1):
        if problem := complaint(path, change):
            wrong += 1
            print(problem)
        if number % _A_WHILE == 0:
            print(f"{number} bytes changed, {wrong} not named", flush=True)
    return wrong


if __name__ == "__main__":
    chosen = int(sys.argv[3]) if len(sys.argv) > 3 else 2026
    sys.exit(1 if main(Path(sys.argv[1]), int(sys.argv[2]), chosen) else 0)
