"""What the commands share."""

from __future__ import annotations

import argparse
from typing import TypeAlias

# argparse has no public name for what add_subparsers() returns.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse has no public name for it

UNREADABLE = 2
"""The exit status where a file or name cannot be read."""

REFUSED = 1
"""The exit status where something was not done."""
