"""A process of its own for work on files of others: it may die or hang without harm."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

_LOOK_SECONDS: Final = 0.1
Serve = Callable[[Connection], None]
"""Answers what is sent over the line until it is closed."""


class Separate:
    """Use it in a `with`; the process starts with the first question."""

    def __init__(self, serve: Callable[[], Serve]) -> None:
        """`serve` gives what the process runs: a function of a module that can be imported."""
        self._serve = serve
        self._line: Connection | None = None
        self._process: Any = None

    def start(self) -> None:
        """Let the process begin before there is a question: it takes a moment."""
        if self._line is None:
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=self._serve(), args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            self._line = ours

    def ask(self, what: object, seconds: float, stop: Callable[[], bool] = lambda: False) -> object:
        """The answer; None when the process died over it or took too long (it is ended then).

        `stop` is asked now and then whether anybody still waits.
        """
        self.start()
        line = self._line
        if line is None:
            return None
        try:
            line.send(what)
            until = monotonic() + seconds
            while monotonic() < until and not stop():
                if line.poll(_LOOK_SECONDS):
                    answer: object = line.recv()
                    return answer
        except (EOFError, OSError):
            pass
        self.close()
        return None

    def close(self) -> None:
        """End the process."""
        if self._line is not None:
            self._line.close()
            self._line = None
            self._process.kill()
            self._process.join()
            self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
