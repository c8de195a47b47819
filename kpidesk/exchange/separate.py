"""A process of its own for work on files of others: it may die or hang without harm."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

NOT_STARTED: Final = (
    "读取文件的程序启动不了，与这个文件无关。请关闭本软件再打开后重试；"
    "仍不行，请检查杀毒软件是否拦截了它，或重新安装本软件"
)
"""The answer to every question while the process cannot be started."""
_LOOK_SECONDS: Final = 0.1
_READY: Final = "ready"
Serve = Callable[[Connection], None]
"""Answers what is sent over the line until it is closed."""


class Separate:
    """Use it in a `with`; the process starts with the first question."""

    def __init__(self, serve: Callable[[], Serve]) -> None:
        """`serve` gives what the process runs: a function of a module that can be imported."""
        self._serve = serve
        self._line: Connection | None = None
        self._process: Any = None
        self._is_ready = False

    def start(self) -> None:
        """Let the process begin before there is a question: it takes a moment."""
        if self._line is None:
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=_run, args=(self._serve(), theirs), daemon=True)
            self._process.start()
            theirs.close()
            self._line, self._is_ready = ours, False

    def ask(self, what: object, seconds: float, stop: Callable[[], bool] = lambda: False) -> object:
        """The answer; None when the process died over it or took too long (it is ended then).

        NOT_STARTED when it did not even begin: then it is not the question that is wrong.
        `stop` is asked now and then whether anybody still waits.
        """
        until = monotonic() + seconds
        answer: object = None
        try:
            self.start()
            if not self._is_ready:
                self._is_ready = self._answer(until, stop) == _READY
            if self._is_ready and self._line is not None:
                self._line.send(what)
                answer = self._answer(until, stop)
        except (EOFError, OSError):
            pass
        if answer is None:
            if not self._is_ready and not stop():
                answer = NOT_STARTED
            self.close()
        return answer

    def _answer(self, until: float, stop: Callable[[], bool]) -> object:
        while self._line is not None and monotonic() < until and not stop():
            if self._line.poll(_LOOK_SECONDS):
                answer: object = self._line.recv()
                return answer
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


def _run(serve: Serve, line: Connection) -> None:
    """What the process does: a serve that cannot even be imported never gets here."""
    line.send(_READY)
    serve(line)
