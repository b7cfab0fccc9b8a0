"""What people do to cases in these tests: the acts of a promised case, of every other kind, and of the states there were before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from clerk_app.cases.afterwards import VoidCase
from clerk_app.cases.correcting import correcting_use_cases
from clerk_app.cases.department import department_use_cases
from clerk_app.cases.endings import ending_use_cases, file_list
from clerk_app.cases.extending import extending_use_cases
from clerk_app.cases.external import external_use_cases
from clerk_app.cases.handling import handling_use_cases
from clerk_app.cases.intake import intake_use_cases
from clerk_app.cases.joint import joint_use_cases
from clerk_app.cases.life import Gap
from clerk_app.cases.looking_up import looking_up_use_cases
from clerk_app.cases.special import special_use_cases
from clerk_app.cases.spot import spot_use_cases
from clerk_app.cases.states import CaseState
from clerk_app.cases.voiding import voiding_use_cases
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import (
    asking,
    assigning,
    deciding,
    department,
    handling,
    intake,
    joint,
    spot,
    visit,
    voiding,
)
from clerk_app.office.counter.external import record_external
from clerk_app.office.counter.issuing import issue
from clerk_app.office.counter.looking_up import Looked, look_up
from clerk_app.office.counter.numbering import explain_gaps, return_numbers
from clerk_app.office.counter.paper_stamps import authorise_on_paper
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.counter.sending_out import send_out
from clerk_app.office.line import holding
from clerk_app.office.line.attaching import attach
from clerk_app.office.line.uploading import Uploader
from clerk_app.office.office import Office
from clerk_app.office.oversight import people_desk, supervising
from clerk_app.office.oversight.people_desk import open_asked
from clerk_app.oversight.asking import asking_use_cases
from clerk_app.oversight.assigning import assigning_use_cases
from clerk_app.oversight.card_acts import card_use_cases
from clerk_app.oversight.complaining import complaining_use_cases
from clerk_app.oversight.following_up import following_up_use_cases
from clerk_app.queueing.forwarding import forwarding_use_cases
from clerk_app.receipts.handing.choosing import choosing_use_cases
from clerk_app.receipts.handing.giving import giving_use_cases
from clerk_app.receipts.handing.posting import posting_use_cases
from clerk_app.receipts.handing.reminding import reminding_use_cases
from clerk_app.receipts.handing.taking_in import taking_in_use_cases
from clerk_app.sealing.certificates import certificate_use_cases
from clerk_app.sealing.custody import custody_use_cases
from clerk_app.sealing.gaps import gap_use_cases
from clerk_app.sealing.granting import granting_use_cases
from clerk_app.sealing.issuing import issuing_use_cases
from clerk_app.sealing.usecases import sealing_use_cases
from tests.sync.life_hall import PERSON, LifeHall, good

PROMISED, ROUTED = "人力资源服务", "排水许可"
CLERK, OTHER_CLERK, CHIEF = "P105", "P106", "P401"


def received_with_a_gap(hall: LifeHall) -> str:
    lacks = hall.item(PROMISED).materials[1].name
    return hall.receive(4, PROMISED, lacks).id


def told(hall: LifeHall, case: str) -> None:
    office = hall.office(4)
    gaps = [Gap(what=name) for name in hall.case(4, case).missing]
    good(intake.notify_once(office, case, gaps, office.parts.clock.now().date() + timedelta(days=7)))
    good(issue(office, case, "补正告知书"))


def completed_and_accepted(hall: LifeHall, case: str) -> None:
    office = hall.office(4)
    good(intake.complete_correction(office, case, hall.case(4, case).missing))
    good(visit.accept(office, hall.case(4, case)))
    good(issue(office, case, "受理通知书"))


def looked_into(hall: LifeHall, case: str) -> None:
    office = hall.office(4)
    today = office.parts.clock.now().date()
    good(handling.write_opinion(office, case, "章程和制度齐备。"))
    good(handling.record_site_check(office, case, ("罗文静", "申屠宁"), today, "场所和图纸一致。"))
    good(handling.ask_special_procedure(office, case, "expert_review", today + timedelta(days=9), "制度要专家看"))


def at_the_chiefs_seat(hall: LifeHall, case: str, act: Callable[[Office], object]) -> None:
    """Given back, done there, and taken in hand again."""
    good(holding.give_back(hall.office(4), case))
    hall.sync()
    good(act(hall.office(21)))
    good(holding.give_back(hall.office(21), case))
    hall.sync()
    assert holding.take_in_hand(hall.office(4), case) is None


def resumed(hall: LifeHall, case: str) -> None:
    office = hall.office(4)
    good(handling.end_special_procedure(office, case, "专家认为可行", office.parts.clock.now().date()))
    good(handling.ask_extension(office, case, 5, "场所还要再核"))


def extended_and_proposed(hall: LifeHall, case: str) -> None:
    rank = hall.item(PROMISED).statutory.extend_by
    number = "江人社延〔2026〕1号"
    at_the_chiefs_seat(hall, case, lambda chief: handling.record_extension(chief, case, "游广川", rank, number))
    good(issue(hall.office(4), case, "延期通知书"))
    good(deciding.propose(hall.office(4), case, "grant", "材料齐全，符合条件。"))


ROOMS = (
    intake_use_cases, correcting_use_cases, spot_use_cases, external_use_cases, looking_up_use_cases, handling_use_cases,
    special_use_cases, extending_use_cases, joint_use_cases, department_use_cases, voiding_use_cases, ending_use_cases,
    issuing_use_cases, gap_use_cases, asking_use_cases, complaining_use_cases, following_up_use_cases, card_use_cases,
    forwarding_use_cases, granting_use_cases, custody_use_cases, certificate_use_cases, sealing_use_cases,
    choosing_use_cases, taking_in_use_cases, giving_use_cases, posting_use_cases, reminding_use_cases,
    assigning_use_cases,
)  # fmt: skip
EVERY_KIND = {use_case.command.kind for room in ROOMS for use_case in room} | {"leave_without_result"}
SPOT, SPOT_CHIEF = "护士变更", "P801"
LETTERED, BEYOND = "工程规划许可", "施工许可"


def before_acceptance(hall: LifeHall) -> None:
    office = hall.office(4)
    asked = hall.register(4, PROMISED)
    gaps = [Gap(what="营业执照", wanted="原件")]
    good(intake.advise_only(office, asked.id, "papers_not_taken", "营业执照没带", gaps))
    good(visit.finish(office, asked.ticket))
    good(intake.say_not_required(office, hall.receive(4, PROMISED).id, "劳务派遣另有许可"))
    not_accepted = hall.receive(4, PROMISED)
    good(intake.not_accept(office, not_accepted.id, "不属于本大厅", "省人力资源和社会保障厅"))
    good(holding.give_back(office, not_accepted.id))
    hall.sync()
    good(intake.see_not_accepted(hall.office(21), not_accepted.id))
    promised = hall.receive(4, LETTERED, "日照分析报告")
    until = office.parts.clock.now().date() + timedelta(days=5)
    good(intake.tolerate_paper(office, promised.id, "日照分析报告", until, "五天内补交"))
    good(intake.fix_on_spot(office, promised.id, "项目名称错一字", "欧阳"))
    good(handling.set_green(office, promised.id, "重点项目"))
    good(handling.set_assisted(office, promised.id, "祝代办", "委托书", ("送件",)))
    good(handling.do_assisted_task(office, promised.id, "送件"))
    good(handling.withdraw(office, promised.id, "申请人当天交来撤回申请"))


def lapsed(hall: LifeHall) -> None:
    """Told today to bring it today, and the day goes by; in this hall only the disclosure of information lapses."""
    office = hall.office(1)
    lacks = hall.item("信息公开申请").materials[1].name
    case = hall.receive(1, "信息公开申请", lacks)
    good(intake.notify_once(office, case.id, [Gap(what=lacks)], office.parts.clock.now().date()))
    good(holding.give_back(office, case.id))
    hall.next_day(3)
    good(intake.lapse(hall.sit(21, "P101"), case.id, "条例第三十条"))


def joined_and_ended(hall: LifeHall) -> None:
    office = hall.office(4)
    joint_case = hall.receive(4, "施工阶段并联", accept=True)
    for partner in hall.item("施工阶段并联").partners:
        good(joint.record_partner_opinion(office, joint_case.id, partner, "agree", "同意。", "苗青"))
    good(deciding.propose(office, joint_case.id, "grant", "各家都同意。"))
    good(handling.send_back(office, joint_case.id, "图纸再核", hall.by(4, "P701")))
    good(handling.terminate(office, joint_case.id, "项目取消", hall.by(4, "P701")))


def decided_by_the_department(hall: LifeHall, folder: Path) -> None:
    office, paper = hall.office(4), folder / "批复.pdf"
    case = hall.receive(4, BEYOND, accept=True)
    good(deciding.propose(office, case.id, "grant", "材料齐全。"))
    good(send_out(office, case.id, "授权书到期", "住建局"))
    paper.write_bytes(b"%PDF-1.4 what the department decided")
    good(attach(office, case.id, paper))
    hall.sync()
    uploader = Uploader(office)
    for _ in range(20):
        if uploader.step() > 1:
            break
    (scan,) = office.read(lambda books: books.attachments_of(case.id))
    said = department.DepartmentPaper(
        outcome="grant", decided_by="匡大厦", rank="局长", document_no="江住建许〔2026〕8号",
        decided_on=office.parts.clock.now().date(), scan=scan.digest, words="经局务会研究。",
    )  # fmt: skip
    good(department.record_department_decision(office, case.id, said))
    good(department.unrecord_department_decision(office, case.id, "文号抄错了"))
    good(department.record_department_decision(office, case.id, said))
    prepared = good(department.prepare_seal_use(office, case.id))
    good(deciding.authorise(office, prepared, hall.by(4, "P701").person, training_pin("P701")))
    assert hall.case(4, case.id).state == "sealed"


def at_one_sitting(hall: LifeHall) -> str:
    """The spot case: sealed, its stamp twice asked to be voided, sealed again, handed over, archived, replaced."""
    office, ticket = hall.office(4), hall.ticket(4)
    item = hall.item(SPOT)
    brought = intake.Brought(papers=tuple(m.name for m in item.materials))
    good(spot.take_spot_case(office, ticket.id, item.code, PERSON, brought, "grant", "材料齐全，符合条件。"))
    case = hall.of_ticket(4, ticket.id).id
    good(spot.leave_without_result(office, case))
    hall.seal(4, case, SPOT_CHIEF)
    chief, second = hall.by(4, SPOT_CHIEF), hall.by(4, "P102")
    good(voiding.ask_void_stamp(office, case, "以为印错", "还在窗口", chief))
    good(voiding.drop_void_stamp(office, case, "看错了，没有印错", chief))
    good(voiding.ask_void_stamp(office, case, "印错一字", "划线作废", chief))
    good(voiding.agree_void_stamp(office, case, second))
    sealed = hall.seal(4, case, SPOT_CHIEF)
    good(visit.hand_over(office, sealed, "欧阳不为人知", "居民身份证"))
    good(handling.archive(office, case, file_list(hall.case(4, case))))
    good(visit.finish(office, ticket.id))
    again = hall.ticket(4)
    good(voiding.open_replacement(office, again.id, case, "名称错一字", "原证已收回"))
    good(visit.finish(office, again.id))
    return case


def numbers_and_looks(hall: LifeHall, case: str) -> None:
    office = hall.office(4)
    external = next(i for i in office.hall.items.values() if i.external)
    good(record_external(office, hall.ticket(4).id, external.code, "taken", "WB-2026-7"))
    ticket = office.read(lambda books: books.open_call_at(4, office.parts.clock.now().date()))
    good(asking.forward(office, ticket.id, "E", "是社保的事"))
    good(explain_gaps(office, "doc_no:WJJ:2026", (900,), "那一步没有办成"))
    hall.windows[4].line.cut()
    looked = look_up(office, hall.case(4, case).query_code)
    assert isinstance(looked, Looked)
    assert looked.here
    hall.windows[4].line.join()
    hall.windows[4].rounds(1)
    assert return_numbers(office) > 0


def assigned(hall: LifeHall) -> None:
    """By the chief at his seat, to who sits at the window."""
    case = hall.receive(4, PROMISED, accept=True)
    good(holding.give_back(hall.office(4), case.id))
    hall.sync()
    good(handling.assign(hall.sit(21, CHIEF), case.id, CLERK))


def given_out(hall: LifeHall) -> None:
    """By the hall's rule in the breath of its acceptance, given on by whose it is, and taken back."""
    case = hall.receive(4, ROUTED, accept=True)
    got = hall.office(4).read(lambda books: books.assignment(case.id))
    assert got is not None
    assert got.person == CLERK
    good(assigning.reassign(hall.office(4), case.id, OTHER_CLERK, "手上有急件"))
    good(assigning.take_over(hall.office(4), case.id, "急件办完了"))


