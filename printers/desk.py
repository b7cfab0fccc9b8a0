"""本窗打印 what a desk is handed of paper: a maker, a lane to its printer, a picture of a slip, the training printer."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

from clerk_app.ports import PagePrinter, PrintLane, SlipLink, SlipMaker, Spool, Vault
from clerk_app.receipts.paper import Delivery, PrinterStatus
from clerk_app.settings import Settings
from printers.desk_devices import DeskDevices
from printers.draw import draw
from printers.lane import Lane, token_of
from printers.link import link_from_url
from printers.render import SlipRenderer
from printers.virtual import VirtualPrinter

_log = logging.getLogger(__name__)


class NoPrinter:
    """没有打印机 the link of a desk without one: papers wait in the queue and the lamp says so."""

    said = "本窗没有设打印机。"

    def send(self, payload: bytes, token: str) -> Delivery:
        """Nothing leaves."""
        return Delivery("not_sent", self.said)

    def status(self) -> PrinterStatus:
        """Never ready."""
        return PrinterStatus(ready=False, known=True, said=self.said)


class DirectLane:
    """直打 papers for a person who stands there: no queue, and nothing comes again by itself."""

    def __init__(self, link: SlipLink) -> None:
        self._link = link

    def send(self, payload: bytes, job: str) -> Delivery:
        """One paper, once; a link that raises has told nobody what left."""
        try:
            return self._link.send(payload, token_of(job))
        except Exception:
            _log.exception("printer link failed on job %s", job)
            return Delivery("unknown", "打印程序出错，不知道打出来没有。")

    def status(self) -> PrinterStatus:
        """The lamp."""
        return self._link.status()


def direct_lane(url: str) -> DirectLane:
    """To the printer the desk names; raises ValueError with one sentence for a name that is none."""
    return DirectLane(link_from_url(url) if url else NoPrinter())


def slip_maker(columns: int) -> SlipMaker:
    """Slips for a printer of so many columns (48 on 80 mm paper, 32 on 58 mm)."""
    return SlipRenderer(columns)


def desk_lane(spool: Spool, url: str) -> PrintLane:
    """The lane to the printer the desk names; raises ValueError with one sentence for a name that is none."""
    return Lane(spool, link_from_url(url) if url else NoPrinter(), url)


def desk_devices(settings: Settings, vault: Vault, system: Callable[[str], PagePrinter]) -> DeskDevices:
    """The desk's printers by name; raises ValueError with one sentence for an address that is none."""
    return DeskDevices(settings, vault.spool, vault.keep, system)


def desk_lanes(devices: DeskDevices, spool: Spool) -> tuple[PrintLane, ...]:
    """A lane for each printer; a desk without one has a lane on which everything waits."""
    return devices.lanes or (Lane(spool, NoPrinter(), ""),)


def slip_picture(data: bytes) -> bytes:
    """Finished bytes → PNG of the paper."""
    out = io.BytesIO()
    draw(data).save(out, format="PNG")
    return out.getvalue()


def training_printer() -> VirtualPrinter:
    """A printer of bytes on this machine."""
    return VirtualPrinter(listens=False)
