"""Many random chains of quarters against the rule written plainly: for hours, not for every day.

python -m tests.soak.bonus_chains 100000
"""

from __future__ import annotations

import sys

from tests.core.quota_chains import differences, random_chain

_A_WHILE = 10_000


def main(count: int) -> int:
    """Compare so many chains; the number of those that differ, each with its seed."""
    different = 0
    for seed in range(count):
        if found := list(differences(random_chain(seed))):
            different += 1
            print(f"seed {seed}:", *found, sep="\n  ")
        if seed % _A_WHILE == _A_WHILE - 1:
            print(f"{seed + 1} chains, {different} different", flush=True)
    return different


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1])) else 0)
