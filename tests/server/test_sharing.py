"""大厅已有 at the centre: the same rules, whatever the window knew; a source voided meanwhile and a yes taken back are told as conflicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from clerk_app.cases.afterwards import VoidCase
from clerk_app.cases.attachments import AttachScan
from clerk_app.cases.model import Applicant
from clerk_app.cases.sharing.consenting import AskShareConsent, RecordShareConsent, WithdrawShareConsent
from clerk_app.cases.sharing.using import LookAtHeld, UseHeldMaterial
from clerk_app.outside.ids import new_id
from tests.server.desk import Desk
from tests.server.test_documents import rows

FOOD, LICENCE, DIGEST = "11429900MBX002022C4000131016001", "营业执照", "a" * 64
OWNER = Applicant(name="卢桂珍", id_number="429900199001011234")


@dataclass
class Shared:
    """Window 2 took his licence in once; window 4 has a case of his that wants it, and his yes."""

    two: Desk
    four: Desk
    source: str
    attachment: str
    case: str
    word: str = "w"

    def using(self, kind: type[Any] = UseHeldMaterial, **change: Any) -> Any:
        plain = {"material": LICENCE, "source": self.source, "attachment": self.attachment, "digest": DIGEST}
        return kind(**self.four.stamp(), case=self.case, consent=self.word, **{**plain, **change})


def received(desk: Desk, letter: str, **change: Any) -> str:
    ticket, case = new_id(), new_id()
    taken = replace(desk.received(ticket, case), applicant=OWNER, **change)
    acts = (desk.took(letter, ticket), desk.called(ticket), desk.arrived(ticket), taken)
    assert [desk.do(act)["state"] for act in acts] == ["applied"] * 4
    return case


@pytest.fixture
def shared(desk_at: Callable[[int], Desk]) -> Shared:
    two, four = desk_at(2), desk_at(4)
    source, paper = received(two, "A"), new_id()
    scan = AttachScan(
        **two.stamp(),
        case=source,
        attachment=paper,
        name="营业执照.pdf",
        media="application/pdf",
        size=9,
        digest=DIGEST,
    )
    assert [two.do(act)["state"] for act in (two.accepted(source), scan)] == ["applied"] * 2
    case = received(four, "B", item=FOOD, brought=("食品经营许可申请书",), query_code="8K3M-Q9X2")
    asked = AskShareConsent(**four.stamp(), case=case, consent="w", materials=(LICENCE,), purpose="办理食品经营许可")
    said = RecordShareConsent(**four.stamp(), case=case, consent="w", answer="agreed", way="said", giver=OWNER.name)
    assert [four.do(act)["state"] for act in (asked, said)] == ["applied"] * 2
    return Shared(two, four, source, paper, case)


def test_used_and_looked_at_stand_in_rows_that_every_window_hears_of(shared: Shared) -> None:
    used, looked = shared.using(), shared.using(LookAtHeld)
    assert [shared.four.do(act)["state"] for act in (looked, used)] == ["applied"] * 2
    (row,) = rows(shared.two, "share")
    assert (row["state"], row["way"], row["given_by"], row["giver"]) == ("agreed", "said", "applicant", OWNER.name)
    assert [(use["digest"], use["source"], use["by"]) for use in row["uses"]] == [(DIGEST, shared.source, "P105")]
    assert [(look["material"], look["by"]) for look in row["looks"]] == [(LICENCE, "P105")]
    case = next(one for one in rows(shared.two, "case") if one["id"] == shared.case)
    line = next(one for one in case["materials"] if one["name"] == LICENCE)
    assert (line["brought_as"], line["share"]) == ("held", "w")
    looks = shared.two
    answer = looks.do(
        replace(shared.using(LookAtHeld), **{k: looks.stamp()[k] for k in ("id", "actor", "post", "window")})
    )
    assert answer["state"] == "applied", "who decides it elsewhere may look, by the same yes"
    assert len(rows(looks, "share")[0]["looks"]) == 2


def test_the_source_was_voided_meanwhile(shared: Shared) -> None:
    voided = VoidCase(**shared.two.stamp(), case=shared.source, reason="收错了人")
    assert shared.two.do(voided)["state"] == "applied"
    told = shared.four.do(shared.using())
    assert (told["state"], told["type"]) == ("conflict", "held-source-void")
    assert not rows(shared.four, "share")[0]["uses"]


def test_his_yes_was_taken_back_meanwhile_and_the_line_is_empty_again(shared: Shared) -> None:
    assert shared.four.do(shared.using())["state"] == "applied"
    back = WithdrawShareConsent(**shared.four.stamp(), case=shared.case, consent="w")
    assert shared.four.do(back)["state"] == "applied"
    told = shared.four.do(shared.using())
    assert (told["state"], told["type"]) == ("conflict", "share-withdrawn")
    told = shared.two.do(
        replace(shared.using(LookAtHeld), **{k: shared.two.stamp()[k] for k in ("id", "actor", "post", "window")})
    )
    assert told["type"] == "share-withdrawn"
    case = next(one for one in rows(shared.two, "case") if one["id"] == shared.case)
    assert next(one for one in case["materials"] if one["name"] == LICENCE)["brought_at"] is None


def test_what_a_window_never_saw_is_not_opened_at_the_centre_either(shared: Shared) -> None:
    for change, slug in (({"digest": "b" * 64}, "held-other-bytes"), ({"source": shared.case}, "held-gone")):
        told = shared.four.do(shared.using(LookAtHeld, **change))
        assert (told["state"], told["type"]) == ("refused", slug)