def asked_and_complained(hall: LifeHall) -> None:
    desk, topic = hall.office(1), asking.topics(hall.office(1))[0].key
    good(asking.record_question(desk, hall.ticket(1).id, topic, "要带什么"))
    good(asking.open_first_asked(desk, topic, "问社保", phone="13900000000"))
    (first,) = open_asked(desk)
    good(asking.see_asked_phone(desk, first.id))
    good(asking.lead_asked(desk, first, "8"))
    good(asking.open_first_asked(desk, topic, "问办到哪了"))
    (second,) = open_asked(desk)
    good(asking.close_first_asked(desk, second.id, "answered", "当面说清了"))
    served = hall.ticket(4)
    good(visit.finish(hall.office(4), served.id))
    good(visit.rate(hall.office(4), served.id, 5))
    good(asking.record_complaint(desk, asking.Told(matter="complaint", words="等太久", number=served.number)))
    hall.sync()


def answered_by_who_answers_for_the_hall(hall: LifeHall, case: str) -> None:
    manager = hall.sit(21, "P101")
    hall.sync()
    (complaint,) = people_desk.complaints(manager)
    for act in (people_desk.investigate, people_desk.dispose, people_desk.reply):
        good(act(manager, complaint.complaint.id, "说明了情况"))
    (follow,) = people_desk.follow_ups(manager)
    good(people_desk.contact(manager, follow.row.id, "打通了", reached=True))
    good(people_desk.fix(manager, follow.row.id, "加开一个窗口"))
    good(people_desk.close(manager, follow.row.id, "回访满意"))
    number = hall.case(4, case).case_no
    supervisor = hall.sit(1, "P109")
    good(supervising.issue_card(supervisor, number, "yellow", "窗口没有当场说清"))
    hall.sync()
    (card,) = [seen.card for seen in supervising.watch(hall.office(4), "mine").cards]
    good(supervising.answer_cards(hall.office(4), (card.id,), "当时线路断着"))
    hall.sync()
    good(supervising.end_card(supervisor, card.id, "explained", "情况属实"))


