"""占用 at the window: asked for, kept with its fence, renewed, lapsed with the line cut, handed on by a code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from clerk_app.office.counter import deciding, visit
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.hold_rules import until_of
from clerk_app.office.line import holding
from clerk_app.office.office import Done, Office
from clerk_app.office.registration import saving
from clerk_app.ports import CentreAway, CentreProblem, HoldGrant, Verdict
from tests.desk import CutCentre, cut_office
from tests.office.test_deciding import Pages, example
from tests.seal_fakes import with_seals
from tests.visits import accept, receive, serve


@dataclass
class GrantingCentre(CutCentre):
    """Cut for everything but holds; they are given as told."""

    grant: HoldGrant | Exception | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)

    def claim(self, subject: str, release_code: str = "") -> HoldGrant:
        self.asked.append((subject, release_code))
        if self.grant is None:
            raise CentreAway("cut")
        if isinstance(self.grant, Exception):
            raise self.grant
        return self.grant


@pytest.fixture
def centre() -> GrantingCentre:
    return GrantingCentre()


@pytest.fixture
def office(tmp_path, centre):
    office = cut_office(tmp_path)
    office.parts = replace(office.parts, centre=centre)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office):
    return receive(office, serve(office))


def applied(office: Office) -> None:
    """The centre has taken everything."""
    journal = office.parts.vault.journal
    journal.settle([Verdict(id=sent.id, state="applied") for sent in journal.due(0.0, 500, 1 << 24)], 0.0)


def held(office: Office, case: str) -> tuple[str | None, int]:
    subject = f"case:{case}"
    return office.read(lambda books: (books.holder(subject), books.fence(subject)))


def grant(office: Office, fence: int, minutes: int = 60, code: str = "12345678") -> HoldGrant:
    until = office.parts.clock.now() + timedelta(minutes=minutes)
    return HoldGrant(granted=True, fence=fence, until=until, release_code=code)


def test_a_birth_is_held_to_the_end_of_its_office_day(office, case):
    assert held(office, case.id) == ("device-under-test", 0)
    until = office.read(lambda books: until_of(f"case:{case.id}", books))
    assert (until.hour, until.minute, until.date()) == (17, 30, case.received_at.date())
    assert holding.take_in_hand(office, case.id) is None
    assert office.parts.centre.asked == [], "in hand already"


def test_what_is_claimed_is_kept_with_its_fence_and_every_act_names_it(office, case, centre):
    assert isinstance(holding.give_back(office, case.id), Done)
    assert holding.take_in_hand(office, case.id).type == "still-sending"
    assert centre.asked == [], "asked now, the centre would renew what it is about to hear is given back"
    applied(office)
    assert holding.take_in_hand(office, case.id).type == "line-cut"
    centre.grant = HoldGrant(granted=False)
    assert holding.take_in_hand(office, case.id).type == "held-elsewhere"
    centre.grant = grant(office, 7)
    assert holding.take_in_hand(office, case.id) is None
    assert held(office, case.id) == ("device-under-test", 7)
    done = visit.tick(office, case.id, "公司章程", brought=False)
    data = office.parts.vault.journal.envelope(done.command)
    assert b'"fences":{"case:%s":7}' % case.id.encode() in data


def test_a_hold_near_its_end_is_asked_for_again_and_decides_nothing_with_the_line_cut(office, case, centre):
    accepted = accept(office, case)
    assert isinstance(saving.save_form(office, case.id, example()), Done)
    with_seals(office, pages=Pages())
    assert isinstance(deciding.propose(office, case.id, "grant", "可以。"), Done)
    office.parts.clock.moment = accepted.received_at.replace(hour=17, minute=24)
    assert holding.in_time(office, case.id) is None
    office.parts.clock.moment = accepted.received_at.replace(hour=17, minute=26)
    assert holding.in_time(office, case.id).type == "hold-lapsed", "five minutes before the end"
    assert prepare(office, case.id, "P201", "grant", "同意。").type == "hold-lapsed"
    assert isinstance(visit.reveal(office, case.id), Done), "everything else goes on"
    centre.grant = grant(office, 0)
    assert holding.in_time(office, case.id) is None
    assert held(office, case.id) == ("device-under-test", 0)


def test_the_code_is_read_out_once_and_the_case_is_not_moved_here_any_more(office, case, centre):
    assert holding.release_code_of(office, case.id).type == "release-code-none"
    applied(office)
    centre.grant = grant(office, 0)
    assert holding.HoldRenewer(office).renew() == 1
    visit.tick(office, case.id, "公司章程", brought=False)
    told = holding.release_code_of(office, case.id)
    assert (told.code, told.unsent) == ("12345678", 1)
    assert visit.tick(office, case.id, "公司章程", brought=True).type == "not-held"
    assert holding.release_code_of(office, case.id).type == "not-held"
    assert isinstance(visit.reveal(office, case.id), Done), "facts are facts"


def test_taking_over_needs_eight_digits_and_says_what_the_centre_says(office, case, centre):
    holding.give_back(office, case.id)
    assert holding.take_over(office, case.id, "123").type == "release-code-wrong"
    assert holding.take_over(office, case.id, "1234 5678").type == "line-cut"
    centre.grant = CentreProblem("release-code-spoiled", "交接码连续错 5 次，已作废。", 423)
    assert holding.take_over(office, case.id, "1234 5678").type == "release-code-spoiled"
    centre.grant = grant(office, 9)
    assert holding.take_over(office, case.id, "1234-5678") is None
    assert centre.asked[-1] == (f"case:{case.id}", "12345678")
    assert held(office, case.id)[1] == 9


def test_renewing_asks_for_codes_and_longer_holds_and_never_in_a_circle(office, case, centre):
    applied(office)
    centre.grant = HoldGrant(granted=False)
    renewer = holding.HoldRenewer(office)
    assert renewer.renew() == 0
    assert renewer.renew() == 0
    assert len(centre.asked) == 1, "not again within ten minutes"
    centre.grant = grant(office, 0)
    assert holding.HoldRenewer(office).renew() == 1
    assert holding.HoldRenewer(office).renew() == 0, "it has a code, and time"
    office.parts.clock.moment += timedelta(minutes=40)
    assert holding.HoldRenewer(office).renew() == 1, "half an hour before the end"
    assert held(office, case.id) == ("device-under-test", 0)


def test_another_windows_case_is_moved_by_nobody_here(office, case):
    office.parts.vault.keep.grant_hold(f"case:{case.id}", HoldGrant(granted=True, fence=3))
    with office.parts.vault.unit(office.hall) as work:
        work.books.cabinet.hold(f"case:{case.id}", "device-b", 4)
    refused = visit.tick(office, case.id, "公司章程", brought=False)
    assert refused.type == "held-elsewhere"
