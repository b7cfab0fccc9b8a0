"""Several printers: where a paper goes, what moves to another and how it is headed, copies with their reason, sent, minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.office.counter import ticketing
from clerk_app.office.counter.paper_copies import move_paper, print_again, print_the_rest
from clerk_app.office.counter.papers import answer_paper, report_papers, show_instead
from clerk_app.office.counter.printers_here import change_roll, left_from_before, others_for, printers_here
from clerk_app.office.counter.slip_expiry import expire_slips
from clerk_app.office.office import Done
from clerk_app.office.oversight.printing_month import printing_month
from clerk_app.office.running import Running
from clerk_app.receipts.paper import Delivery, PrinterStatus
from clerk_app.settings import PrinterAt, Settings, read_printers
from tests.desk import cut_office
from tests.office.ticket_desk import ticket_desk
from tests.visits import accept, receive, serve

FRONT = PrinterAt(name="前台", url="tcp://127.0.0.1:9", backup="后台", roll_metres=1)
BACK = PrinterAt(name="后台", url="tcp://127.0.0.2:9", windows=frozenset({9}))
TICKETS = PrinterAt(name="号票机", url="tcp://127.0.0.3:9", kinds=frozenset({"号票"}))


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, settings=replace(office.parts.settings, printers=(FRONT, BACK, TICKETS)))
    yield office
    office.parts.vault.close()


@pytest.fixture
def receipt(office):
    """The acceptance receipt of a case."""
    accept(office, receive(office, serve(office)))
    return next(one for one in office.parts.vault.spool.jobs(9) if one.doc_type == "受理回执")


def settle(office, printer, state):
    spool = office.parts.vault.spool
    job = spool.take_next(printer)
    spool.settle(job.id, Delivery(state, "说法。", paper_mm=950))
    report_papers(office)
    return spool.job(job.id)


def copies(office, job):
    return [
        (one.copy_no, one.printer, one.state) for one in office.parts.vault.spool.prints_of(job.doc_type, job.doc_no)
    ]


def slip(office):
    return office.parts.maker.made[-1]


@pytest.mark.parametrize(
    ("kind", "window", "name"),
    [("号票", 2, "号票机"), ("受理回执", 2, "前台"), ("受理回执", 9, "后台"), ("号票", 9, "号票机")],
)
def test_a_paper_goes_where_its_kind_then_its_window_says(kind, window, name):
    desk = Settings(data_dir=None, centre="", window=2, printer=FRONT.url, printers=(FRONT, BACK, TICKETS))  # type: ignore[arg-type]
    assert desk.printer_for(kind, window).name == name


def test_one_printer_goes_by_its_address_and_none_is_none():
    alone = Settings(data_dir=None, centre="", window=2, printer="tcp://a:9", paper_columns=32)  # type: ignore[arg-type]
    assert alone.printer_for("号票", 2) == PrinterAt(name="tcp://a:9", url="tcp://a:9", columns=32)
    assert replace(alone, printer="").printer_for("号票", 2) is None


def test_the_desk_file_names_them():
    rows = {
        "前台": {"url": "tcp://a", "backup": "后台"},
        "后台": {"url": "system:", "kinds": ["号票"], "windows": [2], "columns": 32},
    }
    front, back = read_printers(rows)
    assert (front.backup, front.columns, back.url, back.windows) == ("后台", 48, "system:", {2})
    assert read_printers(None) == ()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({}, "每台写一行"), ("tcp://a", "每台写一行"), ({"前台": {}}, "写 url"), ({"前台": {"url": "tcp://a", "colour": 1}}, "别的不认"),
        ({"前台": {"url": "tcp://a", "kinds": "号票"}}, "kinds"), ({"前台": {"url": "tcp://a", "windows": ["2"]}}, "windows"),
        ({"前台": {"url": "tcp://a", "columns": 40}}, "columns"), ({"前台": {"url": "tcp://a", "backup": "没有"}}, "backup"),
    ],
)  # fmt: skip
def test_a_wrong_line_of_the_desk_file_says_what_to_write(rows, words):
    with pytest.raises(ValueError, match=words):
        read_printers(rows)


def test_one_dead_printer_blocks_only_its_own_papers(office, receipt):
    spool = office.parts.vault.spool
    settle(office, "前台", "not_sent")
    assert spool.take_next("前台") is None
    assert spool.take_next("号票机").doc_type == "号票"
    assert spool.job(receipt.id).state == "not_sent"


def test_what_waits_moves_to_another_and_says_for_which_it_stands(office, receipt):
    settle(office, "前台", "not_sent")
    assert others_for(office, "前台") == ("后台", "号票机")
    assert move_paper(office, receipt.id, "后台") == Done("", (receipt.id,))
    assert copies(office, receipt) == [(1, "后台", "queued")]
    assert slip(office).marks == ("【备用机　代 前台】",)
    assert slip(office).blocks == office.parts.maker.made[-2].blocks
    assert office.parts.vault.spool.take_next("前台") is None
    assert move_paper(office, receipt.id, "前台") == Done("", (receipt.id,))
    assert slip(office).marks == ()


def test_what_is_in_doubt_moves_only_as_a_marked_copy(office, receipt):
    settle(office, "前台", "unknown")
    assert move_paper(office, receipt.id, "后台").type == "paper-left"
    first = answer_paper(office, receipt.id, "lost", "后台")
    assert copies(office, receipt) == [(1, "前台", "lost"), (2, "后台", "queued")]
    assert slip(office).marks[-1] == "【备用机　代 前台】"
    assert "原因：没出来　经办：许可心" in slip(office).marks
    again = answer_paper(office, receipt.id, "lost", "后台")
    assert again.papers == first.papers
    assert answer_paper(office, receipt.id, "out").type == "paper-settled"


def test_sent_asks_nothing_counts_as_issued_and_one_word_makes_a_copy(office, receipt):
    settle(office, "前台", "sent")
    assert office.read(lambda books: books.paper(receipt.id)).outcome == "sent"
    assert answer_paper(office, receipt.id, "out").type == "paper-settled"
    assert isinstance(answer_paper(office, receipt.id, "lost"), Done)
    assert copies(office, receipt) == [(1, "前台", "lost"), (2, "前台", "queued")]
    assert office.read(lambda books: books.paper(receipt.id)).outcome == "lost"


def test_a_further_print_needs_its_reason_and_asked_twice_is_one(office, receipt):
    assert print_again(office, receipt.id, 2, "票湿了").type == "slip-waiting"
    settle(office, "前台", "done")
    assert print_again(office, receipt.id, 2, " ").type == "reason-missing"
    first = print_again(office, receipt.id, 2, "票湿了")
    assert isinstance(first, Done)
    assert print_again(office, receipt.id, 2, "票湿了") == first
    assert print_again(office, receipt.id, 4, "票湿了").type == "slip-waiting"
    copy = office.parts.vault.spool.job(first.papers[0])
    assert (copy.copy_no, copy.reason, copy.operator) == (2, "票湿了", "P203")
    assert slip(office).marks[1] == "原因：票湿了　经办：许可心"
    assert slip(office).blocks == office.parts.maker.made[-2].blocks
    settle(office, "前台", "done")
    assert print_again(office, receipt.id, 4, "又湿了").type == "paper-newer"


def test_shown_on_the_screen_it_is_not_printed_any_more(office, receipt):
    assert isinstance(show_instead(office, receipt.id), Done)
    assert office.parts.vault.spool.take_next("前台") is None
    assert office.parts.vault.spool.job(receipt.id).told_by == "P203"
    assert show_instead(office, receipt.id).type == "paper-left"


def test_what_is_left_of_yesterday_is_counted_and_printed_at_one_press(office, receipt):
    settle(office, "号票机", "done")
    assert left_from_before(office) == 0
    office.parts.clock.moment += timedelta(days=1)
    assert left_from_before(office) == 1
    assert print_the_rest(office) == 1
    assert left_from_before(office) == 0
    assert office.parts.vault.spool.take_next("前台").id == receipt.id


def test_the_roll_is_reckoned_from_its_change(office, receipt):
    settle(office, "前台", "done")
    roll = printers_here(office)[0].roll
    assert (roll.used_mm, roll.left_mm, roll.few) == (950, 50, True)
    change_roll(office, "前台")
    roll = printers_here(office)[0].roll
    assert (roll.used_mm, roll.left_mm, roll.few) == (0, 1000, False)
    assert printers_here(office)[1].roll.left_mm is None


def test_the_month_lists_what_was_in_doubt_and_every_copy(office, receipt):
    settle(office, "前台", "unknown")
    answer_paper(office, receipt.id, "half")
    month = printing_month(office, office.parts.clock.now().date())
    assert [(one.copy_no, one.state) for one in month.jobs] == [(1, "half"), (2, "queued")]
    lines = month.table.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "只出来一半" in lines[1]
    assert "许可心" in lines[2]
    assert printing_month(office, office.parts.clock.now().date() + timedelta(days=40)).jobs == ()


def test_a_ticket_whose_slip_stays_in_for_three_minutes_is_void_and_taken_again(tmp_path):
    desk = ticket_desk(tmp_path, printer=FRONT.url)
    clock, office = desk.office.parts.clock, desk.office
    late, fresh = desk.take(), desk.take()
    desk.printed("blocked")
    clock.moment += timedelta(minutes=2, seconds=50)
    assert expire_slips(office) == 0
    newer = desk.take()
    clock.moment += timedelta(seconds=20)
    assert expire_slips(office) == 2
    assert [desk.ticket(one.id).state for one in (late, fresh, newer)] == ["void", "void", "issuing"]
    assert desk.jobs(late.id) == [(1, "expired")]
    assert expire_slips(office) == 0
    assert desk.printed() == 1
    assert desk.ticket(newer.id).state == "waiting"


def test_with_nobody_signed_in_it_is_withdrawn_and_void_when_somebody_is(tmp_path):
    desk = ticket_desk(tmp_path, printer=FRONT.url)
    office = desk.office
    ticket, session = desk.take(), office.session
    office.session = None
    office.parts.clock.moment += timedelta(minutes=4)
    assert expire_slips(office) == 0
    assert office.parts.vault.spool.take_next(FRONT.url) is None
    office.session = session
    assert expire_slips(office) == 1
    assert desk.ticket(ticket.id).state == "void"


def test_a_sent_slip_makes_its_ticket_valid(tmp_path):
    desk = ticket_desk(tmp_path, printer=FRONT.url)
    ticket = desk.take()
    desk.printed("sent")
    assert desk.ticket(ticket.id).state == "waiting"
    assert desk.jobs(ticket.id) == [(1, "sent")]


def test_a_slip_shown_on_the_screen_is_as_good_as_one_written_by_hand(tmp_path):
    desk = ticket_desk(tmp_path, printer=FRONT.url)
    ticket = desk.take()
    job = desk.office.parts.vault.spool.newest_of(ticket.id, ("号票",))
    assert isinstance(show_instead(desk.office, job.id), Done)
    assert desk.ticket(ticket.id).state == "waiting"
    assert ticketing.reprint(desk.office, ticket.id).papers


class QuietLane:
    """A lane with nothing to print, whose printer says this."""

    def __init__(self, printer: str, said: str = "") -> None:
        self.printer, self.said = printer, said

    def pump(self) -> bool:
        return False

    def status(self) -> PrinterStatus:
        return PrinterStatus(ready=not self.said, known=True, said=self.said or "打印机就绪。")


def test_of_several_the_one_that_is_not_ready_is_said_by_its_name(office):
    front, back = QuietLane("前台"), QuietLane("后台")
    running = Running(office, front, [back])

    def asked() -> tuple[bool, str]:
        for keeper in running.lanes:
            keeper.step()
        return running.printers.ready, running.printers.said

    assert asked() == (True, "打印机就绪。")
    back.said = "缺纸：换上纸卷，合上上盖。"
    assert asked() == (False, "后台 缺纸：换上纸卷，合上上盖。")
    front.said = "上盖开着：合上上盖。"
    assert asked() == (False, "前台 上盖开着：合上上盖。")
