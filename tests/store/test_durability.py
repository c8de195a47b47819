"""What was confirmed stays, whatever kills the program."""

from __future__ import annotations

import random
import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from kpidesk.store import audit
from kpidesk.store.engine import open_engine
from kpidesk.store.file import CompanyFile
from kpidesk.store.migrations.ladder import HEAD, SCRIPTS, climb

Start = Callable[[str, Path], "subprocess.Popen[str]"]

SAVE_FOREVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from kpidesk.store import audit
from kpidesk.store.file import CompanyFile
with CompanyFile.open(Path(sys.argv[1])) as file:
    while True:
        with file.transaction() as connection:
            line = audit.AuditLine(datetime.now(UTC), "甲", "test", "x", reason="字" * 400)
            done = audit.append(connection, line).sequence
            connection.exec_driver_sql(
                "INSERT INTO departments(id, name) VALUES (?, ?)", (done, f"部门{done}")
            )
        print(done, flush=True)
"""

UPGRADE = """
import sys
from pathlib import Path
from kpidesk.store.engine import open_engine
from kpidesk.store.migrations.ladder import HEAD, climb
path = Path(sys.argv[1])
climb(open_engine(path), path, scripts=path.with_name("ladder"), head=HEAD + 1)
"""

NEXT_STEP = f'''
"""A step that takes its time, so that a kill meets it half-way."""
import time
import sqlalchemy as sa
from alembic import op
revision = "{HEAD + 1:04d}"
down_revision = "{HEAD:04d}"
def upgrade():
    with op.batch_alter_table("departments") as batch:
        batch.add_column(sa.Column("note", sa.String()))
    for number in range(20):
        op.create_table(f"extra_{{number}}", sa.Column("id", sa.Integer(), primary_key=True))
        print(number, flush=True)
        time.sleep(0.005)
'''


def test_200_updates_from_four_threads_are_all_kept(company: CompanyFile) -> None:
    with company.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('count', '0')")

    def increase() -> None:
        for _ in range(50):
            with company.transaction() as connection:
                count = connection.execute(
                    text("SELECT value FROM settings WHERE key = 'count'")
                ).scalar_one()
                connection.execute(
                    text("UPDATE settings SET value = :new WHERE key = 'count'"),
                    {"new": str(int(count) + 1)},
                )

    threads = [threading.Thread(target=increase) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with company.transaction() as connection:
        assert connection.exec_driver_sql(
            "SELECT value FROM settings WHERE key = 'count'"
        ).scalar() == str(200)


def test_twenty_kills_lose_no_confirmed_save(company: CompanyFile, start: Start) -> None:
    company.close()
    chance = random.Random(2026)  # noqa: S311 - a seed, not a secret
    for _ in range(20):
        process = start(SAVE_FOREVER, company.path)
        assert process.stdout is not None
        confirmed = [process.stdout.readline() for _ in range(chance.randint(1, 30))]
        process.kill()
        confirmed += process.stdout.read().splitlines()
        assert all(confirmed), process.stderr and process.stderr.read()
        last = max(int(line) for line in confirmed if re.fullmatch(r"\d+\n?", line))
        with CompanyFile.open(company.path) as file, file.transaction() as connection:
            head = audit.head(connection)
            saved = connection.exec_driver_sql("SELECT max(id), count(*) FROM departments").one()
            assert head.sequence in (last, last + 1)
            assert tuple(saved) == (head.sequence, head.sequence)
            assert audit.first_broken(connection) is None
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


@pytest.fixture
def ladder(path: Path) -> Path:
    """Our own steps and one more that does not exist yet."""
    folder = path.with_name("ladder")
    (folder / "versions").mkdir(parents=True)
    for script in (SCRIPTS / "env.py", *(SCRIPTS / "versions").glob("*.py")):
        (folder / script.relative_to(SCRIPTS)).write_bytes(script.read_bytes())
    (folder / "versions" / f"{HEAD + 1:04d}_slow.py").write_text(NEXT_STEP)
    return folder


def _state(path: Path) -> tuple[object, ...]:
    with CompanyFile.open(path) as file, file.transaction() as connection:
        return (
            connection.exec_driver_sql("PRAGMA user_version").scalar(),
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar(),
            connection.exec_driver_sql("SELECT name FROM departments").scalars().all(),
        )


def test_an_upgrade_killed_half_way_leaves_the_old_file(
    company: CompanyFile, ladder: Path, start: Start
) -> None:
    with company.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO departments(id, name) VALUES (1, '销售部')")
    company.close()
    for reached in (1, 6, 12, 19):
        process = start(UPGRADE, company.path)
        assert process.stdout is not None
        for _ in range(reached):
            assert process.stdout.readline()
        process.kill()
        process.wait()
        # Opening it checks every table and guard against the version that it claims.
        assert _state(company.path) == (HEAD, f"{HEAD:04d}", ["销售部"])


def test_an_upgrade_keeps_the_children_of_a_table_that_is_rebuilt(
    company: CompanyFile, ladder: Path
) -> None:
    with company.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO departments(id, name) VALUES (1, '销售部')")
        connection.exec_driver_sql(
            "INSERT INTO people(id, number, name, pinyin, department_id, post)"
            " VALUES (1, '001', '张三', 'zs', 1, '经理')"
        )
    company.close()
    engine = open_engine(company.path)
    try:
        climb(engine, company.path, scripts=ladder, head=HEAD + 1)
        with engine.begin() as connection:
            assert connection.exec_driver_sql("PRAGMA user_version").scalar() == HEAD + 1
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("SELECT name, note FROM departments").all() == [
                ("销售部", None)
            ]
            assert connection.exec_driver_sql("SELECT name FROM people").scalar() == "张三"
    finally:
        engine.dispose()
