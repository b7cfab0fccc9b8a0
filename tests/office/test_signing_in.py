"""Signing in: judged by the centre while the line is up, by this machine's own credential while it is cut, for three open days."""

from __future__ import annotations

import base64
import dataclasses
import json
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clerk_app.canonical import canonical, sm3
from clerk_app.command import Refusal
from clerk_app.office import failed_sign_ins
from clerk_app.office.counter import visit
from clerk_app.office.office import Session
from clerk_app.office.secrets import LOCK_SECONDS
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.ports import CentreAway, CentreProblem, Proof, SessionGrant
from tests.desk import ZONE, CutCentre, cut_office, training_document
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
    ("account", "kind"), [("P999", "unknown-account"), ("", "unknown-account"), ("没有此人", "unknown-account"), ("P202", "no-seat")]
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


def test_wrong_passwords_are_counted_down_then_locked_then_free_again(office):
    once_online(office)
    for left in range(TRIES - 1, 0, -1):
        refused = sign_in(office, "P203", "guess")
        assert (refused.type, refused.sentence) == ("password-wrong", f"密码不对，还可试 {left} 次。办件没有变化。")
    until = (office.parts.clock.moment + timedelta(seconds=LOCK_SECONDS)).strftime("%H:%M")
    locked = sign_in(office, "P203", "guess")
    assert locked.type == "account-locked"
    assert until in locked.sentence
    assert sign_in(office, "P203", PASSWORD).type == "account-locked", "the right one too, while it is locked"
    office.parts.clock.moment += timedelta(seconds=LOCK_SECONDS + 1)
    assert sign_in(office, "P203", "guess").sentence.startswith("密码不对，还可试 4 次")
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)


def test_a_right_password_wipes_the_count(office):
    once_online(office)
    for _ in range(TRIES - 1):
        sign_in(office, "P203", "guess")
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)
    sign_out(office)
    assert "还可试 4 次" in sign_in(office, "P203", "guess").sentence


def test_the_count_outlives_the_program_and_is_each_persons_own(office):
    once_online(office)
    once_online(office, "P204")
    for _ in range(TRIES):
        sign_in(office, "P203", "guess")
    assert office.parts.vault.keep.credential("P203").locked_until > office.parts.clock.moment.timestamp()
    assert isinstance(sign_in(office, "P204", PASSWORD), Session)


def test_going_online_unlocks(office):
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
        ("2026-11-20", "2026-11-23", True),  # Friday → Monday morning: one open day
        ("2026-09-30", "2026-10-08", True),  # the first morning after eight days of holiday: one open day
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


def test_the_hall_says_for_how_many_open_days(office):
    hall_says(office, sign_in_open_days=1)
    office.parts.clock.moment = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)
    once_online(office)
    office.parts.clock.moment = datetime(2026, 11, 24, 9, 0, tzinfo=ZONE)
    refused = sign_in(office, "P203", PASSWORD)
    assert refused.sentence == "线路断着，本机凭据过了 1 个开放日，没有登录。连上中心登录一次就好。"


def hall_says(office, **rules):
    """Another version of the hall, with other rules of duty."""
    document = training_document()
    document["duty_rules"].update(rules)
    office.parts.vault.keep.put_hall_document(sm3(canonical(document)), document)
    office.reload_hall()


def locked_out(office):
    once_online(office)
    for _ in range(TRIES):
        sign_in(office, "P203", "guess")


def test_a_clock_nobody_vouches_for_opens_no_lock(office, monkeypatch):
    locked_out(office)
    office.parts.clock.moment += timedelta(days=1)
    monkeypatch.setattr(office.parts.clock, "word", lambda: "unknown", raising=False)
    refused = sign_in(office, "P203", PASSWORD)
    assert refused.type == "account-locked"
    assert "时间又对不上" in refused.sentence
    monkeypatch.setattr(office.parts.clock, "word", lambda: "kept")
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)


def test_a_clock_set_back_opens_no_lock(office):
    locked_out(office)
    office.parts.clock.moment -= timedelta(days=3)
    assert sign_in(office, "P203", PASSWORD).type == "account-locked"


def test_a_clock_set_back_buys_no_days(office):
    office.parts.clock.moment = datetime(2026, 11, 20, 9, 0, tzinfo=ZONE)
    once_online(office)
    office.parts.clock.moment = datetime(2026, 11, 26, 9, 0, tzinfo=ZONE)
    once_online(office, "P204")
    office.parts.clock.moment = datetime(2026, 11, 20, 10, 0, tzinfo=ZONE)
    assert sign_in(office, "P203", PASSWORD).type == "credential-old", "the journal knows of the 26th"


def test_an_old_password_signs_nobody_in_with_the_line_cut_either(office):
    once_online(office)
    old = CentreProblem("password-old", "密码对，但已经到期，还没有登录。换一个新密码再登录。", 403)
    line(office, old)
    assert sign_in(office, "P203", PASSWORD) == Refusal(old.type, old.sentence)
    line(office)
    assert sign_in(office, "P203", PASSWORD).type == "credential-old"


