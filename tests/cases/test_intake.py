"""Before acceptance: what is told, refused, mended, tolerated and corrected; one acceptance date, whoever was late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clerk_app.cases.catalogue import Material
from clerk_app.cases.clocks import clocks_of
from clerk_app.cases.correcting import CompleteCorrection, LapseCase, NotifyOnce
from clerk_app.cases.deeming import deem
from clerk_app.cases.intake import (
    AdviseOnly,
    FixOnSpot,
    NotAccept,
    RegisterCase,
    SayNotRequired,
    SeeNotAccepted,
    ToleratePaper,
)
from clerk_app.cases.life import Gap
from clerk_app.cases.receiving import Promise, late_promises
from clerk_app.cases.usecases import ReceiveCase, TickMaterial
from clerk_app.command import Refusal
from clerk_app.sync.wire import Codec, body_of
from tests.cases.window import HALL, MORNING, REGISTER, Window, hall_with

FOOD, HOUSE, COMPANY, FOI, DRIVE = "食品经营新办", "房屋转移登记", "公司变更", "信息公开申请", "护士变更"
LAST = date(2026, 11, 27)
"""The fifth working day after the Friday of the receipt."""


def said(refusal: Refusal | None) -> str:
    assert refusal is not None
    assert refusal.sentence.endswith("。")
    return refusal.type


def gaps(*names: str) -> tuple[Gap, ...]:
    return tuple(Gap(what=name) for name in names)


def notify(counter: Window, *names: str, **fields) -> Refusal | None:
    told = {"gaps": gaps(*names), "bring_by": counter.now.date() + timedelta(days=10), **fields}
    return counter.act(NotifyOnce, **told)


def centre_deems(counter: Window, *, provisional: bool = True) -> None:
    hall = counter.books.hall
    at = counter.now + timedelta(hours=1)
    found = deem(counter.case, counter.item, hall.calendar, hall.off_work, at, provisional=provisional)
    assert not isinstance(found, Refusal), found
    counter.books.put_case(found)


# 登记与只告知


def test_a_question_ends_with_its_answer_and_papers_not_taken_with_everything_that_lacks():
    counter = Window(FOOD)
    assert counter.act(RegisterCase, **counter.begins()) is None
    assert (counter.case.state, counter.case.brought) == ("draft", 0)
    assert said(counter.act(AdviseOnly, advice="asked", reason=" ")) == "reason-missing"
    assert said(counter.act(AdviseOnly, advice="papers_not_taken", reason="材料不齐")) == "gaps-missing"
    assert counter.case.state == "draft"
    told = counter.act(
        AdviseOnly, advice="papers_not_taken", reason="材料不齐，人要回去补", gaps=gaps(counter.names[0])
    )
    assert told is None
    ending = counter.case.life.ending
    assert (counter.case.state, ending.how, ending.advice, ending.gaps) == (
        "advised", "advised", "papers_not_taken", gaps(counter.names[0]),
    )  # fmt: skip
    assert said(counter.receive()) == "case-exists"


def test_a_draft_becomes_the_receipt_and_keeps_its_code():
    counter = Window(FOOD)
    counter.act(RegisterCase, **counter.begins())
    assert said(counter.receive(ticket="t", item=HALL.items[counter.item.code].code, query_code="new", brought=("x",)))
    assert counter.receive(query_code="another") is None
    assert (counter.case.state, counter.case.query_code) == ("received", "7K3M-Q9X2")


def test_a_draft_is_received_as_it_was_registered():
    counter = Window(FOOD)
    counter.act(RegisterCase, **counter.begins())
    other = next(i for i in HALL.items.values() if counter.window in i.windows and i.code != counter.item.code)
    assert said(counter.receive((), item=other.code)) == "draft-of-another"


# 收件


def test_a_secret_item_is_not_typed_at_all():
    counter = Window(FOOD, hall_with(FOOD, paper_only=True))
    for refused in (counter.receive(), counter.act(RegisterCase, **counter.begins())):
        assert said(refused) == "paper-only"
        assert "卢小珍" not in refused.sentence
    assert counter.books.cases == {}


def test_how_a_paper_was_brought_stands_in_the_case_and_never_for_one_outside_the_list():
    counter = Window(FOOD)
    assert said(counter.receive((), brought_as={"居委会证明": "copy"})) == "unknown-material"
    assert counter.receive(counter.names[:1], brought_as={counter.names[0]: "original"}) is None
    assert counter.act(TickMaterial, material=counter.names[1], brought=True, brought_as="electronic") is None
    assert [m.brought_as for m in counter.case.materials][:3] == ["original", "electronic", ""]
    counter.act(TickMaterial, material=counter.names[1], brought=False, brought_as="electronic")
    assert counter.case.materials[1].brought_as == ""


def test_a_back_dated_receipt_says_why():
    counter = Window(FOOD)
    morning = MORNING - timedelta(days=2)
    assert said(counter.receive(received_at=morning)) == "late-reason-missing"
    assert said(counter.receive(received_at=MORNING + timedelta(days=1), late_reason="停电")) == "received-in-future"
    assert counter.books.cases == {}
    assert counter.receive(received_at=morning, late_reason="停电，先在纸上收的") is None
    assert counter.case.received_at == morning
    assert counter.case.late_entry.reason == "停电，先在纸上收的"
    assert all(m.brought_at == morning for m in counter.case.materials)


def test_the_catalogue_changed_while_the_case_was_open():
    counter = Window(FOOD)
    counter.receive()
    more = Material(name="场所照片", copies=1, form="original", essential=True)
    fewer = (*counter.item.materials[1:], more)
    counter.books.hall = replace(hall_with(FOOD, materials=fewer), version="v2")
    refused = counter.accept()
    assert said(refused) == "item-version-changed"
    assert "场所照片" in refused.sentence
    assert counter.books.used == {}
    assert counter.act(TickMaterial, material="场所照片", brought=True) is None
    assert counter.accept() is None
    assert counter.case.hall_version == "v2"
    assert counter.names[0] in {m.name for m in counter.case.materials if not m.essential}, "what was brought stays"


def test_an_item_that_left_the_catalogue_is_said():
    counter = Window(FOOD)
    counter.receive()
    hall = counter.books.hall
    counter.books.hall = replace(hall, items={c: i for c, i in hall.items.items() if c != counter.item.code})
    assert said(counter.accept()) == "item-gone"
    assert said(counter.act(NotAccept, reason="目录没有了", agency="局里")) == "item-gone"
    assert counter.case.state == "received"


# 容缺


def test_only_a_minor_paper_of_a_tolerant_item_is_promised():
    counter = Window(FOOD)
    minor = next(m.name for m in counter.item.materials if not m.essential)
    essential = counter.names[0]
    counter.receive(tuple(n for n in counter.names if n not in (minor, essential)))
    promise = {"until": LAST, "promise": "卢小珍书面承诺"}
    assert said(counter.act(ToleratePaper, material=essential, **promise)) == "essential-paper"
    assert said(counter.act(ToleratePaper, material="没有的", **promise)) == "unknown-material"
    assert said(counter.act(ToleratePaper, material=minor, until=LAST, promise=" ")) == "promise-missing"
    assert said(counter.act(ToleratePaper, material=minor, until=MORNING.date(), promise="x")) == "promise-missing"
    assert counter.act(ToleratePaper, material=minor, **promise) is None
    assert said(counter.accept()) == "materials-missing", "an essential paper is never waited for"
    counter.act(TickMaterial, material=essential, brought=True)
    assert counter.accept() is None
    assert late_promises(counter.case, LAST) == ()
    assert [m.name for m in late_promises(counter.case, LAST + timedelta(days=1))] == [minor]
    assert said(counter.act(TickMaterial, material=essential, brought=False)) == "case-accepted"
    assert counter.act(TickMaterial, material=minor, brought=True) is None, "the promised paper comes after acceptance"
    assert late_promises(counter.case, LAST + timedelta(days=9)) == ()


def test_an_item_without_tolerance_waits_for_everything():
    counter = Window("旅馆业许可", hall_with("旅馆业许可", tolerant=False))
    minor = next(m.name for m in counter.item.materials if not m.essential)
    brought = tuple(n for n in counter.names if n != minor)
    promised = (Promise(material=minor, until=LAST, words="承诺"),)
    assert said(counter.receive(brought, tolerated=promised)) == "not-tolerant"
    assert counter.books.cases == {}


# 不予受理、不需办理、当场更正


def test_refusing_names_the_agency_and_the_chief_sees_it():
    counter = Window(FOOD)
    counter.receive()
    assert said(counter.act(NotAccept, reason="不归我们", agency=" ")) == "reason-missing"
    assert said(counter.act(SeeNotAccepted, actor=counter.chief)) == "not-not-accepted"
    assert counter.act(NotAccept, reason="不归我们", agency="卫生健康局") is None
    ending = counter.case.life.ending
    assert (counter.case.state, ending.agency, ending.seen_by) == ("not_accepted", "卫生健康局", "")
    assert said(counter.act(SeeNotAccepted)) == "chief-only"
    assert counter.act(SeeNotAccepted, actor=counter.chief) is None
    assert counter.case.life.ending.seen_by == counter.chief
    assert said(counter.act(SeeNotAccepted, actor=counter.chief)) == "already-seen"
    assert said(counter.accept()) == "not-to-accept"


def test_no_licence_needed_is_said_with_its_ground():
    counter = Window(FOOD)
    counter.receive()
    assert said(counter.act(SayNotRequired, ground="")) == "basis-missing"
    assert counter.act(SayNotRequired, ground="只销售预包装食品，备案即可") is None
    assert counter.case.state == "not_required"


def test_an_error_is_mended_at_the_window():
    counter = Window(FOOD)
    counter.receive()
    assert said(counter.act(FixOnSpot, what="门牌号", initials="")) == "initials-missing"
    assert counter.act(FixOnSpot, what="门牌号 88 改 98", initials="卢") is None
    assert (counter.case.state, counter.case.life.fixes[0].initials) == ("received", "卢")
    counter.accept()
    assert said(counter.act(FixOnSpot, what="门牌号", initials="卢")) == "not-to-fix"


# 一次性告知与补正


def test_everything_is_told_at_once_and_only_once():
    counter = Window(FOOD)
    counter.receive(counter.names[2:])
    first, second = counter.names[:2]
    assert said(notify(counter)) == "gaps-missing"
    assert said(notify(counter, first)) == "gaps-incomplete"
    assert said(notify(counter, first, second, bring_by=date(2026, 11, 1))) == "date-past"
    assert counter.case.state == "received"
    assert notify(counter, first, second, where="5号窗口", requeue=True) is None
    assert counter.case.state == "correction"
    counter.on(date(2026, 11, 25))
    assert said(counter.act(CompleteCorrection, brought=(first,))) == "materials-missing"
    assert counter.case.missing == (first, second), "refused whole"
    assert counter.act(CompleteCorrection, brought=(first, second)) is None
    assert counter.case.life.completed_on == date(2026, 11, 25)
    assert said(notify(counter, "再来一张")) == "second-notice"
    assert said(notify(counter, "再来一张", actor=counter.chief)) == "override-reason-missing"
    override = {"actor": counter.chief, "override_reason": "窗口头一次漏看"}
    assert notify(counter, "再来一张", **override) is None
    notice = counter.case.life.notices[-1]
    assert (len(counter.case.life.notices), notice.overridden_by) == (2, counter.chief)
    assert counter.case.life.completed_on is None


def test_what_the_notice_asked_is_what_is_asked_whatever_the_catalogue_says_later():
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    notify(counter, counter.names[0])
    more = Material(name="场所照片", copies=1, form="original", essential=True)
    stricter = tuple(replace(m, essential=True) for m in counter.item.materials)
    counter.books.hall = replace(hall_with(FOOD, materials=(*stricter, more)), version="v2")
    before = [(m.name, m.essential) for m in counter.case.materials]
    assert said(counter.act(TickMaterial, material="场所照片", brought=True)) == "unknown-material"
    assert counter.act(CompleteCorrection, brought=counter.names[:1]) is None
    assert [(m.name, m.essential) for m in counter.case.materials] == before
    minor = next(m.name for m in counter.item.materials if not m.essential)
    assert counter.act(TickMaterial, material=minor, brought=False) is None
    assert counter.accept() is None, "what became essential since was never asked of him"
    assert counter.case.state == "accepted"


def test_what_a_later_catalogue_no_longer_asks_is_not_waited_for_after_a_notice():
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    notify(counter, counter.names[0])
    counter.books.hall = replace(hall_with(FOOD, materials=counter.item.materials[1:]), version="v2")
    assert counter.act(CompleteCorrection, brought=()) is None
    assert counter.accept() is None
    assert counter.names[0] not in {m.name for m in counter.case.materials}


def test_what_the_chief_asks_in_a_second_notice_by_the_new_catalogue_is_waited_for():
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    notify(counter, counter.names[0])
    counter.act(CompleteCorrection, brought=counter.names[:1])
    more = Material(name="场所照片", copies=1, form="original", essential=True)
    counter.books.hall = replace(hall_with(FOOD, materials=(*counter.item.materials, more)), version="v2")
    assert notify(counter, "场所照片", actor=counter.chief, override_reason="新规要这张") is None
    assert said(counter.act(CompleteCorrection, brought=())) == "materials-missing"
    assert counter.act(CompleteCorrection, brought=("场所照片",)) is None
    assert counter.accept() is None


def test_acceptance_after_a_correction_counts_from_the_last_piece():
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    notify(counter, counter.names[0])
    counter.on(date(2026, 11, 25))
    counter.act(CompleteCorrection, brought=counter.names[:1])
    counter.on(date(2026, 11, 30))
    assert counter.accept() is None
    assert counter.case.accepted_on == date(2026, 11, 25)


def test_registration_hands_every_paper_back():
    counter = Window(COMPANY)
    counter.receive(counter.names[1:], brought_as={counter.names[1]: "held", counter.names[2]: "original"})
    assert notify(counter, counter.names[0]) is None
    assert [m.name for m in counter.case.materials if m.brought_at] == [counter.names[1]], "the hall's own stays"
    assert {m.brought_as for m in counter.case.materials} == {"", "held"}


def test_a_real_estate_counter_answers_on_the_day_or_has_accepted():
    counter = Window(HOUSE)
    counter.receive(counter.names[1:])
    assert notify(counter, counter.names[0]) is None, "on the day"
    late = Window(HOUSE)
    late.receive(late.names[1:])
    late.on(date(2026, 11, 23))
    for refused in (notify(late, late.names[0]), late.act(NotAccept, reason="不齐", agency="别处")):
        assert said(refused) == "deemed-accepted"
        assert "当天" in refused.sentence
    assert late.accept() is None, "a paper that lacks does not take back what silence accepted"
    assert (late.case.state, late.case.accepted_on) == ("accepted", MORNING.date())


def test_only_a_local_rule_and_the_chief_let_a_late_correction_lapse():
    stays = Window(FOOD)
    stays.receive(stays.names[1:])
    notify(stays, stays.names[0])
    stays.on(date(2026, 12, 21))
    assert said(stays.act(LapseCase, actor=stays.chief, reason="逾期")) == "not-to-lapse"
    counter = Window(FOI)
    counter.receive(counter.names[1:])
    assert said(notify(counter, counter.names[0], bring_by=None)) == "date-missing"
    assert notify(counter, counter.names[0], bring_by=date(2026, 12, 4)) is None
    counter.on(date(2026, 12, 4))
    assert said(counter.act(LapseCase, actor=counter.chief, reason="逾期")) == "correction-runs"
    counter.on(date(2026, 12, 7))
    assert said(counter.act(LapseCase, reason="条例30条")) == "chief-only"
    assert said(counter.act(LapseCase, actor=counter.chief, reason="")) == "reason-missing"
    assert counter.act(LapseCase, actor=counter.chief, reason="条例30条") is None
    assert (counter.case.state, counter.case.life.ending.how) == ("lapsed", "lapsed")


# 视为受理


def test_after_the_limit_it_counts_as_accepted_from_the_day_of_receipt():
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    counter.on(date(2026, 11, 30))
    assert said(notify(counter, counter.names[0])) == "deemed-accepted"
    assert counter.accept() is None
    case = counter.case
    assert (case.accepted_on, case.life.deemed.on, case.life.deemed.provisional) == (
        MORNING.date(), MORNING.date(), False,
    )  # fmt: skip
    assert (case.case_no, case.due.promised) == ("JZ20261130-00001", date(2026, 12, 4))


def test_what_the_centre_deemed_is_put_back_by_an_answer_given_in_time():
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    counter.on(date(2026, 11, 30))
    centre_deems(counter)
    assert (counter.case.state, counter.case.due.promised) == ("accepted", date(2026, 12, 4))
    counter.on(LAST, hour=16)
    assert notify(counter, counter.names[0]) is None
    assert (counter.case.state, counter.case.life.deemed, counter.case.due) == ("correction", None, None)
    other = Window(FOOD)
    other.receive(other.names[1:])
    other.on(date(2026, 11, 30))
    centre_deems(other)
    other.on(LAST)
    assert other.act(NotAccept, reason="不归我们", agency="卫生健康局") is None
    assert (other.case.state, other.case.life.deemed) == ("not_accepted", None)


@pytest.mark.parametrize("provisional", [True, False])
def test_an_answer_after_the_limit_takes_nothing_back(provisional):
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    counter.on(date(2026, 11, 30))
    centre_deems(counter, provisional=provisional)
    before = counter.case
    assert said(notify(counter, counter.names[0])) == "deemed-accepted"
    assert said(counter.act(NotAccept, reason="不归我们", agency="别处")) == "deemed-accepted"
    assert counter.case == before
    assert counter.accept() is None
    assert counter.case.life.deemed.provisional is False
    assert counter.case.due == before.due


def test_what_is_certain_is_not_put_back():
    counter = Window(FOOD)
    counter.receive(counter.names[1:])
    counter.on(date(2026, 11, 30))
    centre_deems(counter, provisional=False)
    counter.on(LAST)
    assert said(notify(counter, counter.names[0])) == "deemed-accepted"


def test_an_acceptance_in_time_that_comes_late_stands_with_its_own_day():
    counter = Window(FOOD)
    counter.receive()
    counter.on(date(2026, 11, 30))
    centre_deems(counter)
    counter.on(date(2026, 11, 24))
    assert counter.accept() is None
    assert (counter.case.life.deemed, counter.case.accepted_on) == (None, date(2026, 11, 24))


def test_a_joint_case_asks_its_partners_when_it_is_accepted():
    counter = Window("施工阶段并联")
    counter.receive()
    assert counter.accept() is None
    asked = counter.case.life.partners
    assert tuple(p.department for p in asked) == counter.item.partners
    assert all(p.silent and p.due > MORNING.date() for p in asked)


# 一天受理，钟不倒走

days = st.integers(0, 12)
ways = st.sampled_from([FOOD, HOUSE, FOI, COMPANY])


@settings(max_examples=40, deadline=None)
@given(ways, days, days, days, st.booleans())
def test_one_acceptance_date_and_clocks_that_never_run_backwards(short, wait, correct, more, incomplete):
    counter = Window(short)
    assert counter.receive(counter.names[1:] if incomplete else None) is None
    counter.on(MORNING.date() + timedelta(days=wait), hour=17)
    if notify(counter, counter.names[0], bring_by=counter.now.date() + timedelta(days=3)) is None:
        counter.on(counter.now.date() + timedelta(days=correct), hour=17)
        assert counter.act(CompleteCorrection, brought=counter.names) is None
    counter.on(counter.now.date() + timedelta(days=more), hour=17)
    counter.accept()
    case, item, hall = counter.case, counter.item, counter.books.hall
    if case.accepted_at is None:
        assert incomplete
        return
    day = case.accepted_on
    assert MORNING.date() <= day <= counter.now.date()
    again = counter.accept()
    assert said(again) == "already-accepted"
    assert counter.case.accepted_on == day
    for clock in clocks_of(case, item, hall.calendar, hall.off_work, counter.now.date()):
        assert clock.due is None or clock.due >= clock.start
    for event in (
        lambda: notify(counter, counter.names[0]),
        lambda: counter.act(NotAccept, reason="x", agency="y"),
        lambda: counter.act(ReceiveCase, **{**counter.begins(), "brought": ()}),
    ):
        assert event() is not None
        assert counter.case.accepted_on == day


def test_receipts_written_before_these_fields_still_read():
    counter = Window(FOOD)
    stamp = {"id": "c", "at": counter.now, "actor": "P1", "post": "A1", "window": 2, "basis": "", "hall_version": "v1"}
    body = body_of(ReceiveCase(**stamp, **counter.begins(), case="k", brought=counter.names))
    new = {"brought_as", "tolerated", "second_limit", "green", "replaces", "assisted", "received_at", "late_reason"}
    read = Codec(REGISTER).command({name: value for name, value in body.items() if name not in new})
    assert isinstance(read, ReceiveCase)
    assert (read.brought, read.second_limit, read.received_at, dict(read.brought_as)) == (
        counter.names,
        False,
        None,
        {},
    )
