"""虚拟打印机 a printer of bytes on a loopback port, for the training hall's window and for the tests' faults."""

from __future__ import annotations

import contextlib
import re
import selectors
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Literal

from printers.tape import Piece, take

_QUESTION = re.compile(rb"\x10\x04([\x01-\x04])")


@dataclass(frozen=True)
class Faults:
    """故障 what is wrong with the printer; the plain one has none. Counts are bytes of the job."""

    refuse: bool = False
    deaf: bool = False
    """It takes the connection and reads nothing."""
    silent: bool = False
    """It reads and prints, and answers nothing at all."""
    echo: Literal["right", "none", "wrong", "late"] = "right"
    fence: bool = True
    paper_seen: int = 0
    """The paper sensor's byte in the answer to the fence."""
    rst_after: int | None = None
    fin_after: int | None = None
    paper_ends_after: int | None = None
    cover_opens_after: int | None = None
    power_off_after: int | None = None
    """It goes dark in the middle of a job, and takes no connection until its faults are set anew."""
    stops_reading_after: int | None = None
    """It keeps the connection and reads no more, as many do without paper; the kernels' buffers take a whole slip."""
    paper_end: bool = False
    near_end: bool = False
    cover_open: bool = False
    cutter: bool = False
    offline: bool = False
    chatter: bytes = b""
    """Sent unasked before each confirmation, as other drivers' settings make some printers do."""


