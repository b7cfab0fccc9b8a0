"""打印线路 finished bytes → one printer that can answer, with an honest word on what became of them.

python-escpos' Network is not used: it reports a job as printed when the printer reset the line in the middle of it,
and never connects again after one refusal. Here `done` needs the printer's own confirmation.
"""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from clerk_app.receipts.paper import Delivery, PrinterStatus
from printers.channels import Channel, LineCutError, TcpChannel
from printers.profiles import Completion, Profile, StatusLevel
from printers.status import QUESTIONS, as_bytes, hindrance, lamp
from printers.wire import Wire

_FENCE = b"\x1dr\x01"
_PROBE = b"prob"
_AFTER_A_TEAR = b"\x1b@\n\x1dVB\x00"
_PLUGS = "看电源和网线"


@dataclass(frozen=True)
class Timeouts:
    """时限 in seconds: to connect, for one answer, for handing the bytes over, and until the paper is out."""

    connect: float = 3.0
    answer: float = 0.5
    send: float = 10.0
    printed: float = 15.0


def check_token(token: str) -> bytes:
    """The job's mark as bytes; ValueError for what a printer could not send back."""
    if len(token) != 4 or not (token.isascii() and token.isprintable()):
        raise ValueError("打印任务的标记须是 4 个可见字符")
    return token.encode("ascii")


def after_a_tear(size: int) -> bytes:
    """What goes ahead of a paper when one of so many bytes may have broken off: a half command is filled up, the half paper cut off."""
    return bytes(size) + _AFTER_A_TEAR if size else b""


