"""Many random years of pay against the rules written plainly: for hours, not for every day.

python -m tests.soak.pay_years 100000
"""

from __future__ import annotations

import sys

from tests.core import bank_years, department_years

_A_WHILE = 1_000
_SCHEMES = {
    "client-department": department_years.differences,
    "bank-account-manager": bank_years.differences,
}


def main(count: int) -> int:
    """Compare so many years of each scheme; the number of those that differ, with their seeds."""
    different = 0
    for seed in range(count):
        for scheme, differences in _SCHEMES.items():
            if found := list(differences(seed)):
                different += 1
                print(f"{scheme}, seed {seed}:", *found, sep="\n  ")
        if seed % _A_WHILE == _A_WHILE - 1:
            print(f"{seed + 1} years of each, {different} different", flush=True)
    return different


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1])) else 0)
