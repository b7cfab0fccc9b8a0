"""Proposed, authorised, sealed, handed over: every refusal leaves what stood before it standing, and nothing is half-done."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, handling, visit
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.prepared import Prepared, prepare
from clerk_app.office.duty import cover
from clerk_app.office.line import holding
from clerk_app.office.office import Done
from clerk_app.office.registration import saving
from clerk_app.ports import CentreProblem, HoldGrant, NumberBlock, SessionGrant
from clerk_app.sealing.paper import MadePage, SealPlace
from resources import path
from tests.desk import CutCentre, cut_office
from tests.seal_fakes import PowerCut, keeper, power_cut, stamper_of, with_seals
from tests.visits import accept, receive, serve

CHIEF, DEPUTY, CLERK = "P201", "P202", "P203"


class Pages:
    """A page maker that writes words, not pictures."""

    def decision(self, paper):
        return MadePage(repr(paper).encode(), 1, SealPlace(1, 140, 230))

    def face(self, face):
        return repr(face).encode()


class PinCentre(CutCentre):
    """The line is up for PINs only: three wrong ones lock."""

    def __init__(self):
        self.wrong = 0

    def sign_in(self, account, secret, window, public_key, by="password", proof=None):
        assert by == "pin"
        if self.wrong >= 3:
            raise CentreProblem("account-locked", "PIN 连续输错 3 次，已锁到 10:52。没有用印，办件没有变化。", 423)
        if secret != training_pin(account):
            self.wrong += 1
            left = 3 - self.wrong
            raise CentreProblem("pin-wrong", f"PIN 不对，还可试 {left} 次。没有用印，办件没有变化。", 401)
        return SessionGrant(person=account)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    with_seals(office, pages=Pages(), centre=PinCentre())
    year = office.parts.clock.now().year
    office.parts.vault.keep.add_block(NumberBlock(id="d", kind=f"doc_no:SJJ:{year}", first=1, last=3))
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office):
    """Accepted at window 2, its form filled."""
    ticket = serve(office)
    accepted = accept(office, receive(office, ticket))
    assert isinstance(saving.save_form(office, accepted.id, example()), Done)
    return accepted


def example():
    return json.loads(path("forms", "company", "example.json").read_text(encoding="utf-8"))


def now(office, case):
    return office.read(lambda books: books.case(case.id))


def kinds(office):
    return [row.kind for row in reversed(office.parts.vault.journal.rows((), 60))]


def person(office, key):
    return office.hall.roster.people[key]


def ready(office, case, who=CHIEF):
    assert isinstance(deciding.propose(office, case.id, "grant", "材料齐全，符合法定形式。"), Done)
    prepared = prepare(office, case.id, who, "grant", "同意。")
    assert isinstance(prepared, Prepared), prepared
    return prepared


def test_a_form_with_a_gap_is_not_proposed(office):
    ticket = serve(office)
    case = accept(office, receive(office, ticket))
    assert deciding.propose(office, case.id, "grant", "可以。").type == "form-missing"
    document = example()
    document["company"]["name"] = ""
    saving.save_form(office, case.id, document)
    refused = deciding.propose(office, case.id, "grant", "可以。")
    assert refused.type == "form-incomplete"
    assert "还有 1 处没填" in refused.sentence
    assert now(office, case).state == "accepted"


def test_two_signatures_a_seal_and_the_clock_stops(office, case):
    prepared = ready(office, case)
    assert prepared.document_no == "江市监准〔2026〕1号"
    assert isinstance(deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF)), Done)
    sealed = now(office, case)
    assert (sealed.state, sealed.decision.by, sealed.proposal.by) == ("sealed", CHIEF, CLERK)
    use = office.read(lambda books: books.seal_use(sealed.seal_use))
    assert sealed.sealed_at == use.at
    assert (use.approver, use.letter, use.flags) == (CHIEF, prepared.letter.document_no, ())
    frozen = office.parts.vault.keep.document(use.digest_before)
    final = office.parts.vault.keep.document(use.digest_after)
    assert frozen.content == prepared.page.pdf
    assert final.content.startswith(frozen.content)
    assert hashlib.sha256(final.content).hexdigest() == use.digest_after
    assert kinds(office)[-6:] == [
        "propose_decision", "authorise_decision", "grant_seal", "begin_seal_use", "record_seal_use", "mark_sealed",
    ]  # fmt: skip
    actors = {row.kind: row.actor for row in office.parts.vault.journal.rows((), 5)}
    assert actors["authorise_decision"] == actors["grant_seal"] == actors["record_seal_use"] == CHIEF
    assert actors["begin_seal_use"] == actors["mark_sealed"] == CLERK
    assert [key.closed for key in office.parts.seal_keys.opened] == [True], "put away after the act"
    assert office.session.person.id == CLERK, "a countersignature is no sign-in"


def test_the_result_is_handed_to_a_named_receiver(office, case):
    deciding.authorise(office, ready(office, case), person(office, CHIEF), training_pin(CHIEF))
    assert visit.hand_over(office, now(office, case), " ", "居民身份证").type == "receiver-missing"
    done = visit.hand_over(office, now(office, case), "卢小珍", "居民身份证")
    assert len(done.papers) == 1
    delivered = now(office, case)
    assert (delivered.state, delivered.handed_over.receiver) == ("delivered", "卢小珍")
    slip = office.parts.maker.made[-1]
    assert slip.doc_type == "取件凭证"
    assert "卢小珍" not in repr(slip)
    assert visit.hand_over(office, delivered, "别人", "身份证").type == "not-to-hand-over"


def test_three_wrong_pins_change_nothing_and_are_recorded(office, case):
    prepared = ready(office, case)
    said = [deciding.authorise(office, prepared, person(office, CHIEF), "000000") for _ in range(4)]
    assert [r.type for r in said] == ["pin-wrong"] * 3 + ["account-locked"]
    assert "还可试 2 次" in said[0].sentence
    assert all("没有用印" in r.sentence for r in said)
    assert now(office, case).state == "to_authorise"
    assert kinds(office)[-4:] == ["record_pin_failure"] * 4
    assert deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF)).type == "account-locked"


def test_the_proposer_never_authorises_his_own(office, case):
    prepared = ready(office, case)
    forged = replace(office.hall.roster.letters[0], person=CLERK, items=(case.item,))
    roster = office.hall.roster
    posts = roster.posts | {"R-SJJ": replace(roster.posts["R-SJJ"], a=CLERK)}
    people = roster.people | {CLERK: replace(roster.people[CLERK], roles=("clerk", "chief_rep"))}
    office.hall = replace(office.hall, roster=replace(roster, letters=(forged,), posts=posts, people=people))
    refused = deciding.authorise(
        office, replace(prepared, letter=forged), person(office, CLERK), training_pin(CLERK), keeper(CHIEF)
    )
    assert refused.type == "own-proposal"
    assert now(office, case).state == "to_authorise"
    assert office.parts.vault.keep.next_serial("doc_no:SJJ:2026").serial == 1, "no 文号 was spent"


def test_a_letter_that_ended_or_lacks_the_item_is_no_power(office, case):
    deciding.propose(office, case.id, "grant", "可以。")
    roster = office.hall.roster
    letter = roster.letter_for(case.item, "SJJ")
    ended = replace(letter, end=letter.start)
    office.hall = replace(office.hall, roster=replace(roster, letters=(ended,)))
    refused = prepare(office, case.id, CHIEF, "grant", "同意。")
    assert refused.type == "letter-ended"
    assert "已到期，不能授权" in refused.sentence
    lacking = replace(letter, items=())
    office.hall = replace(office.hall, roster=replace(roster, letters=(lacking,)))
    assert prepare(office, case.id, CHIEF, "grant", "同意。").type == "beyond-letter"
    assert now(office, case).state == "to_authorise"


def test_the_deputy_only_while_the_chief_is_away(office, case):
    deciding.propose(office, case.id, "grant", "可以。")
    assert prepare(office, case.id, DEPUTY, "grant", "同意。").type == "chief-present"
    assert isinstance(cover.record_absence(office, CHIEF, "到局里开会"), Done)
    prepared = prepare(office, case.id, DEPUTY, "grant", "同意。")
    assert isinstance(deciding.authorise(office, prepared, person(office, DEPUTY), training_pin(DEPUTY)), Done)
    assert now(office, case).decision.by == DEPUTY


def test_no_document_number_no_decision(office, case):
    ready(office, case)
    for serial in (1, 2, 3):
        with office.parts.vault.unit(office.hall) as work:
            assert work.books.spend_number("doc_no:SJJ:2026", "d", serial, f"c-{serial}") is None
    refused = prepare(office, case.id, CHIEF, "grant", "同意。")
    assert refused.type == "no-document-number"
    assert now(office, case).state == "to_authorise"


def test_with_the_line_cut_the_electronic_seal_stays_in_its_box(office, case):
    prepared = ready(office, case)
    office.parts = replace(office.parts, centre=CutCentre())
    refused = deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF))
    assert refused.type == "seal-when-cut"
    assert now(office, case).state == "to_authorise"


def test_a_stop_between_decision_and_seal_is_taken_up_on_the_same_bytes(office, case, monkeypatch):
    prepared = ready(office, case)

    monkeypatch.setattr(stamper_of(office), "first", power_cut)
    with pytest.raises(PowerCut):
        deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF))
    assert now(office, case).state == "granted"
    (left,) = office.read(lambda books: books.open_seal_intents())
    assert (left.case, left.digest) == (case.id, prepared.digest), "somebody has to look whether it was sealed"
    assert office.parts.seal_keys.opened[-1].closed
    monkeypatch.undo()
    refused = deciding.seal_again(office, case.id, person(office, DEPUTY), training_pin(DEPUTY))
    assert refused.type == "not-the-authoriser"
    assert isinstance(deciding.seal_again(office, case.id, person(office, CHIEF), training_pin(CHIEF)), Done)
    use = office.read(lambda books: books.seal_use_of(case.id))
    assert (now(office, case).state, use.digest_before) == ("sealed", prepared.digest)


def sealed_but_not_marked(office, case, monkeypatch):
    """The case leaves the window's hand while the stamp is on its way: the line stands, the mark does not."""
    prepared = ready(office, case)
    monkeypatch.setattr(stamper_of(office), "first", lambda: holding.give_back(office, case.id))
    refused = deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF))
    assert refused.type == "not-held"
    monkeypatch.undo()
    assert office.read(lambda books: books.seal_use_of(case.id)).flags == ()
    office.parts.vault.keep.grant_hold(f"case:{case.id}", HoldGrant(granted=True, fence=1))


