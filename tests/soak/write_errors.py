"""A disk that fails at every write of a year: for an hour, not for every day.

python -m tests.soak.write_errors 1 [start]     every write; 5: every fifth write of each deed
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.usecases.failing_writes import fail_through

_A_WHILE = 25


def main(step: int, start: int) -> int:
    """Fail so often; the number of faults after which something was lost, half-done or not told."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, tally in enumerate(fail_through(Path(folder), step, start), 1):
            print(*tally.wrong[wrong:], sep="\n", end="", flush=True)
            wrong = len(tally.wrong)
            if number % _A_WHILE == 0:
                print(tally, flush=True)
    print(tally)
    for sentence, count in tally.sentences.most_common():
        print(f"{count} × {sentence}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
