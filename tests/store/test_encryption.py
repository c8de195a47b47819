"""An encrypted company file: what opens it, what does not, and what can be read without."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kpidesk.core.recovery_code import code_groups
from kpidesk.store import audit, slots, tries
from kpidesk.store.driver import PAGE, cipher_problem, open_raw
from kpidesk.store.errors import (
    DamagedFileError,
    GuardedRecordError,
    PasswordNeededError,
    SlotsDamagedError,
    TooSoonError,
    WrongCodeError,
    WrongPasswordError,
)
from kpidesk.store.file import CompanyFile
from kpidesk.store.recoding import recode_closed
from kpidesk.store.secret import Secret
from kpidesk.store.slots import COMPANY, LENGTH, PLACE, Cost, Slots
from kpidesk.store.unlocking import by_code, by_password, is_encrypted
from tests.store.recoding_kills import kill_while_recoding

Start = Callable[[str, Path], "subprocess.Popen[str]"]
NAMES = ("张三丰", "采购部", "18000.50", "保密的职务")
PASSWORD = "龙华-2026 春"  # noqa: S105 - of a file that the test makes
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries that cost little; what they cost otherwise is asked by a test of its own."""
    monkeypatch.setattr(slots, "USUAL", Cost(1, 64, 1))


@pytest.fixture
def secret() -> Secret:
    return Secret(bytes(range(20)))


def fill(company: CompanyFile) -> None:
    with company.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO departments(id, name) VALUES (1, '采购部')")
        connection.exec_driver_sql(
            "INSERT INTO people(id, number, name, pinyin, department_id, post)"
            " VALUES (1, '18000.50', '张三丰', 'zsf', 1, '保密的职务')"
        )
        audit.append(connection, audit.AuditLine(NOON, "张三丰", "add", "x", after='"采购部"'))


@pytest.fixture
def locked(company: CompanyFile, secret: Secret) -> Iterator[CompanyFile]:
    fill(company)
    company.recode(secret, Slots.of(secret).put(secret, COMPANY, PASSWORD))
    yield company
    company.close()


def people_of(path: Path, secret: Secret | None) -> str:
    with CompanyFile.open(path, secret=secret) as file, file.transaction() as connection:
        return str(connection.exec_driver_sql("SELECT name FROM people").scalar())


def test_the_password_opens_the_file_and_nothing_else_does(
    locked: CompanyFile, secret: Secret
) -> None:
    path = locked.path
    locked.close()
    with pytest.raises(PasswordNeededError, match="已加密"):
        CompanyFile.open(path)
    with pytest.raises(WrongPasswordError, match="密码不对"):
        by_password(path, "龙华-2026 秋", clock=lambda: NOON)
    with pytest.raises(WrongPasswordError):
        by_password(path, PASSWORD, name="王芳", clock=lambda: NOON)
    assert by_password(path, PASSWORD, clock=lambda: NOON) == secret
    assert people_of(path, secret) == "张三丰"
    with pytest.raises(DamagedFileError):
        CompanyFile.open(path, secret=Secret(b"x" * 20))
    assert people_of(path, secret) == "张三丰"


def test_nothing_of_it_can_be_read_in_the_file_its_journal_or_its_backups(
    locked: CompanyFile, tmp_path: Path, start: Start, secret: Secret
) -> None:
    copy = tmp_path / "备份.kpidesk"
    locked.back_up(copy)
    path = locked.path
    locked.close()
    left = start(LEAVE_A_JOURNAL, path)
    assert left.stdout is not None
    assert left.stdout.readline() == "half\n"
    journal = path.with_name(f"{path.name}-journal")
    found = {one: one.read_bytes() for one in (path, journal, copy)}
    left.kill()
    left.wait()
    assert len(found[journal]) > PAGE
    for content in found.values():
        for name in NAMES:
            assert name.encode() not in content
            assert name.encode("utf-16-le") not in content
        assert b"CREATE" not in content
        # Once, where a file (or its first page in a journal) begins; not at any other page.
        assert content.count(b"SQLite format 3") <= 1
    # The half-done change of the killed one is taken back by the journal, slots and all.
    assert people_of(path, secret) == "张三丰"
    assert by_password(path, PASSWORD, clock=lambda: NOON) == secret
    assert people_of(copy, by_password(copy, PASSWORD, clock=lambda: NOON)) == "张三丰"


