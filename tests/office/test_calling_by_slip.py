"""凭票接待: which slips are believed, who is received with them, with the line up and without; and how that ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from clerk_app.office.counter import calling, visit
from clerk_app.office.counter.ticket_codes import code_of, marks_of, signed_code
from clerk_app.office.line.greeting import MACHINES, QUEUE_KEYS
from clerk_app.outside.keys import SigningKey
from clerk_app.ports import Verdict
from clerk_app.ports.line import Change, Machine
from clerk_app.queueing.day_key import check_digits
from clerk_app.queueing.model import PaperServed, Ticket
from clerk_app.store.rows import to_json
from tests.office.calling_desk import CallingDesk, done, refused
from tests.visits import receive as take_in

OURS, FORGER = SigningKey(bytes(32)), SigningKey(bytes([7] * 32))
DAY_KEY = bytes(range(32))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CallingDesk]:
    desk = CallingDesk(tmp_path)
    desk.office.parts = replace(desk.office.parts, device_sign=OURS.sign)
    keep = desk.office.parts.vault.keep
    keep.put_meta(MACHINES, msgspec.json.encode({desk.queue.device: Machine(public_key=OURS.public)}).decode())
    keep.put_meta(QUEUE_KEYS, json.dumps({desk.office.parts.clock.now().date().isoformat(): DAY_KEY.hex()}))
    yield desk
    desk.office.parts.vault.close()


def slip(desk: CallingDesk, ticket: Ticket) -> str:
    """As its QR is read by a telephone or a scan gun."""
    return f"https://dating.example/t/abc#{code_of(desk.office, ticket)}"


def typed(ticket: Ticket) -> str:
    return f"{ticket.number} {check_digits(DAY_KEY, ticket.number)}"


def shown(desk: CallingDesk, text: str):
    return calling.serve_slip(desk.office, desk.beater, text)


def papers(desk: CallingDesk) -> tuple[PaperServed, ...]:
    day = desk.office.parts.clock.now().date()
    return desk.office.read(lambda books: books.papers_served(day))


def told(desk: CallingDesk, row: PaperServed) -> None:
    desk.office.parts.vault.journal.hear([Change(seq=0, subject=f"paper_served:{row.id}", row=to_json(row))])


class TestCut:
    """The slip is the ticket."""

    def test_whoever_brings_his_slip_is_served_and_ended_by_facts(self, desk: CallingDesk) -> None:
        unheard = desk.ticket(known=False, fallback=3)
        desk.cut()
        done(shown(desk, slip(desk, unheard)))
        row = desk.now(unheard)
        assert (row.state, row.window, row.by_paper, row.number) == ("serving", 2, True, unheard.number)
        (paper,) = papers(desk)
        assert (paper.how, paper.ticket, paper.window, paper.known) == ("code", unheard.id, 2, "")
        done(calling.finish(desk.office, unheard.id, "brought"))
        assert desk.now(unheard).state == "finished"
        (paper,) = papers(desk)
        assert (paper.outcome, paper.ended_at is not None) == ("brought", True)
        kinds = [row.kind for row in desk.office.parts.vault.journal.rows((), 2)]
        assert kinds == ["end_by_paper", "serve_by_paper"]

    def test_who_was_called_from_the_own_share_comes_with_his(self, desk: CallingDesk) -> None:
        desk.ticket(fallback=2)
        desk.cut()
        ticket = desk.called()
        done(shown(desk, slip(desk, ticket)))
        assert desk.now(ticket).state == "serving"
        done(calling.finish(desk.office, ticket.id))

    @pytest.mark.parametrize("first", ["the slip", "the call"])
    def test_a_case_rests_on_the_slip_whatever_becomes_of_the_call(self, desk: CallingDesk, first: str) -> None:
        """Facts may be judged before the move that came before them."""
        desk.ticket(fallback=2)
        desk.cut()
        ticket = desk.called()
        done(shown(desk, slip(desk, ticket)))
        take_in(desk.office, desk.now(ticket))
        journal = desk.office.parts.vault.journal
        ids = {row.kind: row.id for row in journal.rows(("pending",), 9)}
        served = Verdict(id=ids["serve_by_paper"], state="applied")
        called = Verdict(id=ids["call_ticket"], state="refused", type="held-elsewhere")
        for verdict in (served, called) if first == "the slip" else (called, served):
            journal.settle([verdict], 0.0)
        assert {row.kind: row.state for row in journal.rows((), 3)} == {
            "receive_case": "pending", "serve_by_paper": "applied", "call_ticket": "refused",
        }  # fmt: skip

    @pytest.mark.parametrize("text", ["{} {}", "{}{}", " {}　{} ", "{}-{}", "{}，{}"])
    def test_by_number_and_four_digits(self, desk: CallingDesk, text: str) -> None:
        ticket = desk.ticket(fallback=3)
        desk.cut()
        done(shown(desk, text.format(ticket.number.lower(), check_digits(DAY_KEY, ticket.number))))
        (paper,) = papers(desk)
        assert (paper.how, paper.ticket) == ("check", ticket.id)

    def test_a_number_this_window_never_heard_of(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(known=False, number="VA017", serial=17)
        desk.cut()
        done(shown(desk, typed(ticket)))
        (paper,) = papers(desk)
        assert paper.ticket != ticket.id
        current = desk.current()
        assert current is not None
        assert (current.number, current.letter, current.serial, current.id) == ("VA017", "A", 17, paper.ticket)

    def test_what_was_called_waits_again_and_what_is_served_is_finished_first(self, desk: CallingDesk) -> None:
        desk.ticket(fallback=2, minutes=30)
        shows = desk.ticket(fallback=3)
        desk.cut()
        called = desk.called()
        done(shown(desk, slip(desk, shows)))
        assert desk.now(called).state == "waiting"
        another = desk.ticket(fallback=3)
        assert shows.number in refused(shown(desk, slip(desk, another)), "window-busy")
        assert len(papers(desk)) == 1

    def test_a_slip_put_aside_and_shown_again(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(fallback=3)
        desk.cut()
        done(shown(desk, slip(desk, ticket)))
        done(calling.put_back(desk.office, ticket.id, "本人还没准备好"))
        done(shown(desk, slip(desk, ticket)))
        done(calling.finish(desk.office, ticket.id))
        assert desk.now(ticket).state == "finished"

    def test_settling_it_is_still_a_fact(self, desk: CallingDesk) -> None:
        desk.ticket(fallback=2)
        other = desk.ticket(fallback=3)
        desk.cut()
        done(calling.pass_over(desk.office, desk.called().id, "本人不办了", early=True))
        desk.queue.away = False
        assert desk.beat() == "settling"
        done(shown(desk, slip(desk, other)))
        assert len(papers(desk)) == 1


class TestLinked:
    """The centre gives this very ticket."""

    def test_called_and_received_at_once(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(known=False, fallback=3)
        desk.beat()
        done(shown(desk, slip(desk, ticket)))
        row = desk.now(ticket)
        assert (row.state, row.by_paper, row.calls) == ("serving", False, 1)
        done(calling.finish(desk.office, ticket.id))
        assert papers(desk) == ()

    def test_who_was_called_here_has_come(self, desk: CallingDesk) -> None:
        desk.ticket()
        desk.beat()
        ticket = desk.called()
        asked = len(desk.queue.asked)
        done(shown(desk, slip(desk, ticket)))
        assert desk.now(ticket).state == "serving"
        assert len(desk.queue.asked) == asked

    def test_with_another_in_hand_nothing_is_asked(self, desk: CallingDesk) -> None:
        desk.ticket()
        desk.beat()
        called = desk.called()
        other = desk.ticket()
        asked = len(desk.queue.asked)
        assert called.number in refused(shown(desk, slip(desk, other)), "window-busy")
        assert len(desk.queue.asked) == asked

    def test_the_centre_says_no(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(waiting=False)
        desk.beat()
        refused(shown(desk, slip(desk, ticket)), "unknown-ticket")
        desk.queue.line.put(replace(ticket, state="finished"))
        refused(shown(desk, slip(desk, ticket)), "ticket-not-waiting")
        assert desk.now(ticket).state == "waiting"

    def test_just_gone_it_says_in_how_many_seconds(self, desk: CallingDesk) -> None:
        ticket = desk.ticket()
        desk.beat()
        desk.queue.away = True
        desk.beat(5.0)
        assert "再过 5 秒" in refused(shown(desk, slip(desk, ticket)), "line-unsure")

    def test_a_number_the_centre_has_not_told_yet(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(known=False)
        desk.beat()
        assert ticket.number in refused(shown(desk, typed(ticket)), "unknown-ticket")


class TestNotBelieved:
    """One sentence each, nothing written."""

    @pytest.fixture(autouse=True)
    def nothing_is_written(self, desk: CallingDesk) -> Iterator[None]:
        desk.cut()
        yield
        assert papers(desk) == ()
        assert desk.current() is None

    def test_a_forged_code(self, desk: CallingDesk) -> None:
        marks = replace(marks_of(desk.office, desk.ticket().day), sign=FORGER.sign)
        refused(shown(desk, signed_code(marks, desk.ticket())), "ticket-code-not-genuine")

    def test_of_a_machine_nobody_named(self, desk: CallingDesk) -> None:
        marks = replace(marks_of(desk.office, desk.ticket().day), device="another-machine")
        refused(shown(desk, signed_code(marks, desk.ticket())), "ticket-code-unknown-machine")

    @pytest.mark.parametrize("said", [timedelta(), timedelta(days=2)])
    def test_of_a_machine_that_was_taken_out_of_use(self, desk: CallingDesk, said: timedelta) -> None:
        """Whoever has its key may also write an earlier hour on today's slip."""
        ticket = desk.ticket()
        ended = Machine(public_key=OURS.public, until=ticket.taken_at - timedelta(days=1))
        meta = msgspec.json.encode({desk.queue.device: ended}).decode()
        desk.office.parts.vault.keep.put_meta(MACHINES, meta)
        forged = replace(ticket, taken_at=ticket.taken_at - said)
        refused(shown(desk, slip(desk, forged)), "ticket-code-after-end")

    def test_of_another_day(self, desk: CallingDesk) -> None:
        yesterday = replace(desk.ticket(known=False), day=desk.office.parts.clock.now().date() - timedelta(days=1))
        assert "11-19" in refused(shown(desk, slip(desk, yesterday)), "slip-of-another-day")

    def test_a_slip_for_the_next_day(self, desk: CallingDesk) -> None:
        ticket = desk.ticket()
        code = signed_code(marks_of(desk.office, ticket.day), ticket, carried=True)
        refused(shown(desk, code), "slip-carried")

    @pytest.mark.parametrize(
        "text", ["", "A012", "4711", "A012 47 11", "https://dating.example/t/abc", "12345678901234"]
    )
    def test_what_is_neither_code_nor_number(self, desk: CallingDesk, text: str) -> None:
        refused(shown(desk, text), "slip-unreadable")

    def test_a_damaged_code(self, desk: CallingDesk) -> None:
        refused(shown(desk, slip(desk, desk.ticket())[:-3]), "ticket-code-unreadable")

    def test_wrong_check_digits(self, desk: CallingDesk) -> None:
        ticket = desk.ticket()
        wrong = f"{(int(check_digits(DAY_KEY, ticket.number)) + 1) % 10000:04d}"
        assert ticket.number in refused(shown(desk, f"{ticket.number} {wrong}"), "slip-wrong-check")

    def test_without_the_days_key(self, desk: CallingDesk) -> None:
        desk.office.parts.vault.keep.put_meta(QUEUE_KEYS, "{}")
        refused(shown(desk, typed(desk.ticket())), "slip-no-key")

    def test_of_a_line_that_is_not_served_here(self, desk: CallingDesk) -> None:
        assert "综合受理" in refused(
            shown(desk, slip(desk, desk.ticket(letter="B", number="B004"))), "letter-elsewhere"
        )

    @pytest.mark.parametrize(
        ("state", "kind", "words"),
        [
            ("finished", "slip-served", "3号窗口已办结"),
            ("serving", "slip-served", "3号窗口办理中"),
            ("passed", "slip-passed", "3号窗口过号"),
            ("void", "slip-served", "作废"),
            ("not_served", "slip-served", "当日未办"),
        ],
    )
    def test_what_is_over_as_far_as_this_window_knows(
        self, desk: CallingDesk, state: str, kind: str, words: str
    ) -> None:
        at = desk.office.parts.clock.now()
        window = 3 if state in ("finished", "serving", "passed") else None
        ticket = desk.ticket(state=state, window=window, served_at=at, ended_at=None if state == "serving" else at)
        assert words in refused(shown(desk, slip(desk, ticket)), kind)


