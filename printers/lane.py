"""打印通道 one printer's lane: takes what waits in the spool, sends it once, writes down what happened."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace

from clerk_app.ports import SlipLink, Spool
from clerk_app.receipts.paper import WAITS, Delivery, PrinterStatus
from printers.link import after_a_tear
from printers.paper_length import paper_mm

_log = logging.getLogger(__name__)
_MARKS = 95
_KEPT = "这张票没有送出，留在打印队列里，好了会自动打印。"
_NEXT = {
    "done": "",
    "sent": "",
    "not_sent": _KEPT,
    "blocked": _KEPT,
    "unknown": "到打印机前看一眼，再选「出来了」或「没出来」。",
}
"""What was kept and what to do; the link only says what happened."""


class Lane:
    """打印通道 has no thread of its own: the caller pumps it, always from the same one."""

    def __init__(self, spool: Spool, link: SlipLink, printer_name: str) -> None:
        self._spool = spool
        self._link = link
        self._printer = printer_name
        self._begun = False

    @property
    def printer(self) -> str:
        """Whose lane it is."""
        return self._printer

    def pump(self) -> bool:
        """Bring one job to its end; False when none waits. The spool decides what comes again, never the lane."""
        job = self._spool.take_next(self._printer)
        if job is None:
            return False
        # A link remembers what broke off under its own hands, not what a stopped program left in the printer.
        ahead = b"" if self._begun else after_a_tear(self._spool.torn(self._printer))
        try:
            delivery = self._link.send(ahead + job.payload, token_of(job.id))
        except Exception:
            # A link must not raise; if one does, nobody knows what left: a person looks, the machine does not repeat.
            _log.exception("printer link failed on job %s", job.id)
            delivery = Delivery("unknown", "打印程序出错，不知道打出来没有。")
        _log.info("print job %s: %s", job.id, delivery.state)
        delivery = replace(delivery, said=delivery.said + _NEXT[delivery.state], paper_mm=paper_mm(job.payload))
        self._begun = self._begun or delivery.state not in WAITS
        self._spool.settle(job.id, delivery)
        return True

    def status(self) -> PrinterStatus:
        """The lamp."""
        return self._link.status()


def token_of(job_id: str) -> str:
    """Four printable characters from the job's id: the same job always carries the same token."""
    number = int.from_bytes(hashlib.sha256(job_id.encode()).digest()[:8], "big")
    marks = []
    for _ in range(4):
        number, mark = divmod(number, _MARKS)
        marks.append(chr(0x20 + mark))
    return "".join(marks)
