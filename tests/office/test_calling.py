"""叫号 with the line up, just gone, cut and settling: who is called, who is not, and what is said instead."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.office.counter import calling, given, visit
from clerk_app.office.duty.pausing_window import pause_for
from clerk_app.ports import CentreProblem
from clerk_app.queueing.model import FRONT, Lifted
from clerk_app.queueing.ordering import MoveWindow
from clerk_app.sync.wire import read_envelope
from tests.desk import CutCentre, sit
from tests.office.calling_desk import CallingDesk, ClaimCentre, done, refused

HELD_SINCE = 7


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CallingDesk]:
    desk = CallingDesk(tmp_path)
    yield desk
    desk.office.parts.vault.close()


class TestLinked:
    """The centre gives each."""

    def test_the_next_is_the_centres_under_its_hold(self, desk: CallingDesk) -> None:
        """The window had not even heard of it."""
        desk.beat()
        ticket = desk.ticket(known=False, item="")
        done(desk.next())
        current = desk.current()
        assert current is not None
        assert (current.id, current.state, current.calls, current.fallback) == (ticket.id, "called", 1, 2)
        journal = desk.office.parts.vault.journal
        envelope = read_envelope(journal.envelope(journal.rows((), 1)[0].id) or b"")
        assert envelope.body["fences"] == {f"ticket:{ticket.id}": 1}
        until = desk.office.read(lambda books: books.hold_until(f"ticket:{ticket.id}"))
        assert until is not None

    def test_nobody_there_is_said_in_the_centres_words(self, desk: CallingDesk) -> None:
        desk.beat()
        assert refused(desk.next(), "nobody-waiting") == "现在没有人等候。"

    @pytest.mark.parametrize("reason", ["busy", "paused", "not-on-post"])
    def test_what_cannot_be_called_is_not_asked_for(self, desk: CallingDesk, reason: str) -> None:
        desk.beat()
        desk.ticket()
        kind = {"busy": "window-busy", "paused": "window-paused", "not-on-post": "not-on-post"}[reason]
        if reason == "busy":
            desk.called()
            desk.ticket()
        elif reason == "paused":
            done(pause_for(desk.office, "整理材料"))
        else:
            session = desk.office.session
            assert session is not None
            desk.office.session = replace(session, person=desk.office.hall.roster.people["P204"])
        before = len(desk.queue.asked)
        refused(desk.next(), kind)
        assert len(desk.queue.asked) == before, "nothing was given away for nothing"

    def test_what_is_done_here_already_is_not_given_twice(self, desk: CallingDesk) -> None:
        """The centre has not heard that the first is over: it is told which one was called, and gives another."""
        first, second = desk.ticket(minutes=9), desk.ticket(minutes=8)
        desk.beat()
        assert desk.called().id == first.id
        done(calling.arrive(desk.office, first.id))
        done(calling.finish(desk.office, first.id))
        assert desk.called().id == second.id
        assert [said for what, said in desk.queue.asked if what == "next"] == ["", "", first.id]
        assert desk.now(first).state == "finished"

    def test_an_answer_that_was_lost_is_given_again(self, desk: CallingDesk) -> None:
        first = desk.ticket()
        desk.ticket(minutes=1)
        desk.beat()
        desk.queue.deaf.add("next")
        refused(desk.next(), "line-unsure")
        desk.queue.deaf.clear()
        assert desk.called().id == first.id

    def test_nobody_is_asked_for_again_when_the_centre_has_heard(
        self, desk: CallingDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A ticket taken here a moment ago is on its way; the answer counts that was made with it."""
        desk.beat()
        done(visit.take_ticket(desk.office, "A"))
        waits = desk.ticket(waiting=False, known=False)

        def told(office: object) -> bool:
            desk.decided()
            desk.queue.line.put(waits)
            return True

        monkeypatch.setattr(given, "until_told", told)
        assert desk.called().id == waits.id

    def test_a_refusal_of_the_centre_is_its_own_sentence(self, desk: CallingDesk) -> None:
        desk.beat()
        desk.queue.problem = CentreProblem("unknown-window", "本大厅没有2号窗口，什么都没动。核对窗口号。", 404)
        assert "核对窗口号" in refused(desk.next(), "unknown-window")

    def test_signed_out_nobody_calls(self, desk: CallingDesk) -> None:
        desk.beat()
        desk.office.session = None
        with pytest.raises(LookupError):
            desk.next()

    def test_a_chosen_one_is_asked_for_by_name(self, desk: CallingDesk) -> None:
        desk.beat()
        desk.ticket(minutes=9)
        later = desk.ticket(minutes=1)
        claims = ClaimCentre()
        desk.office.parts = replace(desk.office.parts, centre=claims)
        done(calling.call_chosen(desk.office, desk.beater, later.id))
        assert desk.now(later).state == "called"
        assert claims.asked == [f"ticket:{later.id}"]

    def test_an_appointment_is_not_chosen_before_its_hour(self, desk: CallingDesk) -> None:
        desk.beat()
        at = desk.office.parts.clock.now() + timedelta(minutes=20)
        ticket = desk.ticket(appointment=at)
        claims = ClaimCentre()
        desk.office.parts = replace(desk.office.parts, centre=claims)
        assert f"{at:%H:%M}" in refused(calling.call_chosen(desk.office, desk.beater, ticket.id), "not-due")
        assert claims.asked == []
        desk.later(20 * 60)
        done(calling.call_chosen(desk.office, desk.beater, ticket.id))

    def test_a_chosen_one_that_is_anothers_is_said(self, desk: CallingDesk) -> None:
        desk.beat()
        ticket = desk.ticket()
        claims = ClaimCentre(granted=False)
        desk.office.parts = replace(desk.office.parts, centre=claims)
        assert ticket.number in refused(calling.call_chosen(desk.office, desk.beater, ticket.id), "ticket-elsewhere")
        desk.office.parts = replace(desk.office.parts, centre=CutCentre())
        refused(calling.call_chosen(desk.office, desk.beater, ticket.id), "line-unsure")
        assert desk.now(ticket).state == "waiting"

    def test_an_older_centre_is_asked_for_each_by_its_hold(self, desk: CallingDesk) -> None:
        desk.queue.problem = CentreProblem("no-such-path", "中心没有这个接口。", 404)
        desk.beat()
        claims = ClaimCentre()
        desk.office.parts = replace(desk.office.parts, centre=claims)
        first = desk.ticket(minutes=9)
        desk.ticket(minutes=1)
        assert desk.called().id == first.id
        assert claims.asked == [f"ticket:{first.id}"]


