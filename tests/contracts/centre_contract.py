"""What every `ports.Centre` does. A test class inherits this and gives the fixtures `machine`, `stranger` and `code`."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from clerk_app.canonical import canonical, sm3
from clerk_app.command import Command
from clerk_app.duty.usecases import RecordSignIn
from clerk_app.outside.ids import new_id
from clerk_app.outside.keys import SigningKey
from clerk_app.ports import CentreProblem, HelloSaid, Sent
from clerk_app.queueing.usecases import CallTicket, PassTicket, TakeTicket
from clerk_app.store.columns import HALL_ZONE
from clerk_app.sync.protocol import CLIENT
from clerk_app.sync.wire import GENESIS, Envelope, body_of
from tests.contracts.running_centre import CODE, Machine

PERSON, PASSWORD = "P203", "lian-xi-203"


class Pen:
    """A journal without a store: the next envelope of one machine, signed by one person."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.key = SigningKey(bytes(range(32)))
        self.head, self.seq = GENESIS, 0
        self.version = machine.centre.hello().hall_version

    def write(self, kind: type[Command], **fields: object) -> Sent:
        stamp = {"actor": PERSON, "post": "A1", "window": 2, "basis": "a_role:A1", "hall_version": self.version}
        command = kind(id=new_id(), at=datetime.now(HALL_ZONE).replace(microsecond=0), **{**stamp, **fields})
        return self.seal(body_of(command))

    def seal(self, body: dict) -> Sent:
        self.seq += 1
        envelope = Envelope(
            device=self.machine.device,
            incarnation=1,
            device_seq=self.seq,
            id=body["id"],
            schema=1,
            prev_hash=self.head,
            body=body,
        )
        data = envelope.bytes()
        self.head = sm3(data)
        return Sent(envelope=data, signature=self.key.sign(bytes.fromhex(self.head)))


def problem(call) -> CentreProblem:
    with pytest.raises(CentreProblem) as caught:
        call()
    assert caught.value.sentence.endswith("。")
    assert caught.value.type
    return caught.value


