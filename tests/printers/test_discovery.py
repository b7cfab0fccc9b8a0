from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest
from zeroconf import ServiceInfo, Zeroconf

from printers import discovery
from printers.discovery import Found, announcing, discover, knock, neighbours
from printers.virtual import VirtualPrinter

LOOPBACK = ["127.0.0.1"]
NAME = "号票机 二层"


@contextmanager
def announced(port):
    """A printer that says by mDNS that it takes raw bytes, on this machine only."""
    service = "_pdl-datastream._tcp.local."
    info = ServiceInfo(
        service, f"{NAME}.{service}", port=port, addresses=[socket.inet_aton("127.0.0.1")], server="ticket.local."
    )
    net = Zeroconf(interfaces=LOOPBACK)
    try:
        net.register_service(info)
        yield
    finally:
        net.unregister_all_services()
        net.close()


def test_a_printer_that_announces_itself_is_found_with_its_words():
    with VirtualPrinter() as printer, announced(printer.port):
        # The first question asks for an answer to itself alone, which on one machine may go to the other's socket; the second,
        # a second later, to all. A busy machine answers later still: a few searches are allowed, one is the rule.
        found = next((one for _ in range(4) if (one := announcing(2.0, interfaces=LOOPBACK))), [])
        assert found == [Found(printer.url, NAME)]
        assert printer.heard == b""


def test_a_search_that_was_ended_ends_at_once():
    asked = []

    def heard(done, of):
        asked.append((done, of))
        return False

    assert announcing(60.0, heard, LOOPBACK) == []
    assert len(asked) == 1


def test_open_ports_are_found_and_nothing_is_sent_to_them():
    steps = []
    with VirtualPrinter() as printer:
        hosts = [f"127.0.0.{last}" for last in range(1, 40)]
        found = knock(hosts, printer.port, lambda done, of: steps.append((done, of)) is None)
        assert found == [Found(printer.url)]
        assert printer.wait_until(lambda p: p.sessions == 1)
        assert printer.heard == b""
        assert printer.jobs == []
    assert steps == [(done, 39) for done in range(1, 40)]


def test_knocking_stops_when_told_to(monkeypatch):
    release, opened = threading.Event(), []
    hosts = [f"10.0.{number // 250}.{number % 250 + 1}" for number in range(3000)]

    def slow(host, _port):
        opened.append(host)
        if host != hosts[0]:
            assert release.wait(20)
        return False

    def heard(_done, _of):
        release.set()
        return False

    monkeypatch.setattr(discovery, "_open", slow)
    assert knock(hosts, 9100, heard) == []
    assert len(opened) < len(hosts)


def test_what_announces_itself_is_not_named_twice_and_stopping_stops_all(monkeypatch):
    monkeypatch.setattr(discovery, "announcing", lambda _s, _h: [Found("tcp://10.1.2.3:9100", NAME)])
    monkeypatch.setattr(discovery, "own_address", lambda: "10.1.2.9")
    asked = []

    def knocked(hosts, heard):
        asked.extend(hosts)
        return [Found("tcp://10.1.2.3:9100"), Found("tcp://10.1.2.4:9100")]

    monkeypatch.setattr(discovery, "knock", knocked)
    assert discover() == (Found("tcp://10.1.2.3:9100", NAME), Found("tcp://10.1.2.4:9100"))
    assert len(asked) == 253
    asked.clear()
    monkeypatch.setattr(discovery, "announcing", lambda _s, heard: [] if not heard(1, 2) else [Found("x")])
    monkeypatch.setattr(discovery, "knock", lambda hosts, heard: asked.extend(hosts) or [])
    assert discover(heard=lambda _done, _of: False) == ()
    assert asked == []


@pytest.mark.parametrize(
    ("own", "count"),
    [("192.168.1.20", 253), ("10.0.0.7", 253), ("8.8.8.8", 0), ("127.0.0.1", 0), ("169.254.3.4", 0), ("", 0)],
)
def test_only_the_own_private_network_is_asked(own, count):
    hosts = neighbours(own)
    assert len(hosts) == count
    assert own not in hosts
    assert all(host.rpartition(".")[0] == own.rpartition(".")[0] for host in hosts)


def test_a_machine_without_a_network_finds_nobody(monkeypatch):
    def no_network(*_args, **_more):
        raise OSError("no interface")

    monkeypatch.setattr("zeroconf.Zeroconf", no_network)
    assert announcing(1.0) == []
