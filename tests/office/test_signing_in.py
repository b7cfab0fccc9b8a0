"""Signing in: judged by the centre while the line is up, by this machine's own credential while it is cut, for three open days."""

from __future__ import annotations

import base64
import dataclasses
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clerk_app.command import Refusal
from clerk_app.office import secrets as judging
from clerk_app.office import visit
from clerk_app.office.office import Session
from clerk_app.office.secrets import LOCK_SECONDS
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.ports import CentreAway, CentreProblem, SessionGrant
from clerk_app.sync.wire import sm3
from tests.desk import ZONE, CutCentre, cut_office
from tests.sync.scripted import ScriptedCentre

TRIES = 5
PASSWORD = "练习-203"
WRONG = CentreProblem("password-wrong", "密码不对，还可试 4 次。", 401)
LOCKED = CentreProblem("account-locked", "连续输错 5 次，已锁到 10:40。到时再试，急用找值班长。", 423)


def granted(asked):
    return SessionGrant(person=asked[0])


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.session = None
    yield office
    office.parts.vault.close()


@pytest.fixture
def wall(monkeypatch):
    """The machine's own clock, moved by hand."""
    moment = [1_800_000_000.0]

    class Time:
        time = staticmethod(lambda: moment[0])

    monkeypatch.setattr(judging, "time", Time)
    return moment


def line(office, *sessions):
    """Up with these answers; afterwards cut."""
    centre = ScriptedCentre(sessions=sessions) if sessions else CutCentre()
    office.parts = dataclasses.replace(office.parts, centre=centre)
    return centre


def once_online(office, person="P203"):
    line(office, granted)
    session = sign_in(office, person, PASSWORD)
    assert isinstance(session, Session), session
    sign_out(office)
    line(office)


def newest(office):
    return office.parts.vault.journal.rows((), 1)[0]


def test_online_the_centre_judges_and_the_fact_is_recorded(office):
    centre = line(office, granted)
    session = sign_in(office, " 许可心 ", PASSWORD)
    assert (session.person.id, session.seat.window, session.seat.post, session.online) == ("P203", 2, "A1", True)
    ((account, password, window, public_key),) = centre.asked["sign_in"]
    assert (account, password, window) == ("P203", PASSWORD, 2)
    assert office.session is session
    assert newest(office).kind == "record_sign_in"
    assert office.read(lambda books: books.sign_in(session.id)).online
    (sent,) = office.parts.vault.journal.due(0, 10, 1 << 20)
    Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key)).verify(
        base64.b64decode(sent.signature), bytes.fromhex(sm3(sent.envelope))
    )


@pytest.mark.parametrize(
    "problem", [WRONG, LOCKED, CentreProblem("account-disabled", "这个工号已停用，没有登录。", 403)]
)
def test_online_a_no_is_the_centres_word_and_nothing_is_kept(office, problem):
    line(office, problem)
    refused = sign_in(office, "P203", "guess")
    assert refused == Refusal(problem.type, problem.sentence)
    assert office.session is None
    assert office.parts.vault.keep.credential("P203") is None
    assert office.parts.vault.journal.tally() == {}


def test_a_no_of_the_centre_is_not_asked_again_of_this_machine(office):
    once_online(office)
    line(office, WRONG)
    assert sign_in(office, "P203", PASSWORD).type == "password-wrong"
    assert office.session is None


def test_offline_the_same_key_comes_back(office):
    centre = line(office, granted)
    sign_in(office, "P203", PASSWORD)
    first = office.session.sign(b"x")
    sign_out(office)
    line(office)
    session = sign_in(office, "P203", PASSWORD)
    assert (session.online, session.sign(b"x")) == (False, first)
    assert not office.read(lambda books: books.sign_in(session.id)).online
    sign_out(office)
    again = line(office, granted)
    sign_in(office, "P203", PASSWORD)
    assert again.asked["sign_in"][0][3] == centre.asked["sign_in"][0][3], "one person, one key on this device"


def test_a_password_changed_at_the_centre_makes_a_new_key(office):
    centre = line(office, granted)
    sign_in(office, "P203", "旧密码")
    sign_out(office)
    again = line(office, granted)
    assert sign_in(office, "P203", "新密码").online
    assert again.asked["sign_in"][0][3] != centre.asked["sign_in"][0][3]
    sign_out(office)
    line(office)
    assert sign_in(office, "P203", "旧密码").type == "password-wrong"
    assert isinstance(sign_in(office, "P203", "新密码"), Session)


@pytest.mark.parametrize(
    ("account", "kind"), [("P999", "unknown-account"), ("", "unknown-account"), ("没有此人", "unknown-account"), ("P109", "no-seat")]
)  # fmt: skip
def test_nobody_and_no_seat(office, account, kind):
    centre = line(office, granted)
    assert sign_in(office, account, PASSWORD).type == kind
    assert centre.asked["sign_in"] == []
    assert office.session is None


