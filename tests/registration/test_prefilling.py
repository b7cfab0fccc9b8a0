"""自助预填 on both sides over a real store: the place keeps nothing it has handed in, the clerk looks at every field he takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk_app.command import Refusal
from clerk_app.office.registration.importing import preview
from clerk_app.office.registration.prefilling import (
    Waiting,
    filled_by_citizen,
    keep_unchecked,
    take,
    take_left,
    unchecked,
    waiting,
)
from clerk_app.office.registration.saving import FormSaver
from clerk_app.office.registration.self_filling import (
    WAITING,
    Begun,
    HandedIn,
    begin,
    findings_of,
    hand_in,
    place_form,
    send_waiting,
    ticket_named,
)
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.audit import Signer
from clerk_app.ports.prefills import PrefillKept, PrefillSent
from clerk_app.queueing.citizen_token import ticket_token
from clerk_app.registration.document import get, put
from clerk_app.registration.fitting import steps_filled
from tests.desk import cut_office
from tests.registration.prefill_box import PrefillBox
from tests.registration.test_form import EXAMPLE, FORM
from tests.visits import done, receive, serve

TICKET = "018f0000-0000-7000-8000-000000000001"


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, prefills=PrefillBox())
    yield office
    office.parts.vault.close()


def sit(office, typed: str = f"ticket:{TICKET}") -> Begun:
    begun = begin(office, typed)
    assert isinstance(begun, Begun), begun
    return begun


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        (f"ticket:{TICKET}", ticket_token(TICKET)),
        (f"https://citizen.example/t/{ticket_token(TICKET)}\n", ticket_token(TICKET)),
        (ticket_token(TICKET), ticket_token(TICKET)),
        (" ａ０２３ ", "A023"),
        ("VB021", "VB021"),
        ("https://citizen.example/c/" + ticket_token(TICKET), ""),
        ("case:7K3M-Q9X2", ""),
        ("23", ""),
        ("", ""),
    ],
)
def test_what_a_scan_or_a_typed_number_names(typed: str, named: str) -> None:
    assert ticket_named(typed) == named


def test_handed_in_it_is_at_the_centre_and_nowhere_else(office) -> None:
    box = office.parts.prefills
    begun = sit(office)
    handed = hand_in(office, begun, EXAMPLE)
    assert isinstance(handed, HandedIn)
    assert (handed.sent, handed.filled, handed.steps) == (True, *steps_filled(place_form(), EXAMPLE))
    assert box.kept[ticket_token(TICKET)].document == EXAMPLE
    assert office.parts.vault.keep.meta(WAITING) is None
    again = hand_in(office, begun, put(EXAMPLE, "/company/trade_name", "云栎"))
    assert isinstance(again, HandedIn), "the same sitting says it again"
    other = begin(office, f"ticket:{TICKET}")
    assert isinstance(other, Refusal)
    assert "10:32" in other.sentence


def test_with_the_line_cut_it_waits_encrypted_and_goes_when_the_line_is_back(office, tmp_path) -> None:
    box = office.parts.prefills
    box.cut = True
    refused = begin(office, "A023")
    assert isinstance(refused, Refusal)
    assert "扫号票上的二维码" in refused.sentence
    begun = sit(office)
    for document in (EXAMPLE, put(EXAMPLE, "/company/trade_name", "云栎")):
        handed = hand_in(office, begun, document)
        assert isinstance(handed, HandedIn)
        assert not handed.sent
    assert send_waiting(office) == 1, "of one sitting only the last"
    lying = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert "云栎".encode() not in lying
    assert EXAMPLE["persons"][0]["id_no"].encode() not in lying
    box.cut = False
    assert send_waiting(office) == 0
    assert box.kept[ticket_token(TICKET)].document["company"]["trade_name"] == "云栎"
    assert office.parts.vault.keep.meta(WAITING) == "[]"


def test_what_is_handed_in_while_another_is_being_sent_waits_too(office, monkeypatch: pytest.MonkeyPatch) -> None:
    box, saved = office.parts.prefills, office.parts.prefills.save
    box.cut = True
    first, second = sit(office), sit(office, ticket_token("018f0000-0000-7000-8000-000000000002"))
    hand_in(office, first, EXAMPLE)

    def slowly(ticket: str, sent: PrefillSent) -> PrefillKept:
        """Meanwhile the next person hands in, and his line is cut."""
        box.cut = True
        if ticket == first.ticket:
            assert isinstance(hand_in(office, second, EXAMPLE), HandedIn)
            box.cut = False
        return saved(ticket, sent)

    monkeypatch.setattr(box, "save", slowly)
    assert send_waiting(office) == 1
    monkeypatch.undo()
    box.cut = False
    assert send_waiting(office) == 0
    assert set(box.kept) == {first.ticket, second.ticket}


def test_what_is_said_of_the_machine_throws_no_form_away(office, monkeypatch: pytest.MonkeyPatch) -> None:
    box = office.parts.prefills
    box.cut = True
    hand_in(office, sit(office), EXAMPLE)

    def revoked(ticket: str, sent: PrefillSent) -> PrefillKept:
        raise CentreProblem("device-revoked", "这台机器停用了。", 403)

    monkeypatch.setattr(box, "save", revoked)
    assert send_waiting(office) == 1


def test_what_is_taken_over_while_another_is_told_is_told_too(office, monkeypatch: pytest.MonkeyPatch) -> None:
    box = office.parts.prefills
    box.cut = True
    take(office, "one")
    box.cut, told = False, []

    def slowly(ticket: str, who: Signer) -> None:
        told.append(ticket)
        if ticket == "one":
            with monkeypatch.context() as cut:
                cut.setattr(box, "take", _cut)
                take(office, "two")

    monkeypatch.setattr(box, "take", slowly)
    take_left(office)
    take_left(office)
    assert told == ["one", "two"]


def _cut(ticket: str, who: Signer) -> None:
    raise CentreAway("cut")


def test_what_nobody_would_take_any_more_goes(office) -> None:
    box = office.parts.prefills
    box.cut = True
    hand_in(office, sit(office), EXAMPLE)
    office.parts.clock.moment += timedelta(days=5)
    assert send_waiting(office) == 0
    box.cut = False
    assert box.kept == {}


def given(office):
    """A case in hand whose person has filled in the form."""
    ticket = serve(office)
    case = receive(office, ticket)
    hand_in(office, sit(office, f"ticket:{case.ticket}"), EXAMPLE)
    found = waiting(office, case, None)
    assert isinstance(found, Waiting), found
    return case, found


def test_the_clerk_sees_who_filled_it_in_and_takes_it_over(office) -> None:
    case, found = given(office)
    filled, steps = steps_filled(place_form(), EXAMPLE)
    name = EXAMPLE["persons"][0]["name"]
    assert "*" in found.who
    assert name not in found.sentence
    assert found.sentence.endswith(f"已自助预填（10:32，{steps} 步里填了 {filled} 步）")
    seen = preview(found.read, {})
    done(FormSaver(office, case.id).save(seen.document, prefilled=case.ticket))
    draft = office.read(lambda books: books.form(case.id))
    assert draft is not None
    assert draft.prefilled == case.ticket
    assert waiting(office, case, draft) is None, "not offered twice"
    take(office, case.ticket)
    assert office.parts.prefills.taken == [case.ticket]


def test_taken_with_the_line_cut_it_is_wiped_there_later(office) -> None:
    case, _ = given(office)
    office.parts.prefills.cut = True
    refused = waiting(office, case, None)
    assert isinstance(refused, Refusal)
    assert "看不到有没有自助预填" in refused.sentence
    take(office, case.ticket)
    assert office.parts.prefills.taken == []
    office.parts.prefills.cut = False
    take_left(office)
    take_left(office)
    assert office.parts.prefills.taken == [case.ticket]


def test_what_was_looked_at_is_kept_by_row_and_unknown_is_not_looked_at(office) -> None:
    case, found = given(office)
    done(FormSaver(office, case.id).save(found.read.fit.document, prefilled=case.ticket))
    draft = office.read(lambda books: books.form(case.id))
    assert draft is not None
    everything = filled_by_citizen(draft.document)
    assert unchecked(office, draft) == everything, "this machine does not know yet: all of it"
    assert "/persons/1/name" in everything
    assert not any(FORM.by_id.get(one.strip("/").replace("/", ".")) and "application_no" in one for one in everything)
    keep_unchecked(office, case.id, draft.document, {"/persons/1/name", "/company/trade_name"})
    without_first = {**draft.document, "persons": draft.document["persons"][1:]}
    assert unchecked(office, replace(draft, document=without_first)) == {"/persons/0/name", "/company/trade_name"}
    gone = {**draft.document, "persons": []}
    assert unchecked(office, replace(draft, document=gone)) == {"/company/trade_name"}
    keep_unchecked(office, case.id, draft.document, ())
    assert unchecked(office, draft) == frozenset()
    assert unchecked(office, replace(draft, prefilled="")) == frozenset()


def test_what_only_the_window_says_never_comes_from_a_self_fill_place(office) -> None:
    ticket = serve(office)
    case = receive(office, ticket)
    claimed = {
        **EXAMPLE,
        "persons": [{**EXAMPLE["persons"][0], "real_name_verified": "已认证", "real_name_proof": "X"}],
    }
    hand_in(office, sit(office, f"ticket:{case.ticket}"), claimed)
    found = waiting(office, case, None)
    assert isinstance(found, Waiting)
    person = found.read.fit.document["persons"][0]
    assert person["real_name_verified"] != "已认证"
    assert person["real_name_proof"] is None
    assert get(found.read.fit.document, "/commitments/applicant_signed") is not True
    shown = {one.id for one in place_form().fields}
    assert "persons[].id_no" in shown
    assert not any(one.startswith(("persons[].real_name", "materials", "commitments")) for one in shown)
    assert all(findings_of({}, office.parts.clock.now().date())), "an empty form is checked too"
    assert {
        one.pointer
        for one in findings_of(EXAMPLE, office.parts.clock.now().date(), region="429900")
        if one.severity == "error"
    } == set()


def test_who_only_sat_down_is_not_offered(office) -> None:
    case = receive(office, serve(office))
    sit(office, f"ticket:{case.ticket}")
    assert waiting(office, case, None) is None
