"""The hands of the walk: a real mouse, a real keyboard, a real clipboard, through X."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path


def run(*words: str) -> None:
    """Run one program and wait for it."""
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def click(x: int, y: int, times: int = 1, button: int = 1) -> None:
    """Move there and click a button, the left one unless told."""
    run("xdotool", "mousemove", str(x), str(y))
    time.sleep(0.05)
    run("xdotool", "click", "--repeat", str(times), "--delay", "60", str(button))
    time.sleep(0.25)


def wheel_down(x: int, y: int, notches: int) -> None:
    """Turn the mouse's wheel there."""
    run("xdotool", "mousemove", str(x), str(y))
    run("xdotool", "click", "--repeat", str(notches), "--delay", "20", "5")
    time.sleep(0.25)


def press(*keys: str) -> None:
    """Press keys by their X names: Tab, Return, ctrl+a."""
    run("xdotool", "key", "--clearmodifiers", "--delay", "40", *keys)
    time.sleep(0.2)


def write(text: str) -> None:
    """Put a text where the cursor is, in place of what stands there; digits are typed."""
    press("ctrl+a")
    if text.isascii() and text:
        strike(text)
        return
    # xdotool garbles Chinese: it goes through the clipboard, as an input method commits it.
    put_on_clipboard(text)
    press("ctrl+v")


def put_on_clipboard(text: str) -> None:
    """Copy a text, as another program does."""
    with subprocess.Popen(
        ["xclip", "-selection", "clipboard", "-in"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,  # it stays to serve the text, and would keep ours open
        stderr=subprocess.DEVNULL,
        text=True,
    ) as clip:
        clip.communicate(text)


def strike(text: str) -> None:
    """Type ASCII, key by key, where the cursor is."""
    run("xdotool", "type", "--delay", "25", text)
    time.sleep(0.2)


def clipboard() -> str:
    """What other programs would paste."""
    words = ["xclip", "-selection", "clipboard", "-out"]
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=10).stdout


def look(picture: Path) -> None:
    """Take a picture of the whole screen."""
    time.sleep(0.4)
    run("import", "-window", "root", str(picture))