def test_what_was_stamped_and_could_not_be_marked_is_marked_at_the_next_look(office, case, monkeypatch):
    sealed_but_not_marked(office, case, monkeypatch)
    assert now(office, case).state == "granted"
    assert office.read(lambda books: books.open_seal_intents()) == (), "its result is in the register"
    assert deciding.finish_sealing(office) == 1
    assert now(office, case).state == "sealed"
    assert deciding.finish_sealing(office) == 0


def test_what_is_stamped_already_is_only_marked_and_never_stamped_twice(office, case, monkeypatch):
    sealed_but_not_marked(office, case, monkeypatch)
    first = office.read(lambda books: books.seal_use_of(case.id))
    assert isinstance(deciding.seal_again(office, case.id, person(office, CHIEF), training_pin(CHIEF)), Done)
    assert now(office, case).seal_use == first.id
    assert office.read(lambda books: books.seal_use_of(case.id)) == first
    assert len(stamper_of(office).orders) == 1


def test_a_page_that_is_no_longer_so_is_not_signed(office, case):
    prepared = ready(office, case)
    assert isinstance(
        handling.send_back(
            office, case.id, "再核", Countersigner(person=person(office, CHIEF), pin=training_pin(CHIEF))
        ),
        Done,
    )
    assert isinstance(deciding.propose(office, case.id, "refuse", "不符合第九条。"), Done)
    refused = deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF))
    assert refused.type == "case-changed"
    assert now(office, case).state == "to_authorise"


