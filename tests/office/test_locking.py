"""Coming back to a covered screen: by password or PIN, judged here, counted and locked like a sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.duty.locking import ticket_open, unlock
from clerk_app.office.office import Done, Office, Session
from clerk_app.office.secrets import Secret, ask_centre
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.ports import CentreProblem, SessionGrant
from tests.desk import CutCentre, cut_office
from tests.sync.scripted import ScriptedCentre

WORD, CHIEF_WORD, PIN = "lian-xi-203", "lian-xi-201", "201201"


def granted(asked: tuple[str, ...]) -> SessionGrant:
    return SessionGrant(person=asked[0])


def line(office: Office, *sessions: object) -> ScriptedCentre:
    centre = ScriptedCentre(sessions=sessions)
    office.parts = replace(office.parts, centre=centre)
    return centre


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    office.session = None
    line(office, granted)
    assert isinstance(sign_in(office, "P203", WORD), Session)
    office.parts = replace(office.parts, centre=CutCentre())
    yield office
    office.parts.vault.close()


def test_his_password_uncovers_it_line_or_no_line_and_the_session_is_the_same(office: Office) -> None:
    session = office.session
    assert unlock(office, WORD) is None
    centre = line(office)
    assert unlock(office, WORD) is None
    assert centre.asked["sign_in"] == [], "this machine knew him when he sat down"
    assert office.session is session


def test_it_is_judged_however_long_ago_he_sat_down(office: Office) -> None:
    office.parts.clock.moment += timedelta(days=30)
    assert unlock(office, WORD) is None


def test_wrong_ones_are_counted_and_lock(office: Office) -> None:
    said = [unlock(office, "guess") for _ in range(5)]
    assert [one.type for one in said if one] == ["password-wrong"] * 4 + ["account-locked"]
    assert unlock(office, WORD).type == "account-locked"  # type: ignore[union-attr]
    office.parts.clock.moment += timedelta(minutes=10, seconds=1)
    assert unlock(office, WORD) is None
    kinds = [row.kind for row in office.parts.vault.journal.rows((), 5)]
    assert kinds[0] == "record_failed_sign_ins", "told as soon as he is back"


def test_nobody_elses_password_uncovers_it(office: Office) -> None:
    session = office.session
    line(office, granted)
    assert isinstance(sign_in(office, "P204", "lian-xi-204"), Session)
    sign_out(office)
    office.session = session
    refused = unlock(office, "lian-xi-204")
    assert isinstance(refused, Refusal)
    assert refused.type == "password-wrong"


def test_a_chief_comes_back_by_his_pin_too(office: Office) -> None:
    line(office, granted, granted)
    session = sign_in(office, "P201", CHIEF_WORD)
    assert isinstance(session, Session)
    ask_centre(office, session.person, Secret(PIN, 21, pin=True))
    office.parts = replace(office.parts, centre=CutCentre())
    assert unlock(office, PIN) is None
    wrong = unlock(office, "000000")
    assert isinstance(wrong, Refusal)
    assert wrong.sentence == "PIN 不对，还可试 2 次。屏幕还锁着，办件没有变化。"
    assert office.parts.vault.journal.rows((), 1)[0].kind == "record_pin_failure"
    assert unlock(office, CHIEF_WORD) is None


def test_a_secret_changed_elsewhere_is_asked_of_the_centre(office: Office) -> None:
    office.parts.vault.keep.forget_credential("P203")
    refused = unlock(office, WORD)
    assert isinstance(refused, Refusal)
    assert refused.type == "no-credential"
    line(office, CentreProblem("password-wrong", "密码不对，还可试 4 次。", 401), granted)
    assert unlock(office, WORD).type == "password-wrong"  # type: ignore[union-attr]
    assert unlock(office, "Xin-de-2026") is None


def test_a_session_that_is_over_is_not_uncovered(office: Office) -> None:
    sign_out(office)
    assert unlock(office, WORD).type == "signed-out"  # type: ignore[union-attr]


def test_whether_a_ticket_is_open_here(office: Office) -> None:
    assert not ticket_open(office)
    assert isinstance(visit.take_ticket(office, "A"), Done)
    assert not ticket_open(office), "waiting is not being here"
    assert isinstance(visit.call_next(office), Done)
    assert ticket_open(office)
    ticket = office.read(lambda books: books.open_call_at(office.window, office.parts.clock.now().date()))
    assert ticket is not None
    assert isinstance(visit.arrive(office, ticket.id), Done)
    assert ticket_open(office)
    assert isinstance(visit.finish(office, ticket.id), Done)
    assert not ticket_open(office)
