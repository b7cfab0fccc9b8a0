"""打印接口 paper: content → bytes → a printer, and the durable queue between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clerk_app.receipts.paper import Attempt, Delivery, JobState, PrinterStatus, PrintJob
from clerk_app.receipts.slip import Slip


class SlipMaker(Protocol):
    """制票 turns slip content into finished printer bytes; pure, no device touched."""

    def make(self, slip: Slip) -> bytes:
        """Bytes ready to send; every character is on the paper or drawn, never `?`."""
        ...


class PagePrinter(Protocol):
    """文书打印机 the system's own printer for official papers; the finished PDF goes to it whole."""

    def send(self, pdf: bytes, title: str, copies: int) -> Delivery:
        """Once; never raises for the device's faults. `done`: the system took it over; `not_sent`: not one page came out."""
        ...

    def trouble(self) -> str:
        """Why this system can print nothing at all, in one sentence; empty when it can. No device is asked."""
        ...


class SlipLink(Protocol):
    """打印线路 one printer's connection; a job is one finished byte string on one connection."""

    def send(self, payload: bytes, token: str) -> Delivery:
        """Send once. `token` is 4 printable characters echoed by printers that confirm completion.

        Never raises for the device's faults: they are the four states of `Delivery`. `not_sent` and `blocked` promise
        that not one byte was handed over; whatever is in doubt is `unknown`.
        """
        ...

    def status(self) -> PrinterStatus:
        """Ask without printing; within about a second."""
        ...


class DirectPrinter(Protocol):
    """直打 one paper at a time for a person who stands there: sent once, and what came of it is told at once. Nothing comes again."""

    def send(self, payload: bytes, job: str) -> Delivery:
        """Once; `job` names this very paper. Never raises for the device's faults."""
        ...

    def status(self) -> PrinterStatus:
        """Ask without printing."""
        ...


class Spool(Protocol):
    """打印队列 the durable queue of one window's papers (same file as state and journal)."""

    def take_next(self, printer: str) -> PrintJob | None:
        """The oldest `queued` job of this printer (or `not_sent`/`blocked` whose wait is over), already committed as `sending`.

        What waited over the end of its day is not taken until `release`.
        """
        ...

    def settle(self, job_id: str, delivery: Delivery) -> None:
        """Write what happened, and the try itself; `done`, `sent` and `unknown` leave the lane, the others come again."""
        ...

    def recover(self) -> int:
        """After a crash: every `sending` becomes `unknown`, and its try is written down; returns how many."""
        ...

    def torn(self, printer: str) -> int:
        """The bytes of the last paper tried there, when nobody knows whether it came to its end; else 0."""
        ...

    def jobs(self, limit: int) -> tuple[PrintJob, ...]:
        """Papers, newest first."""
        ...

    def between(self, start: datetime, end: datetime) -> tuple[PrintJob, ...]:
        """Papers made in a span of time, in order."""
        ...

    def newest_of(self, doc_no: str, doc_types: Sequence[str]) -> PrintJob | None:
        """The newest paper of these kinds with this document number."""
        ...

    def job(self, key: str) -> PrintJob | None:
        """One paper."""
        ...

    def paper(self, doc_type: str, doc_no: str, copy_no: int) -> PrintJob | None:
        """One print of one paper: there is never a second of the same number."""
        ...

    def prints_of(self, doc_type: str, doc_no: str) -> tuple[PrintJob, ...]:
        """Every print of one paper, the first one first."""
        ...

    def answer(self, key: str, state: JobState, said: str, by: str = "") -> None:
        """A person said what became of a paper the machine is not sure of."""
        ...

    def withdraw(self, key: str, said: str, by: str = "") -> bool:
        """A paper that has not left is not printed any more; False when it is on its way, out, or in doubt."""
        ...

    def waiting(self) -> tuple[PrintJob, ...]:
        """Papers of which not a byte has left, oldest first."""
        ...

    def move(self, job: PrintJob) -> bool:
        """A paper that has not left goes to another printer, as the bytes made for it; False when it is too late."""
        ...

    def release(self) -> int:
        """What waited over the end of its day may print today: a person said so."""
        ...

    def attempts_of(self, key: str) -> tuple[Attempt, ...]:
        """Every try at one paper, in order."""
        ...

    def paper_used(self, printer: str, since: datetime) -> int:
        """Millimetres of paper this printer took since then."""
        ...


class PrintLane(Protocol):
    """打印通道 one printer's lane; pumped by one thread, so that a dead printer holds up no other."""

    @property
    def printer(self) -> str:
        """The printer's name, as the spool knows it."""
        ...

    def pump(self) -> bool:
        """Bring one job to its end; False when none waits."""
        ...

    def status(self) -> PrinterStatus:
        """For the lamp."""
        ...
