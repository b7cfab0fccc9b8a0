"""One case for every kind of paper, each where that paper is due; names with characters that break fonts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from clerk_app.cases.catalogue import Item, Remedies
from clerk_app.cases.decision import Decision, HandedOver, Proposal
from clerk_app.cases.life import (
    Archived,
    Assisted,
    Deemed,
    DepartmentDecision,
    Ending,
    EndKind,
    Extension,
    Gap,
    Life,
    OneTimeNotice,
    Opinion,
    PartnerOpinion,
    SiteCheck,
    SpecialProcedure,
    VoidedStamp,
)
from clerk_app.cases.model import Applicant, Case, CaseMaterial, DueDates, SentOut
from clerk_app.hall import Hall, read_hall
from clerk_app.sealing.wording_values import Setting, Subject
from tests.desk import training_document

AT = datetime(2026, 11, 20, 10, 42, tzinfo=timezone(timedelta(hours=8)))
LATER = AT + timedelta(days=4)
REMEDIES = Remedies(review_body="江州市人民政府", court="江州市云溪区人民法院")
GAPS = (
    Gap(what="经营场所使用证明", wanted="租赁合同原件或者房屋权属证明复印件，写明地址和期限"),
    Gap(what="食品安全管理制度"),
)
SHORT = "食品经营许可"


def hall() -> Hall:
    return read_hall(training_document(), "v1")


def item_of(known: Hall) -> Item:
    item = next(item for item in known.items.values() if SHORT in item.name)
    return replace(item, remedies=REMEDIES)


def setting_of(known: Hall, now: datetime = LATER) -> Setting:
    return Setting(
        hall=known.name, hotline=known.hotline, window=2, roster=known.roster, calendar=known.calendar, now=now, by="P203",
        training=True,
    )  # fmt: skip


def received(item: Item) -> Case:
    return Case(
        id="0192f3a0-0000-7000-8000-000000000001", ticket="t1", item=item.code, item_name=item.name, hall_version="v1",
        department=item.department, applicant=Applicant(name="江州市㛃䶮咖啡店", id_number="92429900MA0000001X", phone="13812345678"),
        materials=tuple(CaseMaterial(name=m.name, essential=m.essential, brought_at=AT, brought_as="original") for m in item.materials),
        state="received", received_at=AT, window=2, handler="P203", acting_for=None, query_code="K7Q2-M9XD",
    )  # fmt: skip


def accepted(item: Item) -> Case:
    due = DueDates(promised=date(2026, 12, 4), statutory=date(2026, 12, 18), reason="当日不计，周末 4 天不计。")
    return replace(received(item), state="review", case_no="JZ20261120-00042", serial=42, accepted_at=AT, due=due)


def ended(case: Case, how: EndKind, reason: str, **others: object) -> Case:
    ending = Ending(how=how, reason=reason, by="P203", at=LATER, **others)  # type: ignore[arg-type]
    return replace(case, state=how, life=replace(case.life, ending=ending))


def decided(item: Item) -> Case:
    return replace(
        accepted(item), state="sealed", sealed_at=LATER, seal_use="u1",
        proposal=Proposal(outcome="grant", opinion="材料齐全，现场符合要求。", by="P203", at=AT),
        decision=Decision(
            outcome="grant", opinion="同意。", by="P201", at=LATER, letter="江市监授〔2026〕1号", document_no="江市监准〔2026〕42号",
            serial=42, digest="d" * 64, pages=1,
        ),
    )  # fmt: skip


def with_life(case: Case, **life: object) -> Case:
    return replace(case, life=replace(case.life, **life))


def subjects(known: Hall) -> dict[str, Subject]:
    """Kind → a case it can be printed of."""
    item = item_of(known)
    new, took, done = received(item), accepted(item), decided(item)
    notice = OneTimeNotice(gaps=GAPS, bring_by=date(2026, 12, 4), by="P203", at=AT, window=2)
    told = with_life(replace(new, state="correction"), notices=(notice,))
    special = SpecialProcedure(
        procedure="expert_review", reason="申报的加工工艺需要专家评审", planned_end=date(2026, 12, 11), asked_by="P203",
        asked_at=AT, confirmed_by="P201", confirmed_at=LATER,
    )  # fmt: skip
    extension = Extension(
        days=10, reason="现场整改尚未完成", asked_by="P203", asked_at=AT, approver="高岳", rank="局长",
        document_no="江市监〔2026〕88号", recorded_by="P203", recorded_at=LATER,
    )  # fmt: skip
    reviewed = Life(
        opinions=(Opinion(words="布局合理，同意上会。", by="P203", at=AT),),
        site_check=SiteCheck(people=("许可心", "段明远"), on=AT.date(), finding="符合要求", by="P203", at=AT),
        assigned_to="P204",
    )
    department = DepartmentDecision(
        outcome="grant", decided_by="高岳", rank="局长", document_no="江市监许〔2026〕9号", decided_on=AT.date(), scan="a" * 64,
        words="同意发证。", recorded_by="P203", recorded_at=LATER,
    )  # fmt: skip
    partner = PartnerOpinion(department="WJJ", asked_at=AT, due=date(2026, 12, 1))
    void = VoidedStamp(
        seal_use="u1", sealed_at=AT, document_no="江市监准〔2026〕42号", reason="单位名称打错一个字", paper="收回销毁", asked_by="P201",
        asked_at=AT, agreed_by="P101", agreed_at=LATER,
    )  # fmt: skip
    handed = HandedOver(receiver="卢美珍", proof="身份证", by="P108", at=LATER, window=12)
    minor = replace(took.materials[-1], brought_at=None, tolerated_until=date(2026, 12, 1), promise="本人承诺")
    promised = replace(took, materials=(*took.materials[:-1], minor))
    contents = ("申请书", "受理通知书", "审批表", "准予行政许可决定书", "送达回证")
    cases = {
        "一次性告知单": ended(replace(new, state="draft"), "advised", "材料还没带齐，没有收下。", gaps=GAPS),
        "收件凭证": new,
        "不需办理告知书": ended(new, "not_required", "销售预包装食品只需备案（食品安全法第三十五条）"),
        "不予受理通知书": ended(new, "not_accepted", "经营场所不在本市辖区", agency="临江县市场监督管理局"),
        "补正告知书": told,
        "视为受理通知书": with_life(took, deemed=Deemed(on=AT.date(), at=LATER)),
        "补正收件凭证": with_life(told, completed_on=LATER.date()),
        "视为撤回告知书": ended(told, "lapsed", "《江州市政务服务条例》第三十六条"),
        "受理通知书": promised,
        "交接单": with_life(took, assigned_to="P204"),
        "特别程序告知书": with_life(took, procedures=(special,)),
        "延期通知书": with_life(took, extension=extension),
        "审批表": replace(done, life=reviewed),
        "送审单": replace(took, state="with_department", sent_out=SentOut(why="不在授权书内", taker="食品经营科 何科长", by="P203", at=AT)),
        "部门决定用印": with_life(took, department=department),
        "送达回证": with_life(replace(done, state="delivered", handed_over=handed), assisted=Assisted(agent="乔安", paper="委托书")),
        "卷内目录": with_life(replace(done, handed_over=handed), archived=Archived(contents=contents, by="P203", at=LATER)),
        "撤回确认书": ended(took, "withdrawn", "申请人改变经营计划"),
        "终止通知书": ended(took, "terminated", "申请单位已经注销"),
        "作废登记": with_life(done, voided=(void,)),
        "更正通知书": replace(took, id="0192f3a0-0000-7000-8000-000000000002"),
        "抄告单": with_life(took, partners=(partner,)),
        "容缺受理承诺书": promised,
        "办件登记表": replace(done, handed_over=handed, life=replace(reviewed, notices=(notice,), extension=extension)),
    }  # fmt: skip
    return {
        name: Subject(case=case, item=item, replaced=done if name == "更正通知书" else None)
        for name, case in cases.items()
    }
