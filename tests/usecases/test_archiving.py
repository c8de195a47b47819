"""The whole company as one file: there and back the same, and nothing hostile gets in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kpidesk.store import audit
from kpidesk.store.errors import FileExistsAlreadyError, StoreError
from kpidesk.usecases import people
from kpidesk.usecases.company import open_company
from kpidesk.usecases.inspecting import inspect
from kpidesk.usecases.keeping.archiving import (
    ArchiveError,
    describe_archive,
    export_archive,
    import_archive,
)
from kpidesk.usecases.keeping.making import Reason, keep, set_places
from tests.usecases.office import Office, fill, make_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("公司")
    made = make_office(folder)
    fill(made, folder)
    yield made
    made.company.close()


@pytest.fixture(scope="module")
def archive(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("归档")
    set_places(office.company, folder / "备份")
    keep(office.company, Reason.BY_HAND)
    path = folder / "带走.kpiarchive"
    export_archive(office.company, path)
    assert [one.name for one in folder.iterdir() if one.is_file()] == [path.name]
    return path


def test_a_company_is_the_same_on_another_computer(
    office: Office, archive: Path, tmp_path: Path
) -> None:
    there = tmp_path / "另一台电脑"
    there.mkdir()
    manifest = import_archive(archive, there / "龙华.kpidesk")
    again = open_company(there / "龙华.kpidesk")
    assert inspect(again).is_sound
    assert people.list_people(again) == people.list_people(office.company)
    with again.read() as theirs, office.company.read() as ours:
        assert audit.head(theirs) == audit.head(ours)
        assert audit.head(ours).sequence == manifest.sequence
    again.close()
    with pytest.raises(FileExistsAlreadyError):
        import_archive(archive, there / "龙华.kpidesk")


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same archive with other members."""
    with zipfile.ZipFile(path) as file:
        members = {one: file.read(one) for one in file.namelist()}
    change(members)
    other = path.with_name("改过.kpiarchive")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return other


def said(members: dict[str, bytes], **values: Any) -> None:  # noqa: ANN401 - JSON
    members["manifest.json"] = json.dumps(
        {**json.loads(members["manifest.json"]), **values}
    ).encode()


def flip(members: dict[str, bytes]) -> None:
    data = bytearray(members["company.kpidesk"])
    data[len(data) // 2] ^= 1
    members["company.kpidesk"] = bytes(data)


HOSTILE: list[Callable[[dict[str, bytes]], object]] = [
    flip,
    lambda members: members.update({"../../x.kpidesk": b"x"}),
    lambda members: members.update({"C:\\x": b"x"}),
    lambda members: members.pop("backups.jsonl"),
    lambda members: members.update({"company.kpidesk": b"\0" * (64 << 20)}),
    lambda members: members.update({"manifest.json": b" " * (64 << 20)}),
    lambda members: members.update({"manifest.json": b"[" * 100_000}),
    lambda members: members.update({"backups.jsonl": b"{}"}),
    lambda members: said(members, size=1 << 62),
    lambda members: said(members, size=-1),
    lambda members: said(members, size="12"),
    lambda members: said(members, format=2),
    lambda members: said(members, made_at="gestern"),
    lambda members: said(members, evil=1),
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_what_is_not_as_it_was_written_is_refused_and_leaves_nothing(
    archive: Path, tmp_path: Path, number: int
) -> None:
    def change(members: dict[str, bytes]) -> None:
        HOSTILE[number](members)

    other = rewritten(archive, change)
    there = tmp_path / "那里"
    there.mkdir()
    with pytest.raises(ArchiveError, match="没有导入任何内容"):
        import_archive(other, there / "x.kpidesk")
    assert list(there.iterdir()) == []


def test_other_files_and_other_databases_are_refused(archive: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.kpiarchive"
    text.write_text("nichts", encoding="utf-8")
    with pytest.raises(ArchiveError):
        describe_archive(text)
    with pytest.raises(ArchiveError):
        describe_archive(tmp_path / "fehlt.kpiarchive")
    cut = tmp_path / "b.kpiarchive"
    cut.write_bytes(archive.read_bytes()[:-400])
    with pytest.raises((ArchiveError, StoreError)):
        import_archive(cut, tmp_path / "c.kpidesk")
