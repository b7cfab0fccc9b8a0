"""A learner's step waits for his mentor: asked, agreed at the mentor's window or here by his secret, and both names in the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clerk_app.canonical import canonical, sm3
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.duty import consenting
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.secrets import Secret, ask_centre
from clerk_app.ports import CentreProblem, SessionGrant
from tests.desk import CutCentre, cut_office, sit, training_document
from tests.sync.scripted import ScriptedCentre
from tests.visits import receive, serve

LEARNER, MENTOR, WORD = "P203", "P204", "lian-xi-204"


def learning(until: date = date(2026, 12, 31)) -> dict:
    document = training_document()
    person = next(row for row in document["people"] if row["id"] == LEARNER)
    person["learner"] = {"until": until.isoformat(), "mentor": MENTOR}
    return document


def refused(outcome: Outcome) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    document = learning()
    office.parts.vault.keep.put_hall_document(sm3(canonical(document)), document)
    office.reload_hall()
    sit(office, LEARNER)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    return receive(office, serve(office))


def need(office: Office, case: Case) -> consenting.Need | None:
    return office.read(lambda books: consenting.need_of(office, books, case))


def at_mentors(office: Office) -> consenting.Waiting:
    """The mentor sits down (here, for the test) and sees what waits for him."""
    sit(office, MENTOR)
    (waiting,) = consenting.waiting_for_me(office)
    return waiting


def test_the_step_waits_then_is_done_and_both_names_stand(office: Office, case: Case) -> None:
    assert need(office, case) == consenting.Need(mentor="段明远", state="none")
    assert refused(visit.accept(office, case)).type == "mentor-needed"
    assert isinstance(consenting.ask(office, case.id), Done)
    found = need(office, case)
    assert found is not None
    assert (found.state, found.given) == ("asked", False)
    assert refused(visit.accept(office, case)).type == "mentor-needed"
    waiting = at_mentors(office)
    assert (waiting.learner, waiting.mentor, waiting.case.id) == ("许可心", "段明远", case.id)
    assert isinstance(consenting.give(office, waiting.consent.id, agreed=True), Done)
    sit(office, LEARNER)
    assert isinstance(visit.accept(office, case), Done)
    accepted = office.read(lambda books: books.case(case.id))
    assert accepted is not None
    assert accepted.state == "accepted"
    assert office.read(lambda books: consenting.agreed_words(books, accepted)) == "许可心（学习期，段明远 同意）"
    sit(office, MENTOR)
    assert consenting.waiting_for_me(office) == ()


def test_a_no_comes_back_with_its_reason_and_may_be_asked_again(office: Office, case: Case) -> None:
    consenting.ask(office, case.id)
    waiting = at_mentors(office)
    assert refused(consenting.give(office, waiting.consent.id, agreed=False)).type == "note-missing"
    assert isinstance(consenting.give(office, waiting.consent.id, agreed=False, note="章程少一页"), Done)
    assert refused(consenting.give(office, waiting.consent.id, agreed=True)).type == "consent-closed"
    sit(office, LEARNER)
    found = need(office, case)
    assert found is not None
    assert (found.state, found.note) == ("refused", "章程少一页")
    assert refused(visit.accept(office, case)).type == "mentor-needed"
    consenting.ask(office, case.id)
    again = need(office, case)
    assert again is not None
    assert again.state == "asked"


def test_nobody_else_agrees_and_nobody_to_himself(office: Office, case: Case) -> None:
    consenting.ask(office, case.id)
    (mine,) = consenting.waiting_of_mine(office)
    assert refused(consenting.give(office, mine.consent.id, agreed=True)).type == "not-the-mentor"
    sit(office, "P105")
    assert consenting.waiting_for_me(office) == ()
    assert refused(consenting.give(office, mine.consent.id, agreed=True)).type == "not-the-mentor"


def test_a_consent_is_for_one_case_only(office: Office, case: Case) -> None:
    consenting.ask(office, "another-case")
    sit(office, MENTOR)
    assert consenting.waiting_for_me(office) == (), "a case nobody knows asks nobody"
    sit(office, LEARNER)
    assert refused(visit.accept(office, case)).type == "mentor-needed"


def test_when_the_learning_is_over_nobody_need_agree(office: Office, case: Case) -> None:
    document = learning(until=date(2026, 11, 19))
    office.parts.vault.keep.put_hall_document(sm3(canonical(document)), document)
    office.reload_hall()
    sit(office, LEARNER)
    assert need(office, case) is None
    assert isinstance(visit.accept(office, case), Done)
    assert office.read(lambda books: consenting.agreed_words(books, case)) == ""


def granted(asked: tuple[str, ...]) -> SessionGrant:
    return SessionGrant(person=asked[0])


def known_here(office: Office) -> None:
    """The mentor's credential stands on the learner's machine, as his own sends it there; then the line is cut."""
    office.parts = replace(office.parts, centre=ScriptedCentre(sessions=[granted]))
    ask_centre(office, office.hall.roster.people[MENTOR], Secret(WORD, 2))
    office.parts = replace(office.parts, centre=CutCentre())


def test_with_the_line_cut_he_agrees_at_the_learners_desk(office: Office, case: Case) -> None:
    known_here(office)
    session = office.session
    consenting.ask(office, case.id)
    (mine,) = consenting.waiting_of_mine(office)
    wrong = refused(consenting.give_here(office, mine, "guess"))
    assert wrong.sentence == "密码不对，还可试 4 次。办件没有变化。"
    assert refused(visit.accept(office, case)).type == "mentor-needed"
    assert isinstance(consenting.give_here(office, mine, WORD), Done)
    assert office.session is session, "a countersignature is no sign-in"
    assert isinstance(visit.accept(office, case), Done)
    rows = {row.kind: row for row in office.parts.vault.journal.rows((), 10)}
    assert "record_sign_in" not in rows
    found = office.read(lambda books: books.consent(mine.consent.id))
    assert found is not None
    assert found.agreed_at is not None


def test_without_his_credential_here_nothing_is_agreed(office: Office, case: Case) -> None:
    consenting.ask(office, case.id)
    (mine,) = consenting.waiting_of_mine(office)
    answer = refused(consenting.give_here(office, mine, WORD))
    assert answer.type == "no-credential"
    assert "没有同意" in answer.sentence
    assert refused(visit.accept(office, case)).type == "mentor-needed"


def test_line_up_the_centre_judges_it_as_a_countersignature(office: Office, case: Case) -> None:
    admitted: list[str] = []
    bys: list[str] = []

    class Centre(ScriptedCentre):
        def sign_in(self, account, secret, window, public_key, by="password", proof=None):  # type: ignore[no-untyped-def]
            bys.append(by)
            if secret != WORD:
                raise CentreProblem("password-wrong", "密码不对，还可试 4 次。", 401)
            return SessionGrant(person=account)

    office.parts = replace(office.parts, centre=Centre(), admit=lambda person, word: admitted.append(person))
    consenting.ask(office, case.id)
    (mine,) = consenting.waiting_of_mine(office)
    assert refused(consenting.give_here(office, mine, "guess")).type == "password-wrong"
    assert isinstance(consenting.give_here(office, mine, WORD), Done)
    assert bys == ["countersign", "countersign"]
    assert admitted == [], "his password opens no data on this machine"


def test_the_consent_is_signed_by_the_mentors_own_key(office: Office, case: Case) -> None:
    known_here(office)
    consenting.ask(office, case.id)
    (mine,) = consenting.waiting_of_mine(office)
    consenting.give_here(office, mine, WORD)
    newest = office.parts.vault.journal.due(0, 100, 1 << 20)[-1]
    credential = office.parts.vault.keep.credential(MENTOR)
    assert credential is not None
    key = office.parts.locksmith.unwrap(credential.wrapped_key, WORD)
    assert key is not None
    assert newest.signature == key.sign(bytes.fromhex(sm3(newest.envelope)))