def test_outside_the_training_hall_only_this_windows_people(office):
    settings = dataclasses.replace(office.parts.settings, training=False)
    office.parts = dataclasses.replace(office.parts, settings=settings, centre=ScriptedCentre(sessions=[granted]))
    refused = sign_in(office, "P105", PASSWORD)
    assert refused.type == "no-seat"
    assert "到自己的窗口登录" in refused.sentence
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)


def test_the_standby_may_sit_here_and_acts_for_nobody_by_that(office):
    settings = dataclasses.replace(office.parts.settings, training=False)
    office.parts = dataclasses.replace(office.parts, settings=settings, centre=ScriptedCentre(sessions=[granted]))
    session = sign_in(office, "P204", PASSWORD)
    assert (session.seat.window, session.seat.post) == (2, "A1")
    stamp = office.stamp()
    assert (stamp.actor, stamp.basis, stamp.acting_for) == ("P204", "b_role:A1", None)
    refused = visit.call_next(office)
    assert isinstance(refused, Refusal), "authority is another question, and it fails closed"
    assert newest(office).kind == "record_sign_in"


def test_offline_without_a_credential(office):
    refused = sign_in(office, "P203", PASSWORD)
    assert refused.type == "no-credential"
    assert "许可心 没在这台机器上登录过" in refused.sentence


def test_wrong_passwords_are_counted_down_then_locked_then_free_again(office, wall):
    once_online(office)
    for left in range(TRIES - 1, 0, -1):
        refused = sign_in(office, "P203", "guess")
        assert (refused.type, refused.sentence) == ("password-wrong", f"密码不对，还可试 {left} 次。办件没有变化。")
    until = (office.parts.clock.moment + timedelta(seconds=LOCK_SECONDS)).strftime("%H:%M")
    locked = sign_in(office, "P203", "guess")
    assert locked.type == "account-locked"
    assert until in locked.sentence
    assert sign_in(office, "P203", PASSWORD).type == "account-locked", "the right one too, while it is locked"
    wall[0] += LOCK_SECONDS + 1
    assert sign_in(office, "P203", "guess").sentence.startswith("密码不对，还可试 4 次")
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)


def test_a_right_password_wipes_the_count(office, wall):
    once_online(office)
    for _ in range(TRIES - 1):
        sign_in(office, "P203", "guess")
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)
    sign_out(office)
    assert "还可试 4 次" in sign_in(office, "P203", "guess").sentence


def test_the_count_outlives_the_program_and_is_each_persons_own(office, tmp_path, wall):
    once_online(office)
    once_online(office, "P204")
    for _ in range(TRIES):
        sign_in(office, "P203", "guess")
    assert office.parts.vault.keep.credential("P203").locked_until > wall[0]
    assert isinstance(sign_in(office, "P204", PASSWORD), Session)


def test_going_online_unlocks(office, wall):
    once_online(office)
    for _ in range(TRIES):
        sign_in(office, "P203", "guess")
    line(office, granted)
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)
    sign_out(office)
    line(office)
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)


@pytest.mark.parametrize(
    ("signed_in", "today", "good"),
    [
        ("2026-11-20", "2026-11-20", True),
        ("2026-11-20", "2026-11-25", True),  # Friday → Wednesday: the weekend does not count
        ("2026-11-20", "2026-11-26", False),
        ("2026-09-30", "2026-10-10", True),  # over the National Day holiday; Saturday the 10th is worked
        ("2026-09-30", "2026-10-12", False),
        ("2026-11-21", "2026-11-25", True),  # signed in on a Saturday
    ],
)
def test_the_credential_lives_three_open_days_not_seventy_two_hours(office, signed_in, today, good):
    office.parts.clock.moment = datetime.fromisoformat(signed_in + "T09:00").replace(tzinfo=ZONE)
    once_online(office)
    office.parts.clock.moment = datetime.fromisoformat(today + "T17:00").replace(tzinfo=ZONE)
    outcome = sign_in(office, "P203", PASSWORD)
    if good:
        assert isinstance(outcome, Session)
    else:
        assert outcome.type == "credential-old"
        assert "连上中心登录一次就好" in outcome.sentence


def test_neither_password_nor_key_stands_in_the_store_in_the_clear(office):
    centre = line(office, granted)
    sign_in(office, "P203", PASSWORD)
    credential = office.parts.vault.keep.credential("P203")
    assert PASSWORD not in credential.verifier
    assert credential.verifier.startswith("$argon2id$")
    assert PASSWORD.encode() not in credential.wrapped_key
    assert base64.b64decode(centre.asked["sign_in"][0][3]) not in credential.wrapped_key


def test_signing_out_records_it_and_ends_the_power_to_act(office):
    once_online(office)
    session = sign_in(office, "P203", PASSWORD)
    sign_out(office)
    assert office.session is None
    assert newest(office).kind == "record_sign_out"
    assert office.read(lambda books: books.sign_in(session.id)).ended
    head = office.parts.vault.journal.head()
    sign_out(office)
    assert office.parts.vault.journal.head() == head
    assert office.do(None).type == "signed-out"


def test_a_line_that_is_cut_while_asking_falls_back_to_this_machine(office):
    once_online(office)
    line(office, CentreAway("ReadTimeout"))
    assert not sign_in(office, "P203", PASSWORD).online
