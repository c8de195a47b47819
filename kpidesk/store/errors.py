"""Why the company file cannot be used: one class each, one sentence on what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from kpidesk.core.errors import KpiDeskError
from kpidesk.store.driver import errors


class StoreError(KpiDeskError):
    """The company file, or the place where it lies, refuses."""

    def __init__(self, path: Path, sentence: str) -> None:
        self.path = path
        super().__init__(f"“{path.name}”{sentence}")


class MissingFileError(StoreError):
    """There is nothing at the path."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"不在文件夹“{path.parent}”里。文件可能被移走、改名，或所在的 U 盘、移动硬盘没有接上，"
            "网络没有连上；请接好再试，或找到它再打开，或从备份恢复。",
        )


class FileExistsAlreadyError(StoreError):
    """A new company file would overwrite something."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "已经存在，不会被覆盖。请换一个文件名，或直接打开它。")


class NotACompanyFileError(StoreError):
    """The file is something else; `what` says what it looks like."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            path,
            f"不是绩效考核台的公司文件：{what}。文件没有被改动；"
            "请选择由本程序新建、扩展名为 .kpidesk 的文件。",
        )


class NewerFileError(StoreError):
    """The file was written by a newer version of the program."""

    def __init__(self, path: Path, version: int, known: int) -> None:
        super().__init__(
            path,
            f"由更新版本的绩效考核台保存(文件版本 {version}，本程序只认识到 {known})。"
            "文件没有被改动；请升级本程序后再打开。",
        )


class ReadOnlyFileError(StoreError):
    """The file may be read but not written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "是只读的，改动无法保存，所以没有打开。请在文件属性里取消“只读”，"
            "或把它从光盘、只读的共享文件夹复制到自己的文件夹再打开。",
        )


class NoPermissionError(StoreError):
    """The user may not read the file, or not write into its folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"无法打开：当前用户对它或对文件夹“{path.parent}”没有读写权限。"
            "请让管理员授予权限，或把文件放到自己的文档文件夹里。",
        )


class FileInUseError(StoreError):
    """Another window has the file; `holder` names it when that is known."""

    def __init__(self, path: Path, holder: str = "") -> None:
        who = f"({holder})" if holder else ""
        super().__init__(
            path,
            f"正被另一个绩效考核台窗口使用{who}。请先在那个窗口里关闭它，再在这里打开；"
            "两个窗口同时修改会互相覆盖。",
        )


class DiskFullError(StoreError):
    """No room is left; the last action was not saved."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "所在的磁盘已满，刚才的操作没有保存，之前的内容都完好。"
            "请删除一些不需要的文件腾出空间，然后再做一次。",
        )


class StorageFailedError(StoreError):
    """The disk or the network share failed while reading or writing."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            path,
            f"读写失败({reason})，刚才的操作没有保存，之前保存的都在文件里。"
            "请检查 U 盘、移动硬盘或网络是否接好，接好后再做一次即可。",
        )


class UnsureSavedError(StorageFailedError):
    """The disk did not confirm the last write: it may have happened or not."""

    def __init__(self, path: Path, reason: str) -> None:
        StoreError.__init__(
            self,
            path,
            f"写入后没有得到磁盘的确认({reason})，刚才的操作可能已经保存，也可能没有；"
            "之前保存的都在文件里。请检查磁盘、U 盘或网络，重新打开文件看一看，没有保存再做一次。",
        )


class OpenedElsewhereError(StoreError):
    """The file was away for a while, and somebody else opened it meanwhile."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "断开期间被别处打开过，这里显示的可能已经不是最新的，刚才的操作没有保存。"
            "请在“文件”菜单里关闭公司文件，再重新打开它。",
        )


class DamagedFileError(StoreError):
    """The file is ours, but what it holds is not whole."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            path,
            f"已损坏({reason})。请不要删除或继续使用它，用最近的备份恢复，并保留损坏的文件备查。",
        )


