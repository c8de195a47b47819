"""What to tell the officer about an error."""

from __future__ import annotations

import logging

from kpidesk.core.errors import KpiDeskError

_log = logging.getLogger(__name__)


def message_of(problem: BaseException) -> str:
    """What to tell the officer: our own errors speak for themselves, others are a fault of ours."""
    match problem:
        case KpiDeskError():
            return str(problem)
        case PermissionError():
            return f"没有权限读写文件“{problem.filename}”，请检查文件是否只读或被其他程序打开"
        case FileNotFoundError():
            return f"找不到文件“{problem.filename}”，请检查它是否被移动或删除"
        case OSError():
            return f"读写文件“{problem.filename}”失败：{problem.strerror}"
        case _:
            _log.error("an error that nobody expected", exc_info=problem)
            return f"程序内部出错（{type(problem).__name__}），这一步没有保存。详情已写入日志"
