"""Thousands of broken scheme files read and checked up: for minutes, not for every day.

python -m tests.soak.scheme_files 2000 [seed]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.exchange.broken_schemes import broken_scheme, outcome
from tests.soak.bounded import bounded


def main(count: int, seed: int) -> int:
    """Read so many files; the number of those that did what no file may do."""
    with tempfile.TemporaryDirectory() as folder:

        def look(number: int) -> str:
            path = broken_scheme(Path(folder), number)
            try:
                return outcome(path)
            finally:
                path.unlink()

        return bounded(look, range(seed, seed + count))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
