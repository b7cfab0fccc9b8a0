"""自助取号 at the centre, on both databases: one number a ticket, in order, for good; and what was given out in a cut is a fact."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.outside.ids import new_id
from clerk_app.outside.kiosk_line import HttpKiosk
from clerk_app.outside.line import HttpLine
from clerk_app.ports import CentreProblem
from clerk_app.ports.queue import TicketWanted
from clerk_app.queueing.citizen_token import case_token
from clerk_app.queueing.model import LineStop
from clerk_app.queueing.on_paper import EndByPaper, ServeByPaper
from clerk_app.server import enrolment, feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.holds import CentreBooks
from clerk_app.server.tables import audit_events
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.tables import number_blocks, numbers_used
from clerk_app.sync import protocol
from tests.faults.centres import CODE as PROCESS_CODE
from tests.faults.centres import CentreProcess, prepare
from tests.server.asgi import Answer
from tests.server.conftest import Clock
from tests.server.desk import DAY, HALL, ITEM, NOW, Desk, new_key

PERSON = "0f" * 16
RESERVE = f"ticket-reserve:A:{DAY}"


@pytest.fixture
def kiosk(app: Any, office: CentreOffice) -> Desk:
    """Let in as a kiosk at the service desk; nobody sits there."""
    return enrolled(app, office)


def enrolled(app: Any, office: CentreOffice) -> Desk:
    desk = Desk(app, window=1)
    with office.database.writing() as connection:
        code = enrolment.make_code(connection, (HALL, 1), office.now(), 1, enrolment.SELF_FILL).code
    body = {"code": code, "window": 1, "public_key": desk.key.public}
    desk.device = desk.send("POST", protocol.DEVICES, body).json["device"]
    return desk


def ask(kiosk: Desk, letter: str = "A", **more: Any) -> Answer:
    wanted = {"id": new_id(), "letter": letter, "taken_at": NOW.isoformat(), **more}
    return kiosk.send("POST", protocol.TICKETS, wanted)


def say(kiosk: Desk, ticket: str, *, out: bool) -> Answer:
    return kiosk.send("POST", protocol.TICKETS_ISSUED.replace("{ticket}", ticket), {"out": out})


def cut(kiosk: Desk, block: dict[str, Any], serial: int, **more: Any) -> Answer:
    """Given out while nobody answered."""
    return ask(kiosk, **{"block": block["id"], "serial": serial, "wait_window": 3, **more})


def standing(office: CentreOffice, ticket: str) -> Any:
    with office.database.reading() as connection:
        books = CentreBooks(Cabinet(connection, HALL), office.hall_in_force(connection, HALL), "")
        return books.ticket(ticket)


def stop(office: CentreOffice, letter: str = "A") -> None:
    """止号 by the duty manager."""
    with office.database.writing() as connection:
        cabinet = Cabinet(connection, HALL)
        books = CentreBooks(cabinet, office.hall_in_force(connection, HALL), "")
        reopens = NOW + timedelta(days=3)
        row = {"id": new_id(), "day": DAY, "letter": letter, "at": NOW, "by": "P103", "reason": "人太多"}
        books.put_line_stop(LineStop(**row, reopens=reopens))
        cabinet.flush()


def used(office: CentreOffice, kind: str) -> list[int]:
    query = select(numbers_used.c.serial).where(numbers_used.c.hall == HALL, numbers_used.c.kind == kind)
    with office.database.reading() as connection:
        return sorted(connection.execute(query).scalars())


def drawn(office: CentreOffice, kind: str) -> list[int]:
    b = number_blocks.c
    with office.database.reading() as connection:
        rows = connection.execute(select(b.first, b.last).where(b.hall == HALL, b.kind == kind)).all()
    return sorted(serial for row in rows for serial in range(row.first, row.last + 1))


def test_numbers_go_out_in_order_and_stand_in_the_line_when_the_slip_is_out(kiosk: Desk, desk: Desk, office) -> None:
    first, second = ask(kiosk), ask(kiosk, item=ITEM, aids=["large", "visual"], priority="elderly")
    assert (first.status, second.status) == (200, 200), (first.json, second.json)
    assert (first.json["number"], first.json["state"], first.json["ahead"]) == ("A001", "issuing", 0)
    assert (second.json["number"], second.json["ahead"]) == ("VA002", 0), "first in line, whoever came before"
    assert ask(kiosk).json["ahead"] == 2
    told = {c["subject"]: c["row"] for c in desk.changes().json["changes"]}
    row = told[f"ticket:{second.json['id']}"]
    assert (row["state"], row["item"], row["aids"], row["taken_window"]) == ("issuing", ITEM, ["large", "visual"], 1)
    assert say(kiosk, first.json["id"], out=True).json["state"] == "waiting"
    told = {c["subject"]: c["row"] for c in desk.changes().json["changes"]}
    assert told[f"ticket:{first.json['id']}"]["state"] == "waiting", "every window hears of it"
    assert desk.states(desk.record(desk.present()), desk.record(desk.called(first.json["id"]))) == ["applied"] * 2
    with office.database.reading() as connection:
        noted = connection.execute(select(audit_events.c.kind, audit_events.c.window).order_by(audit_events.c.id)).all()
    assert [row for row in noted if row[0].startswith("ticket")][-1] == ("ticket_out", 1)


def test_whoever_comes_to_wait_is_some_open_windows(kiosk: Desk, desk: Desk) -> None:
    lease = 0.0
    for _ in range(2):
        lease = desk.send("POST", protocol.BEATS, {"window": 2, "open": True, "lease": lease}).json["lease"]
    given = ask(kiosk).json
    assert given["fallback"] == 0, "its slip is not out"
    assert say(kiosk, given["id"], out=True).json["fallback"] == 2
    told = [c["row"] for c in desk.changes().json["changes"] if c["subject"] == f"ticket:{given['id']}"]
    assert [row["fallback"] for row in told] == [0, 2]
    rows = {one["letter"]: one["windows"] for one in kiosk.send("GET", protocol.TICKETS).json["lines"]}
    assert (rows["A"], rows["B"]) == ([2], []), "where somebody calls"


def test_asked_again_it_is_the_same_ticket(kiosk: Desk, app: Any, office: CentreOffice) -> None:
    key = new_id()
    answers = [ask(kiosk, id=key, letter=letter).json for letter in ("A", "A", "B")]
    assert {one["number"] for one in answers} == {"A001"}
    assert drawn(office, f"ticket:A:{DAY}") == used(office, f"ticket:A:{DAY}") == [1]
    assert drawn(office, f"ticket:B:{DAY}") == []
    assert ask(enrolled(app, office)).json["number"] == "A002"


def test_nothing_came_out_and_the_number_is_void(kiosk: Desk, app: Any, office: CentreOffice) -> None:
    given = ask(kiosk, person=PERSON).json
    assert say(kiosk, given["id"], out=False).json["state"] == "void"
    assert standing(office, given["id"]).reason == "号票没有打出来"
    assert say(kiosk, given["id"], out=True).json["state"] == "void", "the first word counts"
    again = ask(kiosk, person=PERSON).json
    assert again["number"] == "A002", "he may take another one"
    assert say(kiosk, again["id"], out=True).json["state"] == "waiting"
    assert say(kiosk, again["id"], out=False).json["state"] == "waiting"
    assert say(kiosk, new_id(), out=True).type == "unknown-ticket"
    assert used(office, f"ticket:A:{DAY}") == [1, 2], "both numbers are somebody's: no gap"
    third = ask(kiosk).json
    other = Desk(app, window=4).open()
    assert say(other, third["id"], out=False).type == "unknown-ticket", "only where it was to come out"
    assert standing(office, third["id"]).state == "issuing"


def test_a_stopped_line_gives_none_and_says_from_when(kiosk: Desk, office: CentreOffice) -> None:
    stop(office)
    refused = ask(kiosk)
    assert (refused.status, refused.type) == (409, "line-stopped")
    assert "11月23日 9:05" in refused.sentence
    assert drawn(office, f"ticket:A:{DAY}") == [], "no number went with it"
    rows = {one["letter"]: one for one in kiosk.send("GET", protocol.TICKETS).json["lines"]}
    assert "起不再发号" in rows["A"]["stopped"]
    assert (rows["B"]["stopped"], rows["B"]["windows"]) == ("", [4, 5])


def test_one_waiting_for_one_person_and_letter_and_he_finds_it_again(kiosk: Desk, desk: Desk, office) -> None:
    given = ask(kiosk, person=PERSON).json
    refused = ask(kiosk, person=PERSON)
    assert refused.type == "one-waiting"
    assert "A001" in refused.sentence
    assert "补打" in refused.sentence
    assert ask(kiosk, letter="B", person=PERSON).status == 200, "another line"
    assert ask(kiosk, person="ab" * 16).json["number"] == "A002"
    found = kiosk.send("POST", protocol.TICKETS_MINE, {"person": PERSON}).json["tickets"]
    assert [one["number"] for one in found] == ["A001", "B001"]
    assert kiosk.send("POST", protocol.TICKETS_MINE, {"person": "cd" * 16}).json["tickets"] == []
    say(kiosk, given["id"], out=True)
    acts = (desk.present(), desk.called(given["id"]), desk.arrived(given["id"]), desk.finished(given["id"]))
    assert desk.states(*(desk.record(one) for one in acts)) == ["applied"] * 4
    assert ask(kiosk, person=PERSON).json["number"] == "A003", "his first visit is over"


@pytest.mark.parametrize(
    ("more", "type_"),
    [
        ({"letter": "Z"}, "unknown-letter"),
        ({"item": "nobody-knows-it"}, "unknown-item"),
        ({"item": ITEM, "letter": "B"}, "unknown-item"),
        ({"priority": "friend_of_the_house"}, "unknown-ground"),
        ({"taken_at": "2026-11-20T09:05:00"}, "unreadable-request"),
        ({"id": "A001"}, "unreadable-request"),
        ({"person": "420111199001011234"}, "unreadable-request"),
    ],
)
def test_what_cannot_be_given_is_said_and_draws_no_number(kiosk: Desk, office, more, type_) -> None:
    assert ask(kiosk, **more).type == type_
    assert [one for letter in "ABZ" for one in drawn(office, f"ticket:{letter}:{DAY}")] == []


def test_a_kiosk_leases_reserves_of_today_and_the_next_working_day_only(kiosk: Desk) -> None:
    next_day = date(2026, 11, 23)
    assert kiosk.block(RESERVE, 10)["kind"] == RESERVE
    assert kiosk.block(f"ticket-reserve:B:{next_day}", 10)["first"] > 700
    for kind in (f"ticket:A:{DAY}", "case_no:2026", f"ticket-reserve:A:{next_day + timedelta(days=1)}", "x"):
        answer = kiosk.send("POST", protocol.NUMBER_BLOCKS, {"kind": kind, "count": 5})
        assert answer.type == "device-narrow", kind


def test_what_was_given_out_in_a_cut_is_taken_in_whatever_is_stopped(kiosk: Desk, desk: Desk, office) -> None:
    block = kiosk.block(RESERVE, 10)
    serial = block["first"]
    assert ask(kiosk, person=PERSON).status == 200
    stop(office)
    key = new_id()
    at = (NOW - timedelta(minutes=20)).isoformat()
    given = cut(kiosk, block, serial, id=key, person=PERSON, taken_at=at, priority="elderly")
    assert given.status == 200, given.json
    assert (given.json["number"], given.json["fallback"]) == (f"VA{serial}", 3)
    assert cut(kiosk, block, serial, id=key).json["number"] == f"VA{serial}", "told twice"
    ticket = standing(office, key)
    assert (ticket.reserve, ticket.taken_at, ticket.person) == (True, datetime.fromisoformat(at), PERSON)
    assert say(kiosk, key, out=True).json["state"] == "waiting"
    told = next(c for c in desk.changes().json["changes"] if c["subject"] == f"ticket:{key}")
    assert not told["holder"], "nobody calls at a kiosk"
    assert used(office, RESERVE) == [serial]


def test_a_letter_the_hall_has_given_up_meanwhile_is_still_on_the_paper(kiosk: Desk, office: CentreOffice) -> None:
    block = kiosk.block(f"ticket-reserve:Q:{DAY}", 5)
    assert cut(kiosk, block, block["first"], letter="Q").json["number"] == f"Q{block['first']}"


def test_a_number_of_another_machine_is_not_taken(kiosk: Desk, app: Any, office: CentreOffice) -> None:
    theirs = enrolled(app, office).block(RESERVE, 5)
    assert cut(kiosk, theirs, theirs["first"]).type == "number-not-given"
    mine = kiosk.block(RESERVE, 5)
    assert cut(kiosk, mine, mine["first"]).status == 200
    assert cut(kiosk, mine, mine["first"]).type == "number-used", "one paper, one ticket"
    assert cut(kiosk, mine, mine["last"] + 1).type == "number-not-given"


def test_yesterdays_slip_is_told_late_and_is_over(kiosk: Desk, office: CentreOffice, clock: Clock) -> None:
    block = kiosk.block(RESERVE, 5)
    clock.time = NOW + timedelta(days=3)
    key = new_id()
    assert cut(kiosk, block, block["first"], id=key).json["state"] == "not_served"
    assert say(kiosk, key, out=True).json["state"] == "not_served"
    assert standing(office, key).day == DAY


def test_a_slip_served_on_paper_before_its_kiosk_is_heard(kiosk: Desk, desk: Desk, office: CentreOffice) -> None:
    block = kiosk.block(RESERVE, 5)
    known, numbered, first = new_id(), new_id(), block["first"]

    def shown(ticket: str, serial: int, how: str) -> ServeByPaper:
        return ServeByPaper(
            **desk.stamp(), served=new_id(), ticket=ticket, day=DAY, number=f"A{serial}", letter="A", serial=serial,
            taken_at=NOW, how=how,
        )  # fmt: skip

    one, two = shown(known, first, "code"), shown(new_id(), first + 1, "check")
    acts = [desk.present(), one, EndByPaper(**desk.stamp(), served=one.served, ticket=known), two]
    assert desk.states(*(desk.record(one) for one in acts)) == ["applied"] * 4
    assert cut(kiosk, block, first, id=known).json["state"] == "finished"
    assert cut(kiosk, block, first + 1, id=numbered).json["number"] == f"A{first + 1}"
    assert used(office, RESERVE) == [first, first + 1], "each number is spent, once"
    assert standing(office, numbered) is None, "one number, one ticket"


def test_the_number_of_those_before_and_the_place_of_an_appointment(kiosk: Desk) -> None:
    later, earlier = (NOW + timedelta(hours=1)).isoformat(), (NOW - timedelta(minutes=5)).isoformat()
    assert ask(kiosk).json["number"] == "A001"
    assert ask(kiosk, appointment=later).json["number"] == "YA002"
    come = ask(kiosk, appointment=earlier).json
    assert (come["number"], come["ahead"]) == ("YA003", 0), "who waits for his time stands behind who is here"
    rows = {one["letter"]: one["waiting"] for one in kiosk.send("GET", protocol.TICKETS).json["lines"]}
    assert rows["A"] == 0, "none of their slips is out"


def test_a_paper_he_brings_says_what_for_and_nothing_more(kiosk: Desk, desk: Desk) -> None:
    ticket = new_id()
    assert desk.states(*(desk.record(one) for one in (desk.present(), desk.took(ticket=ticket)))) == ["applied"] * 2
    received, case = desk.received(ticket), new_id()
    steps = [desk.called(ticket), desk.arrived(ticket), replace(received, case=case), desk.accepted(case)]
    assert desk.states(*(desk.record(one) for one in steps)) == ["applied"] * 4
    number = steps[-1].case_no
    told = {"letter": "A", "item": ITEM, "case": case, "name": "公司设立登记"}
    for named in ({"query_code": "7K3M-Q9X2"}, {"case_no": number}, {"token": case_token(case)}):
        answer = kiosk.send("POST", protocol.TICKETS_MATTER, named)
        assert answer.status == 200, answer.json
        assert {**answer.json, "name": told["name"]} == told
        assert "卢桂珍" not in str(answer.json)
    for named in ({"query_code": "AAAA-BBBB"}, {"case_no": "X1"}, {"token": case_token(new_id())}, {}):
        assert kiosk.send("POST", protocol.TICKETS_MATTER, named).type == "case-unknown"
    given = ask(kiosk, item=ITEM, case=case)
    assert given.status == 200, given.json


# Two centre processes.


class Line:
    """A kiosk that asks whichever process it is told."""

    def __init__(self, centres: list[CentreProcess]) -> None:
        self.key = new_key()
        self.device = ""
        self.lines = [HttpLine(one.url, lambda: self.device, self.key.sign) for one in centres]
        body = {"code": PROCESS_CODE, "window": 1, "public_key": self.key.public}
        self.device = self.lines[0].call("POST", protocol.DEVICES, body)["device"]
        self.kiosks = [HttpKiosk(line) for line in self.lines]


@pytest.mark.process
def test_two_processes_give_each_number_once_and_a_person_one_ticket(cluster: Any, tmp_path: Path) -> None:
    url = cluster.fresh()
    prepare(url)
    centres = [CentreProcess(url, tmp_path / f"{n}.log") for n in (1, 2)]
    try:
        kiosks = [Line([one.start() for one in centres]) if not n else Line(centres) for n in range(2)]
        now = datetime.now().astimezone()

        def wish(person: str = "") -> TicketWanted:
            return TicketWanted(id=new_id(), letter="A", taken_at=now, person=person)

        def take(order: tuple[int, TicketWanted]) -> Any:
            where, wanted = order
            try:
                return kiosks[where % 2].kiosks[where // 2 % 2].issue(wanted)
            except CentreProblem as problem:
                return problem.type

        wishes = [wish() for _ in range(40)]
        with ThreadPoolExecutor(8) as pool:
            given = list(pool.map(take, [(n + twice, one) for n, one in enumerate(wishes) for twice in (0, 2)]))
        numbers = {one.id: one.number for one in given}
        assert sorted(numbers.values()) == [f"A{n:03d}" for n in range(1, 41)], "each number once, no hole"
        assert all(numbers[one.id] == one.number for one in given), "asked twice, answered alike"
        with ThreadPoolExecutor(8) as pool:
            race = list(pool.map(take, [(n, wish("5a" * 16)) for n in range(8)]))
        assert sorted(one if isinstance(one, str) else one.number for one in race) == ["A041", *["one-waiting"] * 7]
        with closing(Database(url)) as database, database.reading() as connection:
            page = feed.read_page(connection, HALL, "", 1000)
            told = [change.row["number"] for change in page.changes if change.subject.startswith("ticket:")]
        assert told == sorted(told), "the feed tells them as they were drawn"
    finally:
        for one in centres:
            one.kill()
