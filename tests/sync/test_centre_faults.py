"""The centre's side fails: its process, its database, a lock, a row. Nothing rolled back is ever called applied.

The numbers in names are those of the list of failures the protocol must pass.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from clerk_app.duty.usecases import RecordSignIn
from clerk_app.office.counter import visit
from clerk_app.outside.ids import new_id
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.queueing.usecases import CallTicket
from clerk_app.server import feed
from clerk_app.server.database import Database
from clerk_app.server.locks import lock_key
from clerk_app.sync.wire import body_of
from tests.contracts.centre_contract import PASSWORD, PERSON, Pen
from tests.contracts.running_centre import Machine
from tests.faults.account import pull_everything, their_books
from tests.faults.clerk import Clerk
from tests.faults.side_by_side import beside, turn, working
from tests.faults.site import Site
from tests.faults.waiting import until
from tests.faults.windows import Window
from tests.visits import done, take

pytestmark = pytest.mark.process

HALL = "JZ01"
_waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'centre'"


@contextmanager
def holding(site: Site, *statements: str) -> Iterator[psycopg.Connection]:
    """Somebody else's transaction that has these locks until the block ends."""
    with psycopg.connect(site.database) as connection:
        for statement in statements:
            connection.execute(statement)
        yield connection
        connection.rollback()


def test_4_a_server_killed_in_the_middle_of_a_batch_has_called_nothing_applied(site: Site):
    window = site.window(2)
    clerk = Clerk(window.office, random.Random(4))
    clerk.work(12)
    with holding(site, "SELECT * FROM hall_head FOR UPDATE"), beside(lambda: turn(window)):
        until(lambda: site.sql(_waiting)[0][0])
        assert not site.sql(f"SELECT id FROM changes WHERE subject LIKE 'ticket:%' AND hall = '{HALL}'")
        for centre in site.centres:
            centre.kill()
    assert not window.keeper.state.connected
    assert not window.tally().get("applied", 0) > 1, "the sign-in only"
    for centre in site.centres:
        centre.launch()
    for centre in site.centres:
        centre.ready()
    sheet = site.account(clerk.told)
    assert sheet.good, sheet
    assert sheet.visible == 0


def test_5_the_database_dies_and_comes_back_while_two_windows_work(site: Site):
    windows = [site.window(2), site.window(3)]
    stop, told = threading.Event(), list[str]()
    with beside(*(working(w, n, stop, told) for n, w in enumerate(windows))):
        before = _heads(windows)
        until(lambda: all(now > b + 4 for now, b in zip(_heads(windows), before, strict=True)))
        site.postgres.kill()
        until(lambda: not any(w.keeper.state.connected for w in windows))
        site.postgres.start()
        until(lambda: all(w.keeper.state.connected for w in windows))
        stop.set()
    sheet = site.account(told)
    assert sheet.good, sheet
    assert sheet.applied > sheet.visible


def _heads(windows: list[Window]) -> list[int]:
    return [w.office.parts.vault.journal.head().seq for w in windows]


def test_6_the_victim_of_a_deadlock_is_judged_again_and_written_once(site: Site):
    window = site.window(2)
    window.drain()
    ticket = take(window.office)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = 'centre'"
    lock = f"SELECT pg_advisory_xact_lock({lock_key(HALL, f'ticket:{ticket.id}')})"
    before = site.sql(deadlocks)[0][0]
    with holding(site, "SET LOCAL deadlock_timeout = '30s'", lock) as other, beside(lambda: turn(window)):
        until(lambda: site.sql(_waiting)[0][0])
        turn_of_the_device = lock_key(HALL, f"device:{window.device}")
        other.execute(f"SELECT pg_advisory_xact_lock({turn_of_the_device})")  # the server waits for us, and we for it
        other.rollback()
    assert until(lambda: site.sql(deadlocks)[0][0] - before) == 1
    assert window.settled()
    sheet = site.account()
    assert sheet.good, sheet
    assert sheet.visible == 0


_stumble = """
    CREATE SEQUENCE stumbles;
    CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('stumbles') <= {times} THEN RAISE EXCEPTION 'stumble' USING ERRCODE = '{code}'; END IF;
      RETURN NEW; END $$;
    CREATE TRIGGER stumble BEFORE INSERT ON changes FOR EACH STATEMENT EXECUTE FUNCTION stumble();
"""


@contextmanager
def stumbling(site: Site, times: int, code: str) -> Iterator[None]:
    """The database refuses the last statement of a batch so many times."""
    site.sql(_stumble.format(times=times, code=code))
    try:
        yield
    finally:
        site.sql("DROP TRIGGER stumble ON changes; DROP FUNCTION stumble; DROP SEQUENCE stumbles")


@pytest.mark.parametrize(("code", "times"), [("40001", 2), ("40P01", 1000)])
def test_6_a_batch_the_database_rolls_back_is_not_called_applied(site: Site, code: str, times: int):
    window = site.window(2)
    clerk = Clerk(window.office, random.Random(6))
    clerk.work(8)
    with stumbling(site, times, code):
        turn(window)
        applied = [row.id for row in window.office.parts.vault.journal.rows(("applied",), 100)]
        there = their_books(site.database)
        assert all(there.envelopes[i].state == "applied" for i in applied)
        if times > 10:
            assert not [c for c in clerk.told if c in applied], "the database never took one"
            assert not [s for s in there.rows if s.startswith("ticket:")]
        else:
            assert window.settled(), "a victim tries again by itself"
    sheet = site.account(clerk.told)
    assert sheet.good, sheet
    assert sheet.visible == 0


