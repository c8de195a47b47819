"""The password of an encrypted company file, for a command: from the environment, or asked for.

Never from the arguments, which everybody on the computer can see.
"""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from kpidesk.core.errors import NotAllowedError

if TYPE_CHECKING:
    from kpidesk.usecases.locking import Unlock

PASSWORD = "KPIDESK_PASSWORD"  # noqa: S105 - the name of a variable
USER = "KPIDESK_USER"


def unlock_for(path: Path) -> Unlock | None:
    """What opens the file; None when it is not encrypted. A StoreError when it is no such file."""
    from kpidesk.usecases.locking import Unlock, needs_password

    if not needs_password(path):
        return None
    password = os.environ.get(PASSWORD)
    if password is None and not sys.stdin.isatty():
        msg = f"“{path.name}”已加密；请在终端里运行，或用环境变量 {PASSWORD} 给出密码"
        raise NotAllowedError(msg)
    if password is None:
        password = getpass(f"“{path.name}”的密码：")
    return Unlock(password, os.environ.get(USER, ""))
