"""小票 PDF the way of last resort on paper: the slip drawn as an 80 mm page and handed to a system printer."""

from __future__ import annotations

import io

from clerk_app.ports import PagePrinter
from clerk_app.receipts.paper import Delivery, PrinterStatus
from printers.draw import draw

_DOTS_AN_INCH, _PAPER_DOTS, _COLUMNS = 203, 640, 48
"""80 mm at the head's own 203 dots to the inch: what is drawn keeps its size."""


def slip_pdf(data: bytes, columns: int = _COLUMNS) -> bytes:
    """Finished bytes → a PDF of one page, 80 mm wide and as long as the slip."""
    from PIL import Image

    picture = draw(data, columns)
    page = Image.new("L", (max(_PAPER_DOTS, picture.width), picture.height), 255)
    page.paste(picture, ((page.width - picture.width) // 2, 0))
    out = io.BytesIO()
    page.save(out, format="PDF", resolution=_DOTS_AN_INCH)
    return out.getvalue()


class PdfLink:
    """小票 PDF to a system printer. What the system took over is «sent»: what happens behind its queue nobody tells."""

    def __init__(self, printer: PagePrinter, columns: int = _COLUMNS) -> None:
        self._printer = printer
        self._columns = columns

    def send(self, payload: bytes, token: str) -> Delivery:
        """Once."""
        delivery = self._printer.send(slip_pdf(payload, self._columns), "小票", 1)
        return Delivery("sent", delivery.said) if delivery.state == "done" else delivery

    def status(self) -> PrinterStatus:
        """Only whether there is a system to print with."""
        trouble = self._printer.trouble()
        return PrinterStatus(ready=not trouble, known=False, said=trouble or "系统打印机，好坏要到机器前看。")
