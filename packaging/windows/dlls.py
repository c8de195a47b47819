"""Check that every DLL which the program's files ask for is shipped or is a part of Windows."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_PROGRAMS = {".dll", ".pyd", ".exe"}
_WINDOWS = re.compile(
    r"(api-ms-|ext-ms-|kernel32|user32|gdi32|advapi32|shell32|ole32|oleaut32|ws2_32|winmm|version"
    r"|mpr|netapi32|userenv|authz|ntdll|msvcrt|ucrtbase|crypt32|bcrypt|secur32|iphlpapi|dnsapi"
    r"|winhttp|rpcrt4|comdlg32|comctl32|imm32|dwmapi|uxtheme|shlwapi|setupapi|wtsapi32|winspool"
    r"|d3d9|d3d11|d3d12|dxgi|dwrite|d2d1|opengl32|uiautomationcore|shcore|propsys|cabinet|msi\.dll"
    r"|wsock32|psapi|dbghelp|ncrypt|cfgmgr32|powrprof|bcryptprimitives|wintrust|hid\.dll"
    r"|windowscodecs)",
    re.IGNORECASE,
)
_WANTED = re.compile(r"DLL Name: (\S+)")


def missing_dlls(program: Path) -> dict[str, list[str]]:
    """Each DLL that is neither shipped nor part of Windows, with the files that ask for it."""
    files = [one for one in program.rglob("*") if one.suffix.lower() in _PROGRAMS]
    shipped = {one.name.lower() for one in files}
    missing: dict[str, list[str]] = {}
    for one in files:
        for name in _wanted(one):
            if name.lower() not in shipped and not _WINDOWS.match(name):
                missing.setdefault(name, []).append(one.name)
    return missing


def _wanted(file: Path) -> list[str]:
    told = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", file], capture_output=True, check=True
    ).stdout.decode("utf-8", "replace")
    return _WANTED.findall(told)