class GuardedRecordError(StoreError):
    """A guard in the file itself refused to change a record that must stay as it is."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, f"里的这条记录不能改动：{reason}。操作没有保存。")


class PasswordNeededError(StoreError):
    """The file is encrypted, and nothing was given that opens it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "已加密，需要输入密码才能打开。")


class WrongPasswordError(StoreError):
    """The password (or the name with it) is another one; after some tries one has to wait."""

    def __init__(self, path: Path, wait: int = 0) -> None:
        self.wait = wait
        later = f"请等 {wait} 秒再试。" if wait else "请再试一次。"
        super().__init__(
            path,
            f"没有打开：密码不对。{later}请留意大小写和输入法；"
            "忘记了密码，可以用恢复单上的恢复码打开。",
        )


class TooSoonError(StoreError):
    """A password was wrong several times: the next one is not looked at yet."""

    def __init__(self, path: Path, wait: int) -> None:
        self.wait = wait
        super().__init__(path, f"密码已连续输错几次，请等 {wait} 秒再试。")


class WrongCodeError(StoreError):
    """A recovery code that is written right, of another file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "没有打开：这个恢复码不是这个文件的。请核对恢复单上的公司名称和日期；"
            "更换过恢复码的，旧恢复单只能打开更换之前的备份。",
        )


class SlotsDamagedError(StoreError):
    """The part of an encrypted file that knows the passwords is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "里保存密码信息的部分已损坏，任何密码都打不开它。数据本身可能完好："
            "请用恢复单上的恢复码打开，或用最近的备份恢复。",
        )


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside into the sentence for it, by its error name."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise DamagedFileError(path, "文字无法读出") from error
    except DBAPIError as error:
        if isinstance(error.orig, errors()) and (ours := _sentence(path, error.orig)):
            raise ours from error
        raise
    except errors() as error:
        if ours := _sentence(path, error):
            raise ours from error
        raise


def _sentence(path: Path, error: BaseException) -> StoreError | None:
    """The sentence for an error of SQLite; None when it can only be a bug of ours."""
    name = str(getattr(error, "sqlite_errorname", ""))
    # The cipher's module knows the short names only; there the text tells a guard's refusal.
    if name == "SQLITE_CONSTRAINT_TRIGGER" or (
        name == "SQLITE_CONSTRAINT" and not _BUILT_IN.search(str(error))
    ):
        return GuardedRecordError(path, str(error))
    if "decode" in str(error).lower():
        return DamagedFileError(path, "文字无法读出")
    if "unsupported file format" in str(error):  # SQLite has no name of its own for it
        return DamagedFileError(path, "文件头被改动过")
    if name == "SQLITE_READONLY_DBMOVED":
        return MissingFileError(path)
    make = _BY_NAME.get(name) or _BY_NAME.get("_".join(name.split("_")[:2]))
    return make(path, name) if make else None


def _cannot_open(path: Path, _: str) -> StoreError:
    return NoPermissionError(path) if path.exists() else MissingFileError(path)


_BUILT_IN: Final = re.compile(r"constraint failed|datatype mismatch")

_BY_NAME: Final[dict[str, Callable[[Path, str], StoreError]]] = {
    "SQLITE_FULL": lambda path, _: DiskFullError(path),
    "SQLITE_BUSY": lambda path, _: FileInUseError(path),
    "SQLITE_LOCKED": lambda path, _: FileInUseError(path),
    "SQLITE_READONLY": lambda path, _: ReadOnlyFileError(path),
    "SQLITE_CANTOPEN": _cannot_open,
    "SQLITE_PERM": _cannot_open,
    "SQLITE_AUTH": _cannot_open,
    "SQLITE_IOERR": StorageFailedError,
    "SQLITE_IOERR_FSYNC": UnsureSavedError,
    "SQLITE_IOERR_DIR_FSYNC": UnsureSavedError,
    "SQLITE_CORRUPT": DamagedFileError,
    "SQLITE_NOTADB": DamagedFileError,
    "SQLITE_FORMAT": DamagedFileError,
}
"""SQLite's name for an error, or its first two words → what we say."""
