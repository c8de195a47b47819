"""The connection is as safe as it was asked to be, or there is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest
from sqlalchemy.exc import TimeoutError as NoConnectionError

from kpidesk.store import engine
from kpidesk.store.driver import uri_of
from kpidesk.store.errors import StorageFailedError
from kpidesk.store.file import CompanyFile


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("locking_mode", "exclusive"),
        ("journal_mode", "truncate"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
    ],
)
def test_a_company_file_is_held_alone_and_written_through(
    company: CompanyFile, setting: str, value: object
) -> None:
    with company.transaction() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {setting}").scalar() == value


@pytest.mark.parametrize(
    "setting",
    [
        ("no_such_setting", "ON", 1),  # an older SQLite says nothing at all
        ("journal_mode", "nonsense", "off"),  # and keeps what it has
    ],
)
def test_a_setting_that_sqlite_does_not_take_closes_the_file(
    company: CompanyFile, setting: tuple[str, str, int | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    company.close()
    monkeypatch.setattr(engine, "_SETTINGS", (setting,))
    with pytest.raises(StorageFailedError, match=setting[0]):
        CompanyFile.open(company.path)
    with closing(sqlite3.connect(company.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")  # nobody holds it


def test_a_transaction_takes_the_right_to_write_before_it_reads(company: CompanyFile) -> None:
    with company.transaction() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        assert driver.in_transaction
    assert not driver.in_transaction


def test_there_is_one_connection_and_no_second(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.create_empty(path)
    one = engine.open_engine(path)
    try:
        monkeypatch.setattr(one.pool, "_timeout", 0.05)
        with one.connect(), pytest.raises(NoConnectionError):
            one.connect()
    finally:
        one.dispose()


def test_no_other_file_can_be_attached_and_no_huge_value_read(company: CompanyFile) -> None:
    with company.transaction() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        with pytest.raises(sqlite3.OperationalError, match="too many attached"):
            driver.execute("ATTACH ':memory:' AS other")
        with pytest.raises(sqlite3.DataError, match="too big"):
            driver.execute("SELECT zeroblob(200000000)")


def test_a_share_of_windows_is_no_host_of_a_uri() -> None:
    share = PureWindowsPath(r"\\fileserver\人事部 1#\公司.kpidesk")
    uri = uri_of(share, "mode=rw")
    assert uri.startswith("file:////fileserver/")
    assert uri.endswith(".kpidesk?mode=rw")
    assert uri_of(PureWindowsPath(r"K:\公司.kpidesk"), "mode=rw").startswith("file:///K:/")
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect(f"{share.as_uri()}?mode=rw", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(uri, uri=True)