class CentreContract:
    """Basics every window relies on."""

    @pytest.fixture
    def pen(self, machine: Machine) -> Pen:
        """Enrolled and signed in."""
        pen = Pen(machine)
        machine.centre.sign_in(PERSON, PASSWORD, 2, pen.key.public)
        return pen

    def taken(self, pen: Pen) -> tuple[Sent, str]:
        ticket, day = new_id(), datetime.now(HALL_ZONE).date()
        block = pen.machine.centre.number_block(f"ticket:A:{day.isoformat()}", 1)
        return pen.write(TakeTicket, ticket=ticket, day=day, letter="A", block=block.id, serial=block.first), ticket

    def test_a_machine_is_enrolled_once_and_for_ever(self, stranger: Machine):
        first = stranger.centre.enrol(CODE, 2, stranger.key.public)
        assert first
        assert stranger.centre.enrol(CODE, 2, stranger.key.public) == first, "an answer that was lost is given again"

    @pytest.mark.parametrize("code", ["", "guess", CODE + " "])
    def test_a_wrong_code_enrols_nobody(self, stranger: Machine, code: str):
        assert problem(lambda: stranger.centre.enrol(code, 2, stranger.key.public)).status in (401, 403)

    def test_who_is_not_enrolled_hears_nothing(self, stranger: Machine):
        for call in (stranger.centre.hello, lambda: stranger.centre.changes("", 10)):
            assert problem(call).type == "device-unknown"

    def test_another_key_is_another_machine(self, machine: Machine, stranger: Machine):
        stranger.device = machine.device
        assert problem(stranger.centre.hello).type == "device-unknown"

    def test_hello_says_time_epoch_and_head(self, machine: Machine):
        hello = machine.centre.hello()
        assert abs(hello.time - datetime.now(UTC)) < timedelta(minutes=1)
        assert hello.epoch
        assert (hello.last_seq, hello.head) == (0, GENESIS)

    def test_the_hall_is_the_one_its_version_names(self, machine: Machine):
        version = machine.centre.hello().hall_version
        document = machine.centre.hall_document(version)
        assert document["hall"]["id"] == "JZ01"
        assert sm3(canonical(dict(document))) == version
        problem(lambda: machine.centre.hall_document("0" * 64))

    def test_a_command_is_applied_once_and_answered_again(self, pen: Pen):
        sent, ticket = self.taken(pen)
        centre = pen.machine.centre
        (verdict,) = centre.push([sent])
        assert (verdict.state, verdict.type) == ("applied", "")
        (again,) = centre.push([sent])
        assert (again.id, again.state) == (verdict.id, "duplicate")
        hello = centre.hello()
        assert (hello.last_seq, hello.head) == (1, pen.head)
        changes = [c for c in self.all_changes(pen) if c.subject == f"ticket:{ticket}"]
        assert len(changes) == 1
        assert not changes[0].holder

    def test_one_verdict_for_each_in_order(self, pen: Pen):
        first, ticket = self.taken(pen)
        call = pen.write(CallTicket, ticket=ticket)
        fact = pen.write(RecordSignIn, sign_in=new_id(), online=True)
        ended = pen.write(PassTicket, ticket=ticket)
        batch = [first, call, fact, ended]
        verdicts = pen.machine.centre.push(batch)
        assert [v.state for v in verdicts] == ["applied"] * 4
        assert [v.id for v in verdicts] == [json.loads(sent.envelope)["id"] for sent in batch]

    def test_the_same_id_with_another_body_is_no_retry(self, pen: Pen):
        sent, _ = self.taken(pen)
        pen.machine.centre.push([sent])
        body = json.loads(sent.envelope)["body"]
        assert problem(lambda: pen.machine.centre.push([pen.seal({**body, "priority": "elderly"})])).status == 422

    def test_a_refused_move_says_why_and_what_stands_there(self, pen: Pen):
        ticket = new_id()
        (verdict,) = pen.machine.centre.push([pen.write(CallTicket, ticket=ticket)])
        assert (verdict.state, verdict.type) == ("refused", "unknown-ticket")
        assert verdict.sentence.endswith("。")
        assert dict(verdict.rows) == {f"ticket:{ticket}": None}

    def test_a_gap_waits_and_what_was_set_aside_fills_it(self, pen: Pen):
        first, ticket = self.taken(pen)
        call = pen.write(CallTicket, ticket=ticket)
        fact = pen.write(RecordSignIn, sign_in=new_id(), online=True)
        centre = pen.machine.centre
        assert [v.state for v in centre.push([first, fact])] == ["applied", "held"]
        aside = Sent(envelope=call.envelope, signature=call.signature, aside=True)
        assert [v.state for v in centre.push([aside, fact])] == ["set_aside", "applied"]
        assert centre.hello().head == pen.head

    def test_a_signature_of_nobody_is_not_believed(self, pen: Pen):
        sent, _ = self.taken(pen)
        (verdict,) = pen.machine.centre.push([Sent(envelope=sent.envelope, signature="")])
        assert verdict.state == "quarantined"

    def all_changes(self, pen: Pen) -> list:
        found, cursor = [], ""
        while True:
            page = pen.machine.centre.changes(cursor, 3)
            found += page.changes
            cursor = page.cursor
            if not page.more:
                return found

    def test_changes_come_in_order_page_by_page_and_end(self, pen: Pen):
        for _ in range(4):
            pen.machine.centre.push([self.taken(pen)[0]])
        changes = self.all_changes(pen)
        assert len(changes) >= 4
        assert [c.seq for c in changes] == sorted({c.seq for c in changes})
        whole = pen.machine.centre.changes("", 500)
        assert tuple(whole.changes) == tuple(changes)
        after = pen.machine.centre.changes(whole.cursor, 500)
        assert (after.changes, after.more, after.cursor) == ((), False, whole.cursor)

    def test_a_cursor_of_another_book_is_gone(self, pen: Pen):
        assert problem(lambda: pen.machine.centre.changes("bm90IG91cnM", 10)).status == 410

    def told(self, pen: Pen, **blocks: int) -> HelloSaid:
        return HelloSaid(incarnation=1, last_seq=pen.seq, head=pen.head, blocks=blocks, client=CLIENT)

    def test_hello_hears_where_this_journal_stands_and_says_its_rules(self, pen: Pen):
        pen.machine.centre.push([self.taken(pen)[0]])
        hello = pen.machine.centre.hello(self.told(pen))
        assert (hello.incarnation, hello.last_seq, hello.head) == (1, 1, pen.head)
        assert (hello.limits.commands, hello.holds.early, hello.update_wanted) == (100, 5, False)
        assert hello.epoch == pen.machine.centre.hello().epoch

    def test_numbers_told_in_hello_are_given_to_nobody_again(self, pen: Pen, stranger: Machine):
        kind = "case_no:2032"
        block = pen.machine.centre.number_block(kind, 5)
        pen.machine.centre.hello(self.told(pen, **{kind: block.last + 40}))
        assert stranger.enrol(3).centre.number_block(kind, 1).first == block.last + 41

    def test_a_snapshot_is_the_last_state_of_everything(self, pen: Pen):
        sent, ticket = self.taken(pen)
        pen.machine.centre.push([sent, pen.write(CallTicket, ticket=ticket)])
        pages = [pen.machine.centre.snapshot("")]
        while pages[-1].next:
            pages.append(pen.machine.centre.snapshot(pages[-1].next))
        rows = {change.subject: change for page in pages for change in page.changes}
        assert (rows[f"ticket:{ticket}"].row["state"], rows[f"ticket:{ticket}"].holder) == (
            "called",
            pen.machine.device,
        )
        assert pen.machine.centre.changes(pages[0].cursor, 500).changes == ()
        pen.machine.centre.push([pen.write(PassTicket, ticket=ticket)])
        assert len(pen.machine.centre.changes(pages[0].cursor, 500).changes) == 1
        assert problem(lambda: pen.machine.centre.snapshot("nonsense")).status == 410

    def test_who_waits_hears_at_once(self, pen: Pen):
        cursor = pen.machine.centre.changes("", 500).cursor
        sent, ticket = self.taken(pen)
        with ThreadPoolExecutor(1) as other:
            began = time.monotonic()
            waiting = other.submit(pen.machine.centre.changes, cursor, 500, 20)
            pen.machine.centre.push([sent])
            page = waiting.result(20)
        assert [change.subject for change in page.changes] == [f"ticket:{ticket}"]
        assert time.monotonic() - began < 10, "long before the wait is over"

    def test_a_new_journal_gives_up_holds_and_shows_what_there_was(self, pen: Pen):
        sent, ticket = self.taken(pen)
        centre = pen.machine.centre
        centre.push([sent])
        assert centre.claim(f"ticket:{ticket}").granted
        cursor = centre.changes("", 500).cursor
        assert centre.new_incarnation(2) == 2
        assert centre.new_incarnation(2) == 2
        assert [(c.subject, c.holder) for c in centre.changes(cursor, 5).changes] == [(f"ticket:{ticket}", "")]
        (back,) = centre.own_envelopes(1, 0)
        assert (back.envelope.encode(), back.device_seq, back.state) == (sent.envelope, 1, "applied")
        assert centre.own_envelopes(1, 1) == ()
        assert (centre.hello().incarnation, centre.hello().head) == (2, GENESIS)
        assert problem(lambda: centre.new_incarnation(9)).type == "incarnation-taken"

    def test_a_day_is_counted_at_the_centre(self, pen: Pen):
        centre, day = pen.machine.centre, datetime.now(HALL_ZONE).date()
        centre.push([self.taken(pen)[0], pen.write(RecordSignIn, sign_in=new_id(), online=True)])
        mine = {digest.device: digest for digest in centre.digests(day)}[pen.machine.device]
        assert (mine.rows, mine.head, mine.undecided, mine.window) == (2, pen.head, 0, 2)
        assert centre.digests(date(2031, 1, 1)) == ()

    def test_a_frame_without_its_body_keeps_the_chain_whole(self, pen: Pen):
        lost = pen.write(RecordSignIn, sign_in=new_id(), online=True)
        after = pen.write(RecordSignIn, sign_in=new_id(), online=True)
        bare = Sent(envelope=lost.envelope, signature=lost.signature, bare=True)
        assert [v.state for v in pen.machine.centre.push([bare, after])] == ["quarantined", "applied"]
        assert pen.machine.centre.hello().head == pen.head

    def test_blocks_never_overlap(self, machine: Machine, stranger: Machine):
        stranger.enrol(3)
        seen: set[int] = set()
        for who in (machine, stranger, machine):
            block = who.centre.number_block("case_no:2031", 5)
            serials = set(range(block.first, block.last + 1))
            assert len(serials) == 5
            assert not serials & seen
            seen |= serials

    def test_a_hold_is_one_machines(self, pen: Pen, stranger: Machine):
        day: date = datetime.now(HALL_ZONE).date()
        ticket = new_id()
        block = pen.machine.centre.number_block(f"ticket:B:{day.isoformat()}", 1)
        pen.machine.centre.push(
            [pen.write(TakeTicket, ticket=ticket, day=day, letter="B", block=block.id, serial=block.first)]
        )
        assert pen.machine.centre.claim(f"ticket:{ticket}").granted, "free: the window does not serve its letter"
        assert pen.machine.centre.claim(f"ticket:{ticket}").granted, "asked again"
        assert not stranger.enrol(4).centre.claim(f"ticket:{ticket}").granted
        assert not pen.machine.centre.claim("ticket:nothing").granted

    def test_a_person_signs_in_with_the_right_password_only(self, machine: Machine):
        key = SigningKey(bytes(32)).public
        assert machine.centre.sign_in("P204", "lian-xi-204", 2, key).person == "P204"
        refused = problem(lambda: machine.centre.sign_in("P204", "guess", 2, key))
        assert (refused.type, refused.status) == ("password-wrong", 401)
        assert problem(lambda: machine.centre.sign_in("P999", "guess", 2, key)).type == "password-wrong"
        assert machine.centre.sign_in("P204", "lian-xi-204", 2, key).person == "P204", "and the count begins anew"

    def test_guessing_locks_the_account(self, machine: Machine):
        key = SigningKey(bytes(32)).public
        for _ in range(4):
            assert problem(lambda: machine.centre.sign_in("P105", "guess", 4, key)).type == "password-wrong"
        assert problem(lambda: machine.centre.sign_in("P105", "guess", 4, key)).type == "account-locked"
        assert problem(lambda: machine.centre.sign_in("P105", "lian-xi-105", 4, key)).type == "account-locked"