def test_7_two_writers_and_one_puller_see_the_same(site: Site):
    two, three, centre = site.window(2), site.window(3), site.window(4).office.parts.centre
    stop, told, pulls = threading.Event(), list[str](), list[int]()
    seen: dict[str, dict] = {}
    cursor = ""

    def pull() -> bool:
        nonlocal cursor
        page = centre.changes(cursor, 5)
        seen.update({c.subject: dict(c.row) for c in page.changes})
        pulls.extend(c.seq for c in page.changes)
        cursor = page.cursor
        return not page.more

    with beside(working(two, 1, stop, told), working(three, 2, stop, told)):
        until(lambda: pull() and len(pulls) > 60, every=0)
        stop.set()
    sheet = site.account(told)
    assert sheet.good, sheet
    until(pull, every=0)
    books = their_books(site.database)
    assert pulls == list(range(1, books.last_seq + 1)), "each entry once, in order, none passed over"
    assert seen == books.rows
    assert pull_everything(centre)[0] == seen


def test_8_a_writer_asleep_in_its_transaction_hides_nothing_from_the_puller(site: Site):
    """It has its place in the feed and has not committed; others wait behind it, so that nothing is numbered past it."""
    window, puller = site.window(2), site.window(3)
    ticket = take(window.office)
    window.drain()
    puller.drain()
    with closing(Database(site.database)) as database:
        asleep, awake = threading.Event(), threading.Event()

        def sleeper() -> None:
            with database.writing() as connection:
                row = their_books(site.database).rows[f"ticket:{ticket.id}"]
                feed.append(connection, HALL, [feed.Entry(f"ticket:{ticket.id}", {**row, "priority": "elderly"}, None)])
                asleep.set()
                assert awake.wait(30)

        with beside(sleeper):
            assert asleep.wait(30)
            done(visit.call(window.office, ticket.id))
            with beside(lambda: turn(window)):
                until(lambda: site.sql(_waiting)[0][0])
                cursor = puller.office.parts.vault.keep.meta("cursor")
                quiet = [puller.office.parts.centre.changes(cursor, 50).changes for _ in range(3)]
                awake.set()
            assert quiet == [(), (), ()], "nothing is shown before it, nothing past it"
    got = puller.office.parts.centre.changes(cursor, 50).changes
    mine = [c.row for c in got if c.subject == f"ticket:{ticket.id}"]
    assert [(row["priority"], row["state"]) for row in mine] == [("elderly", "waiting"), ("", "called")]
    sheet = site.account()
    assert sheet.good, sheet


def unsigned(window: Window, ticket: str) -> None:
    """A signature of nobody."""
    session = window.office.session
    object.__setattr__(session, "sign", lambda _: "c2lnbmVk")
    done(visit.call(window.office, ticket))


def unreadable(window: Window, ticket: str) -> None:
    """A kind of command no centre knows."""
    office = window.office
    command = CallTicket(**office.stamp().fields(office.parts.new_id), ticket=ticket)
    with office.parts.vault.unit(office.hall) as work:
        note = {"fact": False, "subjects": command.subjects, "at": command.at}
        work.record({**body_of(command), "kind": "call_by_drum"}, note, office.session.sign)


@pytest.mark.parametrize("poison", [unsigned, unreadable])
def test_9_a_poisoned_command_in_a_hundred_stops_its_own_ticket_and_nothing_else(site: Site, poison):
    window = site.window(2)
    sign = window.office.session.sign
    sick, *well = [take(window.office) for _ in range(34)]
    for ticket in well[:16]:
        done(visit.call(window.office, ticket.id))
        done(visit.pass_over(window.office, ticket.id, "叫号未到"))
    poison(window, sick.id)
    object.__setattr__(window.office.session, "sign", sign)
    if poison is unsigned:
        done(visit.pass_over(window.office, sick.id, "叫号未到"))
    for ticket in well[16:]:
        done(visit.call(window.office, ticket.id))
        done(visit.pass_over(window.office, ticket.id, "叫号未到"))
    made = window.tally()["pending"]
    assert made >= 100
    window.drain()
    tally = window.tally()
    assert tally["quarantined"] == 1
    assert tally.get("set_aside", 0) == (1 if poison is unsigned else 0), "its own ticket waits"
    assert tally["applied"] >= made - 2, "all others landed"
    sheet = site.account()
    assert sheet.good, sheet
    assert {window.office.read(lambda b, t=t: b.ticket(t.id)).state for t in well} == {"passed"}


def test_23_a_hundred_machines_reconnect_at_once(site: Site):
    pens = []
    for _ in range(100):
        pens.append(Pen(Machine(site.proxy.url).enrol(2)))
        pens[-1].machine.centre.sign_in(PERSON, PASSWORD, 2, pens[-1].key.public)
    batches = [[pen.write(RecordSignIn, sign_in=new_id(), online=True) for _ in range(10)] for pen in pens]
    states: list[str] = []

    def reconnect(pen: Pen, batch: list) -> Callable[[], None]:
        def push() -> None:
            def answered() -> bool:
                try:
                    states.extend(v.state for v in pen.machine.centre.push(batch))
                except (CentreAway, CentreProblem):
                    return False
                return True

            until(answered, 60, every=0.1)

        return push

    with beside(*(reconnect(pen, batch) for pen, batch in zip(pens, batches, strict=True))):
        pass
    assert len(states) == 1000
    assert set(states) <= {"applied", "duplicate"}
    books = their_books(site.database)
    assert sorted(books.heads.values()) == sorted((10, pen.head) for pen in pens)
    assert len([s for s in books.rows if s.startswith("sign_in:")]) == 1000
    assert pull_everything(pens[0].machine.centre, 500)[2] == list(range(1, books.last_seq + 1))
    for pen in pens:
        pen.machine.centre.close()