class TestOnce:
    """A slip is served once."""

    def test_shown_a_second_time_here(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(fallback=3)
        desk.cut()
        done(shown(desk, slip(desk, ticket)))
        assert "已凭票在本窗口接待" in refused(shown(desk, slip(desk, ticket)), "slip-served")
        done(calling.finish(desk.office, ticket.id))
        for text in (slip(desk, ticket), typed(ticket)):
            assert "已凭票在本窗口办结" in refused(shown(desk, text), "slip-served")
        assert len(papers(desk)) == 1

    def test_kept_by_another_window_as_this_one_has_heard(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(fallback=3)
        row = PaperServed(
            id="p", day=ticket.day, ticket="unread", number=ticket.number, letter="A", window=3, by="P204",
            at=desk.office.parts.clock.now(), how="check", real=ticket.id,
        )  # fmt: skip
        told(desk, row)
        desk.cut()
        assert "3号窗口接待" in refused(shown(desk, slip(desk, ticket)), "slip-served")

    def test_the_fact_is_ended_though_the_ticket_went_to_another_window(self, desk: CallingDesk) -> None:
        """After the merge the centre's row stands: served there; what was done here is still a fact with its end."""
        ticket = desk.ticket(fallback=3)
        desk.cut()
        done(shown(desk, slip(desk, ticket)))
        desk.decided()
        desk.tell(replace(ticket, state="finished", window=3, ended_at=desk.office.parts.clock.now()), "another", 3)
        done(calling.finish(desk.office, ticket.id, "advice"))
        (paper,) = papers(desk)
        assert (paper.outcome, paper.ended_at is not None) == ("advice", True)
        assert desk.now(ticket).window == 3

    def test_a_reserve_ticket_of_this_machine_needs_none(self, desk: CallingDesk) -> None:
        desk.cut()
        done(visit.take_ticket(desk.office, "A"))
        ticket = desk.called()
        done(calling.arrive(desk.office, ticket.id))
        assert "办理中" in refused(shown(desk, slip(desk, ticket)), "slip-served")
