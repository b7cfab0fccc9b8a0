"""心跳: who has heard of the centre when, what is said to it, and from which moment a window calls by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_app.duty.usecases import RecordSignOut
from clerk_app.office.counter import visit
from clerk_app.office.duty import leaving_desk
from clerk_app.office.duty.pausing_window import pause_for
from clerk_app.office.events import QueueLineChanged
from clerk_app.office.line.beating import BEAT
from clerk_app.office.running import Running
from clerk_app.office.signing_in import sign_out
from clerk_app.ports import CentreProblem
from tests.desk import sit
from tests.faults.waiting import until
from tests.office.calling_desk import CallingDesk, done
from tests.sync.test_listening import QuietLane


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CallingDesk]:
    desk = CallingDesk(tmp_path)
    yield desk
    desk.office.parts.vault.close()


def lines(desk: CallingDesk) -> list[str]:
    return [event.line for event in desk.told if isinstance(event, QueueLineChanged)]


def test_from_linked_to_unsure_to_cut_and_back(desk: CallingDesk) -> None:
    assert desk.beater.line == "unsure", "nobody has answered yet"
    assert desk.beat() == "linked"
    desk.queue.away = True
    assert desk.beat(3.0) == "linked"
    assert desk.beat(0.5) == "unsure"
    assert desk.beater.seconds_left == 7
    assert desk.beat(6.4) == "unsure"
    assert desk.beat(0.1) == "cut"
    desk.queue.away = False
    assert desk.beat() == "linked", "nothing was done meanwhile"
    assert lines(desk) == ["linked", "unsure", "cut", "linked"]


def test_the_cut_is_seen_without_a_beat(desk: CallingDesk) -> None:
    """A beat whose answer does not come may hang: the moment comes all the same."""
    desk.beat()
    desk.seconds.now += 9.9
    assert desk.beater.line == "unsure"
    desk.seconds.now += 0.1
    assert desk.beater.line == "cut"


def test_what_was_done_alone_keeps_the_share_until_it_is_told(desk: CallingDesk) -> None:
    desk.ticket(fallback=2)
    desk.cut()
    desk.called()
    desk.queue.away = False
    assert [desk.beat(), desk.beat()] == ["settling", "settling"]
    assert [said.lease for said in desk.queue.beats[-2:]] == [0.0, 0.0], "until then its share is its own"
    desk.decided()
    assert desk.beat() == "linked"
    assert desk.queue.beats[-1].lease == 0.0
    assert desk.beat() == "linked"
    assert desk.queue.beats[-1].lease == desk.queue.line.leases - 1, "the newest it got"


def test_gone_again_while_it_settles_it_calls_on(desk: CallingDesk) -> None:
    desk.ticket(fallback=2)
    desk.cut()
    desk.called()
    desk.queue.away = False
    assert desk.beat() == "settling"
    desk.queue.away = True
    assert desk.beat(4.0) == "cut"


def test_each_beat_says_the_newest_lease_that_was_got(desk: CallingDesk) -> None:
    for _ in range(3):
        desk.beat()
    assert [said.lease for said in desk.queue.beats] == [0.0, 1001.0, 1002.0]
    desk.queue.deaf.add("beat")
    desk.beat()
    desk.beat()
    assert [said.lease for said in desk.queue.beats[-2:]] == [1003.0, 1003.0], "half cut: an answer lost is no lease"


def test_just_started_it_waits_until_the_oldest_possible_lease_is_over(desk: CallingDesk) -> None:
    desk.queue.away = True
    assert desk.beat(4.9) == "unsure"
    assert desk.beat(0.1) == "cut"


def test_started_again_with_work_that_is_not_told(desk: CallingDesk) -> None:
    desk.ticket(fallback=2)
    desk.cut()
    desk.called()
    desk.queue.away = False
    desk.beater = desk.new_beater()
    assert desk.beat() == "settling"
    assert desk.queue.beats[-1] == replace(desk.queue.beats[-1], open=True, lease=0.0)
    desk.decided()
    assert desk.beat() == "linked"


def test_open_is_somebody_signed_in_who_calls_and_is_not_paused(desk: CallingDesk) -> None:
    desk.beat()
    assert desk.queue.beats[-1].open
    done(pause_for(desk.office, "整理材料"))
    desk.beat()
    assert not desk.queue.beats[-1].open
    leaving_desk.resume(desk.office)
    desk.beat()
    assert desk.queue.beats[-1].open
    sign_out(desk.office)
    desk.beat()
    assert not desk.queue.beats[-1].open
    assert desk.queue.beats[-1].window == 2


def test_a_person_without_letters_opens_no_window(desk: CallingDesk) -> None:
    sit(desk.office, "P201")
    desk.beat()
    said = desk.queue.beats
    assert [(one.window, one.open) for one in said] == [(2, False), (21, False)], (
        "who sits elsewhere leaves this window"
    )
    desk.beat()
    assert [one.window for one in said[2:]] == [21]


def test_after_it_said_that_nobody_calls_here_its_share_is_nobodys_own(desk: CallingDesk) -> None:
    held, dealt = desk.ticket(fallback=2, minutes=1), desk.ticket(fallback=2, minutes=9)
    desk.tell(held, desk.queue.device, 7)
    desk.beat()
    assert desk.beater.dealt
    done(pause_for(desk.office, "整理材料"))
    desk.beat()
    assert not desk.beater.dealt
    desk.queue.away = True
    leaving_desk.resume(desk.office)
    assert desk.beat(10.0) == "cut"
    assert desk.called().id == held.id, "the older one was dealt to others meanwhile"
    assert desk.now(dealt).state == "waiting"


def test_a_pause_in_the_cut_gives_nothing_away(desk: CallingDesk) -> None:
    ticket = desk.ticket(fallback=2)
    desk.cut()
    done(pause_for(desk.office, "喝水、如厕"))
    desk.beat()
    leaving_desk.resume(desk.office)
    desk.beat()
    assert desk.beater.dealt
    assert desk.called().id == ticket.id


def test_started_again_in_the_cut_with_nobody_signed_in_it_keeps_its_share(desk: CallingDesk) -> None:
    desk.ticket(fallback=2)
    desk.cut()
    session = desk.office.session
    desk.office.session = None
    desk.beater = desk.new_beater()
    desk.beat(6.0)
    desk.office.session = session
    assert desk.beater.line == "cut"
    assert desk.beater.dealt
    desk.called()


def test_closed_in_order_it_says_so_and_has_no_share_when_it_comes_back(desk: CallingDesk) -> None:
    desk.ticket(fallback=2)
    desk.beat()
    desk.beater.close()
    assert [said.open for said in desk.queue.beats] == [True, False]
    desk.queue.away = True
    desk.beater = desk.new_beater()
    desk.beat(6.0)
    assert "号叫完了" in getattr(desk.next(), "sentence", "")


def test_closed_in_the_cut_it_says_nothing(desk: CallingDesk) -> None:
    desk.cut()
    before = len(desk.queue.beats)
    desk.queue.away = False
    desk.beater.close()
    assert len(desk.queue.beats) == before
    assert desk.beater.dealt


def test_an_older_centre_without_the_route_goes_by_the_line(desk: CallingDesk) -> None:
    desk.queue.problem = CentreProblem("no-such-path", "中心没有这个接口。", 404)
    assert desk.beat() == "linked"
    desk.connected = False
    assert desk.beat() == "cut"
    desk.queue.problem, desk.connected = None, True
    assert desk.beat() == "linked"
    assert not desk.beater.without_route


def test_a_centre_that_refuses_this_machine_is_no_answer(desk: CallingDesk) -> None:
    desk.beat()
    desk.queue.problem = CentreProblem("device-revoked", "这台电脑已被停用。", 401)
    assert desk.beat(9.0) == "unsure"
    assert desk.beat(1.0) == "cut"


def test_without_a_centre_of_the_line_it_is_alone(desk: CallingDesk) -> None:
    desk.office.parts = replace(desk.office.parts, queue=None)
    assert desk.beater.step() == BEAT
    assert desk.beater.line == "cut"


def test_what_belongs_to_no_ticket_settles_nothing(desk: CallingDesk) -> None:
    desk.cut()
    fields = desk.office.stamp().fields(desk.office.parts.new_id)
    done(desk.office.do(RecordSignOut(**fields, sign_in=desk.office.session.id)))
    desk.queue.away = False
    assert desk.beat() == "linked"


def test_a_pause_is_said_at_once_and_the_loops_end_with_a_word(desk: CallingDesk) -> None:
    """The real loop: its rest of a second and a half is cut short, and the last word is that nobody calls."""
    running = Running(desk.office, QuietLane())
    running.start()
    try:
        until(lambda: len(desk.queue.beats) == 1)
        done(pause_for(desk.office, "整理材料"))
        until(lambda: len(desk.queue.beats) == 2, patience=1.2)
        assert not desk.queue.beats[-1].open
        before = len(desk.queue.beats)
        visit.take_ticket(desk.office, "A")
        leaving_desk.resume(desk.office)
        until(lambda: desk.queue.beats[-1].open, patience=1.2)
        assert len(desk.queue.beats) == before + 1, "no other act hastens it"
        assert running.beat.line == "linked"
    finally:
        running.stop()
    assert not desk.queue.beats[-1].open
