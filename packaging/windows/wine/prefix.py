"""Make an empty Windows 10 in Wine, for the tests of the installer.

Wine 8 lacks two things that Qt and Rust libraries ask for; small stand-ins are put into the test
machine only, never into what is shipped.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_LACKS = ("wine-5.", "wine-6.", "wine-7.", "wine-8.")
# Windows' fonts, which Wine has not: without a stand-in, messages and installer show boxes.
_FONTS = (
    *("Tahoma", "MS Shell Dlg", "MS Shell Dlg 2", "Microsoft YaHei UI", "Segoe UI"),
    *("SimSun", "宋体"),  # the installer asks for it by its Chinese name
)
_SETTINGS = (
    r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId"
    r"\Windows.UI.ViewManagement.UISettings"
)


def environment(prefix: Path, display: str) -> dict[str, str]:
    """What programs of the test machine are started with."""
    home = prefix.with_name(prefix.name + "-home")
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "DISPLAY": display,
        "HOME": str(home),  # Wine links the desktop and the documents to it
        "LANG": "C.UTF-8",
        "USER": os.environ.get("USER", "root"),
        "WINEPREFIX": str(prefix),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "winemenubuilder.exe=d;mscoree=d;mshtml=d",
    }


def wine(arguments: list[str], env: dict[str, str], seconds: float = 300) -> tuple[int, str]:
    """Run a Windows program to its end: exit status and what it said."""
    done = subprocess.run(
        ["wine", *arguments],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # Python in Wine 8 dies when this is a plain file
        stderr=subprocess.STDOUT,
        timeout=seconds,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


def make_prefix(prefix: Path, env: dict[str, str]) -> None:
    """Make the test machine; where it stands already, leave it."""
    if (prefix / "system.reg").exists():
        return
    wine(["wineboot", "-i"], env)
    subprocess.run(["wineserver", "-w"], env=env, check=True)
    wine(["winecfg", "-v", "win10"], env)
    _register(r"HKCU\Software\Wine\WineDbg", "ShowCrashDialog", "REG_DWORD", "0", env)
    for font in _FONTS:
        replacements = r"HKCU\Software\Wine\Fonts\Replacements"
        _register(replacements, font, "REG_SZ", "WenQuanYi Micro Hei", env)
    version = subprocess.run(["wine", "--version"], env=env, capture_output=True, check=True)
    if version.stdout.decode().startswith(_LACKS):
        system = prefix / "drive_c" / "windows" / "system32"
        _compile("uisettings.c", system / "winshim_ui.dll")
        _compile("bcryptprimitives.c", system / "bcryptprimitives.dll", "-ladvapi32")
        shim = r"C:\windows\system32\winshim_ui.dll"
        _register(_SETTINGS, "DllPath", "REG_SZ", shim, env)
    subprocess.run(["wineserver", "-w"], env=env, check=True)


def _register(key: str, name: str, kind: str, value: str, env: dict[str, str]) -> None:
    wine(["reg", "add", key, "/v", name, "/t", kind, "/d", value, "/reg:64", "/f"], env)


def _compile(source: str, target: Path, *libraries: str) -> None:
    compiler = "x86_64-w64-mingw32-gcc"
    options = ("-O2", "-s", "-shared", "-static-libgcc", "-w", "-o")
    subprocess.run([compiler, *options, target, _HERE / source, *libraries], check=True)
