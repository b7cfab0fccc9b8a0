"""找打印机 who is about: printers that announce themselves, and ports 9100 in the own network; only because a person asked.

Nothing is sent to a port that is found: whether it is a printer the test page will show.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zeroconf import Zeroconf

_SERVICE = "_pdl-datastream._tcp.local."
_PORT = 9100
_AT_ONCE = 32
_KNOCK = 0.4
_LOOK_AGAIN = 0.05

Heard = Callable[[int, int], bool]
"""Told how far the search is (done, of); False ends it."""


@dataclass(frozen=True, order=True)
class Found:
    """找到的打印机 an address for the settings, and what it says of itself (empty: it only has the port open)."""

    url: str
    words: str = ""


def discover(seconds: float = 3.0, heard: Heard = lambda _done, _of: True) -> tuple[Found, ...]:
    """Who announces himself, and who in the own /24 has the port open; each address once, with its words where it has any."""
    stopped = False

    def goes_on(done: int, of: int) -> bool:
        nonlocal stopped
        stopped = stopped or not heard(done, of)
        return not stopped

    announced = announcing(seconds, goes_on)
    known = {one.url for one in announced}
    hosts = () if stopped else neighbours(own_address())
    return tuple(sorted([*announced, *(one for one in knock(hosts, heard=goes_on) if one.url not in known)]))


def announcing(seconds: float, heard: Heard = lambda _done, _of: True, interfaces: Any = None) -> list[Found]:
    """Printers that say by mDNS that they take raw bytes; a machine without a network finds none."""
    from zeroconf import InterfaceChoice, ServiceBrowser, Zeroconf

    names: set[str] = set()

    def changed(**said: Any) -> None:
        names.add(said["name"])

    try:
        net = Zeroconf(interfaces=InterfaceChoice.Default if interfaces is None else interfaces)
    except OSError:
        return []
    try:
        browser = ServiceBrowser(net, _SERVICE, handlers=[changed])
        _wait(seconds, heard)
        browser.cancel()
        return sorted({one for name in sorted(names) if (one := _asked(net, name)) is not None})
    finally:
        net.close()


def knock(hosts: Iterable[str], port: int = _PORT, heard: Heard = lambda _done, _of: True) -> list[Found]:
    """Which of these have the port open; a handful at a time, and it stops when told to."""
    every = list(hosts)
    found: list[Found] = []
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="knock") as pool:
        asked = {pool.submit(_open, host, port): host for host in every}
        for done, answer in enumerate(as_completed(asked), 1):
            if answer.result():
                found.append(Found(f"tcp://{asked[answer]}:{port}"))
            if not heard(done, len(every)):
                pool.shutdown(wait=False, cancel_futures=True)
                break
    return sorted(found)


def neighbours(own: str) -> list[str]:
    """The other addresses of the own /24; none for an address that is not of a private network."""
    with contextlib.suppress(ValueError):
        address = ipaddress.IPv4Address(own)
        if address.is_private and not address.is_loopback and not address.is_link_local:
            network = ipaddress.IPv4Network(f"{own}/24", strict=False)
            return [str(host) for host in network.hosts() if host != address]
    return []


def own_address() -> str:
    """This machine's address towards the network; empty without one. No packet leaves for it."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("10.255.255.255", 9))
        return str(probe.getsockname()[0])
    return ""


def _wait(seconds: float, heard: Heard) -> None:
    begun = time.monotonic()
    while (gone := time.monotonic() - begun) < seconds:
        if not heard(int(gone * 100), int(seconds * 100)):
            return
        time.sleep(min(_LOOK_AGAIN, seconds))


def _asked(net: Zeroconf, name: str) -> Found | None:
    info = net.get_service_info(_SERVICE, name, timeout=500)
    addresses = info.parsed_addresses() if info is not None else []
    hosts = [host for host in addresses if ":" not in host]
    if info is None or not hosts or not info.port:
        return None
    return Found(f"tcp://{hosts[0]}:{info.port}", name.removesuffix("." + _SERVICE))


def _open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=_KNOCK).close()
    except OSError:
        return False
    return True
