"""The acts of handling at one desk: taken in hand, signed by who is there or by PIN, dates counted, papers printed, seals on the very page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from clerk_app.cases.states import state_words
from clerk_app.command import Refusal
from clerk_app.duty.training import training_pin
from clerk_app.office.counter import deciding, department, handling, joint, visit, voiding
from clerk_app.office.counter.by_pin import Countersigner
from clerk_app.office.counter.case_acts import acts_of
from clerk_app.office.counter.case_file import case_file
from clerk_app.office.counter.chief_desk import chief_desk
from clerk_app.office.counter.prepared import prepare
from clerk_app.office.counter.sending_out import send_out
from clerk_app.office.line.attaching import attach
from clerk_app.office.line.holding import give_back
from clerk_app.office.office import Done
from clerk_app.ports.seal import SealKeyTrouble
from tests.desk import sit
from tests.office.test_deciding import CHIEF, CLERK, DEPUTY, kinds, now, person, ready
from tests.office.test_deciding import case as case
from tests.office.test_deciding import office as office
from tests.seal_fakes import keeper, stamper_of
from tests.visits import accept, receive, serve

MANAGER = "P102"


def by(office, key, pin=""):
    return Countersigner(person=person(office, key), pin=pin or training_pin(key))


def good(outcome):
    assert isinstance(outcome, Done), outcome
    return outcome


def test_a_pause_is_confirmed_by_pin_and_its_end_is_counted_here(office, case):
    end = office.parts.clock.now().date() + timedelta(days=10)
    good(handling.ask_special_procedure(office, case.id, "appraisal", end, "章程要鉴定"))
    wrong = handling.confirm_special_procedure(office, case.id, by(office, CHIEF, "000000"))
    assert wrong.type == "pin-wrong"
    assert handling.confirm_special_procedure(office, case.id).type == "not-the-chief"
    good(handling.confirm_special_procedure(office, case.id, by(office, CHIEF)))
    assert state_words[now(office, case).state] == "特别程序中"
    assert now(office, case).life.procedures[0].confirmed_by == CHIEF
    assert office.session.person.id == CLERK, "a countersignature is no sign-in"
    office.parts.clock.moment += timedelta(days=5)
    today = office.parts.clock.now().date()
    shown = handling.due_after_pause(office, case.id, "属实", today)
    good(handling.end_special_procedure(office, case.id, "属实", today))
    after = now(office, case)
    assert (after.state, after.due) == ("review", shown)
    assert after.due.statutory == date(2026, 11, 30), "three working days, and the three of the pause"
    assert handling.end_special_procedure(office, case.id, "再来", today).type == "not-to-resume"


def test_an_extension_is_counted_and_recorded_by_the_chief(office, case):
    assert handling.record_extension(office, case.id, "游广川", "dept_head", "延1").type == "nothing-asked"
    good(handling.ask_extension(office, case.id, 3, "住所要核"))
    assert handling.record_extension(office, case.id, "游广川", "dept_head", "延1").type == "not-the-chief"
    sit(office, CHIEF)
    good(handling.record_extension(office, case.id, "游广川", "dept_head", "江市监延〔2026〕1号"))
    extended = now(office, case)
    assert (extended.due.promised, extended.due.statutory) == (case.due.promised, date(2026, 11, 30))
    assert kinds(office)[-2:] == ["ask_extension", "record_extension"]


def sent(office, case):
    good(deciding.propose(office, case.id, "grant", "材料齐全。"))
    sit(office, CHIEF)
    good(send_out(office, case.id, "局里要看", "登记科"))
    sit(office, CLERK)


def scanned(office, case, folder):
    paper = folder / "批复.pdf"
    paper.write_bytes(b"%PDF-1.4 what the department decided")
    good(attach(office, case.id, paper))
    return office.read(lambda books: books.attachments_of(case.id))[0].digest


def paper_of(office, scan, **change):
    plain = {
        "outcome": "grant", "decided_by": "游广川", "rank": "局长", "document_no": "江市监许〔2026〕88号",
        "decided_on": office.parts.clock.now().date(), "scan": scan, "words": "经局务会研究。", **change,
    }  # fmt: skip
    return department.DepartmentPaper(**plain)


def test_the_departments_decision_is_sealed_as_it_was_shown(office, case, tmp_path):
    sent(office, case)
    scan = scanned(office, case, tmp_path)
    assert isinstance(department.prepare_seal_use(office, case.id), Refusal)
    good(department.record_department_decision(office, case.id, paper_of(office, scan)))
    desk = office.read(lambda books: chief_desk(office, books, office.parts.clock.now()))
    assert [one.case.id for one in desk.waiting] == [case.id], "it waits for its seal, letter or not"
    prepared = department.prepare_seal_use(office, case.id)
    assert (prepared.letter, prepared.document_no) == (None, "江市监许〔2026〕88号")
    refused = deciding.authorise(office, prepared, person(office, DEPUTY), training_pin(DEPUTY), keeper(CHIEF))
    assert refused.type in ("not-on-post", "not-the-chief")
    assert now(office, case).decision is None
    good(deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF)))
    sealed = now(office, case)
    assert (sealed.state, sealed.decision.by, sealed.decision.letter) == ("sealed", CHIEF, "")
    use = office.read(lambda books: books.seal_use(sealed.seal_use))
    assert (use.document_no, use.approver, use.flags) == ("江市监许〔2026〕88号", CHIEF, ())
    assert office.parts.vault.keep.document(use.digest_before).content == prepared.page.pdf
    assert kinds(office)[-6:] == [
        "record_department_decision", "authorise_seal_use",
        "grant_seal", "begin_seal_use", "record_seal_use", "mark_sealed",
    ]  # fmt: skip


def pulled_out():
    raise SealKeyTrouble("钥匙拔出来了，没有盖章。")


def test_a_seal_that_did_not_come_is_put_on_the_departments_page_later(office, case, tmp_path, monkeypatch):
    sent(office, case)
    good(department.record_department_decision(office, case.id, paper_of(office, scanned(office, case, tmp_path))))
    prepared = department.prepare_seal_use(office, case.id)
    monkeypatch.setattr(stamper_of(office), "first", pulled_out)
    assert deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF)).type == "not-stamped"
    monkeypatch.undo()
    assert now(office, case).state == "granted"
    good(deciding.seal_again(office, case.id, person(office, CHIEF), training_pin(CHIEF)))
    assert now(office, case).state == "sealed"


def test_a_wrong_stamp_is_voided_at_the_window_by_two_pins_and_put_right(office, case):
    good(deciding.authorise(office, ready(office, case), person(office, CHIEF), training_pin(CHIEF)))
    first = now(office, case)
    assert voiding.ask_void_stamp(office, case.id, "印错", "划线作废").type == "role-missing"
    good(voiding.ask_void_stamp(office, case.id, "印错", "划线作废", by(office, CHIEF)))
    assert visit.hand_over(office, first, "卢小珍", "居民身份证").type == "void-waiting"
    assert voiding.agree_void_stamp(office, case.id, by(office, CHIEF)).type == "own-request"
    good(voiding.agree_void_stamp(office, case.id, by(office, MANAGER)))
    assert now(office, case).state == "to_authorise"
    prepared = prepare(office, case.id, CHIEF, "grant", "同意。")
    assert prepared.document_no != first.decision.document_no
    good(deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF)))
    again = now(office, case)
    assert (again.state, again.seal_use != first.seal_use) == ("sealed", True)
    assert good(visit.hand_over(office, again, "卢小珍", "居民身份证")).papers
    old = again.id
    good(visit.finish(office, again.ticket))
    good(voiding.open_replacement(office, serve(office).id, old, "名称错一字", "原照已收回"))
    new = office.read(lambda books: books.latest_cases(1))[0]
    assert (new.life.replaces, new.state, new.applicant) == (old, "received", again.applicant)
    assert case_file(office, old).replaced_by == new, "the old one shows it"
    assert case_file(office, new.id).replaced_by is None
    good(visit.finish(office, new.ticket))
    assert voiding.open_replacement(office, serve(office).id, old, "再来一件", "没有").type == "being-replaced"


def test_an_old_stamp_does_not_finish_a_new_decision(office, case, monkeypatch):
    """Stopped between the new authorisation and its seal: the voided line of the register is not taken for it."""
    good(deciding.authorise(office, ready(office, case), person(office, CHIEF), training_pin(CHIEF)))
    good(voiding.ask_void_stamp(office, case.id, "印错", "划线作废", by(office, CHIEF)))
    good(voiding.agree_void_stamp(office, case.id, by(office, MANAGER)))
    prepared = prepare(office, case.id, CHIEF, "grant", "同意。")
    monkeypatch.setattr(stamper_of(office), "first", pulled_out)
    deciding.authorise(office, prepared, person(office, CHIEF), training_pin(CHIEF))
    monkeypatch.undo()
    assert now(office, case).state == "granted"
    assert deciding.finish_sealing(office) == 0
    assert now(office, case).state == "granted"
    good(deciding.seal_again(office, case.id, person(office, CHIEF), training_pin(CHIEF)))
    assert now(office, case).state == "sealed"


def test_sent_back_and_ended_by_the_chief_at_the_window(office, case):
    good(deciding.propose(office, case.id, "grant", "可以。"))
    good(handling.send_back(office, case.id, "章程第三条再核", by(office, CHIEF)))
    assert now(office, case).life.sent_back[0].by == CHIEF
    good(handling.write_opinion(office, case.id, "核过了。"))
    good(handling.set_green(office, case.id, "招商项目"))
    good(handling.set_assisted(office, case.id, "祝代办", "委托书", ("送件",)))
    good(handling.do_assisted_task(office, case.id, "送件"))
    assert handling.terminate(office, case.id, "筹备组解散").type == "not-the-chief"
    good(handling.terminate(office, case.id, "筹备组解散", by(office, CHIEF)))
    assert state_words[now(office, case).state] == "已终止"
    assert handling.withdraw(office, case.id, "书面撤回").type == "not-to-withdraw"


def test_what_another_window_has_is_not_touched(office, case):
    good(give_back(office, case.id))
    refused = handling.write_opinion(office, case.id, "核过了。")
    assert refused.type == "still-sending", "the centre has not heard that it was given back"
    assert now(office, case).life.opinions == ()


def test_partners_get_their_copy_notices_with_the_acceptance(office):
    ticket = serve(office)
    received = receive(office, ticket)
    item = office.hall.items[received.item]
    joined = replace(item, kind="joint", partners=("ZGJ", "JTJ"), form="")
    office.hall = replace(office.hall, items={**office.hall.items, item.code: joined})
    accepted = accept(office, received)
    slips = [slip for slip in office.parts.maker.made if slip.doc_type == "抄告单"]
    assert [slip.doc_no for slip in slips] == [f"{accepted.case_no}-ZGJ", f"{accepted.case_no}-JTJ"]
    assert deciding.propose(office, accepted.id, "grant", "可以。").type == "partner-silent"
    (asked,) = [act for act in acts_of(office, accepted.id) if act.key == "partner"]
    assert [key for key, _ in asked.asks[0].choices] == ["ZGJ", "JTJ"]
    for partner in ("ZGJ", "JTJ"):
        good(joint.record_partner_opinion(office, accepted.id, partner, "agree", "同意。", "苗青"))
    assert "partner" in [act.key for act in acts_of(office, accepted.id)], "a later word of his may still be recorded"
    good(deciding.propose(office, accepted.id, "grant", "可以。"))