def test_a_new_password_wraps_the_same_key(office):
    once_online(office)
    before = office.parts.vault.keep.credential("P203")
    centre = line(office, granted)
    session = sign_in(office, "P203", PASSWORD, Proof(new_password="Xin-mi-ma-1"))
    assert isinstance(session, Session)
    assert centre.proofs == [Proof(new_password="Xin-mi-ma-1")]
    after = office.parts.vault.keep.credential("P203")
    locksmith = office.parts.locksmith
    assert (
        locksmith.unwrap(after.wrapped_key, "Xin-mi-ma-1").public
        == locksmith.unwrap(before.wrapped_key, PASSWORD).public
    )
    assert not locksmith.fits(after.verifier, PASSWORD)
    sign_out(office)
    line(office)
    assert sign_in(office, "P203", PASSWORD).type == "password-wrong"
    assert isinstance(sign_in(office, "P203", "Xin-mi-ma-1"), Session)


def test_with_the_line_cut_no_password_is_changed(office):
    once_online(office)
    refused = sign_in(office, "P203", PASSWORD, Proof(new_password="Xin-mi-ma-1"))
    assert refused.type == "no-line"
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)


def twice_proven(office, factor):
    """P201 needs a second factor, and was once signed in with it."""
    hall_says(office, second_factor=["chief_rep"])
    line(office, lambda asked: SessionGrant(person=asked[0], factor=factor))
    assert isinstance(sign_in(office, "P201", PASSWORD, Proof(code="201201")), Session)
    sign_out(office)
    line(office)


def test_with_the_line_cut_the_second_factor_is_the_pin_this_machine_knows(office):
    twice_proven(office, "pin")
    asked = sign_in(office, "P201", PASSWORD)
    assert (asked.type, asked.sentence) == (
        "second-factor-needed", "线路断着，密码对，这个身份还要第二道验证，还没有登录。输您的 PIN。",
    )  # fmt: skip
    assert sign_in(office, "P201", "guess", Proof(code="201201")).type == "password-wrong"
    wrong = [sign_in(office, "P201", PASSWORD, Proof(code="000000")).type for _ in range(3)]
    assert wrong == ["pin-wrong", "pin-wrong", "account-locked"]
    assert sign_in(office, "P201", PASSWORD, Proof(code="201201")).type == "account-locked"
    office.parts.clock.moment += timedelta(seconds=LOCK_SECONDS + 1)
    assert isinstance(sign_in(office, "P201", PASSWORD, Proof(code="201201")), Session)
    assert [row[:2] for row in failures(office)] == [("P201", 5)], (
        "one password, three PINs, one more while it was locked"
    )
    sign_out(office)


def test_a_code_that_changes_cannot_be_judged_here(office):
    twice_proven(office, "totp")
    refused = sign_in(office, "P201", PASSWORD, Proof(code="201201"))
    assert refused.type == "second-factor-away"
    assert office.session is None


def test_who_needs_no_second_factor_is_asked_for_none(office):
    hall_says(office, second_factor=["chief_rep"])
    once_online(office)
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)


def failures(office):
    rows = office.parts.vault.journal.rows((), 50)
    bodies = [
        json.loads(office.parts.vault.journal.due(0, 100, 1 << 20)[place].envelope)["body"]
        for place in range(len(rows))
    ]
    return [
        (b["person"], b["count"], b["first"] < b["last"], b["actor"])
        for b in bodies
        if b["kind"] == "record_failed_sign_ins"
    ]


def test_failures_with_the_line_cut_are_told_at_the_next_sign_in_of_anybody(office):
    once_online(office)
    once_online(office, "P204")
    for _ in range(TRIES):
        sign_in(office, "P203", "guess")
    sign_in(office, "P204", "guess")
    assert failures(office) == []
    assert isinstance(sign_in(office, "P204", PASSWORD), Session)
    assert failures(office) == [("P203", 5, True, "P204"), ("P204", 1, False, "P204")]
    sign_out(office)
    assert isinstance(sign_in(office, "P204", PASSWORD), Session)
    assert len(failures(office)) == 2, "told once"
    assert office.parts.vault.keep.meta(failed_sign_ins.KEY) == "{}"


def test_failures_are_kept_when_the_fact_cannot_be_written(office, monkeypatch):
    once_online(office)
    sign_in(office, "P203", "guess")
    kept = office.parts.vault.keep.meta(failed_sign_ins.KEY)
    do = office.do
    monkeypatch.setattr(office, "do", lambda command, *more: Refusal("disk-full", "磁盘满了。"))
    assert isinstance(sign_in(office, "P203", PASSWORD), Session)
    assert office.parts.vault.keep.meta(failed_sign_ins.KEY) == kept
    monkeypatch.setattr(office, "do", do)
    failed_sign_ins.tell(office)
    assert [row[:2] for row in failures(office)] == [("P203", 1)]