class TalkingLink:
    """会回答的打印机 a printer behind a line that goes both ways.

    It is asked once how it confirms; the caller keeps what was found (`profile`) and hands it in the next time. A printer
    that is kept as one without confirmation (`none`) makes a whole job `sent`, as long as it answers about its state;
    one nobody asked before leaves it `unknown`. One that answers nothing at all does too, until a person has held its
    test page in his hand (`profile.answers`): from then on its whole jobs are `sent`, as on a line without a way back.
    """

    def __init__(
        self,
        name: str,
        connect: Callable[[float], Channel],
        timeouts: Timeouts = Timeouts(),
        *,
        profile: Profile = Profile(),
        bytes_per_second: float = math.inf,
        plugs: str = _PLUGS,
    ) -> None:
        """`name` stands in what a clerk reads, with `plugs` to look at; `connect` takes seconds and may raise OSError."""
        self._name, self._connect, self._plugs = name, connect, plugs
        self._timeouts = timeouts
        self._profile = profile
        self._confirm: Completion = profile.completion
        self._answers = profile.status == "full"
        self._answered: frozenset[int] = frozenset()
        self._speed = bytes_per_second
        self._torn = 0
        self._unsettled = True
        self._busy = threading.Lock()

    @property
    def confirm(self) -> Completion | None:
        """How this printer confirms that paper came out; None while nobody knows."""
        return self._confirm or None

    @property
    def profile(self) -> Profile:
        """The profile with what was learned of this device; the caller keeps it."""
        status: StatusLevel = "full" if self._answers else "none" if self._confirm else ""
        return replace(self._profile, completion=self._confirm, status=status)

    @property
    def _mute_but_seen(self) -> bool:
        """It never answered anything, and a person saw its test page come out all the same."""
        return not self._answers and bool(self._profile.answers)

    def learn(self) -> Profile:
        """Ask how it confirms, without printing; a line nobody answers on teaches nothing."""
        with (
            self._busy,
            contextlib.suppress(OSError, UnicodeError),
            Wire(self._connect(self._timeouts.connect)) as wire,
        ):
            self._look(wire, again=True)
            wire.finish(0.0)
        return self.profile

    def send(self, payload: bytes, token: str) -> Delivery:
        """Look first, hand over once, wait for the confirmation."""
        mark = check_token(token)
        with self._busy:
            try:
                wire = Wire(self._connect(self._timeouts.connect))
            except (OSError, UnicodeError):
                return self._not_sent("连不上")
            known = self._confirm
            with wire:
                return self._look(wire) or self._hand_over(wire, payload, mark, known)

    def status(self) -> PrinterStatus:
        """Ask without printing; a printer takes one connection at a time, so a running job is not disturbed."""
        if not self._busy.acquire(blocking=False):
            return PrinterStatus(ready=True, known=True, said="正在打印。")
        try:
            with Wire(self._connect(min(self._timeouts.connect, 0.7))) as wire:
                answers = wire.ask(QUESTIONS, min(self._timeouts.answer, 0.25))
                wire.finish(0.0)
                return lamp(answers, seen_by_eye=self._mute_but_seen)
        except (OSError, UnicodeError, LineCutError):
            return PrinterStatus(ready=False, known=True, said=self._not_sent("连不上").said)
        finally:
            self._busy.release()

    def _look(self, wire: Wire, *, again: bool = False) -> Delivery | None:
        """Before the first byte of a job: may it print, and how will it confirm? A Delivery means: nothing was sent."""
        try:
            answers = wire.ask(QUESTIONS, self._timeouts.answer)
            if not answers and self._answers:
                return self._not_sent("没有回答")
            found_its_voice = bool(answers) and not self._answers
            self._answered |= answers.keys()
            self._answers = self._answers or bool(answers)
            problem = hindrance(answers)
            if problem:
                return Delivery("blocked", f"{problem}。", as_bytes(answers))
            if again or not self._confirm or (self._confirm == "none" and found_its_voice):
                self._probe(wire, bool(answers))
            elif self._confirm == "fence" and self._unsettled and not self._settled(wire):
                return self._not_sent("还没有打完上一张，或不回答了", "等它打完；一直这样就重做测试页")
            wire.drain()
        except (OSError, LineCutError):
            return self._not_sent("接通后又断开了")
        return None

    def _probe(self, wire: Wire, answers_status: bool) -> None:
        """Once for each printer; what stays silent on everything may only be busy, and is asked again next time."""
        # The fence first: who does not know it would print the longer command as rubbish.
        wire.give(_FENCE, self._timeouts.answer)
        if wire.fence(time.monotonic() + self._timeouts.answer) is None:
            self._confirm = "none" if answers_status or self._mute_but_seen else ""
            return
        wire.give(_process_id(_PROBE), self._timeouts.answer)
        echoed = wire.echo(None, time.monotonic() + self._timeouts.answer)
        self._confirm = "process_id" if echoed else "fence"

    def _settled(self, wire: Wire) -> bool:
        """A fence carries no name: one still owed for an earlier job would pass for this job's. So every one comes first."""
        wire.give(_FENCE, self._timeouts.answer)
        if wire.fence(time.monotonic() + self._timeouts.answer) is None:
            return False
        while wire.fence(time.monotonic() + self._timeouts.answer) is not None:
            pass
        return True

    def _hand_over(self, wire: Wire, payload: bytes, mark: bytes, known: Completion) -> Delivery:
        tail = {"process_id": _process_id(mark), "fence": _FENCE}.get(self._confirm, b"")
        torn, self._torn = self._torn, len(payload)
        self._unsettled = True
        data = after_a_tear(torn) + payload + tail
        try:
            wire.give(data, self._timeouts.send + 1.5 * len(data) / self._speed)
            delivery = self._await(wire, mark, known)
        except TimeoutError:
            return Delivery("unknown", "打印机收到一半不收了，不知道打出来没有。")
        except (OSError, LineCutError):
            return Delivery("unknown", "送票途中线路断了，不知道打出来没有。")
        self._torn = 0
        self._unsettled = delivery.state != "done"
        return delivery

    def _await(self, wire: Wire, mark: bytes, known: Completion) -> Delivery:
        until = time.monotonic() + self._timeouts.printed
        paper = None
        if self._confirm == "process_id":
            confirmed = wire.echo(mark, until)
        else:
            paper = wire.fence(until) if self._confirm == "fence" else None
            confirmed = paper is not None and paper & 0x0C == 0 and not wire.foreign_echo
        # An echo says that this job came out, whatever the printer says of itself now; the other signs are weaker.
        by_echo = confirmed and self._confirm == "process_id"
        answers = {} if by_echo else wire.ask(tuple(sorted(self._answered)), self._timeouts.answer)
        whole = wire.finish(0.0 if by_echo else self._timeouts.answer)
        problem = hindrance(answers)
        if by_echo or (confirmed and whole and not problem):
            return Delivery("done", status=as_bytes(answers))
        if problem:
            return Delivery("unknown", f"打印途中出了事，不知道打出来没有。{problem}。", as_bytes(answers))
        if self._confirm in ("process_id", "fence"):
            return Delivery("unknown", "票已送出，打印机没有回报打完。", as_bytes(answers))
        if whole and self._mute_but_seen:
            return Delivery("sent")
        # Known as mute before this job, and it still says of itself that nothing is wrong.
        if known == "none" and whole and answers and answers.keys() == self._answered:
            return Delivery("sent", status=as_bytes(answers))
        return Delivery("unknown", "票已送出，这台打印机不会回报是否打完。", as_bytes(answers))

    def _not_sent(self, what: str, do: str = "") -> Delivery:
        return Delivery("not_sent", f"打印机（{self._name}）{what}：{do or self._plugs}。")


class TcpLink(TalkingLink):
    """网口打印机 a printer at a TCP port (usually 9100)."""

    def __init__(
        self, host: str, port: int = 9100, timeouts: Timeouts = Timeouts(), *, profile: Profile = Profile()
    ) -> None:
        """`profile` says what is known of it; a new one is asked before the first job."""
        super().__init__(f"{host}:{port}", lambda seconds: TcpChannel(host, port, seconds), timeouts, profile=profile)
        self.host, self.port = host, port


def link_from_url(url: str, profile: Profile = Profile()) -> TcpLink:
    """The link of an address such as tcp://192.168.1.50:9100; the port may be left out."""
    with contextlib.suppress(ValueError):
        parts = urlsplit(url.strip())
        plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        if parts.scheme == "tcp" and parts.hostname and plain and parts.port != 0:
            return TcpLink(parts.hostname, parts.port or 9100, profile=profile)
    raise ValueError(f"打印机地址「{url}」看不懂：写成 tcp://主机:端口，例如 tcp://192.168.1.50:9100。")


def _process_id(mark: bytes) -> bytes:
    """`GS ( H` fn 48: the printer sends the mark back when everything before it has been printed."""
    return b"\x1d(H\x06\x0000" + mark
