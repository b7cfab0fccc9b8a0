"""接法 the address of a printer → its line. Every line is handed one finished byte string, and closes what it opened.

Only the network line was built against another program's idea of a printer; the others were tried with stand-ins (a
pseudo-terminal, a pipe, programs and modules of the system's names). No real device was tried with any of them.
"""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from clerk_app.ports import SlipLink
from printers.channels import SerialChannel, UsbChannel
from printers.cups_queue import CupsQueue
from printers.drivers import driver_class
from printers.file_link import FileLink
from printers.link import TalkingLink, link_from_url
from printers.profiles import Profile
from printers.spooler_link import SpoolerLink
from printers.windows_queue import WindowsQueue

_FORMS = (
    "tcp://主机:9100、usb://04b8:0202、serial:///dev/ttyS0?baud=9600、serial://COM3、file:///dev/usb/lp0、"
    "lp://队列名、win32://打印机名"
)
_USB = re.compile(
    r"([0-9a-f]{4}):([0-9a-f]{4})(?:/([^/?#]+))?(?:\?in=([0-9a-f]{1,2})&out=([0-9a-f]{1,2}))?", re.IGNORECASE
)
_QUEUE = re.compile(r"[^\s/#?'\"\\-][^\s/#?'\"\\]*")
_BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
_BITS_A_BYTE = 10


class DeviceLink(SlipLink, Protocol):
    """打印机线路 a line with what is known of its device; the caller keeps `profile` and hands it in again."""

    @property
    def profile(self) -> Profile:
        """With what was learned."""
        ...

    def learn(self) -> Profile:
        """Ask the device how it confirms, without printing anything."""
        ...


def link_of(url: str, profile: Profile = Profile()) -> DeviceLink:
    """The line of an address; ValueError with one sentence for what is none."""
    scheme, _, rest = url.strip().partition("://")
    makers = {"usb": _usb, "serial": _serial, "file": _file, "lp": _lp, "win32": _win32}
    if scheme == "tcp":
        return link_from_url(url, profile)
    if scheme not in makers or not rest:
        raise _unknown(url)
    return makers[scheme](url.strip(), rest, profile)


def _usb(url: str, rest: str, profile: Profile) -> DeviceLink:
    found = _USB.fullmatch(rest)
    if found is None:
        raise _unknown(url)
    vendor, product, serial, inward, outward = found.groups()
    picked = {"serial_number": unquote(serial)} if serial else {}
    ends = {"in_ep": int(inward or "82", 16), "out_ep": int(outward or "01", 16)}
    numbers = (int(vendor, 16), int(product, 16))

    def connect(_seconds: float) -> UsbChannel:
        return UsbChannel(driver_class("Usb")(*numbers, usb_args=dict(picked), **ends))

    return TalkingLink(f"USB {vendor}:{product}", connect, profile=profile, plugs="看电源和 USB 线")


def _serial(url: str, rest: str, profile: Profile) -> DeviceLink:
    port = unquote(rest.partition("?")[0])
    asked = parse_qs(urlsplit(url).query, keep_blank_values=True)
    baud = asked.pop("baud", ["9600"])[-1]
    if asked or not baud.isdecimal() or int(baud) not in _BAUDS or not re.fullmatch(r"/dev/\S+|COM\d+", port):
        raise _unknown(url)
    speed = int(baud)

    def connect(seconds: float) -> SerialChannel:
        return SerialChannel(driver_class("Serial")(port, baudrate=speed, timeout=seconds))

    return TalkingLink(
        port,
        connect,
        profile=profile,
        bytes_per_second=speed / _BITS_A_BYTE,
        plugs="看电源和串口线，波特率要和打印机一样",
    )


def _file(url: str, rest: str, profile: Profile) -> DeviceLink:
    if not rest.startswith("/") or rest == "/":
        raise _unknown(url)
    return FileLink(unquote(rest), profile=profile)


def _lp(url: str, rest: str, profile: Profile) -> DeviceLink:
    name = unquote(rest)
    if not _QUEUE.fullmatch(name):
        raise _unknown(url)
    return SpoolerLink(CupsQueue(name), profile=profile)


def _win32(_url: str, rest: str, profile: Profile) -> DeviceLink:
    return SpoolerLink(WindowsQueue(unquote(rest)), profile=profile)


def _unknown(url: str) -> ValueError:
    return ValueError(f"打印机地址「{url}」看不懂：写成 {_FORMS}。")
