"""自检: recorded on one exact document; a grant is proposed on that document only, and only with its warnings answered for."""

from __future__ import annotations

from datetime import date

import pytest

from clerk_app.cases.decisions import ProposeDecision
from clerk_app.command import Refusal
from clerk_app.office.office import Done, Office, Outcome
from clerk_app.office.registration.acts import confirm_finding
from clerk_app.office.registration.saving import save_form
from clerk_app.registration.checks import CheckForm, digest_of, unanswered
from clerk_app.registration.model import FormDraft
from tests.desk import cut_office
from tests.registration.test_form import EXAMPLE
from tests.visits import accept, done, receive, serve

DAY = date(2026, 6, 15)
WARNING = "N-NEAR /company/trade_name"


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> str:
    case = receive(office, serve(office))
    done(save_form(office, case.id, EXAMPLE))
    accept(office, case)
    return case.id


def check(office: Office, case: str, digest: str = "", **said: tuple[str, ...]) -> Outcome:
    fields = office.stamp().fields(office.parts.new_id)
    found = {"errors": (), "warnings": (), **said}
    digest = digest or digest_of(draft_of(office, case).document)
    return office.do(CheckForm(**fields, case=case, digest=digest, as_of=DAY, law="2026.1", **found))


def propose(office: Office, case: str, outcome: str = "grant") -> Outcome:
    fields = office.stamp().fields(office.parts.new_id)
    return office.do(ProposeDecision(**fields, case=case, outcome=outcome, opinion="材料齐全。"))  # type: ignore[arg-type]


def draft_of(office: Office, case: str) -> FormDraft:
    draft = office.read(lambda books: books.form(case))
    assert draft is not None
    return draft


def why(outcome: Outcome) -> str:
    assert isinstance(outcome, Refusal), outcome
    assert outcome.sentence.endswith("。")
    return outcome.type


def test_a_grant_waits_for_the_check_of_the_very_document(office: Office, case: str) -> None:
    assert why(propose(office, case)) == "form-unchecked"
    done(check(office, case))
    done(save_form(office, case, {**EXAMPLE, "application": {**EXAMPLE["application"], "submit_mode": "全程电子化"}}))
    assert why(propose(office, case)) == "form-unchecked"
    done(check(office, case))
    done(propose(office, case))


def test_what_was_changed_meanwhile_has_not_been_checked(office: Office, case: str) -> None:
    assert why(check(office, case, digest_of({**EXAMPLE, "persons": []}))) == "form-changed"
    assert draft_of(office, case).checked is None


def test_errors_block_a_grant_and_no_refusal(office: Office, case: str) -> None:
    done(check(office, case, errors=("C-SUM /company/registered_capital",)))
    assert why(propose(office, case)) == "form-errors"
    done(propose(office, case, "refuse"))


def test_a_warning_wants_a_word_for_that_very_point(office: Office, case: str) -> None:
    done(check(office, case, warnings=(WARNING,)))
    assert why(propose(office, case)) == "form-warnings"
    assert why(confirm_finding(office, case, WARNING, "  ")) == "words-missing"
    done(confirm_finding(office, case, "P-AGE /agent/person", "看过证明。"))
    assert unanswered(draft_of(office, case)) == (WARNING,)
    done(confirm_finding(office, case, WARNING, "申请人坚持，已说明风险。"))
    done(save_form(office, case, {**EXAMPLE, "application": {**EXAMPLE["application"], "submit_mode": "全程电子化"}}))
    (said,) = (one for one in draft_of(office, case).confirmed if one.mark == WARNING)
    assert (said.by, said.words) == ("P203", "申请人坚持，已说明风险。")
    done(check(office, case, warnings=(WARNING,)))
    assert isinstance(propose(office, case), Done)


def test_without_a_form_no_grant(office: Office) -> None:
    case = receive(office, serve(office))
    accept(office, case)
    assert why(propose(office, case.id)) == "form-missing"
    assert why(confirm_finding(office, case.id, WARNING, "可以。")) == "form-missing"


def test_the_digest_knows_values_and_not_their_order() -> None:
    turned = dict(reversed(EXAMPLE.items()))
    assert digest_of(turned) == digest_of(EXAMPLE)
    assert digest_of({**EXAMPLE, "persons": []}) != digest_of(EXAMPLE)