def carried(hall: LifeHall, to: CaseState) -> str:
    """A case brought so far by acts there were before, its ticket finished."""
    office = hall.office(4)
    short = BEYOND if to == "with_department" else SPOT
    ticket, item = hall.ticket(4), hall.item(short)
    good(visit.receive(office, ticket.id, item.code, PERSON, tuple(m.name for m in item.materials)))
    case = hall.of_ticket(4, ticket.id)
    if to not in ("received", "void"):
        good(visit.accept(office, case))
    if to not in ("received", "void", "accepted"):
        good(deciding.propose(office, case.id, "grant", "材料齐全，符合条件。"))
    if to == "with_department":
        good(send_out(office, case.id, "授权书到期", "住建局"))
    if to in ("sealed", "delivered"):
        hall.seal(4, case.id, SPOT_CHIEF)
    if to == "delivered":
        good(visit.hand_over(office, hall.case(4, case.id), "欧阳不为人知", "居民身份证"))
    if to == "void":
        fields = office.stamp().fields(office.parts.new_id)
        good(office.do(VoidCase(**fields, case=case.id, reason="收错了")))
    good(visit.finish(office, ticket.id))
    assert hall.case(4, case.id).state == to
    return case.id


OLD_STATES: tuple[CaseState, ...] = (
    "received", "accepted", "to_authorise", "with_department", "granted", "sealed", "delivered", "void",
)  # fmt: skip


