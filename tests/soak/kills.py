"""A working program killed a thousand times: for half an hour, not for every day.

python -m tests.soak.kills 1000 [seed]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.usecases.killing import kill_through


def main(kills: int, seed: int) -> int:
    """Kill so often; the number of kills after which something confirmed was not there."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for tally in kill_through(Path(folder), kills, seed):
            print(tally, *tally.wrong[wrong:], sep="\n", flush=True)
            wrong = len(tally.wrong)
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2026))
