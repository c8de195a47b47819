"""Single bytes of a company file flipped anywhere: each is noticed, or changes nothing.

python -m tests.soak.flips [COUNT [SEED [FILE.kpidesk]]]

Without a file, one with contracts, recorded scores, a scan and drafts is made. A flip is noticed
when the file does not open or 检查数据库 names something. It does not matter when every row of
every table, and the schema, read as before: what lies in free pages, and what SQLite writes
for itself. All else would be a change that nobody finds.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from kpidesk.store.errors import StoreError
from kpidesk.usecases.company import open_company
from kpidesk.usecases.inspecting import inspect
from kpidesk.usecases.keeping.making import close_company
from tests.usecases.office import fill, make_office

_A_WHILE = 100


def flips(path: Path, count: int, seed: int, scratch: Path) -> tuple[Counter[str], list[str]]:
    """How many flips ended how, and those that nobody noticed."""
    chance = random.Random(seed)  # noqa: S311 - a seed, not a secret
    whole = path.read_bytes()
    said = contents(path)
    ended: Counter[str] = Counter()
    missed = []
    for number in range(count):
        offset, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        changed = bytearray(whole)
        changed[offset] ^= bit
        victim = scratch / path.name
        victim.write_bytes(changed)
        how = outcome(victim)
        if not how:
            victim.write_bytes(changed)
            how = "does not matter" if contents(victim) == said else "missed"
        if how == "missed":
            missed.append(f"byte {offset} of page {offset // 4096}, bit {bit}")
        ended[how] += 1
        if number % _A_WHILE == _A_WHILE - 1:
            print(f"{number + 1} flips: {dict(ended)}", flush=True)
    return ended, missed


def outcome(victim: Path) -> str:
    """How the flip is noticed; empty when it is not."""
    try:
        company = open_company(victim)
    except StoreError:
        return "does not open"
    try:
        found = inspect(company)
    except StoreError:
        return "found by the check"
    finally:
        close_company(company)
    return "" if found.is_sound and not found.mends else "found by the check"


def contents(path: Path) -> str:
    """A digest of all that can be read; what cannot be read is another one."""
    digest = sha256()
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            file.text_factory = bytes
            schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
            digest.update(repr(file.execute(schema).fetchall()).encode())
            tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                where = " WHERE key <> 'holder'" if table == b"settings" else ""
                query = f"SELECT * FROM {table.decode()}{where}"  # noqa: S608 - names of our own file
                digest.update(repr(sorted(map(repr, file.execute(query)))).encode())
    except sqlite3.Error as problem:
        return f"unreadable: {problem}"
    return digest.hexdigest()


def make_file(folder: Path) -> Path:
    """A small file with something of everything that is kept."""
    office = make_office(folder)
    fill(office, folder)
    close_company(office.company)
    return office.company.path


def main(count: int, seed: int, path: Path | None) -> int:
    """0 when nothing was missed."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "flipped"
        scratch.mkdir()
        kept = Path(folder) / "kept.kpidesk"
        shutil.copy(path or make_file(Path(folder)), kept)
        open_and_close(kept)
        ended, missed = flips(kept, count, seed, scratch)
    print(f"{count} flips: {dict(ended)}")
    for one in missed:
        print(f"missed: {one}")
    return 1 if missed else 0


def open_and_close(path: Path) -> None:
    """Seal the file: one that was copied while open has no seal."""
    company = open_company(path)
    with company.file.transaction() as connection:
        connection.exec_driver_sql("UPDATE settings SET value = value WHERE key = 'company'")
    close_company(company)


if __name__ == "__main__":
    sys.exit(
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 500,
            int(sys.argv[2]) if len(sys.argv) > 2 else 2026,
            Path(sys.argv[3]) if len(sys.argv) > 3 else None,
        )
    )