def authorised_only(hall: LifeHall) -> str:
    """Authorised, and the seal is not on it."""
    case = carried(hall, "to_authorise")
    prepared = good(prepare(hall.office(4), case, SPOT_CHIEF, "grant", "同意。"))
    chief = hall.by(4, SPOT_CHIEF).person
    good(authorise_on_paper(hall.office(4), prepared, chief, training_pin(SPOT_CHIEF)))
    assert hall.case(4, case).state == "granted"
    return case


def on_to_delivery(hall: LifeHall, cases: dict[CaseState, str]) -> None:
    """Each from where it stood, to the end the house allows."""
    office = hall.office(4)
    good(visit.accept(office, hall.case(4, cases["received"])))
    for state in ("received", "accepted"):
        good(handling.write_opinion(office, cases[state], "核过了。"))
        good(deciding.propose(office, cases[state], "grant", "材料齐全。"))
    for state in ("received", "accepted", "to_authorise"):
        hall.seal(4, cases[state], SPOT_CHIEF)
    chief = hall.by(4, SPOT_CHIEF).person
    good(deciding.seal_again(office, cases["granted"], chief, training_pin(SPOT_CHIEF)))
    for state in ("received", "accepted", "to_authorise", "granted", "sealed"):
        good(visit.hand_over(office, hall.case(4, cases[state]), "欧阳不为人知", "居民身份证"))
    returned = department.DepartmentPaper(
        outcome="return", decided_by="匡大厦", decided_on=office.parts.clock.now().date(), words="窗口先补一张图"
    )
    good(department.record_department_decision(office, cases["with_department"], returned))
    good(handling.withdraw(office, cases["with_department"], "申请人当天交来撤回申请"))
    good(handling.archive(office, cases["delivered"], file_list(hall.case(4, cases["delivered"]))))