def test_an_item_with_one_signature_is_decided_by_its_named_clerk(office):
    code = "11429900MBX002022C4000131001004"
    ticket = serve(office)
    case = accept(office, receive(office, ticket, code=code))
    prepared = prepare(office, case.id, "P204", "grant", "符合。")
    assert isinstance(prepared, Prepared)
    wrong = deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF))
    assert wrong.type == "not-the-decider"
    alone = deciding.authorise(office, prepared, person(office, "P204"), training_pin("P204"))
    assert (alone.type, now(office, case).state) == ("keeper-wanted", "accepted"), (
        "he decides, and does not keep the seal"
    )
    done = deciding.authorise(office, prepared, person(office, "P204"), training_pin("P204"), keeper(CHIEF))
    assert isinstance(done, Done), done
    use = office.read(lambda books: books.seal_use_of(case.id))
    assert (now(office, case).state, use.approver, use.keeper, use.flags) == ("sealed", "P204", CHIEF, ())


def test_a_case_given_back_is_moved_by_nobody_until_it_is_claimed(office, case):
    prepared = ready(office, case)
    assert isinstance(holding.give_back(office, case.id), Done)
    refused = deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF))
    assert refused.type == "not-held"
    assert holding.take_in_hand(office, case.id).type == "still-sending", "the centre has not heard of it"


def test_the_first_rating_of_a_visit_counts(office, case):
    ticket = case.ticket
    assert isinstance(visit.rate(office, ticket, 2), Done)
    assert isinstance(visit.rate(office, ticket, 5), Done)
    assert isinstance(visit.rate(office, "other", 9), Done)
    assert office.read(lambda books: books.rating(ticket)).level == 2
    assert office.read(lambda books: books.rating("other")) is None
