"""Lines that answer besides the network: a pseudo-terminal for the serial port, a device of pyusb's shape for USB."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
import usb.core

from printers.link import Timeouts
from printers.profiles import Profile
from printers.render import SlipRenderer
from printers.transports import link_of
from printers.virtual import Faults, VirtualPrinter
from tests.printers.papers import RECEIPT
from tests.printers.pty_printer import PtyPrinter
from tests.printers.slip_link_contract import PAPER, SlipLinkContract

MUTE = Profile(completion="none", status="full")
NO_PROOF = Faults(echo="none", fence=False)
IMPATIENT = Timeouts(answer=0.2, send=1.0, printed=0.4)
FAULTS = {
    "cover_open": Faults(cover_open=True),
    "paper_end": Faults(paper_end=True),
    "torn": Faults(rst_after=5),
    "mute": Faults(silent=True),
}
SLIP = SlipRenderer(48).make(RECEIPT)


def link_to(url, profile=Profile(), timeouts=Timeouts()):
    link = link_of(url, profile)
    link._timeouts = timeouts
    return link


@pytest.fixture
def printer():
    with VirtualPrinter() as virtual:
        yield virtual


class PtyBench:
    def __init__(self, printer):
        self._printer = printer
        self.port = PtyPrinter(printer)
        self.link = link_to(self.port.url)

    def break_by(self, fault):
        if fault == "refused":
            self.link = link_to("serial:///dev/no-such-port")
            return
        self._printer.faults = FAULTS[fault]
        self.link = link_to(self.port.url, timeouts=IMPATIENT)

    def without_proof(self, known):
        self._printer.faults = NO_PROOF
        return link_to(self.port.url, MUTE if known else Profile(), Timeouts(answer=0.5))

    def printed(self):
        self.port.let_go()
        return b"".join(self._printer.jobs)


class TestSerialKeepsTheContract(SlipLinkContract):
    @pytest.fixture
    def bench(self, printer):
        bench = PtyBench(printer)
        yield bench
        bench.port.close()


@pytest.fixture
def port(printer):
    pty = PtyPrinter(printer)
    yield pty
    pty.close()


def test_a_whole_slip_goes_over_a_serial_line(printer, port):
    link = link_to(port.url)
    for _ in range(3):
        assert link.send(SLIP, "abcd").state == "done"
    assert printer.jobs == [SLIP] * 3
    assert link.profile == Profile(completion="process_id", status="full")


def test_two_programs_do_not_print_on_one_port(printer, port):
    import serial

    with serial.Serial(port.path, exclusive=True):
        assert link_to(port.url).send(SLIP, "abcd").state == "not_sent"
    assert link_to(port.url).send(SLIP, "abcd").state == "done"


def test_a_serial_printer_that_holds_the_line_does_not_hold_the_lane():
    master, slave = os.openpty()
    try:
        link = link_to(f"serial://{os.ttyname(slave)}", timeouts=Timeouts(answer=0.05, send=0.3, printed=0.1))
        link._speed = float("inf")
        assert link.send(bytes(1_000_000), "abcd").state == "unknown"
    finally:
        os.close(slave)
        os.close(master)


@pytest.mark.parametrize("faults", [Faults(rst_after=4096), Faults(power_off_after=4096)])
def test_a_drawn_cable_in_the_middle_is_unknown(printer, port, faults):
    printer.faults = faults
    pictures = SlipRenderer(48, rom="ascii").make(RECEIPT)
    assert link_to(port.url, timeouts=IMPATIENT).send(pictures, "abcd").state == "unknown"
    assert link_to(port.url, timeouts=IMPATIENT).send(pictures, "abcd").state == "not_sent"


@dataclass
class FakeUsb:
    """A device as `usb.core.find` hands it out, talking to the virtual printer."""

    port: int
    serial_number: str = "SN1"
    denied: bool = False
    unplugged: bool = False
    configured: bool = False
    takes: int = 1 << 30
    calls: list[str] = field(default_factory=list)
    line: socket.socket | None = None
    backend: object = field(default_factory=lambda: SimpleNamespace(__module__="usb.backend.libusb0"))

    @property
    def _ctx(self):
        return SimpleNamespace(dispose=lambda _device: self._drop())

    def _drop(self):
        self.calls.append("dispose")
        if self.line is not None:
            self.line.close()
            self.line = None

    def get_active_configuration(self):
        if not self.configured:
            raise usb.core.USBError("Configuration not set")
        self.line = socket.create_connection(("127.0.0.1", self.port))

    def set_configuration(self):
        self.calls.append("configure")
        if self.denied:
            raise usb.core.USBError("Access denied")
        self.configured = True
        self.get_active_configuration()

    def reset(self):
        raise AssertionError("a printer is not restarted for a question")

    def write(self, endpoint, data, timeout):
        assert (endpoint, timeout > 0) == (0x01, True)
        if self.unplugged:
            raise usb.core.USBError("No such device")
        self.line.sendall(data[: self.takes])
        return min(len(data), self.takes)

    def read(self, endpoint, size, timeout):
        assert (endpoint, timeout > 0) == (0x82, True)
        self.line.settimeout(timeout / 1000)
        try:
            chunk = self.line.recv(size)
        except TimeoutError as error:
            raise usb.core.USBTimeoutError("timed out") from error
        except OSError as error:
            raise usb.core.USBError("Pipe error") from error
        if not chunk:
            raise usb.core.USBError("No such device")
        return chunk


class UsbBench:
    def __init__(self, printer, monkeypatch):
        self._printer, self._monkeypatch = printer, monkeypatch
        self.device = FakeUsb(printer.port)
        self.asked = []
        monkeypatch.setattr(usb.core, "find", self._find)
        self.link = link_to("usb://04b8:0202")

    def _find(self, **wanted):
        self.asked.append(wanted)
        return self.device

    def break_by(self, fault):
        if fault == "refused":
            self.device = None
            return
        self._printer.faults = FAULTS[fault]
        self.link = link_to("usb://04b8:0202", timeouts=IMPATIENT)

    def without_proof(self, known):
        self._printer.faults = NO_PROOF
        return link_to("usb://04b8:0202", MUTE if known else Profile(), Timeouts(answer=0.5))

    def printed(self):
        assert self._printer.wait_until(lambda p: p.open_sessions == 0)
        return b"".join(self._printer.jobs)


class TestUsbKeepsTheContract(SlipLinkContract):
    @pytest.fixture
    def bench(self, printer, monkeypatch):
        return UsbBench(printer, monkeypatch)


def test_the_device_is_picked_and_given_back(printer, monkeypatch):
    bench = UsbBench(printer, monkeypatch)
    assert link_to("usb://04B8:0e15/SN1?in=82&out=01").send(PAPER, "abcd").state == "done"
    assert bench.asked == [{"idVendor": 0x04B8, "idProduct": 0x0E15, "serial_number": "SN1"}]
    assert bench.device.calls == ["configure", "dispose"]


def test_the_lamp_does_not_restart_the_printer(printer, monkeypatch):
    bench = UsbBench(printer, monkeypatch)
    for _ in range(3):
        assert bench.link.status().ready
    assert bench.device.calls == ["configure", "dispose", "dispose", "dispose"]


def test_a_device_this_account_may_not_use_gets_nothing(printer, monkeypatch):
    bench = UsbBench(printer, monkeypatch)
    bench.device.denied = True
    assert bench.link.send(PAPER, "abcd").state == "not_sent"
    assert printer.jobs == []


def test_a_device_unplugged_after_it_was_opened_gets_nothing(printer, monkeypatch):
    bench = UsbBench(printer, monkeypatch)
    bench.device.unplugged = True
    assert bench.link.send(PAPER, "abcd").state == "not_sent"


def test_a_transfer_that_took_only_a_part_is_unknown(printer, monkeypatch):
    bench = UsbBench(printer, monkeypatch)
    bench.device.takes = 100
    assert link_to("usb://04b8:0202", timeouts=IMPATIENT).send(SLIP, "abcd").state == "unknown"
    assert bench.device.calls[-1] == "dispose"


def test_a_machine_without_the_usb_library_says_so(monkeypatch):
    def none(**_wanted):
        raise usb.core.NoBackendError("No backend available")

    monkeypatch.setattr(usb.core, "find", none)
    delivery = link_to("usb://04b8:0202").send(PAPER, "abcd")
    assert delivery.state == "not_sent"
    assert "USB 线" in delivery.said
