"""What KpiDesk.exe runs: opens the window; what goes wrong before it shows is told, not lost."""

import multiprocessing
import os
import sys
import traceback
from pathlib import Path

_HERE = Path(__file__).resolve().parent.parent


def _tell(trace: str) -> None:
    """Write the trace down, and say in a message box where it is."""
    folder = Path(os.environ.get("LOCALAPPDATA") or Path.home(), "KPI Desk", "log")
    file = folder / "start.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(trace, encoding="utf-8")
        kept = f"出错的经过记在：\n{file}"
    except OSError:
        kept = trace[-1500:]
    text = (
        "绩效考核台没能启动。您的数据没有受影响。\n\n"
        "请先重新启动电脑再试；仍然不行，请重新运行安装程序（数据不会丢）。\n\n"
        f"{kept}\n\n{trace.strip().splitlines()[-1][:300]}"
    )
    if sys.platform == "win32" and "KPIDESK_NO_DIALOG" not in os.environ:
        import ctypes

        error_icon = 0x10
        ctypes.windll.user32.MessageBoxW(None, text, "绩效考核台", error_icon)


def main() -> int:
    """Run the program; 70 when it could not start."""
    multiprocessing.freeze_support()
    # Scans and workbooks are read in processes of their own: these are plain Python, no window.
    multiprocessing.set_executable(str(_HERE / "runtime" / "pythonw.exe"))
    try:
        from kpidesk.app import main as run

        return run()
    except Exception:  # noqa: BLE001 - whatever it was, the person at the screen must be told
        _tell(traceback.format_exc())
        return 70


if __name__ == "__main__":
    sys.exit(main())
