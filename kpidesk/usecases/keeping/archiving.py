"""整体归档: the whole company as one file for another computer, and the way back in.

A zip of three members with fixed names. What comes from elsewhere is believed in nothing: neither
names nor sizes nor contents; only these members are read, at most as many bytes as the list says.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from kpidesk import __version__
from kpidesk.core.errors import KpiDeskError
from kpidesk.store.backup import durable, sync_folder
from kpidesk.store.errors import FileExistsAlreadyError, StorageFailedError
from kpidesk.store.file import SUFFIX
from kpidesk.store.keeping.catalog import CATALOG, Kept, Reason
from kpidesk.store.keeping.checking import check_copy
from kpidesk.usecases.keeping.listing import heads_noted
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company

ARCHIVE_SUFFIX: Final = ".kpiarchive"
_FORMAT: Final = 1
_MANIFEST, _FILE, _HEADS = "manifest.json", f"company{SUFFIX}", "backups.jsonl"
_MEMBERS: Final = frozenset({_MANIFEST, _FILE, _HEADS})
_LARGEST: Final = 8 << 30
_LARGEST_LIST: Final = 4 << 20
_CHUNK: Final = 1 << 20


class ArchiveError(KpiDeskError):
    """A file is no archive of ours, or not as it was written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"“{path.name}”不能导入：{why}。没有导入任何内容。")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself."""

    format: int
    program: str
    made_at: str
    name: str
    size: int
    sha256: str
    version: int
    sequence: int
    hash: str
    heads_sha256: str


def export_archive(company: Company, target: Path, progress: Progress | None = None) -> Manifest:
    """The company file, which holds scans, attachments and papers, and the heads of its backups.

    An encrypted file stays so. The archive is there whole, or what was there before still is.
    """
    company.admit()
    watched = progress or Unwatched()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".kpidesk-") as folder:
        copy = Path(folder) / _FILE
        watched.step(0, 3, "正在复制公司文件")
        copied = company.file.back_up(copy)
        heads = _heads(company)
        manifest = Manifest(
            _FORMAT, __version__, company.file.clock().isoformat(), company.path.stem,
            copied.size, copied.sha256, copied.version, copied.sequence, copied.hash,
            sha256(heads).hexdigest(),
        )  # fmt: skip
        with _put_whole(target) as draft:
            watched.step(1, 3, "正在写入归档")
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
                text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
                made.writestr(_MANIFEST, text)
                made.writestr(_HEADS, heads)
                made.write(copy, _FILE)
            durable(draft)
            watched.step(2, 3, "正在核对归档")
            with _opened(draft) as archive:
                read = _manifest(draft, archive)
                _extract(draft, archive, read, Path(folder) / "again")
    watched.step(3, 3)
    return manifest


def describe_archive(path: Path) -> Manifest:
    """What an archive says of itself; ArchiveError when it is none."""
    with _opened(path) as archive:
        return _manifest(path, archive)


def import_archive(path: Path, target: Path, progress: Progress | None = None) -> Manifest:
    """The company file of an archive, checked, where nothing lies yet; the caller opens it."""
    watched = progress or Unwatched()
    if target.exists():
        raise FileExistsAlreadyError(target)
    with _put_whole(target) as draft:
        with _opened(path) as archive:
            manifest = _manifest(path, archive)
            if shutil.disk_usage(target.parent).free < manifest.size:
                why = f"“{target.parent}”所在的磁盘空间不够，需要 {manifest.size >> 20} MB"
                raise ArchiveError(path, why)
            watched.step(0, 2, "正在取出公司文件")
            _extract(path, archive, manifest, draft)
        durable(draft)
        watched.step(1, 2, "正在核对公司文件")
        check_copy(draft, _as_kept(manifest))
        if target.exists():
            raise FileExistsAlreadyError(target)
    watched.step(2, 2)
    return manifest


@contextmanager
def _put_whole(target: Path) -> Iterator[Path]:
    """A draft to be written beside the target, whose name it takes when all has gone well."""
    draft = target.with_name(f"{target.name}.part")
    try:
        yield draft
        draft.replace(target)
        sync_folder(target.parent)
    except OSError as problem:
        raise StorageFailedError(target, problem.strerror or str(problem)) from problem
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _heads(company: Company) -> bytes:
    """Where the log ended in each backup: a proof that goes along."""
    lines = [
        json.dumps({"at": one.at.isoformat(), "sequence": one.sequence, "hash": one.hash})
        for one in heads_noted(company)
    ]
    return "\n".join(lines).encode()


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as problem:
        raise ArchiveError(path, "它不是绩效考核台的整体归档，或已损坏") from problem
    except FileNotFoundError as problem:
        raise ArchiveError(path, "文件不见了") from problem


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    """What it says of itself, once the members are exactly ours."""
    names = [one.filename for one in archive.infolist()]
    if len(names) != len(_MEMBERS) or set(names) != _MEMBERS:
        raise ArchiveError(path, "它不是绩效考核台的整体归档")
    text = _read(path, archive, _MANIFEST, _LARGEST_LIST)
    try:
        said = json.loads(text)
        manifest = Manifest(**said)
        datetime.fromisoformat(manifest.made_at)
    except (ValueError, TypeError) as problem:
        raise ArchiveError(path, "归档的清单读不出来") from problem
    for name, kind in Manifest.__annotations__.items():
        if type(getattr(manifest, name)).__name__ != kind:
            raise ArchiveError(path, "归档的清单读不出来")
    if manifest.format != _FORMAT:
        raise ArchiveError(path, "它由更新版本的程序导出，请先升级本程序")
    if not 0 < manifest.size <= _LARGEST or archive.getinfo(_FILE).file_size != manifest.size:
        raise ArchiveError(path, "归档里公司文件的大小与清单不符")
    heads = _read(path, archive, _HEADS, _LARGEST_LIST)
    if sha256(heads).hexdigest() != manifest.heads_sha256:
        raise ArchiveError(path, "归档里的备份记录与清单不符")
    return manifest


def _read(path: Path, archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A small member; one that unpacks to more than it may is refused before it fills memory."""
    with archive.open(name) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise ArchiveError(path, f"归档里的 {name} 太大")
    return data


def _extract(path: Path, archive: zipfile.ZipFile, manifest: Manifest, target: Path) -> None:
    """Write the company file out, at most as many bytes as the list says, and compare its hash."""
    digest, left = sha256(), manifest.size
    with archive.open(_FILE) as member, target.open("xb") as out:
        while chunk := _next(member, left + 1):
            left -= len(chunk)
            if left < 0:
                raise ArchiveError(path, "归档里公司文件的大小与清单不符")
            digest.update(chunk)
            out.write(chunk)
    if left or digest.hexdigest() != manifest.sha256:
        raise ArchiveError(path, "归档里公司文件的内容与清单里的校验值不符")


def _next(member: IO[bytes], most: int) -> bytes:
    return member.read(min(_CHUNK, most))


def _as_kept(manifest: Manifest) -> Kept:
    return Kept(
        CATALOG, datetime.fromisoformat(manifest.made_at), Reason.BY_HAND, manifest.size,
        manifest.sha256, manifest.version, manifest.sequence, manifest.hash,
    )  # fmt: skip
