"""差错 what a clerk reads when something unforeseen goes wrong: one sentence; the log gets type and place only."""

from __future__ import annotations

import errno
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import TracebackType

from ui.language import tr

log = logging.getLogger("desk")

DISK_FULL = tr("磁盘满了，刚才这一步没存下；已办的都在。清出 1 GB 再办。")
READ_ONLY = tr("存办件的地方现在只能读，刚才这一步没存下；已办的都在。找管理员看磁盘。")
TOO_LONG = tr("等了太久没有回话，刚才这一步没办成；已办的都在。再试一次。")
_FULL_WORDS = ("disk is full", "no space left")
_READ_ONLY_WORDS = ("readonly database", "read-only")
_TIMEOUT_WORDS = ("database is locked", "timed out", "timeout")


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from; drivers keep theirs in `orig`."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [getattr(one, "orig", None), one.__cause__, one.__context__]


def sentence(error: BaseException, at: datetime | None = None) -> str:
    """One Chinese sentence: what happened, what was kept, what to do.

    A store's trouble brings its own; it is known by its name, because the ports would hold up the first page.
    """
    for one in chain(error):
        if type(one).__name__ == "StoreTrouble":
            return str(getattr(one, "sentence", ""))
        words = str(one).lower()
        number = one.errno if isinstance(one, OSError) else None
        if number in (errno.ENOSPC, errno.EDQUOT) or any(word in words for word in _FULL_WORDS):
            return DISK_FULL
        if number in (errno.EROFS, errno.EACCES) or any(word in words for word in _READ_ONLY_WORDS):
            return READ_ONLY
        if isinstance(one, TimeoutError) or any(word in words for word in _TIMEOUT_WORDS):
            return TOO_LONG
    moment = at or datetime.now(UTC).astimezone()
    return tr("刚才这一步没办成，已办的都在。再试一次；还不行找管理员，报 {moment:%H:%M:%S}。", moment=moment)


def places(error: BaseException) -> str:
    """Where it happened, file and line from the outside in; never a value or a message, which may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:])


def record(error: BaseException) -> None:
    """Write type and place to the log."""
    log.error("%s at %s", " <- ".join(type(one).__name__ for one in chain(error)), places(error))


def tell(error: BaseException, say: Callable[[str], None]) -> None:
    """Log it and say its sentence."""
    record(error)
    say(sentence(error))


def install_hooks(say: Callable[[str], None]) -> Callable[[], None]:
    """Catch what nobody caught, on any thread; answers how to take the hooks off. `say` must be safe off the GUI."""
    before, before_thread = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        tell(error.with_traceback(trace), say)

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            caught(args.exc_type, args.exc_value, args.exc_traceback)

    def take_off() -> None:
        sys.excepthook, threading.excepthook = before, before_thread

    sys.excepthook, threading.excepthook = caught, caught_in_thread
    return take_off
