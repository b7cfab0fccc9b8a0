"""The steps of 即办件 and 补正, beside those of a visit."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import parsers, then, when

from clerk_app.cases.life import Gap
from clerk_app.cases.model import Applicant
from clerk_app.command import Refusal
from clerk_app.office.counter import intake, spot, visit
from clerk_app.office.counter.intake import Brought
from clerk_app.office.office import Done
from tests.visit.steps import Scene


def again(scene: Scene) -> None:
    scene.case = scene.office.read(lambda books: books.case(scene.case.id))


@when(parsers.parse('她当场办"{short}"，材料收齐'))
def takes_spot(scene: Scene, short: str) -> None:
    item = next(i for i in scene.office.hall.items.values() if i.short == short)
    ticket = scene.current()
    brought = Brought(papers=tuple(m.name for m in item.materials))
    applicant = Applicant(name="卢小珍", phone="13800000421")
    scene.answer = spot.take_spot_case(
        scene.office, ticket.id, item.code, applicant, brought, "grant", "材料齐全，符合条件。"
    )
    assert isinstance(scene.answer, Done), scene.answer
    scene.case = scene.office.read(lambda books: books.case_of_ticket(ticket.id))


@then("这件待授权，承诺当天办结，没有打收件凭证和受理回执")
def waits_for_the_chief(scene: Scene) -> None:
    assert scene.case.state == "to_authorise"
    assert scene.case.due.promised == scene.office.hall.calendar.due(scene.case.accepted_on, 0).due
    assert not any("凭证" in slip or "回执" in slip for slip in scene.slips())


@then("中心有这一件当场办的，两边链头一致")
def there_whole(scene: Scene) -> None:
    scene.settle()
    scene.keeper.round()
    assert scene.standing("take_spot_case").state == "applied"
    assert scene.office.parts.centre.hello().head == scene.office.parts.vault.journal.head().hash


@when("她办结手上的号")
def finishes(scene: Scene) -> None:
    scene.answer = visit.finish(scene.office, scene.current().id)
    assert isinstance(scene.answer, Done), scene.answer


@when("人不等结果先走")
def leaves(scene: Scene) -> None:
    scene.answer = spot.leave_without_result(scene.office, scene.case.id)


@then(parsers.parse('回执上写着"{words}"和往后的日子'))
def second_limit(scene: Scene, words: str) -> None:
    receipt, due = scene.slips()[-1], scene.case.due.promised
    assert scene.case.life.second_limit
    assert words in receipt
    assert due > scene.case.accepted_on
    assert f"{due.year}年{due.month}月{due.day}日" in receipt


@when("她只告知缺一样")
def tells_one(scene: Scene) -> None:
    scene.answer = intake.notify_once(scene.office, scene.case.id, (Gap(what=scene.case.missing[0]),), None)


@when("她把缺的一次告知，十天内补")
def tells_all(scene: Scene) -> None:
    gaps = [Gap(what=name) for name in scene.case.missing]
    by = scene.office.parts.clock.now().date() + timedelta(days=10)
    scene.answer = intake.notify_once(scene.office, scene.case.id, gaps, by)
    assert isinstance(scene.answer, Done), scene.answer
    again(scene)


@then("告知单上写着每一样缺的、哪天前、到哪个窗口，材料全部退还")
def notice_says(scene: Scene) -> None:
    slip = scene.slips()[-1].replace("\n", "").replace(" ", "")
    notice = scene.case.life.notices[-1]
    for gap in notice.gaps:
        assert gap.what in slip
    for words in (f"{notice.bring_by.month}月{notice.bring_by.day}日", "2号窗口", "退还", "12345"):
        assert words in slip
    assert scene.case.brought == 0


@when("材料都补来了")
def brings_all(scene: Scene) -> None:
    names = tuple(m.name for m in scene.case.materials)
    scene.answer = intake.complete_correction(scene.office, scene.case.id, names)
    assert isinstance(scene.answer, Done), scene.answer


@when("她再要一样")
def asks_more(scene: Scene) -> None:
    scene.answer = intake.notify_once(scene.office, scene.case.id, (Gap(what="居委会证明"),), None)


@then(parsers.parse('没有告知，说的是"{words}"'))
def not_told(scene: Scene, words: str) -> None:
    assert isinstance(scene.answer, Refusal)
    assert words in scene.answer.sentence
