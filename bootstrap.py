"""Set everything up on a machine that has nothing but Python, then open KPI Desk or test it.

    python3 bootstrap.py                 set up, open the window
    python3 bootstrap.py test [ARGS…]    set up for development, run every check (ARGS for pytest)
    python3 bootstrap.py lint            the same without pytest
    python3 bootstrap.py run NAME ARGS…  the same set-up, run a program of the environment

Standard library only. The environment is `.venv` beside this file. It is rebuilt when the lock
file, the interpreter or the place changed, or when it is damaged. pip obeys its user's own
configuration; every package must match its hash in the lock file.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
STAMP = VENV / "kpidesk-stamp"
APP_LOCK = HERE / "requirements.txt"
DEV_LOCK = HERE / "requirements-dev.txt"
OLDEST, NEWEST = (3, 11), (3, 13)

# Shared library → Debian package: what Qt needs to draw at all, and for a window that prints.
DRAWING_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",  # without it Qt sees no printer
}


class SetupError(Exception):
    """The set-up cannot go on; the message (Chinese) says why and what to do."""


def say(text: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"【绩效考核台】{text}", flush=True)


def check_python(version: tuple[int, int]) -> None:
    """Refuse an interpreter that the locked libraries do not support."""
    if not OLDEST <= version <= NEWEST:
        wanted = " 至 ".join(f"{major}.{minor}" for major, minor in (OLDEST, NEWEST))
        found = ".".join(map(str, version))
        raise SetupError(
            f"需要 Python {wanted}，现在运行的是 Python {found}。\n"
            "请安装合适的版本，再用它运行，例如：python3.11 bootstrap.py（Windows：py -3.11 …）"
        )


def check_width(largest_index: int = sys.maxsize) -> None:
    """Refuse a 32-bit interpreter: Qt is built for 64 bits only."""
    if largest_index < 2**32:
        raise SetupError(
            f"需要 64 位的 Python，现在运行的是 32 位的（{sys.executable}）。\n"
            "请从 python.org 安装 64 位的版本，再用它运行。"
        )


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(*, window: bool, has: Callable[[str], bool] = loads) -> list[str]:
    """Debian packages that must be added before the environment can be built and Qt can start."""
    libraries = {**DRAWING_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    packages = [package for library, package in libraries.items() if not has(library)]
    if importlib.util.find_spec("ensurepip") is None:
        packages.insert(0, "python3-venv")
    return packages


def as_root(command: Sequence[str]) -> list[str]:
    """Return the command as root would run it, through sudo where we are not root.

    Raises SetupError where neither is possible.
    """
    if os.geteuid() == 0:
        return list(command)
    if sudo := shutil.which("sudo"):
        return [sudo, *command]
    raise SetupError("当前用户没有管理员权限，也没有 sudo。")


def install_system_packages(packages: Sequence[str]) -> None:
    """Install Debian packages, or say which command an administrator has to run."""
    # Right after it was switched on, a machine may still be busy with updates of its own.
    patient = ["-o", "DPkg::Lock::Timeout=600"]
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    by_hand = (
        f"请让管理员执行下面的命令，然后重新运行本脚本：\n    apt-get update && {' '.join(install)}"
    )
    if shutil.which("apt-get") is None:
        raise SetupError(
            "这台电脑没有 apt-get（不是 Debian 系的系统），无法自动安装系统软件包。\n"
            f"请用系统自己的软件管理器安装与这些 Debian 软件包相当的软件：{' '.join(packages)}"
        )
    try:
        root = as_root(["env", "DEBIAN_FRONTEND=noninteractive"])
    except SetupError as error:
        raise SetupError(f"缺少系统软件包，无法自动安装：{error}\n{by_hand}") from None
    say(f"安装系统软件包（需要管理员权限，可能会询问您的密码）：{' '.join(packages)}")
    subprocess.call([*root, "apt-get", "update", "--quiet"])
    if subprocess.call([*root, *install, *patient]) != 0:
        raise SetupError(f"系统软件包没有装上。请检查网络和管理员密码。\n{by_hand}")


def prepare_system(*, window: bool) -> None:
    """Make sure that the system has what Python and Qt need; Windows brings all of it."""
    if sys.platform != "linux":
        return
    if packages := missing_packages(window=window):
        install_system_packages(packages)
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is None:
            raise SetupError(
                f"这个 Python（{sys.executable}）没有 ensurepip 模块，无法建立虚拟环境。\n"
                "请改用系统自带的 Python：/usr/bin/python3 bootstrap.py"
            )


def program(name: str) -> str:
    """Path of a program inside the environment."""
    folder, suffix = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
    return str(VENV / folder / f"{name}{suffix}")


def start(name: str, *arguments: str, folder: Path | None = None) -> int:
    """Run a program of the environment; returns its exit status.

    It writes UTF-8 into pipes and files, where a Chinese Windows would have GBK.
    """
    environment = {"PYTHONUTF8": "1", **os.environ}
    return subprocess.call([program(name), *arguments], cwd=folder, env=environment)


def fingerprint(lock: Path, place: Path = VENV) -> str:
    """Return a key of everything that an installed environment depends on."""
    parts = [lock.read_bytes(), (HERE / "pyproject.toml").read_bytes()]
    parts += [str(part).encode() for part in (place, sys.version_info[:3], sys.base_prefix)]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def is_ready(locks: Sequence[Path]) -> bool:
    """Whether the environment was built from one of these lock files and still works."""
    try:
        stamp = STAMP.read_text(encoding="ascii")
        probe = [program("python"), "-c", "import kpidesk; from PySide6 import QtCore, __version__"]
        works = subprocess.run(probe, capture_output=True, cwd=VENV, check=False).returncode == 0
    except (OSError, UnicodeDecodeError):
        return False
    return works and stamp in {fingerprint(lock) for lock in locks}


def point_home(pointer: Path) -> None:
    """Let the environment find this folder by a relative path, which is ASCII wherever it lies.

    Python up to 3.12 reads the pointer in the system's encoding, but it is written in UTF-8: in a
    folder with a Chinese name on a Chinese Windows (GBK) not even the interpreter would start.
    """
    home = os.path.relpath(HERE, pointer.parent)
    pointer.write_text(f"{home}\n", encoding="ascii")


def build(lock: Path) -> None:
    """Build the environment anew from the lock file. The stamp comes last, so no half is taken."""
    say("建立 Python 虚拟环境 .venv …")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise SetupError(
            f"虚拟环境没有建成。请确认：绩效考核台已经关闭；磁盘有空间，{HERE} 可写；\n"
            "运行本脚本的不是 .venv 里的 python。然后再运行一次。"
        )
    say("安装依赖（第一次需要下载 115 至 150 MB，请稍候）…")
    pip = [program("python"), "-m", "pip", "install", "--disable-pip-version-check"]
    # The lock is complete: nothing is resolved, so a newer release elsewhere changes nothing.
    locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(lock)]
    if subprocess.call([*pip, *locked]) != 0:
        raise SetupError(
            "依赖没有装好，原因见上面 pip 的输出。常见原因和办法：\n"
            "  · 网络不通或太慢：检查网络后重新运行，已下载的不会白费；\n"
            "  · 公司用代理或内部镜像：先用 pip config 设好，本脚本照用；\n"
            "  · 校验值不符（hash）：镜像里的文件与锁定的不同，请换一个镜像；\n"
            f"  · Windows 上文件夹太深（{HERE}）：请移到短的位置，例如 C:\\kpidesk。"
        )
    itself = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(HERE)]
    if subprocess.call([*pip, *itself]) != 0:
        raise SetupError("程序本身没有装进虚拟环境，原因见上面 pip 的输出。")
    libraries = sysconfig.get_path("purelib", "venv", {"base": str(VENV)})
    point_home(Path(libraries, "kpidesk.pth"))
    STAMP.write_text(fingerprint(lock), encoding="ascii")


def prepare(lock: Path, *, window: bool) -> None:
    """Bring system and environment to the state that the lock file asks for."""
    check_python(sys.version_info[:2])
    check_width()
    prepare_system(window=window)
    # The development lock holds everything that the app's lock holds, at the same versions.
    if not is_ready([lock, DEV_LOCK]):
        build(lock)


def check_display(environment: Mapping[str, str], platform: str = sys.platform) -> None:
    """Refuse to open a window where Qt would abort the process for want of a display."""
    shown_by = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if platform == "linux" and not any(environment.get(name) for name in shown_by):
        raise SetupError(
            "安装已完成，但没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都没有设置），打不开窗口。\n"
            "请在桌面环境的终端里重新运行；通过 ssh 登录时请使用 ssh -X。"
        )


def open_window(arguments: Sequence[str]) -> int:
    """Open the application; returns its exit status."""
    prepare(APP_LOCK, window=True)
    check_display(os.environ)
    return start("python", str(HERE / "main.py"), *arguments)


def run_checks(checks: Sequence[Sequence[str]]) -> int:
    """Run every check, even after one failed; returns 0 when all passed."""
    prepare(DEV_LOCK, window=False)
    failed = []
    for name, *arguments in checks:
        say(f"检查：{' '.join([name, *arguments])}")
        if start(name, *arguments, folder=HERE) != 0:
            failed.append(name)
    say(f"没有通过：{'、'.join(failed)}" if failed else "全部通过。")
    return 1 if failed else 0


LINT = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), ("lint-imports",))
# Tests run on all cores; those of a file stay together, for they share what it has prepared.
PARALLEL = ("--numprocesses", "auto", "--dist", "loadfile")


def run_program(arguments: Sequence[str]) -> int:
    """Run a program of the development environment, such as `kpidesk trial FILE`."""
    if not arguments:
        raise SetupError("请写明要运行的程序，例如：python3 bootstrap.py run kpidesk --help")
    prepare(DEV_LOCK, window=False)
    if not Path(program(arguments[0])).is_file():
        raise SetupError(
            f"环境里没有程序“{arguments[0]}”。本项目自己的程序是 kpidesk，"
            "其余见 requirements-dev.txt 所列的工具，例如 python、pytest、ruff。"
        )
    return start(*arguments)


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # TextIO, not a terminal
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        if command == "test":
            return run_checks([*LINT, ("pytest", *PARALLEL, *rest)])
        if command == "lint":
            return run_checks(LINT)
        if command == "run":
            return run_program(rest)
        return open_window(arguments)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("已中断。")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
