"""A seal put on by a grant, as a machine tells the centre of it: the four commands of one sealing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from clerk_app.outside.ids import new_id
from clerk_app.sealing.granting import BeginSealUse, GrantSeal
from clerk_app.sealing.grants import LASTS, GrantedPaper
from clerk_app.sealing.usecases import MarkSealed, RecordSealUse
from tests.server.desk import NOW, Desk
from tests.server.test_holds import latest

CHIEF, SEAL = "P201", "S-SJJ"


def case_of(desk: Desk, case: str) -> dict[str, Any]:
    row: dict[str, Any] = latest(desk)[f"case:{case}"]["row"]
    return row


def grant_of(desk: Desk, case: str, at: datetime = NOW, device: str = "") -> GrantSeal:
    """By the chief at this desk, for this machine or another."""
    row = case_of(desk, case)
    decision = row["decision"]
    paper = GrantedPaper(
        case=case, item=row["item"], document_no=decision["document_no"], title="准予登记通知书", pages=1, copies=1,
        length=9, sm3="3" * 64, sha256=decision["digest"],
    )  # fmt: skip
    return GrantSeal(
        **desk.stamp(actor=CHIEF, post="R-SJJ", at=at), grant=new_id(), seal=SEAL, keeper=CHIEF, papers=(paper,),
        letter=decision["letter"], device=device or desk.device, expires=at.replace(microsecond=0) + LASTS,
        public="cHVi", signature="c2ln",
    )  # fmt: skip


def used(desk: Desk, grant: GrantSeal, use: str, at: datetime = NOW) -> tuple[BeginSealUse, RecordSealUse]:
    """The intent and its line, at this machine."""
    paper = grant.papers[0]
    begin = BeginSealUse(**desk.stamp(at=at), seal_use=use, grant=grant.grant, digest=paper.sha256)
    record = RecordSealUse(
        **desk.stamp(actor=CHIEF, post="R-SJJ", at=at), seal_use=use, seal=SEAL, certificate="2a", case=paper.case,
        document_no=paper.document_no, title=paper.title, pages=1, copies=1, digest_before=paper.sha256,
        digest_after=new_id().replace("-", "").ljust(64, "0"), electronic=True, grant=grant.grant, keeper=CHIEF,
    )  # fmt: skip
    return begin, record


def seal_by_grant(desk: Desk, case: str, at: datetime = NOW) -> tuple[str, list[dict[str, Any]]]:
    """All of it in one push: the use, and the four verdicts."""
    grant, use = grant_of(desk, case, at), new_id()
    begin, record = used(desk, grant, use, at)
    mark = MarkSealed(**desk.stamp(at=at), case=case, seal_use=use)
    return use, desk.verdicts(*[desk.record(act) for act in (grant, begin, record, mark)])
