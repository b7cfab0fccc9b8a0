"""A register with one entry of every kind, as the training hall would have it; people with names that break masks and fonts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from clerk_app.cases.decision import HandedOver
from clerk_app.cases.life import VoidedStamp
from clerk_app.cases.model import Applicant
from clerk_app.duty.model import Letter, Roster
from clerk_app.hall import read_hall
from clerk_app.sealing.grants import GrantedPaper
from clerk_app.sealing.model import Certificate, SealEvent, SealGrant, SealIntent, SealUse, SpoiledBlank
from clerk_app.sealing.register_rows import BookRows, CaseGlimpse, Names, SealMark, entered
from tests.desk import training_document

AT = datetime(2026, 11, 20, 10, 42, 7, tzinfo=timezone(timedelta(hours=8)))
SEAL, LETTER, CERTIFICATE = "S-SJJ", "江市监授〔2026〕1号", "2a5f01"
BEFORE, AFTER = "b" * 64, "af" * 32

USE = SealUse(
    id="u1", seal=SEAL, seal_name="江州市市场监督管理局行政审批专用章", certificate=CERTIFICATE, case="c1",
    document_no="江市监准〔2026〕42号", title="准予行政许可决定书", pages=2, copies=3, digest_before=BEFORE, digest_after=AFTER,
    approver="P202", letter=LETTER, user="P201", window=4, at=AT, electronic=True, acting_for="P201", item="114299",
    keeper="P203", grant="g1", device="machine-4", page=2, seam=True,
)  # fmt: skip
INTENT = SealIntent(
    id="u1", grant="g1", seal=SEAL, case="c1", digest=BEFORE, document_no=USE.document_no, title=USE.title, by="P202",
    window=4, device="machine-4", at=AT - timedelta(seconds=2), state="done", closed_by="P202", closed_at=AT,
)  # fmt: skip
OPEN = replace(
    INTENT,
    id="i2",
    digest="c" * 64,
    document_no="江市监准〔2026〕43号",
    at=AT,
    state="open",
    closed_by="",
    closed_at=None,
)
NOT_USED = replace(OPEN, id="i3", state="not_used", closed_by="P203", closed_at=AT, note="出纸口是空的，文书没有章")
PRESSED = replace(
    USE, id="u2", certificate="", electronic=False, grant="", seam=False, page=0, digest_after=BEFORE, keeper="P201",
    acting_for="", approver="P201", at=AT - timedelta(minutes=40), entered_at=AT + timedelta(minutes=1), clock="kept",
    document_no="江市监准〔2026〕41号",
)  # fmt: skip
INTAKE = replace(
    PRESSED, id="d1", seal="S-SJ-4", seal_name="江州市政务服务中心收件专用章(4)", approver="", letter="", keeper="", user="P105",
    document="d1", document_no="", title="受理通知书", entered_at=None, clock="centre", flags=("不是本窗口的收件章",),
)  # fmt: skip
MADE = replace(
    PRESSED,
    id="m1",
    document="m1",
    document_no="JY14299000001234",
    title="食品经营许可证",
    entered_at=None,
    digest_before="",
    digest_after="",
)
CERTIFICATE_MADE = Certificate(
    id="m1", case="c1", name="食品经营许可证", certificate_no="JY14299000001234", blank_no="K0001243",
    spoiled=(SpoiledBlank(blank_no="K0001242", reason="打歪了"),), seal=SEAL, by="P203", acting_for="", window=4, at=AT,
)  # fmt: skip
NO_SEAL = replace(CERTIFICATE_MADE, id="m2", seal="", blank_no="K0001244", flags=("没有准予就制证",))
EVENTS = tuple(
    SealEvent(
        id=f"e-{kind}", seal=SEAL, kind=kind, by="P201", acting_for="", window=21, device="machine-21",
        at=AT + timedelta(hours=place), clock="centre", reason=reason, second=second, keeper="P201",
        certificate=CERTIFICATE if kind == "seat" else "",
    )
    for place, (kind, reason, second) in enumerate(
        (("seat", "", ""), ("handover", "换班", "P202"), ("stop", "", ""), ("loss", "抽屉里没有，早上还在", ""), ("resume_asked", "找到了", ""), ("resume", "", "P201"), ("destroy", "送局里销毁，两人在场", ""))
    )
)  # fmt: skip
GRANT = SealGrant(
    id="g1", seal=SEAL, keeper="P203", chief="P202", acting_for="P201", letter=LETTER, window=4, device="machine-4",
    origin="machine-4", issued=AT - timedelta(minutes=1), expires=AT + timedelta(minutes=4),
    papers=(
        GrantedPaper(case="c1", item="114299", document_no=USE.document_no, title=USE.title, pages=2, copies=3, length=9, sm3="0", sha256=BEFORE),
        GrantedPaper(case="c1", item="114299", document_no=OPEN.document_no, title=OPEN.title, pages=1, copies=2, length=9, sm3="0", sha256="c" * 64),
    ),
    public="", signature="", used={BEFORE: "u1"},
)  # fmt: skip
VOIDED = VoidedStamp(
    seal_use="u2", sealed_at=PRESSED.at, document_no=PRESSED.document_no, reason="单位名称打错一个字", paper="收回销毁",
    asked_by="P201", asked_at=AT, agreed_by="P101", agreed_at=AT + timedelta(minutes=9),
)  # fmt: skip
CASE = CaseGlimpse(
    case_no="JZ01-20261120-00042-7", item="114299", item_name="食品经营许可", voided=(VOIDED,),
    applicant=Applicant(name="犇喆镕", id_number="429900199001011234"),
    handed_over=HandedOver(receiver="㛃美珍", proof="身份证", by="P108", at=AT + timedelta(days=1), window=12),
)  # fmt: skip
LETTERS = {
    LETTER: Letter(document_no=LETTER, department="SJJ", person="P201", deputy="P202", start=AT.date().replace(month=1, day=1), end=AT.date().replace(month=12, day=31), items=("114299", "114300"))
}  # fmt: skip


def roster() -> Roster:
    return read_hall(training_document(), "v1").roster


def names() -> Names:
    return Names(roster=roster(), letters=LETTERS, versions={SEAL: ("0000", CERTIFICATE)})


def rows(**others: object) -> BookRows:
    """All of them; `others` take the place of a field."""
    uses, intents = (USE, PRESSED, INTAKE, MADE), (INTENT, OPEN, NOT_USED)
    made = (CERTIFICATE_MADE, NO_SEAL)
    begun = {one.id: one for one in intents}
    marks = [SealMark(use.id, use.seal, entered(use, begun.get(use.id))) for use in uses]
    marks += [SealMark(one.id, one.seal, one.at) for one in (*intents, *made, *EVENTS)]
    return replace(
        BookRows(
            uses=uses, intents=intents, events=EVENTS, certificates=made, grants={"g1": GRANT}, cases={"c1": CASE},
            untold={"u2": "pending"}, marks=tuple(marks),
        ),
        **others,
    )  # fmt: skip
