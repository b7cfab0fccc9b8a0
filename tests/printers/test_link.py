from __future__ import annotations

import socket
import threading
from dataclasses import replace

import pytest

from printers.link import TcpLink, Timeouts, link_from_url
from printers.render import SlipRenderer
from printers.virtual import Faults, VirtualPrinter
from tests.printers.fake_link import MemoryLink
from tests.printers.papers import RECEIPT, TICKET
from tests.printers.slip_link_contract import SlipLinkContract

PATIENT = Timeouts()
MISSED_PROOF = Timeouts(answer=3.0, printed=0.2)
"""Every question is answered, the proof is not: only that wait may be short, or a busy machine breaks the test."""
MISSED_ANSWERS = Timeouts(answer=0.1, printed=0.2)
SLIP = SlipRenderer(48).make(RECEIPT)


@pytest.fixture
def printer():
    with VirtualPrinter() as virtual:
        yield virtual


def link_to(printer, timeouts=PATIENT, **more):
    return TcpLink("127.0.0.1", printer.port, timeouts, **more)


class TcpBench:
    def __init__(self, printer):
        self._printer = printer
        self.link = link_to(printer)
        self._bare = {
            "refused": Faults(refuse=True),
            "cover_open": Faults(cover_open=True),
            "paper_end": Faults(paper_end=True),
            "torn": Faults(rst_after=5),
            "mute": Faults(silent=True),
        }

    def break_by(self, fault):
        if fault == "mute":
            self.link = link_to(self._printer, MISSED_ANSWERS)
        self._printer.faults = self._bare[fault]

    def printed(self):
        return b"".join(self._printer.jobs)


class MemoryBench:
    def __init__(self):
        self.link = MemoryLink()

    def break_by(self, fault):
        self.link.fault = fault

    def printed(self):
        return b"".join(self.link.papers)


class TestTcpLinkKeepsTheContract(SlipLinkContract):
    @pytest.fixture
    def bench(self, printer):
        return TcpBench(printer)


class TestMemoryLinkKeepsTheContract(SlipLinkContract):
    @pytest.fixture
    def bench(self):
        return MemoryBench()


WELL = Faults()
CHATTER = Faults(chatter=b"\x14\x00\x00\x0f")
TABLE = [
    ("well", WELL, PATIENT, "done"),
    ("paper near its end", Faults(near_end=True), PATIENT, "done"),
    ("fence only", Faults(echo="none"), replace(PATIENT, answer=0.5), "done"),
    ("unasked reports before the echo", CHATTER, PATIENT, "done"),
    ("refused", Faults(refuse=True), PATIENT, "not_sent"),
    ("paper end", Faults(paper_end=True), PATIENT, "blocked"),
    ("cover open", Faults(cover_open=True), PATIENT, "blocked"),
    ("cutter", Faults(cutter=True), PATIENT, "blocked"),
    ("offline", Faults(offline=True), PATIENT, "blocked"),
    ("silent", Faults(silent=True), MISSED_ANSWERS, "unknown"),
    ("deaf", Faults(deaf=True), MISSED_ANSWERS, "unknown"),
    ("neither echo nor fence", Faults(echo="none", fence=False), Timeouts(answer=0.3), "unknown"),
    ("no proof, unasked reports", replace(CHATTER, echo="none", fence=False), Timeouts(answer=0.3), "unknown"),
    ("another's echo", Faults(echo="wrong"), MISSED_PROOF, "unknown"),
    ("echo after we left", Faults(echo="late"), MISSED_PROOF, "unknown"),
    ("reset at once", Faults(rst_after=1), PATIENT, "unknown"),
    ("reset in the middle", Faults(rst_after=300), PATIENT, "unknown"),
    ("closed in the middle", Faults(fin_after=300), PATIENT, "unknown"),
    ("paper ends in the middle", Faults(paper_ends_after=300), MISSED_PROOF, "unknown"),
]


