"""Take out of the libraries what the program never uses: two thirds of their size."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

from reproducible import MOMENT

_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg")
_RUNTIME = {
    *("pyside6.abi3.dll", "__init__.py", "_config.py", "_git_pyside_version.py"),
    *("msvcp140.dll", "msvcp140_1.dll", "msvcp140_2.dll", "vcruntime140.dll", "vcruntime140_1.dll"),
}
# Folder of plugins → the plugins that are kept.
_PLUGINS = {
    "platforms": {"qwindows"},
    "imageformats": {"qjpeg", "qsvg"},
    "iconengines": {"qsvgicon"},
}
_TRANSLATIONS = re.compile(r"(qtbase|qt)_zh_CN\.qm")
_SHIBOKEN = {
    *("vcamp140.dll", "vccorlib140.dll", "vcomp140.dll", "concrt140.dll"),
    "msvcp140_codecvt_ids.dll",
}
# For building and typing, never read when the program runs.
_SUFFIXES = {".pyi", ".pxd", ".pyx", ".c", ".h", ".lib", ".a"}
_PARTS = (
    "PIL/_avif*.pyd",
    "PIL/_imagingcms*.pyd",
    "PIL/_imagingft*.pyd",
    "PIL/_webp*.pyd",
    "pypdfium2_cli",
    "pypdfium2*/**/pdfium.lib",
    "sqlalchemy/testing",
    "sqlalchemy/dialects/oracle",
    "sqlalchemy/dialects/mssql",
    "sqlalchemy/dialects/mysql",
    "alembic/testing",
    "alembic/templates",
    "mako/testing",
    "reportlab/fonts",
    "reportlab/graphics/barcode",
    "reportlab/graphics/samples",
    "reportlab/graphics/testshapes.py",
    "reportlab/lib/testutils.py",
    "bin",
    "share",
)


# Of a library's description, what a program can ask for; licences are collected in one file.
_DESCRIPTION = {"METADATA", "entry_points.txt"}
# Secure connections, which nothing makes; hashes have C code of Python's own.
_RUNTIME_PARTS = (
    *("libcrypto-3.dll", "libssl-3.dll", "_ssl.pyd", "_hashlib.pyd", "winsound.pyd", "_msi.pyd"),
    "python.cat",  # signatures of the files of an installed Python, some of which are not here
)
# Of Python's own library: what builds, tests, draws turtles or speaks to servers.
_UNUSED = re.compile(
    r"(distutils|ensurepip|idlelib|lib2to3|msilib|pydoc_data|tkinter|turtledemo|unittest|venv"
    r"|wsgiref|xmlrpc|curses)/"
    r"|(aifc|asynchat|asyncore|cgi|cgitb|chunk|crypt|doctest|ftplib|imaplib|imghdr|mailbox|mailcap"
    r"|nntplib|pdb|pickletools|poplib|pyclbr|pydoc|smtpd|smtplib|sndhdr|sunau|tabnanny|telnetlib"
    r"|turtle|uu|wave|xdrlib)\.pyc$"
)


def trim(runtime: Path) -> None:
    """Leave of Python and of the libraries in it only what is used."""
    for name in _RUNTIME_PARTS:
        (runtime / name).unlink()
    _trim_standard_library(runtime / "python311.zip")
    libraries = runtime / "Lib" / "site-packages"
    _trim_qt(libraries / "PySide6")
    for one in (libraries / "shiboken6").iterdir():
        if one.name in _SHIBOKEN:
            one.unlink()
    for pattern in _PARTS:
        for found in list(libraries.glob(pattern)):
            _remove(found)
    for found in list(libraries.rglob("*")):
        if found.is_file() and (found.suffix in _SUFFIXES or found.name == "py.typed"):
            found.unlink()


def trim_descriptions(libraries: Path) -> None:
    """Leave of each library's description what a program can ask for."""
    for folder in libraries.glob("*.dist-info"):
        for one in list(folder.iterdir()):
            if one.name not in _DESCRIPTION:
                _remove(one)


def _trim_standard_library(archive: Path) -> None:
    """Leave what is used, not compressed: the installer's own way is better, and so is loading."""
    with zipfile.ZipFile(archive) as packed:
        kept = {
            one: packed.read(one)
            for one in sorted(packed.namelist())
            if not _UNUSED.match(one) and not one.endswith("/")
        }
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as plain:
        for name, content in kept.items():
            plain.writestr(zipfile.ZipInfo(name, MOMENT), content)


def _trim_qt(qt: Path) -> None:
    kept = {f"{one}.pyd" for one in _MODULES} | {f"Qt6{one[2:]}.dll" for one in _MODULES} | _RUNTIME
    for one in list(qt.iterdir()):
        wanted = one.name in kept if one.is_file() else one.name in ("plugins", "translations")
        if not wanted:
            _remove(one)
    for folder in list((qt / "plugins").iterdir()):
        for one in list(folder.iterdir()):
            if one.stem not in _PLUGINS.get(folder.name, set()):
                _remove(one)
        if folder.name not in _PLUGINS:
            folder.rmdir()
    for one in list((qt / "translations").iterdir()):
        if not _TRANSLATIONS.fullmatch(one.name):
            _remove(one)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
