"""Thousands of company files made or changed by hand: for an hour, not for every day.

python -m tests.soak.hostile_files 2000 [seed]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kpidesk.usecases.sample import create_sample
from tests.soak.bounded import bounded
from tests.usecases.hostile_files import hostile_file, look_at_everything


def main(count: int, seed: int) -> int:
    """Open so many files; the number of those that did what no file may do."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        whole = place / "whole.kpidesk"
        create_sample(whole).close()

        def look(number: int) -> str:
            path = hostile_file(whole, place, number)
            try:
                return look_at_everything(path)
            finally:
                for left in place.glob(f"{number}.*"):
                    left.unlink()

        return bounded(look, range(seed, seed + count))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