LEAVE_A_JOURNAL = """
import sys
from pathlib import Path
from kpidesk.store.engine import connect
from kpidesk.store.secret import Secret
connection = connect(Path(sys.argv[1]), Secret(bytes(range(20))))
connection.execute("PRAGMA cache_size = 1")
connection.execute("PRAGMA cache_spill = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE people SET name = '李四'")
for number in range(2, 800):
    connection.execute("INSERT INTO departments(id, name) VALUES (?, ?)",
                       (number, f"采购部{number}" * 40))
print("half", flush=True)
sys.stdin.read()
"""


def test_what_stays_readable_is_the_header_and_the_slots(locked: CompanyFile) -> None:
    path = locked.path
    locked.close()
    page = path.read_bytes()[:PAGE]
    cells = int.from_bytes(page[103:105], "big")
    assert page[100] == 5  # only points to other pages
    assert not any(page[112 + 2 * cells : PLACE])
    assert Slots.parse(page[PLACE : PLACE + LENGTH]) == locked.slots


def test_slots_stay_where_they_are_through_everything_that_is_written(
    locked: CompanyFile, secret: Secret
) -> None:
    with locked.transaction() as connection:
        for number in range(2, 3000):
            connection.exec_driver_sql(
                "INSERT INTO departments(id, name) VALUES (?, ?)", (number, f"部门{number}" * 20)
            )
    with locked.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM departments WHERE id > 1")
    locked.close()
    assert by_password(locked.path, PASSWORD, clock=lambda: NOON) == secret


def test_guards_speak_in_an_encrypted_file_too(locked: CompanyFile) -> None:
    with (
        pytest.raises(GuardedRecordError, match="操作日志只能追加"),
        locked.transaction() as connection,
    ):
        connection.exec_driver_sql("DELETE FROM audit")


def test_a_slot_for_each_name_each_with_a_password_of_its_own(secret: Secret) -> None:
    both = Slots.of(secret).put(secret, COMPANY, PASSWORD).put(secret, "李雷", "自己的密码 1")
    both = Slots.parse(both.pack()) or Slots(b"")
    assert both.open("李雷", "自己的密码 1") == secret
    assert both.open(COMPANY, PASSWORD) == secret
    assert both.open("李雷", PASSWORD) is None
    assert both.open("韩梅梅", "自己的密码 1") is None
    changed = both.put(secret, "李雷", "另一个密码 2")
    assert changed.open("李雷", "自己的密码 1") is None
    assert changed.open("李雷", "另一个密码 2") == secret
    assert not changed.without("李雷").has("李雷")
    assert changed.renamed("李雷", "李磊").open("李磊", "另一个密码 2") == secret
    assert "李雷".encode() not in both.pack()


def test_full_width_letters_are_the_same_password(secret: Secret) -> None:
    one = Slots.of(secret).put(secret, COMPANY, "Abc１２３４５")
    assert one.open(COMPANY, "Ａｂｃ12345") == secret


def test_a_try_costs_at_least_what_is_recommended() -> None:
    source = Path(slots.__file__).read_text(encoding="utf-8")
    assert "\nUSUAL: Final = Cost(3, 64 << 10, 4)\n" in source


def test_a_slot_that_asks_for_all_the_memory_is_not_tried(secret: Secret) -> None:
    hostile = Slots.of(secret).put(secret, COMPANY, PASSWORD)
    (slot,) = hostile.slots
    for cost in (Cost(1, 1 << 30, 1), Cost(200, 64, 1), Cost(1, 64, 200), Cost(1, 1, 1)):
        changed = Slots(hostile.ident, (slots.Slot(slot.name, slot.salt, cost, *_last(slot)),))
        assert changed.open(COMPANY, PASSWORD) is None


def _last(slot: slots.Slot) -> tuple[bytes, bytes]:
    return slot.padded, slot.proof


