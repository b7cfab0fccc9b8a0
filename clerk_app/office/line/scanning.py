"""扫一页 a page from the scanner becomes a case's attachment; it never lies on the disk in clear."""

from __future__ import annotations

import io
from collections.abc import Callable
from threading import Event

from clerk_app.command import Refusal
from clerk_app.office.line.attaching import attach_read
from clerk_app.office.office import Office, Outcome
from clerk_app.ports.scanning import Fault, ScanDevice, ScanTrouble, untold

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}

_sentences: dict[Fault, str] = {
    "no-paper": "扫描仪里没有纸，没有扫，别的都在。放好纸再扫一次。",
    "jammed": "扫描仪卡纸了，这一页没有加，别的都在。取出纸、放平，再扫一次。",
    "cover-open": "扫描仪的盖子开着，没有扫，别的都在。盖好再扫一次。",
    "busy": "扫描仪正忙，可能别的程序在用，没有扫，别的都在。等它空了再扫一次。",
    "denied": "这台电脑不让用这台扫描仪，没有扫，别的都在。找管理员开通；急的话先用“加附件”。",
    "gone": "扫描仪没有答应，这一页没有加，别的都在。看看电源和线，再扫一次；急的话先用“加附件”。",
    "stopped": "停了，这一页没有加，别的都在。要的话再扫一次。",
    "too-long": "扫描仪半天没有扫完，停了，这一页没有加，别的都在。关了再开，再扫一次。",
    "broken": "扫描仪没有给出完整的一页，没有加，别的都在。再扫一次；还不行就用“加附件”。",
}


def scan_devices(office: Office, stop: Event) -> tuple[ScanDevice, ...]:
    """扫描仪 those on this desk that answer. Not for the screen's thread."""
    scanner = office.parts.scanner
    return scanner.devices(stop=stop) if scanner is not None else ()


def scan_into(
    office: Office, case: str, device: ScanDevice, stop: Event, progress: Callable[[int], None] = untold
) -> Outcome:
    """扫一页: all of it, then attached as a file is: its bytes first, then the fact. Not for the screen's thread."""
    scanner, session = office.parts.scanner, office.session
    if scanner is None:
        return Refusal("scan-gone", _sentences["gone"])
    if session is None:
        return Refusal("signed-out", "还没登录，没有扫。登录后再扫。")
    if office.read(lambda books: books.case(case)) is None:
        return Refusal("unknown-case", "没有这件办件，没有扫。核对编号，或到中心查一下。")
    found = scanner.scan(device, stop=stop, progress=progress)
    if isinstance(found, ScanTrouble):
        return Refusal(f"scan-{found.fault}", _sentences[found.fault])
    if stop.is_set():
        return Refusal("scan-stopped", _sentences["stopped"])
    if office.session is None or office.session.id != session.id:
        return Refusal("signed-out", "扫的人已经不在登录，这一页没有加，别的都在。登录后再扫一次。")
    name = f"扫描 {office.parts.clock.now():%Y-%m-%d %H%M%S}{_ENDINGS[found.media]}"
    return attach_read(office, case, name, io.BytesIO(found.data))
