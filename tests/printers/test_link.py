from __future__ import annotations

import socket
import threading
from dataclasses import replace

import pytest

from printers.link import TalkingLink, TcpLink, Timeouts, link_from_url
from printers.profiles import Profile
from printers.render import SlipRenderer
from printers.tape import pieces, take
from printers.virtual import Faults, VirtualPrinter
from tests.printers.fake_link import MemoryLink
from tests.printers.papers import RECEIPT, TICKET
from tests.printers.slip_link_contract import SlipLinkContract

PATIENT = Timeouts()
MISSED_PROOF = Timeouts(answer=3.0, printed=0.2)
"""Every question is answered, the proof is not: only that wait may be short, or a busy machine breaks the test."""
MISSED_ANSWERS = Timeouts(answer=0.1, printed=0.2)
SLIP = SlipRenderer(48).make(RECEIPT)
MUTE = Profile(completion="none", status="full")
"""As the caller keeps a printer that was asked and knows no confirmation."""
NO_PROOF = Faults(echo="none", fence=False)
FENCE = Profile(completion="fence", status="full")


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

    def without_proof(self, known):
        self._printer.faults = NO_PROOF
        return link_to(self._printer, Timeouts(answer=0.5), profile=MUTE if known else Profile())

    def printed(self):
        assert self._printer.wait_until(lambda p: p.open_sessions == 0)
        return b"".join(self._printer.jobs)


class MemoryBench:
    def __init__(self):
        self.link = MemoryLink()

    def break_by(self, fault):
        self.link.fault = fault

    def without_proof(self, known):
        self.link.fault = "known_without_proof" if known else "no_proof"
        return self.link

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
    ("the cover is opened in the middle", Faults(cover_opens_after=300), MISSED_PROOF, "unknown"),
    ("switched off in the middle", Faults(power_off_after=300), PATIENT, "unknown"),
    ("it stops reading in the middle", Faults(stops_reading_after=300), MISSED_ANSWERS, "unknown"),
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


PICTURES = SlipRenderer(48, rom="ascii").make(RECEIPT)
"""All Chinese drawn: tens of kilobytes of strips."""


@pytest.mark.parametrize(
    "faults",
    [Faults(rst_after=4096), Faults(power_off_after=4096), Faults(stops_reading_after=4096), Faults(fin_after=4096)],
)
def test_a_picture_torn_after_four_kilobytes_is_unknown(printer, faults):
    printer.faults = faults
    assert len(PICTURES) > 20_000
    assert link_to(printer, MISSED_ANSWERS).send(PICTURES, "aaaa").state == "unknown"
    printer.stop()
    assert printer.jobs == [PICTURES[:4096]]


def test_after_it_was_switched_off_nothing_leaves_until_it_is_on_again(printer):
    printer.faults = Faults(power_off_after=300)
    link = link_to(printer)
    assert link.send(SLIP, "aaaa").state == "unknown"
    assert printer.wait_until(lambda p: p.sessions == 1)
    assert link.send(SLIP, "bbbb").state == "not_sent"
    printer.faults = WELL
    assert link.send(SLIP, "cccc").state == "done"
    assert [job.endswith(SLIP) for job in printer.jobs] == [False, True]


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


def test_a_printer_known_to_give_no_proof_makes_a_whole_job_sent(printer):
    printer.faults = NO_PROOF
    link = link_to(printer, Timeouts(answer=0.5), profile=MUTE)
    delivery = link.send(SLIP, "aaaa")
    assert (delivery.state, delivery.said, delivery.status) == ("sent", "", b"\x12" * 4)
    assert printer.wait_until(lambda p: p.jobs == [SLIP])


def test_the_first_job_of_a_printer_nobody_asked_is_no_sent_one(printer):
    printer.faults = NO_PROOF
    link = link_to(printer, Timeouts(answer=0.3))
    assert link.send(SLIP, "aaaa").state == "unknown"
    assert link.profile == MUTE
    assert link.send(SLIP, "bbbb").state == "sent"
    assert link_to(printer, Timeouts(answer=0.5), profile=link.profile).send(SLIP, "cccc").state == "sent"


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        (replace(NO_PROOF, rst_after=300), "unknown"),
        (replace(NO_PROOF, fin_after=300), "unknown"),
        (replace(NO_PROOF, paper_ends_after=300), "unknown"),
        (replace(NO_PROOF, cover_opens_after=300), "unknown"),
        (replace(NO_PROOF, power_off_after=300), "unknown"),
        (replace(NO_PROOF, silent=True), "not_sent"),
        (replace(NO_PROOF, deaf=True), "not_sent"),
        (replace(NO_PROOF, cover_open=True), "blocked"),
    ],
)
def test_nothing_that_speaks_against_it_is_sent(printer, faults, state):
    printer.faults = faults
    assert link_to(printer, Timeouts(answer=0.3), profile=MUTE).send(SLIP, "aaaa").state == state


def test_a_silent_printer_is_never_trusted(printer):
    printer.faults = Faults(silent=True)
    silent = Profile(completion="none", status="none")
    assert link_to(printer, MISSED_ANSWERS, profile=silent).send(SLIP, "aaaa").state == "unknown"


def test_a_printer_kept_as_one_that_answers_gets_nothing_while_it_is_mute(printer):
    printer.faults = Faults(silent=True)
    known = Profile(completion="process_id", status="full")
    assert link_to(printer, MISSED_ANSWERS, profile=known).send(SLIP, "aaaa").state == "not_sent"
    assert printer.wait_until(lambda p: p.sessions == 1)
    assert printer.jobs == []


def test_a_deaf_printer_is_trusted_by_nobody_who_knew_it(printer):
    link = link_to(printer, Timeouts(answer=0.5))
    assert link.send(SLIP, "aaaa").state == "done"
    printer.faults = Faults(deaf=True)
    assert link.send(SLIP, "bbbb").state == "not_sent"