def test_a_damaged_slot_is_said_and_the_recovery_code_still_opens(
    locked: CompanyFile, secret: Secret
) -> None:
    path = locked.path
    locked.close()
    content = bytearray(path.read_bytes())
    content[PLACE + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(SlotsDamagedError, match="恢复码"):
        by_password(path, PASSWORD, clock=lambda: NOON)
    with pytest.raises(WrongCodeError):
        by_code(path, "-".join(code_groups(b"z" * 20)))
    code = "-".join(code_groups(secret.root))
    assert people_of(path, by_code(path, code)) == "张三丰"
    with CompanyFile.open(path, secret=by_code(path, code)) as file:
        file.recode(secret, Slots.of(secret).put(secret, COMPANY, "新的密码 2027"))
    assert by_password(path, "新的密码 2027", clock=lambda: NOON) == secret


def test_a_code_of_another_file_is_told_from_a_slip(locked: CompanyFile) -> None:
    path = locked.path
    locked.close()
    with pytest.raises(WrongCodeError, match="不是这个文件的"):
        by_code(path, "".join(code_groups(b"y" * 20)))


@pytest.mark.parametrize("keep", [0.99, 0.5, 0.1])
def test_a_truncated_file_is_refused(locked: CompanyFile, secret: Secret, keep: float) -> None:
    path = locked.path
    locked.close()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(DamagedFileError):
        CompanyFile.open(path, secret=secret)


def test_every_changed_byte_of_a_page_is_noticed(locked: CompanyFile, secret: Secret) -> None:
    path = locked.path
    locked.close()
    content = path.read_bytes()
    chance = random.Random(7)  # noqa: S311 - a seed, not a secret
    for _ in range(40):
        place = chance.randrange(PAGE, len(content))
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        connection = open_raw(path, secret)
        assert cipher_problem(connection), place
        connection.close()


def test_the_same_is_in_it_before_and_after_and_once_more_without(
    company: CompanyFile, secret: Secret
) -> None:
    fill(company)
    before = _everything(company)
    company.recode(secret, Slots.of(secret).put(secret, COMPANY, PASSWORD))
    assert _everything(company) == before
    another = Secret.new()
    company.recode(another, Slots.of(another))
    assert _everything(company) == before
    company.recode(None, None)
    assert _everything(company) == before
    company.close()
    assert not is_encrypted(company.path)
    assert people_of(company.path, None) == "张三丰"
    assert company.path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    left = [one.name for one in company.path.parent.iterdir()]
    assert [one for one in left if not one.endswith("-journal")] == [company.path.name]


def _everything(file: CompanyFile) -> dict[str, list[tuple[object, ...]]]:
    with file.transaction() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).scalars()
        return {
            name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]  # noqa: S608 - names of the schema
            for name in names.all()
        }


def test_killed_while_it_is_encrypted_changed_or_decrypted_it_is_old_or_new(
    company: CompanyFile,
) -> None:
    """Four times here; as often as one likes by `python -m tests.soak.encryption_kills`."""
    fill(company)
    company.close()
    assert list(kill_while_recoding(company.path, 4, seed=3)) == [""] * 4


def test_an_encrypted_copy_of_a_plain_backup_opens_like_the_file(
    company: CompanyFile, secret: Secret, tmp_path: Path
) -> None:
    fill(company)
    copy = tmp_path / "旧备份.kpidesk"
    company.back_up(copy)
    recode_closed(copy, secret, Slots.of(secret).put(secret, COMPANY, PASSWORD))
    assert "张三丰".encode() not in copy.read_bytes()
    assert people_of(copy, by_password(copy, PASSWORD, clock=lambda: NOON)) == "张三丰"


def test_wrong_passwords_slow_down_and_a_new_start_does_not_forget(locked: CompanyFile) -> None:
    path = locked.path
    locked.close()
    clock = [NOON]
    waited = []

    def now() -> datetime:
        return clock[0]

    for _ in range(9):
        with pytest.raises(WrongPasswordError) as caught:
            by_password(path, "错错错错错错", clock=now)
        waited.append(caught.value.wait)
        if caught.value.wait:
            before = hashlib.sha256(path.read_bytes()).digest()
            with pytest.raises(TooSoonError, match=f"请等 {caught.value.wait} 秒"):
                by_password(path, PASSWORD, clock=now)
            assert hashlib.sha256(path.read_bytes()).digest() == before
        clock[0] += timedelta(seconds=caught.value.wait)
    assert waited == [0, 0, 1, 2, 4, 8, 16, 32, 64]
    assert by_password(path, PASSWORD, clock=now)
    assert not path.with_name(f"{path.name}-tries").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"count": 5, "last": "x"}', '{"count": "x"}'])
def test_a_note_of_tries_that_somebody_spoilt_counts_as_three(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.kpidesk"
    path.with_name("a.kpidesk-tries").write_text(text)
    assert tries.wait_left(path, NOON) == 1


def test_a_clock_that_was_set_back_locks_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "a.kpidesk"
    for _ in range(30):
        last = tries.note_wrong(path, NOON)
    assert last == 300
    assert tries.wait_left(path, NOON - timedelta(days=900)) == 300
    assert tries.wait_left(path, NOON + timedelta(seconds=300)) == 0
