"""Contracts as PDF, beside tuned canvas calls for the same pages, and beside Word + LibreOffice."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from benchmarks.child import run_all
from benchmarks.measure import Plan, Row, ratio, seconds, take_turns, timed
from benchmarks.pages import pages_of
from benchmarks.staff import job
from kpidesk.core.contract import Copy
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.pictures import Pages

TITLE = "Contracts as PDF (three pages each; CPU seconds, whole processes)"
_DISTINCT = 20  # pages that the yardstick draws; it draws them again and again


def run(plan: Plan) -> list[Row]:
    """All comparisons of documents."""
    count = plan.size(500, 4)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "pages.json"
        pages.write_text(
            json.dumps([pages_of(_pdf(n)) for n in range(1, plan.size(_DISTINCT, 2) + 1)]),
            encoding="utf-8",
        )
        rows = _against_canvas(folder, pages, count, plan.rounds)
        rows.append(_against_word(folder, plan))
    rows.append(_preview(plan))
    return rows


def _pdf(number: int) -> bytes:
    one = job(number)
    return contract_pdf(one.contract, one.scheme, copy=Copy.PARTY_A, stamp=one.stamp)


def _against_canvas(folder: Path, pages: Path, count: int, rounds: int) -> list[Row]:
    memory: dict[str, list[float]] = {}

    def contender(name: str, *command: object) -> float:
        out = folder / name
        out.mkdir(exist_ok=True)
        _, ((cpu, peak),) = run_all([[x if x != "OUT" else out for x in command]])
        memory.setdefault(name, []).append(float(peak))
        return float(cpu)

    ours, canvas = "benchmarks.make_ours", "benchmarks.make_canvas"
    times = take_turns(
        {
            "files": lambda: contender("files", ours, "OUT", 1, count, "files"),
            "one": lambda: contender("one", ours, "OUT", 1, count, "one"),
            "canvas": lambda: contender("canvas", canvas, pages, "OUT", count, "files"),
        },
        rounds,
    )
    yardstick = f"canvas {seconds(times['canvas'])}"
    return [
        Row(
            f"{count} contracts as files, against canvas calls",
            ratio(times["files"], times["canvas"]),
            f"ours {seconds(times['files'])}, {yardstick}",
            most=1.2,
        ),
        Row(
            f"{count} contracts as one file, against canvas calls for files",
            ratio(times["one"], times["canvas"]),
            f"ours {seconds(times['one'])}, {yardstick}",
            most=0.7,
        ),
        _memory("files", memory["files"], 150),
        _memory("one file", memory["one"], 150),
    ]


def _memory(name: str, peaks: Sequence[float], most: float) -> Row:
    peak = statistics.median(peaks)
    return Row(f"most memory for {name}", peak or None, "", most=most, unit="MB")


def _against_word(folder: Path, plan: Plan) -> Row:
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    count = plan.size(120, 2)  # LibreOffice stops silently after some 240 files in one call
    what = f"{count} contracts on both cores, against a Word template through LibreOffice"
    if soffice is None or find_spec("docxtpl") is None:
        missing = "LibreOffice" if soffice is None else "docxtpl"
        return Row(what, None, f"{missing} is not installed", least=15)
    half = count // 2

    def ours() -> float:
        out = folder / "both"
        out.mkdir(exist_ok=True)
        parts = [(1, half), (half + 1, count - half)]
        return run_all([["benchmarks.make_ours", out, *part, "files"] for part in parts])[0]

    def word() -> float:
        out = folder / "word"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        return run_all([["benchmarks.make_word", out, count, soffice]])[0]

    times = take_turns({"word": word, "ours": ours}, min(plan.rounds, 3))
    return Row(
        what,
        ratio(times["word"], times["ours"]),
        f"ours {seconds(times['ours'])}, Word {seconds(times['word'])} on the clock",
        least=15,
    )


def _preview(plan: Plan) -> Row:
    """From a click on a contract to its first page as a picture, in a running program."""

    def show() -> None:
        with Pages(_pdf(next(numbers))) as pages:
            pages.render(0, 2)

    numbers = iter(range(1000, 2000))
    times = take_turns({"preview": timed(show)}, plan.rounds)["preview"]
    middle = statistics.median(times)
    return Row("one contract made and its first page drawn", middle, "", most=0.5, unit="s")
