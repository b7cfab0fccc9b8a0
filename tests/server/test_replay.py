"""Commands at the centre: once, in order, judged again, and answered with what the centre has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from clerk_app.outside.ids import new_id
from clerk_app.server import accounts, routes
from clerk_app.server.centre import CentreOffice
from clerk_app.server.tables import accounts as accounts_table
from clerk_app.server.tables import envelopes
from clerk_app.store.tables import cases, numbers_used, tickets
from clerk_app.sync import protocol
from tests.server.desk import Desk, new_key


def count(office: CentreOffice, table: object) -> int:
    with office.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]


def serving(desk: Desk) -> str:
    """A ticket that is being served at this desk."""
    took = desk.took()
    rows = [desk.record(c) for c in (took, desk.called(took.ticket), desk.arrived(took.ticket))]
    assert desk.states(*rows) == ["applied"] * 3
    return took.ticket


def test_a_whole_visit_arrives_in_one_batch(office: CentreOffice, desk: Desk) -> None:
    took = desk.took()
    received = desk.received(took.ticket)
    acts = [
        desk.present(), took, desk.called(took.ticket), desk.arrived(took.ticket), received,
        desk.accepted(received.case), desk.finished(took.ticket),
    ]  # fmt: skip
    verdicts = desk.verdicts(*[desk.record(act) for act in acts])
    assert [(v["state"], v["type"]) for v in verdicts] == [("applied", "")] * 7
    hello = desk.send("GET", protocol.HELLO).json
    assert (hello["last_seq"], hello["head"]) == (7, desk.head)
    with office.database.reading() as connection:
        case = connection.execute(select(cases)).one()
        assert (case.state, case.case_no, case.applicant["name"]) == ("accepted", "JZ20261120-00001", "卢桂珍")
        assert connection.execute(select(tickets.c.state)).scalar_one() == "finished"


def test_what_was_applied_says_where_the_feed_has_it(desk: Desk) -> None:
    took = desk.took()
    (first,) = desk.verdicts(desk.record(took))
    batch = [desk.record(desk.called(took.ticket)), desk.record(desk.arrived(took.ticket))]
    second = [verdict["seq"] for verdict in desk.verdicts(*batch)]
    fed = {change["subject"]: change["seq"] for change in desk.send("GET", protocol.CHANGES).json["changes"]}
    assert 0 < first["seq"] < second[0] == second[1] <= fed[f"ticket:{took.ticket}"]
    assert [verdict["seq"] for verdict in desk.verdicts(*batch)] == [0, 0], "a duplicate was told before"


def test_the_same_batch_twice_is_a_duplicate(office: CentreOffice, desk: Desk) -> None:
    took = desk.took()
    batch = [desk.record(took), desk.record(desk.called(took.ticket))]
    assert desk.states(*batch) == ["applied", "applied"]
    assert desk.states(*batch) == ["duplicate", "duplicate"]
    assert desk.states(*batch, desk.record(desk.arrived(took.ticket))) == ["duplicate", "duplicate", "applied"]
    assert (count(office, envelopes), count(office, tickets), count(office, numbers_used)) == (3, 1, 1)


def test_the_same_command_twice_in_one_batch_is_one(desk: Desk) -> None:
    row = desk.record(desk.took())
    assert desk.states(row, row) == ["applied", "applied"]


def test_a_refused_one_is_refused_again_with_the_same_reason(desk: Desk) -> None:
    row = desk.record(desk.called(new_id()))
    first, again = desk.verdicts(row)[0], desk.verdicts(row)[0]
    assert first == again
    assert (first["state"], first["type"]) == ("refused", "unknown-ticket")


def test_one_id_with_another_body_is_422(office: CentreOffice, desk: Desk) -> None:
    took = desk.took()
    desk.verdicts(desk.record(took))
    answer = desk.push(desk.record(desk.called(took.ticket, id=took.id)))
    assert (answer.status, answer.type) == (422, "id-reused")
    assert answer.headers["content-type"] == "application/problem+json"
    assert count(office, envelopes) == 1


def test_a_gap_waits_until_it_is_filled(office: CentreOffice, desk: Desk) -> None:
    took = desk.took()
    first, second = desk.record(took), desk.record(desk.called(took.ticket))
    verdict = desk.verdicts(second)[0]
    assert (verdict["state"], verdict["type"]) == ("held", "chain-gap")
    assert count(office, envelopes) == 0
    assert desk.states(first, second) == ["applied", "applied"]


def test_another_history_under_the_same_numbers_is_quarantined(office: CentreOffice, desk: Desk) -> None:
    desk.verdicts(desk.record(desk.took()))
    head = desk.send("GET", protocol.HELLO).json["head"]
    desk.seq, desk.head = 0, "0" * 64
    verdict = desk.verdicts(desk.record(desk.present()))[0]
    assert (verdict["state"], verdict["type"]) == ("quarantined", "chain-broken")
    assert desk.send("GET", protocol.HELLO).json["head"] == head
    assert count(office, envelopes) == 2, "kept all the same"


def test_a_new_incarnation_begins_its_own_chain(desk: Desk) -> None:
    desk.verdicts(desk.record(desk.took()))
    desk.incarnation, desk.seq, desk.head = 2, 0, "0" * 64
    assert desk.states(desk.record(desk.present())) == ["applied"]
    assert desk.send("GET", protocol.HELLO).json["last_seq"] == 1


def test_a_signature_of_another_key_is_quarantined_and_the_chain_goes_on(desk: Desk) -> None:
    own, desk.person_key = desk.person_key, new_key()
    forged = desk.record(desk.present())
    desk.person_key = own
    verdicts = desk.verdicts(forged, desk.record(desk.present()))
    assert [(v["state"], v["type"]) for v in verdicts] == [("quarantined", "signature-bad"), ("applied", "")]


def test_commands_signed_before_the_key_changed_still_count(desk: Desk) -> None:
    old = desk.record(desk.present())
    desk.person_key = new_key()
    assert desk.sign_in("lian-xi-203").status == 200
    assert desk.states(old, desk.record(desk.present())) == ["applied", "applied"]


def test_an_unknown_kind_is_quarantined_alone(desk: Desk) -> None:
    strange = {"kind": "grant_wish", "schema": 1, "id": new_id()}
    verdicts = desk.verdicts(desk.record_body(strange), desk.record(desk.present()))
    assert [(v["state"], v["type"]) for v in verdicts] == [("quarantined", "unreadable"), ("applied", "")]


@pytest.mark.parametrize(
    "changed",
    [{"at": "2026-11-20T09:05:00"}, {"ticket": "x" * 50}, {"ticket": "坏 值"}, {"window": "二"}, {"needs": 3}],
)
def test_a_body_of_another_shape_is_quarantined(desk: Desk, changed: dict[str, object]) -> None:
    assert desk.verdicts(desk.record(desk.called(new_id()), **changed))[0]["type"] == "unreadable"


def test_a_refused_move_says_why_and_what_the_centre_has(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    ticket = serving(desk)
    other = desk_at(3)
    verdict = other.do(other.called(ticket))
    assert (verdict["state"], verdict["type"]) == ("refused", "held-elsewhere")
    assert "没有改动" in verdict["sentence"]
    assert verdict["rows"][f"ticket:{ticket}"]["state"] == "serving"
    unknown = other.do(other.called(missing := new_id()))
    assert unknown["rows"] == {f"ticket:{missing}": None}


def test_later_moves_on_the_subject_are_set_aside_and_facts_are_not(desk: Desk) -> None:
    ticket, free = new_id(), desk.took()
    rows = [
        desk.record(desk.called(ticket)),
        desk.record(desk.arrived(ticket)),
        desk.record(received := desk.received(ticket)),
        desk.record(desk.accepted(received.case)),
        desk.record(desk.present()),
        desk.record(free),
    ]
    verdicts = desk.verdicts(*rows)
    assert [v["state"] for v in verdicts] == ["refused", "set_aside", "set_aside", "set_aside", "applied", "applied"]
    assert verdicts[3]["rows"] == {f"case:{received.case}": None}
    assert verdicts[1]["type"] == "earlier-refused"
    assert [v["state"] for v in desk.verdicts(*rows)][:4] == ["refused", "set_aside", "set_aside", "set_aside"]


def test_after_a_refusal_was_told_the_subject_can_be_worked_again(desk: Desk) -> None:
    took = desk.took()
    assert desk.do(desk.called(took.ticket))["state"] == "refused"
    assert desk.do(took)["state"] == "applied"
    assert desk.do(desk.called(took.ticket))["state"] == "applied"


def test_what_was_set_aside_before_it_could_be_sent_keeps_the_chain(office: CentreOffice, desk: Desk) -> None:
    took = desk.took()
    aside = {**desk.record(took), "aside": True}
    assert desk.states(aside, desk.record(desk.present())) == ["set_aside", "applied"]
    assert (count(office, envelopes), count(office, tickets)) == (2, 0)


def test_a_move_waits_for_what_it_needs(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    other = desk_at(3)
    needed = other.present()
    took = desk.took(needs=(needed.id,))
    rows = [desk.record(took), desk.record(desk.called(took.ticket)), desk.record(desk.present())]
    assert desk.states(*rows) == ["held", "held", "applied"]
    assert desk.states(rows[1]) == ["held"], "its earlier one still waits, sent again or not"
    assert other.do(needed)["state"] == "applied"
    assert desk.states(*rows) == ["applied", "applied", "duplicate"]


def test_a_move_does_not_pass_one_whose_judgement_fell(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next call shares no subject with the end of the one before, and would be refused as a second open call."""
    first, took = serving(desk), desk.took()
    assert desk.do(took)["state"] == "applied"
    finished, called, fact = (desk.record(c) for c in (desk.finished(first), desk.called(took.ticket), desk.present()))

    def fall(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(routes, "decide", fall)
        assert desk.push(finished).status == 500
    assert [(v["state"], v["type"]) for v in desk.verdicts(called, fact)] == [
        ("held", "earlier-undecided"),
        ("applied", ""),
    ]
    assert desk.states(finished, called, fact) == ["applied", "applied", "duplicate"]


def test_a_move_that_needs_a_refused_one_is_set_aside(desk: Desk) -> None:
    bad = desk.called(new_id())
    took = desk.took(needs=(bad.id,))
    assert desk.states(desk.record(bad), desk.record(took)) == ["refused", "set_aside"]


def test_authority_is_judged_again(office: CentreOffice, desk: Desk) -> None:
    assert desk.do(desk.called(new_id(), window=3, post="A2"))["type"] == "not-on-post"
    assert desk.do(desk.called(new_id(), hall_version="f" * 64))["type"] == "hall-version"
    with office.database.writing() as connection:
        accounts.disable(connection, "JZ01", desk.actor, office.now())
    moves = desk.verdicts(desk.record(desk.took()), desk.record(desk.present()))
    assert [(v["state"], v["type"]) for v in moves] == [("conflict", "account-ended"), ("applied", "")]
    earlier = office.now() - timedelta(minutes=1)
    assert desk.do(desk.took(at=earlier))["state"] == "applied", "it was open when the act was done"
    with office.database.writing() as connection:
        connection.execute(delete(accounts_table).where(accounts_table.c.person == desk.actor))
    assert desk.do(desk.took())["type"] == "account-disabled", "who never had one never could"


def test_a_device_cannot_send_what_another_recorded(
    office: CentreOffice, desk: Desk, desk_at: Callable[[int], Desk]
) -> None:
    row = desk.record(desk.took())
    assert desk_at(3).verdicts(row)[0]["type"] == "device-mismatch"
    assert count(office, envelopes) == 0
    assert desk.states(row) == ["applied"]


def test_a_case_number_is_used_once(office: CentreOffice, desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    """The database itself refuses, so the batch is judged one by one, and only the guilty one falls."""
    ticket, other = serving(desk), desk_at(3)
    case = desk.received(ticket)
    assert desk.states(desk.record(case), desk.record(desk.accepted(case.case))) == ["applied"] * 2
    second = other.received(serving(other))
    acceptance = other.accepted(second.case)
    with office.database.writing() as connection:
        connection.execute(update(cases).where(cases.c.id == case.case).values(case_no=acceptance.case_no))
    rows = [other.record(second), other.record(acceptance), other.record(other.present())]
    verdicts = other.verdicts(*rows)
    assert [(v["state"], v["type"]) for v in verdicts] == [
        ("applied", ""), ("refused", "number-taken"), ("applied", ""),
    ]  # fmt: skip
    assert verdicts[1]["rows"][f"case:{second.case}"]["state"] == "received"
    assert other.do(other.accepted(second.case))["state"] == "applied", "it spent no number"


def test_a_case_number_that_is_not_its_serial_is_refused(desk: Desk) -> None:
    case = desk.received(serving(desk))
    foreign = replace(desk.accepted(case.case), case_no="JZ20261120-99999")
    verdicts = desk.verdicts(desk.record(case), desk.record(foreign))
    assert [v["type"] for v in verdicts] == ["", "case-number-wrong"]


def test_a_ticket_number_outside_the_given_block_is_refused(desk: Desk, desk_at: Callable[[int], Desk]) -> None:
    first = desk.took()
    assert desk.do(first)["state"] == "applied"
    assert desk.do(desk.took(serial=first.serial))["type"] == "number-used"
    assert desk.do(desk.took(serial=400))["type"] == "number-not-given"
    thief = desk_at(3)
    thief.blocks = desk.blocks
    assert thief.do(thief.took())["type"] == "number-not-given"


@pytest.mark.parametrize("name", ["卢\x00珍", "a" * 5000, "'; DROP TABLE cases; --", "🀄𠮷"])
def test_strange_names_never_stop_the_queue(desk: Desk, name: str) -> None:
    ticket = serving(desk)
    states = desk.states(desk.record(desk.received(ticket, name=name)), desk.record(desk.present()))
    assert states[1] == "applied"
    assert states[0] in ("applied", "quarantined")


def test_numbers_too_large_for_the_database_never_stop_the_queue(desk: Desk) -> None:
    states = desk.states(desk.record(desk.present(window=1 << 40)), desk.record(desk.present()))
    assert states[1] == "applied"
    assert states[0] in ("applied", "quarantined"), "SQLite takes 64 bits"


def test_too_much_at_once_is_413(desk: Desk) -> None:
    rows = [desk.record(desk.present()) for _ in range(101)]
    answer = desk.push(*rows)
    assert (answer.status, answer.type) == (413, "too-large")
    assert set(desk.states(*rows[:100])) == {"applied"}
    big = [desk.record(desk.present(basis="x" * 700_000)) for _ in range(2)]
    assert desk.push(rows[100], *big).status == 413
    assert desk.push({"envelope": "x" * (5 << 20), "signature": ""}).status == 413


def test_one_command_too_large_is_quarantined_alone(desk: Desk) -> None:
    assert desk.verdicts(desk.record(desk.present(basis="x" * (1 << 20))))[0]["type"] == "too-large"
    assert desk.do(desk.present())["state"] == "applied"