class VirtualPrinter:
    """虚拟打印机 `on_job` gets what came out, torn jobs too, in the printer's own thread and before it confirms; one that
    `listens` keeps every byte that arrived.
    """

    def __init__(
        self,
        on_job: Callable[[bytes], None] | None = None,
        port: int = 0,
        faults: Faults = Faults(),
        *,
        listens: bool = True,
    ) -> None:
        self._on_job, self._listens = on_job, listens
        self._faults = faults
        self._listener: socket.socket | None = None
        self._bell, self._ear = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)
        self._changed = threading.Condition()
        self._stopping = False
        self._open: dict[socket.socket, _Session] = {}
        self._selector = selectors.DefaultSelector()
        self.jobs: list[bytes] = []
        self.heard = b""
        """Every byte that arrived, questions too."""
        self.sessions = 0
        """Connections that have come to their end."""
        self.port = port

    def start(self) -> VirtualPrinter:
        """Listen; the port is known when this returns."""
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._listen()
        self._thread.start()
        return self

    def stop(self) -> None:
        """End the thread and close everything."""
        self._stopping = True
        self._ring()
        if self._thread.is_alive():
            self._thread.join()
        for connection in [*self._open]:
            self._end(connection)
        self._deafen()
        self._selector.close()
        self._bell.close()
        self._ear.close()

    def __enter__(self) -> VirtualPrinter:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def faults(self) -> Faults:
        """What is wrong with it now."""
        return self._faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        with self._changed:
            self._faults = faults
            if faults.refuse:
                self._deafen()
            elif self._listener is None:
                self._listen()
        self._ring()

    @property
    def url(self) -> str:
        """As `test-page --to` and the settings want it."""
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def open_sessions(self) -> int:
        """Connections that are still there."""
        return len(self._open)

    def wait_until(self, holds: Callable[[VirtualPrinter], bool], seconds: float = 5.0) -> bool:
        """Wait for what the printer's thread will have done."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(self), seconds)

    def _listen(self) -> None:
        if self._faults.refuse and self.port:
            return
        listener = socket.create_server(("127.0.0.1", self.port))
        listener.setblocking(False)
        self.port = listener.getsockname()[1]
        if self._faults.refuse:
            listener.close()
            return
        self._listener = listener
        self._selector.register(listener, selectors.EVENT_READ)

    def _deafen(self) -> None:
        if self._listener is not None:
            self._selector.unregister(self._listener)
            self._listener.close()
            self._listener = None

    def _ring(self) -> None:
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    def _run(self) -> None:
        while not self._stopping:
            for key, _ in self._selector.select():
                source = key.fileobj
                if source is self._ear:
                    self._ear.recv(64)
                elif source is self._listener:
                    self._accept()
                elif isinstance(source, socket.socket) and source in self._open:
                    self._turn(source)

    def _turn(self, connection: socket.socket) -> None:
        session = self._open[connection]
        goes_on = session.turn()
        if session.dark:
            with self._changed:
                self._deafen()
        if not goes_on:
            self._end(connection)
        elif session.stalled:
            self._selector.unregister(connection)

    def _accept(self) -> None:
        with self._changed:
            try:
                connection = self._listener.accept()[0] if self._listener else None
            except OSError:
                return
            if connection is None:
                return
            connection.settimeout(1.0)
            self._open[connection] = _Session(connection, lambda: self._faults, self._printed, self._hear)
            if not self._faults.deaf:
                self._selector.register(connection, selectors.EVENT_READ)

    def _end(self, connection: socket.socket) -> None:
        session = self._open.pop(connection)
        with contextlib.suppress(KeyError):
            self._selector.unregister(connection)
        session.deliver()
        connection.close()
        with self._changed:
            self.sessions += 1
            self._changed.notify_all()

    def _hear(self, chunk: bytes) -> None:
        if self._listens:
            with self._changed:
                self.heard += chunk

    def _printed(self, job: bytes) -> None:
        with self._changed:
            self.jobs.append(job)
            self._changed.notify_all()
        if self._on_job is not None:
            self._on_job(job)


class _Session:
    """一次连接 one connection: what it brought is printed command by command, and questions are answered."""

    def __init__(
        self,
        connection: socket.socket,
        now: Callable[[], Faults],
        printed: Callable[[bytes], None],
        hear: Callable[[bytes], None],
    ) -> None:
        self._connection, self._now, self._printed, self._hear = connection, now, printed, hear
        self.stalled = False
        self.dark = False
        self._read = b""
        self._job = b""
        self._ran_out = False
        self._opened = False
        self._late = b""
        self._draining = False

    @property
    def _faults(self) -> Faults:
        return self._now()

    @property
    def _out_of_paper(self) -> bool:
        return self._ran_out or self._faults.paper_end

    @property
    def _cover_open(self) -> bool:
        return self._opened or self._faults.cover_open

    def turn(self) -> bool:
        """Take what came; False when the connection is over."""
        try:
            chunk = self._connection.recv(65536)
        except OSError:
            return False
        if not chunk:
            self._answer(self._late)
            return False
        self._hear(chunk)
        self._read += chunk
        while not self.stalled and self._read and (piece := take(self._read)) is not None:
            self._read = self._read[len(piece.raw) :]
            if not self._obey(piece):
                return False
        return self._torn_inside()

    def deliver(self) -> None:
        """Hand on what was printed since the last time."""
        job, self._job = self._job, b""
        if job:
            self._printed(job)

    def _obey(self, piece: Piece) -> bool:
        if self._draining:
            return True
        for question in _QUESTION.findall(piece.raw):  # inside pictures too, as real printers do
            self._answer(bytes([self._status(question[0])]))
        if piece.name == "DLE":
            return True
        if piece.name == "GS r" or piece.raw[:3] == b"\x1d(H":
            self._confirm(piece)
            return True
        if not self._out_of_paper and not self._cover_open:
            self._job += piece.raw
        return self._accident()

    def _torn_inside(self) -> bool:
        """A picture is printed while it comes: what breaks off in it has left its first rows on the paper."""
        limits = (self._faults.rst_after, self._faults.power_off_after)
        if not self._read or not any(n is not None and len(self._job) + len(self._read) >= n for n in limits):
            return True
        self._job += self._read
        return self._accident()

    def _accident(self) -> bool:
        faults, length = self._faults, len(self._job)
        if faults.paper_ends_after is not None and length >= faults.paper_ends_after:
            self._job, self._ran_out = self._job[: faults.paper_ends_after], True
        if faults.cover_opens_after is not None and length >= faults.cover_opens_after:
            self._job, self._opened = self._job[: faults.cover_opens_after], True
        if faults.stops_reading_after is not None and length >= faults.stops_reading_after:
            self._job, self.stalled = self._job[: faults.stops_reading_after], True
        if faults.fin_after is not None and length >= faults.fin_after:
            self._job, self._draining = self._job[: faults.fin_after], True
            self._connection.shutdown(socket.SHUT_WR)
        return not (self._reset(faults.rst_after) or self._goes_dark(faults.power_off_after))

    def _goes_dark(self, after: int | None) -> bool:
        self.dark = self._reset(after)
        return self.dark

    def _reset(self, after: int | None) -> bool:
        if after is None or len(self._job) < after:
            return False
        self._job = self._job[:after]
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return True

    def _confirm(self, piece: Piece) -> None:
        if self._out_of_paper or self._cover_open:
            return
        self.deliver()
        self._answer(self._faults.chatter)
        if piece.name == "GS r":
            self._answer(bytes([self._faults.paper_seen | 0x03 * self._faults.near_end]) if self._faults.fence else b"")
            return
        token = {"right": piece.raw[7:11], "wrong": b"~~~~", "late": piece.raw[7:11], "none": b""}[self._faults.echo]
        answer = b"\x37\x22" + token + b"\x00" if token else b""
        if self._faults.echo == "late" and token != b"prob":
            self._late = answer
        else:
            self._answer(answer)

    def _answer(self, data: bytes) -> None:
        if data and not self._faults.silent:
            with contextlib.suppress(OSError):
                self._connection.sendall(data)

    def _status(self, question: int) -> int:
        faults = self._faults
        bits = {
            1: 0x08 * (faults.offline or self._out_of_paper or self._cover_open or faults.cutter),
            2: 0x04 * self._cover_open | 0x20 * self._out_of_paper | 0x40 * faults.cutter,
            3: 0x08 * faults.cutter,
            4: 0x6C * self._out_of_paper | 0x0C * faults.near_end,
        }
        return 0x12 | bits[question]