class TestAlone:
    """Cut and settling: the own share."""

    def test_just_gone_it_says_in_how_many_seconds(self, desk: CallingDesk) -> None:
        desk.ticket(fallback=2)
        desk.beat()
        desk.queue.away = True
        desk.beat(4.0)
        assert "再过 6 秒" in refused(desk.next(), "line-unsure")
        desk.beat(6.0)
        desk.called()

    def test_its_own_share_in_order_and_nobody_elses(self, desk: CallingDesk) -> None:
        late, early = desk.ticket(fallback=2, minutes=5), desk.ticket(fallback=2, minutes=30)
        old = desk.ticket(fallback=2, minutes=2, priority="elderly", number="VA003")
        others = [desk.ticket(fallback=3, minutes=90), desk.ticket(fallback=0, minutes=90)]
        theirs = desk.ticket(fallback=2, minutes=90)
        desk.tell(theirs, "another-machine", 5)
        desk.cut()
        share = desk.office.read(lambda books: calling.own_share(desk.office, books))
        assert [one.id for one in share] == [old.id, early.id, late.id]
        for ticket in (old, early, late):
            assert desk.called().id == ticket.id
            done(calling.pass_over(desk.office, ticket.id, "本人不办了", early=True))
        assert "号叫完了" in refused(desk.next(), "nobody-waiting")
        assert {desk.now(one).state for one in (*others, theirs)} == {"waiting"}

    def test_who_waited_long_stands_with_the_priority_ones(self, desk: CallingDesk) -> None:
        ageing = desk.office.hall.queue.timing.ageing_minutes
        assert ageing
        aged = desk.ticket(fallback=2, minutes=ageing + 1)
        desk.ticket(fallback=2, minutes=ageing - 5, priority="elderly", number="VA009")
        desk.cut()
        assert desk.called().id == aged.id

    def test_an_appointment_is_not_called_before_its_hour(self, desk: CallingDesk) -> None:
        at = desk.office.parts.clock.now() + timedelta(minutes=3)
        appointed = desk.ticket(fallback=2, minutes=60, appointment=at, number="YA001")
        desk.cut()
        refused(desk.next(), "nobody-waiting")
        desk.later(181)
        assert desk.called().id == appointed.id

    def test_what_this_machine_holds_is_called_whoever_it_was_dealt_to(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(fallback=3)
        desk.tell(ticket, desk.queue.device, HELD_SINCE)
        desk.cut()
        assert desk.called().id == ticket.id

    def test_letters_of_the_day_are_called(self, desk: CallingDesk) -> None:
        other = desk.ticket(fallback=2, letter="B", number="B001")
        move_window(desk, ("B",))
        desk.ticket(fallback=2)
        desk.cut()
        assert desk.called().id == other.id
        shown = desk.office.read(lambda books: calling.waiting_now(desk.office, books))
        assert shown == ()

    def test_chosen_only_of_its_own_share(self, desk: CallingDesk) -> None:
        mine, theirs = desk.ticket(fallback=2), desk.ticket(fallback=3)
        desk.cut()
        said = refused(calling.call_chosen(desk.office, desk.beater, theirs.id), "share-elsewhere")
        assert "3号窗口" in said
        assert theirs.number in said
        done(calling.call_chosen(desk.office, desk.beater, mine.id))

    def test_settling_it_goes_on_with_its_own_share(self, desk: CallingDesk) -> None:
        first, second = desk.ticket(fallback=2, minutes=9), desk.ticket(fallback=2, minutes=8)
        desk.cut()
        assert desk.called().id == first.id
        done(calling.pass_over(desk.office, first.id, "本人不办了", early=True))
        desk.queue.away = False
        assert desk.beat() == "settling"
        before = len(desk.queue.asked)
        assert desk.called().id == second.id
        assert len(desk.queue.asked) == before

    def test_without_any_centre_of_the_line_it_calls_its_own(self, desk: CallingDesk) -> None:
        ticket = desk.ticket(fallback=2)
        desk.office.parts = replace(desk.office.parts, queue=None)
        assert desk.called().id == ticket.id

    def test_a_desk_without_a_beat_calls_what_it_holds_when_nobody_answers(self, desk: CallingDesk) -> None:
        desk.ticket(fallback=2, minutes=30)
        held = desk.ticket(minutes=1)
        desk.tell(held, desk.queue.device, HELD_SINCE)
        desk.queue.away = True
        done(calling.call_next(desk.office))
        current = desk.current()
        assert current is not None
        assert current.id == held.id
        done(calling.pass_over(desk.office, held.id, "本人不办了", early=True))
        refused(calling.call_next(desk.office), "line-cut")

    def test_it_takes_under_ten_milliseconds(self, desk: CallingDesk) -> None:
        """With the line of a full morning on its machine; counted is this thread's work, for others work here too."""
        for minutes in range(240):
            desk.ticket(fallback=2 + minutes % 2, minutes=minutes)
        desk.cut()
        took = []
        for _ in range(15):
            began = time.thread_time()
            outcome = desk.next()
            took.append(time.thread_time() - began)
            done(outcome)
            current = desk.current()
            assert current is not None
            done(calling.pass_over(desk.office, current.id, "本人不办了", early=True))
        assert min(took) < 0.010, took  # beside others even the processor's own seconds are longer


def move_window(desk: CallingDesk, letters: tuple[str, ...]) -> None:
    """窗口改队, as the duty manager's desk does it."""
    mine = desk.office.session
    sit(desk.office, "P101")
    stamp = desk.office.stamp()
    fields = stamp.fields(desk.office.parts.new_id)
    done(desk.office.do(MoveWindow(**fields, day=stamp.at.date(), of_window=2, letters=letters, reason="人多")))
    desk.decided()
    desk.office.session = mine


class TestWaiting:
    """等候 as the page shows it."""

    def shown(self, desk: CallingDesk, line: str = "linked") -> list[str]:
        return [t.id for t in desk.office.read(lambda books: calling.waiting_now(desk.office, books, line))]

    def test_of_this_windows_letters_in_order_with_what_it_serves(self, desk: CallingDesk) -> None:
        last, first = desk.ticket(minutes=3), desk.ticket(minutes=20, fallback=3)
        desk.ticket(letter="B", number="B001")
        desk.ticket(item="11429900MBX002022C4000131016001")
        desk.ticket(state="issuing")
        mine = desk.ticket(minutes=1, item="11429900MBX002022C4000131001001")
        top = desk.ticket(minutes=1, rank=FRONT)
        assert self.shown(desk) == [top.id, first.id, last.id, mine.id]
        assert self.shown(desk, "cut") == []
        share = desk.ticket(fallback=2)
        assert self.shown(desk, "settling") == [share.id]

    def test_led_to_another_window_it_is_not_for_this_one(self, desk: CallingDesk) -> None:
        led = desk.ticket(to_window=3)
        own = desk.ticket(to_window=2)
        assert self.shown(desk) == [own.id]
        assert led.to_window == 3

    def test_the_old_names_do_the_same(self, desk: CallingDesk) -> None:
        ticket = desk.ticket()
        assert desk.office.read(lambda books: visit.waiting_tickets(desk.office, books))[0].id == ticket.id
        done(visit.call_next(desk.office))
        done(visit.arrive(desk.office, ticket.id))
        done(visit.finish(desk.office, ticket.id))
        assert desk.now(ticket).state == "finished"


class TestArriving:
    """来了: with the line cut, the slip."""

    def test_called_from_the_own_share_in_a_cut_the_slip_is_asked_for(self, desk: CallingDesk) -> None:
        desk.ticket(fallback=2)
        desk.cut()
        ticket = desk.called()
        done(calling.call(desk.office, ticket.id))
        said = refused(calling.arrive(desk.office, ticket.id), "slip-needed")
        assert said == "线路断着，请收下号票再办：扫票上的码，或输号码和 4 位校验码。"
        assert desk.now(ticket).state == "called"
        desk.queue.away = False
        desk.beat()
        desk.decided()
        done(calling.arrive(desk.office, ticket.id))

    def test_held_since_before_the_cut_nobody_else_can_have_called_him(self, desk: CallingDesk) -> None:
        desk.ticket()
        desk.beat()
        ticket = desk.called()
        desk.cut()
        done(calling.arrive(desk.office, ticket.id))

    def test_given_but_not_called_before_the_cut(self, desk: CallingDesk) -> None:
        ticket = desk.ticket()
        desk.tell(ticket, desk.queue.device, HELD_SINCE)
        desk.cut()
        assert desk.called().id == ticket.id
        done(calling.arrive(desk.office, ticket.id))

    def test_a_reserve_ticket_born_here(self, desk: CallingDesk) -> None:
        desk.cut()
        done(visit.take_ticket(desk.office, "A"))
        ticket = desk.called()
        assert ticket.reserve
        done(calling.arrive(desk.office, ticket.id))


class TestOtherActs:
    """What needs no question to anybody."""

    @pytest.fixture
    def ticket(self, desk: CallingDesk) -> str:
        desk.ticket()
        desk.beat()
        return desk.called().id

    def test_pass_is_offered_after_the_calls_and_the_interval(self, desk: CallingDesk, ticket: str) -> None:
        office, rules = desk.office, desk.office.hall.queue
        assert "才叫 1 次" in refused(calling.pass_over(office, ticket, "叫号未到"), "pass-early")
        for _ in range(rules.max_calls - 1):
            done(calling.call(office, ticket))
        assert "再等" in refused(calling.pass_over(office, ticket, "叫号未到"), "pass-early")
        refused(calling.pass_over(office, ticket, " ", early=True), "reason-missing")
        desk.later(rules.timing.call_interval)
        done(calling.pass_over(office, ticket, "叫号未到"))

    def test_hold_several_and_resume(self, desk: CallingDesk, ticket: str) -> None:
        office = desk.office
        done(calling.arrive(office, ticket))
        done(calling.hold(office, ticket, "去复印"))
        other = desk.ticket()
        assert desk.called().id == other.id
        done(calling.hold(office, other.id, "填表"))
        held = office.read(lambda books: calling.held_here(office, books))
        assert [one.id for one in held] == [ticket, other.id]
        done(calling.resume(office, ticket))
        refused(calling.resume(office, other.id), "window-busy")
        assert desk.current() is not None

    def test_put_back_rejoin_and_right(self, desk: CallingDesk, ticket: str) -> None:
        office = desk.office
        refused(calling.put_back(office, ticket, ""), "reason-missing")
        done(calling.put_back(office, ticket, "叫错了"))
        done(calling.call(office, ticket))
        done(calling.pass_over(office, ticket, "本人不办了", early=True))
        done(calling.rejoin(office, ticket))
        refused(calling.rejoin(office, ticket), "ticket-not-passed")
        refused(calling.right(office, ticket, " "), "reason-missing")
        done(calling.right(office, ticket, "被误过号"))
        row = office.read(lambda books: books.ticket(ticket))
        assert row is not None
        assert [lift.wronged for lift in row.lifts] == [True]
        assert isinstance(row.lifts[0], Lifted)

    def test_finish_says_what_came_of_it(self, desk: CallingDesk, ticket: str) -> None:
        done(calling.arrive(desk.office, ticket))
        refused(calling.finish(desk.office, ticket, "sold"), "unknown-outcome")
        done(calling.finish(desk.office, ticket, "advice"))
        row = desk.office.read(lambda books: books.ticket(ticket))
        assert row is not None
        assert row.outcome == "advice"

    def test_given_up_by_another_window_he_is_resumed_here(self, desk: CallingDesk, ticket: str) -> None:
        row = desk.office.read(lambda books: books.ticket(ticket))
        done(calling.hold(desk.office, ticket, "去缴费"))
        row = desk.office.read(lambda books: books.ticket(ticket))
        assert row is not None
        desk.decided()
        desk.tell(replace(row, window=3), "", 9)
        held = desk.office.read(lambda books: calling.held_here(desk.office, books))
        assert [one.id for one in held] == [ticket]
        desk.tell(replace(row, window=3), "another-machine", 10)
        assert desk.office.read(lambda books: calling.held_here(desk.office, books)) == ()