@pytest.mark.parametrize(("faults", "timeouts", "state"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_every_fault_ends_in_an_honest_state(printer, faults, timeouts, state):
    printer.faults = faults
    delivery = link_to(printer, timeouts).send(SLIP, "a1 ~")
    assert delivery.state == state, delivery
    assert bool(delivery.said) == (state != "done")
    if state == "done":
        assert printer.jobs == [SLIP]
    if state in ("not_sent", "blocked"):
        assert printer.wait_until(lambda p: p.sessions == (state == "blocked"))
        assert printer.jobs == []


def test_the_sentence_names_what_the_printer_says(printer):
    printer.faults = Faults(paper_ends_after=300)
    delivery = link_to(printer, MISSED_PROOF).send(SLIP, "abcd")
    assert "缺纸" in delivery.said
    assert delivery.status[3] & 0x60
    printer.faults = Faults(cover_open=True)
    assert "上盖开着" in link_to(printer).send(SLIP, "abcd").said


def test_a_torn_job_is_half_on_paper_and_the_next_one_is_whole(printer):
    link = link_to(printer)
    printer.faults = Faults(rst_after=300)
    assert link.send(SLIP, "abcd").state == "unknown"
    assert printer.wait_until(lambda p: p.sessions == 1)
    printer.faults = WELL
    ticket = SlipRenderer(48).make(TICKET)
    assert link.send(ticket, "abce").state == "done"
    half, whole = printer.jobs
    assert half == SLIP[:300]
    # What the printer may still wait for is filled up, the half paper is cut off, then the ticket stands alone.
    assert whole == bytes(len(SLIP)) + b"\x1b@\n\x1dVB\x00" + ticket
    assert link.send(ticket, "abcf").state == "done"
    assert printer.jobs[2] == ticket


def test_a_late_echo_confirms_nothing_later(printer):
    link = link_to(printer, MISSED_PROOF)
    printer.faults = Faults(echo="late")
    assert link.send(SLIP, "aaaa").state == "unknown"
    assert link.send(SLIP, "aaaa").state == "unknown"
    printer.faults = WELL
    assert link.send(SLIP, "bbbb").state == "done"


def test_a_printer_that_once_echoed_is_not_believed_on_its_fence_alone(printer):
    link = link_to(printer, MISSED_PROOF)
    assert link.send(SLIP, "aaaa").state == "done"
    assert link.confirm == "process_id"
    printer.faults = Faults(echo="none")
    assert link.send(SLIP, "bbbb").state == "unknown"


def test_a_printer_that_once_answered_and_is_now_mute_gets_nothing(printer):
    link = link_to(printer, Timeouts(answer=0.5))
    assert link.send(SLIP, "aaaa").state == "done"
    printer.faults = Faults(silent=True)
    assert link.send(SLIP, "bbbb").state == "not_sent"
    assert printer.wait_until(lambda p: p.sessions == 2)
    assert printer.jobs == [SLIP]


def test_silence_is_trusted_only_where_the_hall_says_so(printer):
    printer.faults = Faults(silent=True)
    trusting = link_to(printer, MISSED_ANSWERS, trusts_silence=True)
    assert trusting.send(SLIP, "aaaa").state == "done"
    assert printer.wait_until(lambda p: p.jobs == [SLIP])
    printer.faults = Faults(silent=True, rst_after=300)
    assert trusting.send(SLIP, "bbbb").state == "unknown"


def test_a_deaf_printer_is_trusted_by_nobody_who_knew_it(printer):
    link = link_to(printer, Timeouts(answer=0.5), trusts_silence=True)
    assert link.send(SLIP, "aaaa").state == "done"
    printer.faults = Faults(deaf=True)
    assert link.send(SLIP, "bbbb").state == "not_sent"


def test_how_it_confirms_can_be_fixed(printer):
    link = link_to(printer, confirm="fence")
    printer.faults = Faults(echo="none")
    assert link.send(SLIP, "aaaa").state == "done"
    assert link.confirm == "fence"


@pytest.mark.parametrize(
    "faults",
    [Faults(paper_seen=0x0C), Faults(chatter=b"\x37\x22~~~~\x00"), Faults(fence=False)],
    ids=["it saw the paper end", "it echoes another's token", "no answer"],
)
def test_a_fence_proves_only_what_it_says(printer, faults):
    printer.faults = faults
    assert link_to(printer, MISSED_PROOF, confirm="fence").send(SLIP, "aaaa").state == "unknown"


def test_a_fence_with_trouble_behind_it_is_unknown():
    def trouble(_job):
        printer.faults = Faults(cover_open=True)

    with VirtualPrinter(trouble) as printer:
        delivery = link_to(printer, confirm="fence").send(SLIP, "aaaa")
        assert delivery.state == "unknown"
        assert "上盖开着" in delivery.said


def test_one_connection_for_one_job_and_it_is_closed(printer):
    link = link_to(printer)
    for number in range(3):
        assert link.send(SLIP, "aaaa").state == "done"
        assert printer.wait_until(lambda p, number=number: p.sessions == number + 1)


def test_a_name_that_is_no_host_is_not_sent():
    assert TcpLink("x" * 70, 9100, MISSED_ANSWERS).send(SLIP, "aaaa").state == "not_sent"
    assert not TcpLink("x" * 70, 9100, MISSED_ANSWERS).status().ready


@pytest.mark.parametrize(
    ("faults", "ready", "known", "word"),
    [
        (WELL, True, True, "就绪"),
        (Faults(near_end=True), True, True, "纸将尽"),
        (Faults(paper_end=True), False, True, "缺纸"),
        (Faults(cover_open=True), False, True, "上盖"),
        (Faults(refuse=True), False, True, "连不上"),
        (Faults(silent=True), False, False, "不回答"),
    ],
)
def test_status(printer, faults, ready, known, word):
    printer.faults = faults
    status = link_to(printer).status()
    assert (status.ready, status.known) == (ready, known)
    assert word in status.said
    assert printer.jobs == []


def test_status_does_not_disturb_a_running_job():
    entered, leave = threading.Event(), threading.Event()

    def hold(_job):
        entered.set()
        leave.wait(10)

    with VirtualPrinter(hold) as printer:
        link = link_to(printer)
        sending = threading.Thread(target=link.send, args=(SLIP, "aaaa"))
        sending.start()
        assert entered.wait(10)
        assert link.status().said == "正在打印。"
        leave.set()
        sending.join()


def test_a_printer_that_stops_reading_is_unknown_and_does_not_hang():
    """More than the kernels' buffers: sendall itself runs out of time."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        link = TcpLink("127.0.0.1", server.getsockname()[1], Timeouts(answer=0.05, send=0.2, printed=0.1))
        assert link.send(bytes(20_000_000), "aaaa").state == "unknown"


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("tcp://192.168.1.50:9100", "192.168.1.50", 9100),
        ("tcp://printer-2", "printer-2", 9100),
        (" tcp://[::1]:9101/ ", "::1", 9101),
    ],
)
def test_addresses(url, host, port):
    link = link_from_url(url)
    assert (link.host, link.port) == (host, port)


BAD = "192.168.1.50:9100 http://x:1 tcp:// tcp://x:0 tcp://x:99999 tcp://x:a tcp://x/y tcp://[ tcp://a@b"


@pytest.mark.parametrize("url", ["", *BAD.split()])
def test_a_bad_address_is_one_sentence(url):
    with pytest.raises(ValueError, match="看不懂") as caught:
        link_from_url(url)
    assert "tcp://192.168.1.50:9100" in str(caught.value)
