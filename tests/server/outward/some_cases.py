"""Cases with values one would recognise anywhere, as far on their way as a test wants them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from clerk_app.cases.decision import Decision, HandedOver, Proposal
from clerk_app.cases.life import (
    Archived,
    DepartmentDecision,
    Ending,
    Gap,
    Life,
    OneTimeNotice,
    Opinion,
    SpecialProcedure,
    SpotFix,
    VoidedStamp,
)
from clerk_app.cases.model import Applicant, Case, CaseMaterial, DueDates
from clerk_app.hall import Hall, read_hall
from tests.desk import training_document
from tests.server.desk import DAY, ITEM, NOW

ID, PHONE, AGENT, ADDRESS, NAME = "420106199001011234", "13900000421", "段飞舟", "临江区滨河路18号3栋502", "卢桂珍"
PRIVATE = (ID, PHONE, AGENT, ADDRESS, NAME)


@cache
def training_hall() -> Hall:
    return read_hall(training_document(), "v1")


def case(**more: Any) -> Case:
    plain: dict[str, Any] = {
        "id": "0198-case", "ticket": "t1", "item": ITEM, "item_name": "公司设立登记", "hall_version": "v1",
        "department": "SJJ", "materials": (CaseMaterial(name=ADDRESS, essential=True),), "state": "received",
        "applicant": Applicant(name=NAME, id_number=ID, phone=PHONE, agent=AGENT), "received_at": NOW, "window": 2,
        "handler": "P203", "acting_for": None, "query_code": "7K3M-Q9X2",
    }  # fmt: skip
    return Case(**{**plain, **more})


def accepted(**more: Any) -> Case:
    at = {"state": "review", "case_no": "JZ20261120-00001", "serial": 1, "accepted_at": NOW + timedelta(minutes=4)}
    return case(**{**at, "due": DueDates(promised=DAY, statutory=DAY + timedelta(days=20)), **more})


def decided(outcome: Any = "grant", **more: Any) -> Case:
    """Every place where a clerk may have typed something has something of the citizen's in it."""
    at, typed = NOW + timedelta(hours=1), "，".join(PRIVATE)
    life = Life(
        notices=(OneTimeNotice(gaps=(Gap(what=typed, wanted=typed),), bring_by=DAY, by="P203", at=NOW, window=2),),
        fixes=(SpotFix(what=typed, initials=NAME, by="P203", at=NOW),),
        opinions=(Opinion(words=typed, by="P203", at=NOW + timedelta(minutes=20)),),
    )
    proposal = Proposal(outcome=outcome, opinion=typed, by="P203", at=at)
    decision = Decision(
        outcome=outcome,
        opinion=typed,
        by="P201",
        at=at,
        letter="授1号",
        document_no=typed,
        serial=1,
        digest="d",
        pages=1,
    )
    state = "granted" if outcome == "grant" else "refused"
    return accepted(**{"life": life, "proposal": proposal, "decision": decision, "state": state, **more})


def sealed(**more: Any) -> Case:
    return decided(**{"state": "sealed", "seal_use": "use-1", "sealed_at": NOW + timedelta(hours=2), **more})


def archived(**more: Any) -> Case:
    done = sealed(**more)
    at, typed = NOW + timedelta(hours=3), "，".join(PRIVATE)
    handed = HandedOver(receiver=AGENT, proof=ID, by="P108", at=at, window=12, witness=typed)
    contents = Archived(contents=(typed,), by="P203", at=at + timedelta(minutes=1))
    return replace(done, state="archived", handed_over=handed, life=replace(done.life, archived=contents))


def paused() -> Case:
    special = SpecialProcedure(
        procedure="expert_review", reason="，".join(PRIVATE), planned_end=DAY + timedelta(days=9), asked_by="P203",
        asked_at=NOW, confirmed_by="P201", confirmed_at=NOW + timedelta(hours=1),
    )  # fmt: skip
    return accepted(state="suspended", life=Life(procedures=(special,)))


def by_the_department() -> Case:
    paper = DepartmentDecision(
        outcome="refuse", decided_by=NAME, rank=ADDRESS, document_no=PHONE, decided_on=DAY, scan="s", words=ID,
        recorded_by="P203", recorded_at=NOW + timedelta(hours=1),
    )  # fmt: skip
    at = NOW + timedelta(hours=2)
    return accepted(state="sealed", seal_use="use-2", sealed_at=at, life=Life(department=paper))


def withdrawn() -> Case:
    ending = Ending(how="withdrawn", reason="，".join(PRIVATE), by="P203", at=NOW + timedelta(hours=1), agency=ADDRESS)
    return accepted(state="withdrawn", life=Life(ending=ending))


def voided() -> Case:
    gone = VoidedStamp(
        seal_use="use-1", sealed_at=NOW + timedelta(hours=2), document_no=PHONE, reason=NAME, paper=ADDRESS,
        asked_by="P201", asked_at=NOW + timedelta(hours=3), agreed_by="P101", agreed_at=NOW + timedelta(hours=3),
    )  # fmt: skip
    done = decided()
    return replace(done, state="to_authorise", decision=None, life=replace(done.life, voided=(gone,)))


EVERY = (case, accepted, decided, sealed, archived, paused, by_the_department, withdrawn, voided)
