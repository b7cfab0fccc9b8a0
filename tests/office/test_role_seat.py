"""Who supervises or administers has no post: he sits at any window, from his role alone, and can do nothing else there."""

from __future__ import annotations

import pytest

from clerk_app.command import Refusal
from clerk_app.duty.authority import Act, Yes, may
from clerk_app.office.counter.visit import take_ticket
from clerk_app.office.office import Office, Session
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.ports import Credential
from tests.desk import cut_office

PASSWORD = "lian-xi-109"


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.session = None
    key = office.parts.locksmith.make()
    known = Credential(
        person="P109", verifier=office.parts.locksmith.verifier(PASSWORD), wrapped_key=key.wrap(PASSWORD),
        online_at=office.parts.clock.now(),
    )  # fmt: skip
    office.parts.vault.keep.put_credential(known)
    yield office
    office.parts.vault.close()


def kinds(office: Office) -> list[str]:
    return [row.kind for row in office.parts.vault.journal.rows((), 20)]


def test_a_supervisor_signs_in_without_a_post(office) -> None:
    session = sign_in(office, "P109", PASSWORD)
    assert isinstance(session, Session), session
    assert (session.seat.post, session.seat.window) == ("", 2)
    stamp = office.stamp()
    assert (stamp.basis, stamp.acting_for, stamp.post) == ("role:supervisor", None, "")
    assert "record_sign_in" in kinds(office)
    sign_out(office)
    assert kinds(office)[0] == "record_sign_out"


def test_he_does_nothing_at_the_window_but_his_own(office) -> None:
    assert isinstance(sign_in(office, "P109", PASSWORD), Session)
    refusal = take_ticket(office, "A")
    assert isinstance(refusal, Refusal)
    assert "take_ticket" not in kinds(office)


def test_a_clerk_has_no_seat_without_a_post(office) -> None:
    roster = office.hall.roster
    assert roster.role_seat_of("P203", 2) is None
    assert roster.role_seat_of("P109", 99) is None
    assert roster.role_seat_of("nobody", 2) is None


@pytest.mark.parametrize(
    ("person", "action", "lawful"),
    [
        ("P109", "card", True), ("P109", "queue", False), ("P109", "decide", False), ("P110", "catalogue", True),
        ("P110", "card", False), ("P110", "receive", False), ("P203", "queue", False), ("P201", "decide", False),
        ("P101", "confirm_roster", True),
    ],
)  # fmt: skip
def test_without_a_post_only_the_role_counts(office, person, action, lawful) -> None:
    act = Act(actor=person, action=action, at=office.parts.clock.now(), post="", window=2)
    assert isinstance(office.read(lambda books: may(act, books)), Yes) is lawful
