"""盖实体章: two keys register a stamp, several are entered together, and with the line cut it is the way."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt

from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from clerk_app.sealing.model import SealUse
from tests.desk import ZONE
from tests.ui.parts import hand
from tests.ui.sealing import desk
from tests.ui.sealing.bench import Bench
from ui.sealing.pressing import said_time, to_register

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZONE)


def authorised(bench: Bench, count: int = 1) -> list[Case]:
    """On paper, one after the other, from the page; the line is up."""
    names = ("江州听雨轩文化传播有限公司", "江州砚溪人力资源有限公司", "江州云岫劳务派遣有限公司")
    cases = [desk.proposed(bench.office, name) for name in names[:count]]
    for case in cases:
        bench.pass_(minutes=3)
        bench.presenter.choose(case.id)
        bench.settle()
        bench.presenter.change_way()
        bench.seal(desk.CHIEF_PIN)
        assert bench.case(case).state == "granted"
    return cases


def use_of(bench: Bench, case: Case) -> SealUse:
    found = bench.office.read(lambda books: books.seal_use_of(case.id))
    assert found is not None
    return found


def test_authorised_on_paper_the_page_comes_out_and_two_keys_finish_it(bench: Bench) -> None:
    (case,) = authorised(bench)
    assert bench.printed == [("准予登记通知书", 1)]
    assert bench.said[-1][0].endswith("已授权，在打一份去盖章。盖好按“已盖章”。")
    view = bench.view
    assert (view.side, view.press.act, view.press.copies) == ("press", "已盖章", 1)
    assert [name for _, name in view.press.keepers] == ["梁建业", "尹秋实"]
    bench.page.table().setFocus()
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return)
    bench.settle()
    bench.settle()
    done, use = bench.case(case), use_of(bench, case)
    assert done.state == "sealed"
    assert (use.electronic, use.copies, use.keeper, use.entered_at, use.flags) == (False, 1, desk.CHIEF, None, ())
    assert bench.view.authority.head == "已盖实体章，期限停表"
    assert bench.what["用印"].endswith("，实体章")
    assert bench.said[-1] == (f"{use.at:%H:%M} 已登记盖章：江市监准〔2026〕47号，期限停表。", True)


def test_with_the_line_cut_it_is_the_default_and_the_electronic_seal_says_why_not(bench: Bench) -> None:
    desk.sealed(bench.office, desk.proposed(bench.office))  # online once: the PIN may be judged here
    case = desk.proposed(bench.office, "江州砚溪人力资源有限公司")
    bench.cut()
    bench.office.parts.centre.away = True  # type: ignore[attr-defined]
    bench.presenter.choose(case.id)
    bench.settle()
    assert bench.view.authority.act == "授权，打印盖章"
    foot = bench.page.authority.foot
    assert foot.other.reason() == "线路断着，不能用"
    bench.seal(desk.CHIEF_PIN)
    assert bench.view.side == "press"
    assert bench.page.press_pane.other.reason() == "线路断着，不能用"
    bench.page.press_pane.act.click()
    bench.settle()
    bench.settle()
    assert bench.case(case).state == "sealed"


def test_several_are_entered_together_with_the_time_that_was_said(bench: Bench) -> None:
    cases = authorised(bench, 3)
    bench.pass_(minutes=40)
    bench.presenter.show_list("press")
    bench.settle()
    assert bench.view.title == "待登记盖章 3 件"
    table = bench.page.table()
    table.setFocus()
    for case in cases[:2]:
        table.select(case.id)
        bench.qtbot.keyClick(table, Qt.Key.Key_Space)
    pane = bench.page.press_pane
    assert pane.act.words() == "2 件已盖章"
    said = bench.case(cases[1]).decision.at + timedelta(minutes=2)
    bench.qtbot.keyClicks(pane.time.line, f"{said:%H%M}")
    pane.act.click()
    bench.settle()
    bench.settle()
    for case in cases[:2]:
        use = use_of(bench, case)
        assert f"{use.at:%H:%M}" == f"{said:%H:%M}"
        assert use.entered_at is not None
        assert use.entered_at - use.at > timedelta(minutes=30)
    assert bench.case(cases[2]).state == "granted"
    assert [row.id for row in bench.view.rows] == [cases[2].id]
    bench.presenter.show_list("today")
    bench.settle()
    assert bench.view.rows[0].what.startswith("补登 ")
    assert "（补登，" in bench.what["时间"]


def test_one_that_is_refused_is_named_and_keeps_no_other_back(bench: Bench) -> None:
    cases = authorised(bench, 2)
    bench.presenter.show_list("press")
    bench.settle()
    for case in cases:
        bench.presenter.mark(case.id, True)
    first = bench.case(cases[0]).decision.at
    bench.pass_(minutes=30)
    bench.page.press_pane.press_wanted.emit("1", desk.CHIEF, f"{first:%H:%M}")
    bench.settle()
    bench.settle()
    assert bench.case(cases[0]).state == "sealed"
    assert bench.case(cases[1]).state == "granted", "it was authorised after that"
    ((key, who, why),) = bench.view.press.results
    assert (key, who) == (cases[1].id, cases[1].applicant.masked_name)
    assert why.startswith("用印时间要在授权")


def test_what_cannot_be_is_said_at_its_field_and_the_page_can_be_printed_once_more(bench: Bench) -> None:
    (case,) = authorised(bench)
    for copies, time, where in (
        ("0", "", "copies"),
        ("1", "25:00", "time"),
        ("1", "9:99", "time"),
        ("1", "00:01", "time"),
    ):
        bench.page.press_pane.press_wanted.emit(copies, desk.CHIEF, time)
        bench.settle()
        bench.settle()
        assert bench.case(case).state == "granted"
        assert bench.view.press.finding_at == where
        assert bench.view.press.finding.count("没有登记") == 1
    bench.page.press_pane.again.click()
    bench.settle()
    assert len(bench.printed) == 2


def test_said_times() -> None:
    assert said_time("", NOW) is None
    for text in ("10:05", "1005", "10：05"):
        at = said_time(text, NOW)
        assert isinstance(at, datetime)
        assert (at.hour, at.minute, at.date()) == (10, 5, NOW.date())
    for text in ("25:00", "10:60", "ten", "5"):
        assert isinstance(said_time(text, NOW), Refusal), text


def test_in_the_minute_of_its_authorisation_it_is_not_before_it(bench: Bench) -> None:
    (case,) = authorised(bench)
    found = bench.case(case)
    decided = found.decision.at
    minute = decided.replace(second=0, microsecond=0)
    assert to_register([found], "1", desk.CHIEF, minute, NOW)[0].said_at == decided
    earlier = minute - timedelta(minutes=1)
    assert to_register([found], "1", desk.CHIEF, earlier, NOW)[0].said_at == earlier
    assert to_register([found], "1", desk.CHIEF, None, NOW)[0].said_at is None
    assert to_register([found, found], "1", desk.CHIEF, None, NOW)[0].said_at == NOW


def test_what_is_marked_to_be_authorised_is_not_said_to_be_stamped(bench: Bench) -> None:
    (case,) = authorised(bench)
    others = [desk.proposed(bench.office, name) for name in ("江州砚溪人力资源有限公司", "江州云岫劳务派遣有限公司")]
    bench.refresh()
    for other in others:
        bench.presenter.mark(other.id, True)
    assert bench.view.batch_words == "批量 2 件"
    assert (bench.view.side, bench.view.press.act, bench.view.press.together) == ("press", "已盖章", 0)
    bench.page.press_pane.act.click()
    bench.settle()
    bench.settle()
    assert bench.case(case).state == "sealed"
    assert {bench.case(other).state for other in others} == {"to_authorise"}
