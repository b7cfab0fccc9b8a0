"""打印线路 finished bytes → one network printer, with an honest word on what became of them.

python-escpos' Network is not used: it reports a job as printed when the printer reset the line in the middle of it,
and never connects again after one refusal. Here `done` needs the printer's own confirmation.
"""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from clerk_app.receipts.paper import Delivery, PrinterStatus
from printers.status import QUESTIONS, as_bytes, hindrance, lamp
from printers.wire import LineCutError, Wire

Confirm = Literal["process_id", "fence", "none"]

_FENCE = b"\x1dr\x01"
_PROBE = b"prob"
_AFTER_A_TEAR = b"\x1b@\n\x1dVB\x00"


@dataclass(frozen=True)
class Timeouts:
    """时限 in seconds: to connect, for one answer, for handing the bytes over, and until the paper is out."""

    connect: float = 3.0
    answer: float = 0.5
    send: float = 10.0
    printed: float = 15.0


class TcpLink:
    """网口打印机 a printer at a TCP port (usually 9100).

    Without any confirmation from the printer a sent job is `unknown`, however well it went; `trusts_silence` makes it
    `done` when the line stayed whole, for halls that accept that of a cheap printer.
    """

    def __init__(
        self,
        host: str,
        port: int = 9100,
        timeouts: Timeouts = Timeouts(),
        *,
        confirm: Confirm | None = None,
        trusts_silence: bool = False,
    ) -> None:
        """`confirm` fixes how the printer confirms; None finds out by asking it before the first job."""
        self.host, self.port = host, port
        self._timeouts = timeouts
        self._confirm = confirm
        self._trusts_silence = trusts_silence
        self._answered: frozenset[int] = frozenset()
        self._torn = 0
        self._busy = threading.Lock()

    @property
    def confirm(self) -> Confirm | None:
        """How this printer confirms that paper came out; None while nobody knows."""
        return self._confirm

    def send(self, payload: bytes, token: str) -> Delivery:
        """Look first, hand over once, wait for the confirmation."""
        mark = token.encode("ascii")
        if len(mark) != 4 or not all(0x20 <= byte <= 0x7E for byte in mark):
            raise ValueError("打印任务的标记须是 4 个可见字符")
        with self._busy:
            try:
                wire = Wire(self.host, self.port, self._timeouts.connect)
            except (OSError, UnicodeError):
                return self._not_sent("连不上")
            with wire:
                return self._look(wire) or self._hand_over(wire, payload, mark)

    def status(self) -> PrinterStatus:
        """Ask without printing; a printer takes one connection at a time, so a running job is not disturbed."""
        if not self._busy.acquire(blocking=False):
            return PrinterStatus(ready=True, known=True, said="正在打印。")
        try:
            with Wire(self.host, self.port, min(self._timeouts.connect, 0.7)) as wire:
                answers = wire.ask(QUESTIONS, min(self._timeouts.answer, 0.25))
                wire.finish(0.0)
                return lamp(answers)
        except (OSError, UnicodeError, LineCutError):
            said = f"打印机（{self.host}:{self.port}）连不上：看电源和网线。"
            return PrinterStatus(ready=False, known=True, said=said)
        finally:
            self._busy.release()

    def _look(self, wire: Wire) -> Delivery | None:
        """Before the first byte of a job: may it print, and how will it confirm? A Delivery means: nothing was sent."""
        try:
            answers = wire.ask(QUESTIONS, self._timeouts.answer)
            if not answers and self._answered:
                return self._not_sent("没有回答")
            self._answered |= answers.keys()
            problem = hindrance(answers)
            if problem:
                return Delivery("blocked", f"{problem}。", as_bytes(answers))
            if self._confirm is None:
                self._probe(wire, bool(answers))
            wire.drain()
        except (OSError, LineCutError):
            return self._not_sent("接通后又断开了")
        return None

    def _probe(self, wire: Wire, answers_status: bool) -> None:
        """Once for each printer; what stays silent on everything may only be busy, and is asked again next time."""
        # The fence first: who does not know it would print the longer command as rubbish.
        wire.give(_FENCE, self._timeouts.answer)
        if wire.fence(time.monotonic() + self._timeouts.answer) is None:
            self._confirm = "none" if answers_status else None
            return
        wire.give(_process_id(_PROBE), self._timeouts.answer)
        echoed = wire.echo(None, time.monotonic() + self._timeouts.answer)
        self._confirm = "process_id" if echoed else "fence"

    def _hand_over(self, wire: Wire, payload: bytes, mark: bytes) -> Delivery:
        tail = {"process_id": _process_id(mark), "fence": _FENCE}.get(self._confirm or "none", b"")
        torn, self._torn = self._torn, len(payload)
        try:
            wire.give((bytes(torn) + _AFTER_A_TEAR if torn else b"") + payload + tail, self._timeouts.send)
            delivery = self._await(wire, mark)
        except TimeoutError:
            return Delivery("unknown", "打印机收到一半不收了，不知道打出来没有。")
        except (OSError, LineCutError):
            return Delivery("unknown", "送票途中线路断了，不知道打出来没有。")
        self._torn = 0
        return delivery

    def _await(self, wire: Wire, mark: bytes) -> Delivery:
        until = time.monotonic() + self._timeouts.printed
        if self._confirm == "process_id":
            confirmed = wire.echo(mark, until)
        elif self._confirm == "fence":
            paper = wire.fence(until)
            confirmed = paper is not None and paper & 0x0C == 0 and not wire.foreign_echo
        else:
            confirmed = self._trusts_silence
        # An echo says that this job came out, whatever the printer says of itself now; the other signs are weaker.
        by_echo = confirmed and self._confirm == "process_id"
        answers = {} if by_echo else wire.ask(tuple(sorted(self._answered)), self._timeouts.answer)
        whole = wire.finish(0.0 if by_echo else self._timeouts.answer)
        problem = hindrance(answers)
        if by_echo or (confirmed and whole and not problem):
            return Delivery("done", status=as_bytes(answers))
        if problem:
            said = f"打印途中出了事，不知道打出来没有。{problem}。"
        elif self._confirm in ("process_id", "fence"):
            said = "票已送出，打印机没有回报打完。"
        else:
            said = "票已送出，这台打印机不会回报是否打完。"
        return Delivery("unknown", said, as_bytes(answers))

    def _not_sent(self, what: str) -> Delivery:
        said = f"打印机（{self.host}:{self.port}）{what}：看电源和网线。"
        return Delivery("not_sent", said)


def link_from_url(url: str) -> TcpLink:
    """The link of an address such as tcp://192.168.1.50:9100; the port may be left out."""
    with contextlib.suppress(ValueError):
        parts = urlsplit(url.strip())
        plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        if parts.scheme == "tcp" and parts.hostname and plain and parts.port != 0:
            return TcpLink(parts.hostname, parts.port or 9100)
    raise ValueError(f"打印机地址「{url}」看不懂：写成 tcp://主机:端口，例如 tcp://192.168.1.50:9100。")


def _process_id(mark: bytes) -> bytes:
    """`GS ( H` fn 48: the printer sends the mark back when everything before it has been printed."""
    return b"\x1d(H\x06\x0000" + mark
