"""Before a company file is worked with: it is made where nothing is, or brought up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from kpidesk.store.backup import back_up, sync_folder
from kpidesk.store.engine import create_empty
from kpidesk.store.errors import FileExistsAlreadyError, MissingFileError, NoPermissionError
from kpidesk.store.migrations.ladder import HEAD, climb
from kpidesk.store.recoding import climb_beside
from kpidesk.store.seal import break_seal
from kpidesk.store.secret import Secret
from kpidesk.store.slots import Slots


def make_place(path: Path) -> None:
    """An empty file where there is nothing yet."""
    try:
        create_empty(path)
        sync_folder(path.parent)
    except FileExistsError as error:
        raise FileExistsAlreadyError(path) from error
    except PermissionError as error:
        raise NoPermissionError(path) from error
    except (OSError, ValueError) as error:
        raise MissingFileError(path) from error


def upgraded(
    engine: Engine, path: Path, version: int, secret: Secret | None, slots: Slots | None, *,
    kept: Path | None,
) -> Engine:  # fmt: skip
    """The engine of a file at the newest version; a checked copy of an older one is `kept`."""
    if version < HEAD:
        if kept is not None:
            back_up(engine, path, kept, secret)
        if secret is not None:
            return climb_beside(engine, path, secret, slots)
        climb(engine, path, then=break_seal)
    return engine
