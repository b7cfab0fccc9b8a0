"""系统队列线路 a slip through the system's own queue: the queue's word is not the printer's, and a job that stays is taken back."""

from __future__ import annotations

import time
from typing import Protocol

from clerk_app.receipts.paper import Delivery, PrinterStatus
from printers import one_way
from printers.link import Timeouts, check_token
from printers.profiles import Profile

_LOOK_AGAIN = 0.1


class NotTakenError(Exception):
    """没有收 the queue refused the job: not one byte of it stays there."""


class Queue(Protocol):
    """系统队列 what CUPS and Windows have in common."""

    name: str

    def missing(self) -> bool:
        """Whether there is no such queue on this machine."""
        ...

    def trouble(self) -> str:
        """What the system says is wrong, with what to do; empty when nothing."""
        ...

    def submit(self, payload: bytes) -> str:
        """The job's name in the queue. NotTakenError, or an OSError that leaves it open."""
        ...

    def holds(self, job: str) -> bool:
        """Whether the job still stands in the queue."""
        ...

    def cancel(self, job: str) -> None:
        """Take it out, so that it does not print by itself one day."""
        ...


class SpoolerLink(one_way.OneWayLink):
    """系统队列打印机 raw bytes through a queue of CUPS or Windows."""

    def __init__(self, queue: Queue, timeouts: Timeouts = Timeouts(), *, profile: Profile = Profile()) -> None:
        super().__init__(timeouts, profile)
        self._queue = queue

    def send(self, payload: bytes, token: str) -> Delivery:
        """Look at the queue, submit once, wait until the job has left it."""
        check_token(token)
        with self._busy:
            try:
                if self._queue.missing():
                    return self._not_sent("这台电脑上没有")
                problem = self._queue.trouble()
                if problem:
                    return Delivery("blocked", f"{problem}。")
            except OSError:
                return self._not_sent("问不到")
            return self._submit(payload)

    def status(self) -> PrinterStatus:
        """What the system says of the queue."""
        try:
            if self._queue.missing():
                return PrinterStatus(ready=False, known=True, said=self._not_sent("这台电脑上没有").said)
            problem = self._queue.trouble()
        except OSError:
            return PrinterStatus(ready=False, known=True, said=self._not_sent("问不到").said)
        if problem:
            return PrinterStatus(ready=False, known=True, said=f"{problem}。")
        return one_way.lamp_without_answers(self._profile)

    def _submit(self, payload: bytes) -> Delivery:
        try:
            job = self._queue.submit(payload)
        except NotTakenError:
            return self._not_sent("没有收下这张票")
        except OSError:
            return Delivery("unknown", "系统打印收到一半没有回话，不知道打出来没有。")
        try:
            return self._left(job)
        except OSError:
            return Delivery("unknown", "票已交给系统打印，之后问不到它了，不知道打出来没有。")

    def _left(self, job: str) -> Delivery:
        until = time.monotonic() + self._timeouts.printed
        while self._queue.holds(job):
            if time.monotonic() >= until:
                self._queue.cancel(job)
                return Delivery("unknown", "票在系统打印队列里没有打完，已经撤掉，不知道打出来没有。")
            time.sleep(_LOOK_AGAIN)
        problem = self._queue.trouble()
        if problem:
            return Delivery("unknown", f"打印途中出了事，不知道打出来没有。{problem}。")
        return one_way.whole(self._profile)

    def _not_sent(self, what: str) -> Delivery:
        return Delivery("not_sent", f"系统打印队列「{self._queue.name}」{what}：找管理员看打印机设置。")
