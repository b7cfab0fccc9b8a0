"""开门前: each mark says what is missing and what to do; what is due and what waits stand under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.cases.model import case_kind
from clerk_app.duty.model import SignIn
from clerk_app.duty.records import Absence
from clerk_app.office.counter import visit
from clerk_app.office.events import LineState, PrinterState
from clerk_app.office.office import Office, SignedOut
from clerk_app.office.oversight.morning import Mark, before_first_ticket, line_mark, morning, printer_mark
from clerk_app.ports import NumberBlock
from tests.desk import cut_office, sit
from tests.visits import accept, done, receive, serve

UP, READY = LineState(connected=True), PrinterState(ready=True, said="打印机 就绪")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


def marks(office: Office) -> dict[str, Mark]:
    return {mark.kind: mark for mark in morning(office, UP, READY).marks}


def test_the_line_is_good_only_when_nothing_waits_for_a_person() -> None:
    since = datetime.fromisoformat("2026-11-20T08:52:00+08:00")
    assert line_mark(UP).good
    cut = line_mark(LineState(connected=False, since=since, waiting=14))
    assert (cut.good, cut.said, cut.page) == (False, "08:52 起断着，照常办，14 条等着送", "sync")
    assert "停办" in cut.remedy
    refused = line_mark(replace(UP, troubled=2))
    assert (refused.good, refused.remedy) == (False, "有中心没收的，到“同步”里一条一条定")
    assert line_mark(replace(UP, store="这台电脑的数据旧了。")).said == "这台电脑的数据旧了"


def test_the_printer_says_what_it_lacks() -> None:
    assert printer_mark(READY).good
    empty = printer_mark(PrinterState(ready=False, said="小票机缺纸。"))
    assert (empty.good, empty.said, empty.page) == (False, "小票机缺纸", "printing")


def test_numbers_warn_at_a_fifth_and_say_when_there_are_none(office: Office) -> None:
    keep, now = office.parts.vault.keep, office.parts.clock.now()
    for kind in office_kinds(office):
        if keep.next_serial(kind) is None:
            keep.add_block(NumberBlock(id=f"b-{kind}"[:36], kind=kind, first=1, last=10))
    assert marks(office)["numbers"].good
    spare = case_kind(now.year + 1)
    assert keep.next_serial(spare) is None
    office.parts.clock.set(now.replace(year=now.year + 1, month=1, day=4))
    told = marks(office)["numbers"]
    assert not told.good
    assert "办件编号没有了" in told.said
    keep.add_block(NumberBlock(id="b-next", kind=spare, first=1, last=3))
    assert "办件编号还剩 3 个" in marks(office)["numbers"].said


def office_kinds(office: Office) -> list[str]:
    from clerk_app.office.line.blocks import blocks_wanted

    return list(blocks_wanted(office))


def test_my_b_is_there_away_or_not_signed_in_yet(office: Office) -> None:
    now = office.parts.clock.now()
    post = office.hall.roster.posts["A1"]
    name = office.hall.roster.name_of(post.b)
    assert marks(office)["b_role"].said == f"{name} 还没签到"
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_sign_in(SignIn(id="s1", person=post.b, window=3, post="A2", online=True, ended=False, at=now))
    there = marks(office)["b_role"]
    assert (there.good, there.said) == (True, f"{name} 在 3号窗口")
    away = Absence(
        id="a1", person=post.b, start=now, end=now + timedelta(hours=2), reason="开会", said_by=post.b, state="recorded"
    )
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_absence(away)
    gone = marks(office)["b_role"]
    assert (gone.good, gone.said) == (False, f"{name} 离岗到 12:30")
    assert "开会" not in gone.said


def test_a_letter_on_its_last_day_is_said_and_none_at_all_too(office: Office) -> None:
    assert marks(office)["letters"].good
    ends = min(one.end for one in office.hall.roster.letters if one.department == "SJJ")
    at = office.parts.clock.now()
    office.parts.clock.set(datetime.combine(ends, at.time(), at.tzinfo))
    assert marks(office)["letters"].said == "授权书今天最后一天"
    after = max(one.end for one in office.hall.roster.letters if one.department == "SJJ") + timedelta(days=1)
    office.parts.clock.set(datetime.combine(after, at.time(), at.tzinfo))
    told = marks(office)["letters"]
    assert (told.good, told.page) == (False, "board")
    assert "没有有效的授权书" in told.said


def test_without_seal_keys_the_remedy_is_the_stamp(office: Office) -> None:
    told = marks(office)["seal"]
    assert (told.good, told.page) == (False, "sealing")
    assert "盖实体章" in told.remedy


def test_what_is_due_today_and_what_waits_for_me(office: Office) -> None:
    assert before_first_ticket(office)
    ticket = serve(office)
    case = accept(office, receive(office, ticket))
    assert not before_first_ticket(office)
    found = morning(office, UP, READY)
    assert [line.id for line in found.due] == [case.id], "an on-the-spot case is due today"
    assert [line.id for line in found.waiting] == [case.id]
    assert not found.to_authorise
    done(visit.finish(office, ticket.id))
    sit(office, office.hall.roster.posts["A1"].b)
    beside = morning(office, UP, READY)
    (post,) = (one for one in beside.b_posts if one.post == "A1")
    assert (post.open_cases, post.away, post.mine_now) == (1, "", False)
    assert [line.id for line in beside.waiting] == []


def test_nobody_is_shown_anything_who_got_up(office: Office) -> None:
    office.session = None
    with pytest.raises(SignedOut):
        morning(office, UP, READY)
