"""一个数据夹一个程序 the operating system holds the lock: a killed program leaves none behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_app.ports import CannotOpen

LOCK = "counter.lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Raises `CannotOpen` when another program has this folder open; command lines that only read do not ask."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise CannotOpen("这个数据夹已经有一个窗口程序开着，没有再开，数据没有动。用开着的那一个。") from None
    except (OSError, NotImplementedError) as error:
        raise CannotOpen(
            "数据夹锁不上（磁盘满了、写不进或不支持），没有打开，数据没有动。找管理员看这个文件夹。"
        ) from error
    try:
        yield
    finally:
        lock.release()
