"""The audit at the centre: whose hand, when, where, resting on what; for who may see it, and nobody by a machine's token alone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from clerk_app.cases.usecases import RecordReveal
from clerk_app.office.oversight.audit_scope import POST_KINDS
from clerk_app.outside.ids import new_id
from clerk_app.server import audit, retention
from clerk_app.server.__main__ import main
from clerk_app.server.tables import accounts, audit_events, envelopes
from clerk_app.store.tables import seal_uses
from clerk_app.sync import protocol
from tests.server.desk import DAY, HALL, NOW, Desk, new_key
from tests.server.people import Someone

QUERY = f"{protocol.AUDIT}?from={DAY}&to={DAY}"
NAME = "卢桂珍"


@pytest.fixture
def supervisor(desk: Desk) -> Someone:
    return Someone(desk, "P109").come()


def visit(desk: Desk) -> tuple[str, str]:
    """One ticket, one accepted case; answers its id and number."""
    ticket, case = new_id(), new_id()
    accepted = desk.accepted(case)
    commands = (
        desk.took(ticket=ticket), desk.called(ticket), desk.arrived(ticket), desk.received(ticket, case, NAME), accepted,
        desk.finished(ticket),
    )  # fmt: skip
    assert desk.states(*(desk.record(command) for command in commands)) == ["applied"] * 6
    return case, accepted.case_no


def lines(answer: Any) -> list[dict[str, Any]]:
    assert answer.status == 200, answer.json
    return list(answer.json["lines"])


def test_who_when_where_what_about_which_number_on_what_it_rested(desk, supervisor) -> None:
    _, number = visit(desk)
    found = {line["kind"]: line for line in lines(supervisor.ask(QUERY))}
    accepted = found["accept_case"]
    assert (accepted["actor"], accepted["window"], accepted["post"]) == ("P203", 2, "A1")
    assert (accepted["about"], accepted["state"], accepted["device"]) == (number, "applied", desk.device)
    assert accepted["at"] == NOW.isoformat()
    assert found["call_ticket"]["about"].startswith("号票 A")


def test_nothing_of_the_cases_content_is_in_it(desk, supervisor) -> None:
    visit(desk)
    text = json.dumps(supervisor.ask(QUERY).json, ensure_ascii=False)
    assert NAME not in text
    assert "7K3M-Q9X2" not in text, "the code a citizen looks his matter up by"


def test_sign_ins_and_failures_stand_beside_the_commands_newest_first(desk, supervisor) -> None:
    assert desk.sign_in("not-it").status == 401
    visit(desk)
    found = lines(supervisor.ask(QUERY))
    assert [line["id"] for line in found] == sorted((line["id"] for line in found), reverse=True)
    failed = next(line for line in found if line["kind"] == "sign_in_failed")
    assert (failed["actor"], failed["window"], failed["hall_version"]) == ("P203", 2, "")


@pytest.mark.parametrize("person", ["P203", "P101", "P110"])
def test_only_a_supervisor_sees_it_all(desk, person) -> None:
    someone = Someone(desk, person).come()
    visit(desk)
    answer = someone.ask(QUERY)
    if person == "P110":
        assert {line["kind"] for line in lines(answer)} <= POST_KINDS | {"sign_in", "sign_in_failed"}
        assert not any(line["about"] for line in lines(answer)), "an administrator sees no case"
    else:
        assert (answer.status, answer.type) == (403, "audit-not-yours")


def test_an_administrator_finds_no_case_by_its_number_either(desk) -> None:
    _, number = visit(desk)
    assert lines(Someone(desk, "P110").come().ask(f"{QUERY}&number={number}")) == []


def test_the_machine_alone_is_told_nothing(desk, supervisor) -> None:
    answer = desk.send("GET", QUERY)
    assert (answer.status, answer.type) == (403, "audit-not-signed")


def test_a_signature_by_another_key_or_for_another_request_is_nobodys(desk, supervisor) -> None:
    assert supervisor.ask(QUERY, key=new_key()).type == "audit-not-signed"
    assert supervisor.ask(QUERY, person="P203").type == "audit-not-signed"
    clerk = Someone(desk, "P203").come()
    assert supervisor.ask(QUERY, key=clerk.key).type == "audit-not-signed"


def test_who_signed_out_or_was_closed_is_told_nothing(office, desk, supervisor) -> None:
    from clerk_app.duty.usecases import RecordSignOut

    with office.database.writing() as connection:
        connection.execute(accounts.update().where(accounts.c.person == "P109").values(disabled=True))
    assert supervisor.ask(QUERY).type == "audit-not-signed"
    with office.database.writing() as connection:
        connection.execute(accounts.update().where(accounts.c.person == "P109").values(disabled=False))
    assert supervisor.ask(QUERY).status == 200
    signed_in = [change for change in desk.changes().json["changes"] if change["row"].get("person") == "P109"]
    key = signed_in[-1]["row"]["id"]
    assert supervisor.do(RecordSignOut(**supervisor.stamp(), sign_in=key))["state"] == "applied"
    assert supervisor.ask(QUERY).type == "audit-not-signed"


def test_by_number_person_and_kind(desk, supervisor) -> None:
    case, number = visit(desk)
    desk.do(RecordReveal(**desk.stamp(), case=case))
    visit(desk)
    found = lines(supervisor.ask(f"{QUERY}&number={number}"))
    assert {line["kind"] for line in found} == {"receive_case", "accept_case", "record_reveal"}
    assert {line["about"].split("，")[0] for line in found} == {number}
    tail = number.rpartition("-")[2]
    assert len(lines(supervisor.ask(f"{QUERY}&number={tail}"))) == len(found)
    assert lines(supervisor.ask(f"{QUERY}&number=nobody")) == []
    assert {line["kind"] for line in lines(supervisor.ask(f"{QUERY}&kind=call_ticket"))} == {"call_ticket"}
    assert {line["actor"] for line in lines(supervisor.ask(f"{QUERY}&person=P109"))} == {"P109"}


def test_a_number_is_followed_back_to_its_first_day(desk, supervisor) -> None:
    _, number = visit(desk)
    later = DAY + timedelta(days=3)
    supervisor.desk.app.state.office.now.time = NOW + timedelta(days=3)
    found = lines(supervisor.ask(f"{protocol.AUDIT}?from={later}&to={later}&number={number}"))
    assert {line["kind"] for line in found} == {"receive_case", "accept_case"}


def test_pages_join_without_a_gap_or_a_double(desk, supervisor, monkeypatch) -> None:
    for _ in range(3):
        visit(desk)
    whole = [line["id"] for line in lines(supervisor.ask(QUERY))]
    monkeypatch.setattr(audit, "PAGE", 4)
    monkeypatch.setattr(audit, "CHUNK", 3)
    found: list[str] = []
    cursor = ""
    for _ in range(len(whole)):
        answer = supervisor.ask(f"{QUERY}&cursor={cursor.replace('|', '%7C')}")
        found += [line["id"] for line in lines(answer)]
        cursor = answer.json["cursor"]
        if not cursor:
            break
    assert found == whole


def test_who_did_little_is_looked_for_with_bounds(desk, supervisor, monkeypatch) -> None:
    visit(desk)
    monkeypatch.setattr(audit, "LOOKED_AT", 3)
    answer = supervisor.ask(f"{QUERY}&person=P999")
    assert lines(answer) == []
    assert answer.json["cursor"], "there is more to look through"


@pytest.mark.parametrize(
    "query", ["?from=x&to=y", "", f"?from={DAY}&to={DAY}&cursor=never%7C1", "?from=0001-01-01&to=9999-12-31"]
)
def test_a_question_that_cannot_be_read_is_refused(supervisor, query) -> None:
    answer = supervisor.ask(protocol.AUDIT + query)
    assert (answer.status, answer.type) == (400, "unreadable-request")


def test_another_halls_audit_is_not_in_it(office, desk, supervisor) -> None:
    with office.database.writing() as connection:
        row = {"kind": "sign_in", "person": "P109", "device": "d", "window": 2, "words": "", "at": NOW}
        connection.execute(audit_events.insert(), [{**row, "hall": "ELSE", "id": new_id()}])
    assert {line["device"] for line in lines(supervisor.ask(QUERY))} == {desk.device}


class TestKeeping:
    def old_event(self, office, days: int) -> str:
        key = new_id()
        row = {"hall": HALL, "id": key, "at": NOW - timedelta(days=days), "kind": "sign_in", "person": "P203"}
        with office.database.writing() as connection:
            connection.execute(audit_events.insert(), [{**row, "device": "d", "window": 2, "words": ""}])
        return key

    def left(self, office) -> set[str]:
        with office.database.reading() as connection:
            return set(connection.execute(select(audit_events.c.id)).scalars())

    def test_logs_go_after_their_months_and_not_a_day_sooner(self, office, desk) -> None:
        kept, gone = self.old_event(office, 364), self.old_event(office, 367)
        assert retention.prune_logs(office.database, NOW) == {HALL: 1}
        assert kept in self.left(office)
        assert gone not in self.left(office)

    def test_no_command_line_deletes_seal_uses_decisions_cases_or_envelopes(
        self, office, url, desk, monkeypatch
    ) -> None:
        """Everything that deletes is run, years later; what the archive keeps is all there."""
        from clerk_app.store.tables import cases, forms, papers, recorded_letters

        visit(desk)
        tables = (envelopes, cases, seal_uses, forms, papers, recorded_letters)

        def counts() -> list[int]:
            with office.database.reading() as connection:
                return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]

        before = counts()
        assert before[0] >= 6
        assert before[1] == 1
        office.now.time = NOW + timedelta(days=4000)
        monkeypatch.setenv("CLERK_DATABASE_URL", url)
        monkeypatch.setenv("CLERK_TRAINING_SHIFT", str(4000 * 86400))
        for chore in ("prune-changes", "prune-logs", "sweep-uploads"):
            assert main([chore]) == 0
        retention.prune(office.database, office.now.time, office.now.time)
        assert counts() == before
        assert self.left(office) == set(), "what may go is gone: the chores did run"