def test_how_it_confirms_can_be_fixed(printer):
    link = link_to(printer, profile=FENCE)
    printer.faults = Faults(echo="none")
    assert link.send(SLIP, "aaaa").state == "done"
    assert link.confirm == "fence"


@pytest.mark.parametrize(
    ("faults", "timeouts", "completion", "status"),
    [
        (Faults(), PATIENT, "process_id", "full"),
        (Faults(echo="none"), PATIENT, "fence", "full"),
        (NO_PROOF, PATIENT, "none", "full"),
        (Faults(silent=True), MISSED_ANSWERS, "none", "none"),
        (Faults(refuse=True), MISSED_ANSWERS, "", ""),
        (Faults(cover_open=True), PATIENT, "", "full"),
    ],
)
def test_learning_asks_once_and_prints_nothing(printer, faults, timeouts, completion, status):
    printer.faults = faults
    kept = Profile(name="一号机", columns=32, answers={"ruler": "yes"})
    learned = link_to(printer, timeouts, profile=kept).learn()
    assert learned == replace(kept, completion=completion, status=status)
    assert printer.jobs == []


def test_what_was_learned_is_not_asked_again(printer):
    learned = link_to(printer).learn()
    heard = len(printer.heard)
    assert link_to(printer, profile=learned).send(SLIP, "aaaa").state == "done"
    assert b"prob" not in printer.heard[heard:]
    assert printer.heard[:heard].count(b"prob") == 1


@pytest.mark.parametrize("faults", [Faults(), Faults(echo="none"), NO_PROOF, Faults(silent=True)])
def test_no_question_can_clear_the_buffer_or_open_the_drawer(printer, faults):
    """DLE ENQ and DLE DC4 would; the questions are DLE EOT, the fence and the process id, and nothing else."""
    printer.faults = faults
    link = link_to(printer, MISSED_ANSWERS if faults.silent else PATIENT)
    link.learn()
    link.status()
    asked = {piece.raw[:3] for piece in pieces(printer.heard)}
    assert asked <= {b"\x10\x04" + bytes([n]) for n in (1, 2, 3, 4)} | {b"\x1dr\x01", b"\x1d(H"}
    assert b"\x10\x04\x01" in asked


@pytest.mark.parametrize(
    "faults",
    [Faults(paper_seen=0x0C), Faults(chatter=b"\x37\x22~~~~\x00")],
    ids=["it saw the paper end", "it echoes another's token"],
)
def test_a_fence_proves_only_what_it_says(printer, faults):
    printer.faults = faults
    assert link_to(printer, MISSED_PROOF, profile=FENCE).send(SLIP, "aaaa").state == "unknown"


def test_a_printer_kept_by_its_fence_that_answers_none_gets_nothing(printer):
    printer.faults = Faults(fence=False)
    delivery = link_to(printer, Timeouts(answer=0.3), profile=FENCE).send(SLIP, "aaaa")
    assert delivery.state == "not_sent"
    assert "重做测试页" in delivery.said
    assert printer.wait_until(lambda p: p.open_sessions == 0 and p.sessions == 1)
    assert printer.jobs == []


class OneBuffer:
    """A printer with one buffer for all connections, as behind a serial line or a cheap network card: what it owes
    for an earlier job it says to whoever is connected then. `paper` is in bytes."""

    def __init__(self):
        self.stuck, self.paper, self.printed = False, 1 << 20, b""
        self._waiting, self._said = b"", b""
        self.on_job = lambda: None

    def give(self, data, _seconds):
        if data[:2] == b"\x10\x04":
            self._said += b"\x12"
            return
        self._waiting += data
        if SLIP in data or TICKET_BYTES in data:
            self.on_job()
        self.go_on()

    def go_on(self):
        while not self.stuck and self._waiting:
            piece = take(self._waiting)
            if piece.raw != b"\x1dr\x01":
                if len(self.printed) >= self.paper:
                    return
                self.printed += piece.raw
            else:
                self._said += b"\x00"
            self._waiting = self._waiting[len(piece.raw) :]

    def take(self, _seconds):
        said, self._said = self._said, b""
        return said

    def end(self):
        pass

    def close(self):
        pass


TICKET_BYTES = SlipRenderer(48).make(TICKET)


def test_the_fence_of_an_earlier_job_does_not_confirm_a_later_one():
    device = OneBuffer()
    link = TalkingLink("一号机", lambda _seconds: device, profile=FENCE)
    assert link.send(SLIP, "aaaa").state == "done"
    device.stuck = True
    assert link.send(SLIP, "bbbb").state == "unknown"

    def goes_on_and_runs_out():
        device.stuck, device.paper = False, len(SLIP) * 2

    device.on_job = goes_on_and_runs_out
    assert link.send(TICKET_BYTES, "cccc").state == "not_sent"
    assert device.printed == SLIP
    device.on_job, device.stuck = lambda: None, False
    device.go_on()
    assert link.send(TICKET_BYTES, "dddd").state == "done"
    assert device.printed.startswith(SLIP + SLIP)
    assert device.printed.endswith(TICKET_BYTES)


def test_a_line_whose_past_nobody_knows_is_settled_first():
    device = OneBuffer()
    device.stuck = True
    assert TalkingLink("一号机", lambda _seconds: device, profile=FENCE).send(SLIP, "aaaa").state == "not_sent"
    assert device.printed == b""


def test_a_fence_with_trouble_behind_it_is_unknown():
    def trouble(_job):
        printer.faults = Faults(cover_open=True)

    with VirtualPrinter(trouble) as printer:
        delivery = link_to(printer, profile=FENCE).send(SLIP, "aaaa")
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
