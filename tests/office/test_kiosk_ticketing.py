"""取号机: one paper a ticket, whatever the line and the printer do; what the centre does not know yet is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.kiosk import machine as machine_module
from clerk_app.office.kiosk.kept import META
from clerk_app.office.kiosk.persons import Person, id_number_in, person_of
from clerk_app.office.kiosk.scanned import wish_of
from clerk_app.office.kiosk.services import appointment_times, services, windows_for
from clerk_app.office.kiosk.wishes import Taken, Wish
from clerk_app.office.registration.self_filling import ticket_named
from clerk_app.outside.ids import new_id
from clerk_app.ports import CentreProblem
from clerk_app.ports.kiosk import KioskLine
from clerk_app.queueing.citizen_token import ticket_token
from clerk_app.queueing.model import ticket_kind
from clerk_app.queueing.ticket_code import TicketCode, write
from clerk_app.receipts.slip import Qr, Slip, Text
from printers.virtual import Faults
from tests.office.kiosk_place import OLD, YOUNG, Place, kiosk_place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with kiosk_place(tmp_path) as place:
        yield place


def taken(outcome: Taken | Refusal) -> Taken:
    assert isinstance(outcome, Taken), outcome
    return outcome


def words(slip: Slip) -> str:
    return "\n".join(block.text for block in slip.blocks if isinstance(block, Text))


def who(place: Place, number: str) -> Person:
    person = person_of(place.office, number, place.clock.now().date())
    assert isinstance(person, Person), person
    return person


def test_it_is_printed_and_stands_in_the_line(place: Place) -> None:
    got = taken(place.machine.take(place.wish(aids=("large",))))
    assert (got.number, got.came, got.ahead, got.reserve) == ("B001", "out", 0, False)
    assert got.where == "综合区 4、5号窗口"
    (ticket,) = place.tickets()
    assert (ticket.id, ticket.state, ticket.aids) == (got.id, "waiting", ("large",))
    assert len(place.printer.jobs) == 1
    (slip,) = place.maker.made
    assert "B001" in words(slip)
    assert "您前面还有 0 人在等" in words(slip)
    code = next(block.data for block in slip.blocks if isinstance(block, Qr))
    assert ticket_named(code) == ticket_token(got.id), "the slip begins the self-fill form at this very machine"
    assert [row.told for row in place.machine.kept.rows()] == [True]


def test_a_double_tap_gives_one(place: Place) -> None:
    wish = place.wish()
    with ThreadPoolExecutor(4) as pool:
        outcomes = [taken(one) for one in pool.map(place.machine.take, [wish] * 4)]
    assert {one.number for one in outcomes} == {"B001"}
    assert len(place.printer.jobs) == len(place.tickets()) == 1
    place.line.cut = True
    wish = place.wish()
    assert taken(place.machine.take(wish)).number == taken(place.machine.take(wish)).number
    assert len(place.printer.jobs) == 2


def test_age_by_itself_is_a_ground(place: Place) -> None:
    old, young = who(place, OLD), who(place, f"姓名 {YOUNG[:6]}{YOUNG[6:]} 男")
    assert old.ground is not None
    assert (old.ground.key, young.ground) == ("elderly", None)
    assert old.digest != young.digest
    assert YOUNG not in repr(young)
    assert young.hidden == "4201**********1237"
    got = taken(place.machine.take(place.wish(person=old.digest, priority=old.ground.key)))
    assert got.number == "VB001"
    wrong = person_of(place.office, OLD[:-1] + "0", place.clock.now().date())
    assert isinstance(wrong, Refusal)
    assert "不刷也能取号" in wrong.sentence
    assert id_number_in("４２０１１１１９４００３０７１２３６") == OLD


def test_he_has_one_already_and_it_is_printed_again(place: Place) -> None:
    person = who(place, YOUNG).digest
    first = taken(place.machine.take(place.wish(person=person)))
    refused = place.machine.take(place.wish(person=person))
    assert isinstance(refused, Refusal)
    assert refused.type == "one-waiting"
    assert len(place.printer.jobs) == 1
    held = place.machine.held_by(person)
    assert not isinstance(held, Refusal)
    again = taken(place.machine.again(held[0], person))
    assert (again.number, again.copies, again.came) == (first.number, 2, "out")
    assert [slip.copy_no for slip in place.maker.made] == [1, 2]
    assert taken(place.machine.again(held[0], person)).copies == 3
    assert len(place.tickets()) == 1
    assert place.machine.held_by(who(place, OLD).digest) == ()


def test_no_paper_at_the_start_and_nothing_is_drawn(place: Place) -> None:
    place.printer.faults = Faults(paper_end=True)
    refused = place.machine.take(place.wish())
    assert isinstance(refused, Refusal)
    assert "缺纸" in refused.sentence or "没纸" in refused.sentence
    assert "总服务台" in refused.sentence
    assert place.tickets() == []
    assert place.machine.off()
    place.printer.faults = Faults()
    place.machine.turn()
    assert place.machine.off() == ""


def test_the_paper_does_not_come_out_and_the_number_is_void(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    real = place.machine._printer.status
    monkeypatch.setattr(place.machine._printer, "status", lambda: replace(real(), ready=True))
    place.printer.faults = Faults(cover_open=True)
    got = taken(place.machine.take(place.wish()))
    assert (got.came, place.printer.jobs) == ("none", [])
    assert got.said
    (ticket,) = place.tickets()
    assert (ticket.state, ticket.reason) == ("void", "号票没有打出来")
    place.printer.faults = Faults()
    assert taken(place.machine.take(place.wish())).number == "B002"


@pytest.mark.parametrize(("out", "state"), [(True, "waiting"), (False, "void")])
def test_nobody_knows_whether_it_came_out_and_he_says(place: Place, out: bool, state: str) -> None:
    place.printer.faults = Faults(echo="none", fence=False)
    got = taken(place.machine.take(place.wish()))
    assert got.came == "unsure"
    place.machine.turn()
    assert place.tickets()[0].state == "issuing", "nothing is told before he has answered"
    assert taken(place.machine.answer(got.id, out=out)).came == ("out" if out else "none")
    assert place.tickets()[0].state == state


def test_whoever_goes_without_a_word_has_it(place: Place) -> None:
    """The program ends while it asks: the number may be on paper, so it is called."""
    place.printer.faults = Faults(echo="none", fence=False)
    taken(place.machine.take(place.wish()))
    place.restart().turn()
    assert place.tickets()[0].state == "waiting"


def test_with_the_line_cut_a_number_of_the_reserve_and_its_window(place: Place) -> None:
    place.line.cut = True
    got = taken(place.machine.take(place.wish(person=who(place, YOUNG).digest)))
    second = taken(place.machine.take(place.wish()))
    assert got.reserve
    assert int(got.number[1:]) > 700
    assert int(second.number[1:]) == int(got.number[1:]) + 1
    assert {got.where, second.where} == {"综合区 4号窗口", "综合区 5号窗口"}
    assert "线路中断时取号" in words(place.maker.made[0])
    assert f"请到 {got.where[4]}号窗口 等" in words(place.maker.made[0])
    assert place.tickets() == []
    asked = place.line.asked
    taken(place.machine.take(place.wish()))
    assert place.line.asked == asked, "it is known to be cut: nobody is kept waiting"
    person = who(place, YOUNG).digest
    held = place.machine.held_by(person)
    assert not isinstance(held, Refusal)
    assert [one.number for one in held] == [got.number]
    place.line.cut = False
    place.machine.turn()
    states = {one.number: (one.state, one.reserve) for one in place.tickets()}
    assert states[got.number] == ("waiting", True)
    assert len(states) == 3
    assert all(row.told for row in place.machine.kept.rows())
    place.machine.turn()
    assert len(place.tickets()) == 3


def test_a_stopped_line_and_what_was_given_before_it_was_heard_of(place: Place) -> None:
    place.line.cut = True
    got = taken(place.machine.take(place.wish()))
    place.stop()
    place.line.cut = False
    place.machine.turn()
    assert [one.number for one in place.tickets()] == [got.number]
    line = next(one for one in place.machine.offered() if one.letter == "B")
    assert "起不再发号" in line.off
    refused = place.machine.take(place.wish())
    assert isinstance(refused, Refusal)
    assert refused.type == "line-stopped"


def test_an_answer_that_is_lost_leaves_no_second_ticket(place: Place) -> None:
    """The centre gave a number, and nobody here heard it: this person has one of the reserve, and that one is called off."""
    place.line.loses = True
    wish = place.wish()
    got = taken(place.machine.take(wish))
    assert got.reserve
    assert taken(place.machine.take(wish)).number == got.number
    assert len(place.printer.jobs) == 1
    place.line.cut = False
    place.machine.turn()
    states = {one.number: one.state for one in place.tickets()}
    assert states == {"B001": "void", got.number: "waiting"}


class Killed(BaseException):
    """The power fails."""


@pytest.mark.parametrize("cut", [False, True])
def test_power_fails_before_and_while_it_is_printed(place: Place, monkeypatch: pytest.MonkeyPatch, cut: bool) -> None:
    place.line.cut = cut

    def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(place.machine._printer, "send", dies)
        with pytest.raises(Killed):
            place.machine.take(place.wish())
    place.line.cut = False
    place.restart().turn()
    (ticket,) = place.tickets()
    assert ticket.state == "waiting", "its paper may be in somebody's hand"
    place.line.cut = True
    assert taken(place.machine.take(place.wish())).number != ticket.number
    if not cut:
        with monkeypatch.context() as patch:
            patch.setattr(place.machine.kept, "change", dies)
            patch.setattr(machine_module, "from_reserve", dies)
            with pytest.raises(Killed):
                place.machine.take(place.wish())


def test_power_fails_between_asking_and_printing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(place.machine, "_print_first", dies)
        with pytest.raises(Killed):
            place.machine.take(place.wish())
    assert place.tickets()[0].state == "issuing"
    place.restart().turn()
    assert place.tickets()[0].state == "waiting"
    real = place.line.real

    class Dying:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def issue(self, wanted: object) -> None:
            real.issue(wanted)  # type: ignore[arg-type]
            raise Killed

    place.line.real = Dying()  # type: ignore[assignment]
    with pytest.raises(Killed):
        place.machine.take(place.wish())
    place.line.real = real
    place.restart().turn()
    assert [one.state for one in place.tickets()] == ["waiting", "void"], "nothing had been printed of that one"


def test_the_reserve_runs_out_and_nobody_is_given_a_number_twice(place: Place) -> None:
    place.line.cut = True
    numbers = [place.machine.take(place.wish()) for _ in range(22)]
    given = [one.number for one in numbers if isinstance(one, Taken)]
    assert len(given) == len(set(given)) == 20
    last = numbers[-1]
    assert isinstance(last, Refusal)
    assert "备用号也用完了" in last.sentence
    assert len(place.printer.jobs) == 20
    place.line.cut = False
    place.machine.turn()
    assert len(place.tickets()) == 20
    place.line.cut = True
    assert taken(place.machine.take(place.wish())).number not in given, "it was leased anew"


def test_a_reserve_is_in_hand_for_today_and_the_next_working_day(tmp_path: Path) -> None:
    with kiosk_place(tmp_path, leased=False) as place:
        keep, today = place.office.parts.vault.keep, place.clock.now().date()
        for day in (today, date(2026, 11, 23)):
            for letter in ("A", "B", "K"):
                assert keep.next_serial(ticket_kind(letter, day, reserve=True)) is not None
        assert keep.next_serial(ticket_kind("A", today + timedelta(days=1), reserve=True)) is None


def test_what_the_centre_does_not_take_is_shown_and_kept(place: Place) -> None:
    place.line.cut = True
    got = taken(place.machine.take(place.wish()))
    place.line.cut = False
    real = place.line.real

    class Stubborn:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def issue(self, wanted: object) -> None:
            raise CentreProblem("number-used", "这个号已经用过，没有再用。换下一个号。", 409)

    place.line.real = Stubborn()  # type: ignore[assignment]
    place.machine.turn()
    (row,) = place.machine.refused()
    assert row.given is not None
    assert (row.given.number, row.refused) == (got.number, "这个号已经用过，没有再用。换下一个号。")
    place.line.real = real
    place.machine.turn()
    assert place.machine.refused() == ()
    assert [one.number for one in place.tickets()] == [got.number]


def test_nothing_of_a_person_lies_there_but_the_days_digest(place: Place, tmp_path: Path) -> None:
    person = who(place, YOUNG)
    place.line.cut = True
    taken(place.machine.take(place.wish(person=person.digest)))
    assert YOUNG not in (place.office.parts.vault.keep.meta(META) or "")
    lying = b"".join(file.read_bytes() for file in (tmp_path / "kiosk").rglob("*") if file.is_file())
    assert person.digest.encode() not in lying, "the file is encrypted"


def test_what_is_told_goes_with_its_day(place: Place) -> None:
    taken(place.machine.take(place.wish()))
    place.line.cut = True
    taken(place.machine.take(place.wish()))
    place.clock.moment += timedelta(days=1)
    place.machine.turn()
    assert [row.told for row in place.machine.kept.rows()] == [False, False], "one was asked for, one given out"
    place.clock.moment += timedelta(days=4)
    place.machine.turn()
    assert place.machine.kept.rows() == ()


def test_what_is_offered(place: Place) -> None:
    place.machine.take(place.wish())
    place.machine.turn()
    offered = {one.letter: one for one in place.machine.offered()}
    assert (offered["B"].name, offered["B"].waiting) == ("综合受理", 1)
    assert [item.name for item in offered["A"].items][:2] == ["公司设立", "公司变更"]
    place.line.cut = True
    place.machine.turn()
    assert all(one.waiting is None for one in place.machine.offered()), "nobody can know"
    hall = place.office.hall
    assert {one.letter for one in services(hall, None)} == set("ABCDEFGHJK")
    seen = (KioskLine(letter="A", waiting=0, windows=(3,)),)
    item = hall.items_at(2)[0]
    assert windows_for(hall, seen, "A") == (3,)
    assert windows_for(hall, None, "A", item.code) == (2, 3)
    times = [f"{at:%H:%M}" for at in appointment_times(hall, place.clock.now())]
    assert (times[0], times[-1]) == ("09:00", "17:30") or (times[0], times[-1]) == ("09:00", "17:00")
    assert "12:30" not in times


def carried_slip(place: Place, day: date) -> str:
    """次日条 of a ticket that was not called that day."""
    office = place.office
    assert office.parts.device_sign is not None
    code = TicketCode(
        id=new_id(), day=day, number="B017", letter="B", serial=17, taken_at=place.clock.moment - timedelta(days=1),
        device=office.parts.vault.keep.meta("device") or "", carried=True,
    )  # fmt: skip
    return f"ticket:{code.id}#{write(code, office.parts.device_sign)}"


def test_the_slip_of_who_was_not_called_gives_one_ticket_in_front(place: Place) -> None:
    scanned = carried_slip(place, date(2026, 11, 19))
    place.printer.faults = Faults(echo="none", fence=False)
    wish = wish_of(place.office, scanned)
    assert isinstance(wish, Wish), wish
    got = taken(place.machine.take(wish))
    taken(place.machine.answer(got.id, out=False))
    place.printer.faults = Faults()
    place.restart()
    again = wish_of(place.office, scanned)
    assert isinstance(again, Wish)
    got = taken(place.machine.take(again))
    assert (got.number, got.came) == ("VB002", "out"), "what never came out does not use it up"
    third = wish_of(place.office, scanned)
    assert isinstance(third, Wish)
    refused = place.machine.take(third)
    assert isinstance(refused, Refusal)
    assert "已经取过 VB002" in refused.sentence
    assert len(place.printer.jobs) == 2
    early = wish_of(place.office, carried_slip(place, place.clock.moment.date()))
    assert isinstance(early, Refusal)
    assert "11月23日" in early.sentence


def test_a_forged_or_foreign_code_is_no_ticket(place: Place) -> None:
    scanned = carried_slip(place, date(2026, 11, 19))
    forged = wish_of(place.office, scanned[:-3] + ("AAA" if not scanned.endswith("AAA") else "BBB"))
    assert isinstance(forged, Refusal)
    assert wish_of(place.office, "随便一句话") is None
    unknown = wish_of(place.office, "CASE:7K3M-Q9X2")
    assert isinstance(unknown, Refusal)
    assert "没有找到" in unknown.sentence
    place.line.cut = True
    away = wish_of(place.office, "7K3M-Q9X2")
    assert isinstance(away, Refusal)
    assert "线路断着" in away.sentence


def test_todays_own_slip_begins_the_form(place: Place) -> None:
    taken(place.machine.take(place.wish()))
    code = next(block.data for block in place.maker.made[0].blocks if isinstance(block, Qr))
    assert wish_of(place.office, code) is None
    assert ticket_named(code)
