"""What is answered otherwise than by accepting: told once, mended, not taken in, not ours; and the pieces that come after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.parts import commit
from tests.ui.queueing.counter_seat import CTRL, CounterSeat, seat_at
from ui.queueing.over import NOBODY
from ui.queueing.telling_reply import tell_reply
from ui.queueing.view import CaseView


@pytest.fixture
def seat(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[CounterSeat]:
    """A promised item at the combined window, with a citizen in front of it."""
    seat = seat_at(qtbot, front, tmp_path, 4, "P105")
    seat.serve("B")
    seat.choose("食品经营新办")
    yield seat
    seat.background.close()
    seat.office.parts.vault.close()


def received(seat: CounterSeat) -> None:
    """Two of three essential papers are here."""
    papers = seat.page.work.receive.parts()[2]
    papers.ticked.emit("食品经营许可申请书", True)
    papers.brought_as.emit("主要设备设施布局、操作流程文件", "copy")
    seat.press("receive")


def view(seat: CounterSeat) -> CaseView:
    work = seat.page._view.work
    assert isinstance(work, CaseView)
    return work


def test_papers_brought_and_not_taken_leave_a_record_and_a_slip(seat: CounterSeat) -> None:
    seat.key(Qt.Key.Key_G, CTRL)
    seat.key(Qt.Key.Key_1)
    assert [gap.what for gap in seat.page.work.reply._view.gaps if gap.ticked] == [
        "食品经营许可申请书",
        "主要设备设施布局、操作流程文件",
        "营业执照",
    ]
    assert seat.reason("reply") == "还没写：告知了什么"
    seat.write("reason", "三样都没带")
    seat.press("reply")
    case = seat.case
    assert (case.state, case.life.ending.advice) == ("advised", "papers_not_taken")  # type: ignore[union-attr]
    assert seat.papers[-1] == "一次性告知单"
    assert seat.page.work.bar.button("finish") is not None


def test_told_once_completed_and_accepted(seat: CounterSeat) -> None:
    received(seat)
    assert {m.name: m.brought_as for m in seat.case.materials if m.brought_at} == {
        "食品经营许可申请书": "original",
        "主要设备设施布局、操作流程文件": "copy",
    }
    seat.key(Qt.Key.Key_G, CTRL)
    seat.key(Qt.Key.Key_1)
    free = seat.page.work.reply.gaps.free
    commit(free.line, "第 2 页没有签字")
    assert "要补的一共 1 样，都在这里" in [
        getattr(block, "text", "") for block in seat.page.work.reply._view.slip.blocks
    ]  # type: ignore[union-attr]
    seat.press("reply")
    notice = seat.case.life.notices[0]
    assert [gap.what for gap in notice.gaps] == ["营业执照", "第 2 页没有签字"]
    assert (notice.bring_by, notice.requeue) == (date(2026, 12, 4), False)
    assert seat.papers[-1] == "一次性告知单"
    due = view(seat).due
    assert due is not None
    assert (due.title, due.date, due.lamp_word) == ("补正期限", "12月4日 星期五", "等补正")
    assert seat.reason("complete") == "还缺：营业执照"
    seat.page.work.case.parts()[0].all_button().click()
    seat.settle()
    seat.press("complete")
    assert (seat.case.state, seat.case.life.completed_on) == ("received", seat.today)
    assert seat.papers[-1] == "补正收件凭证"
    seat.key(Qt.Key.Key_G, CTRL)
    second = seat.page.work.reply.choices.answers()[0]
    assert second.reason() == "11月20日已告知过，再告知须首席代表写理由"
    with seat.qtbot.waitSignal(seat.page.refused, timeout=1000):
        second.click()
    chief_writes_why(seat)
    seat.key(Qt.Key.Key_Escape)
    seat.press("accept")
    assert seat.case.state == "accepted"


def chief_writes_why(seat: CounterSeat) -> None:
    """At the same case the chief may, and has to say why the first notice was not whole."""
    state, form = seat.presenter.state, seat.page.work.reply._view.form
    assert state is not None
    assert state.item is not None
    told = tell_reply(
        replace(state, chief=True), seat.office.hall, state.item, state.case, NOBODY, replace(form, kind="notify")
    )
    assert told.choices[0].reason == ""
    assert [field.name for field in told.fields] == ["override_reason", "bring_by", "where"]


def test_what_was_typed_for_an_answer_waits_and_a_paper_brought_meanwhile_is_off_the_list(seat: CounterSeat) -> None:
    received(seat)
    seat.key(Qt.Key.Key_G, CTRL)
    seat.key(Qt.Key.Key_1)
    seat.write("where", "二楼总台")
    seat.key(Qt.Key.Key_Escape)
    seat.page.material_ticked.emit("营业执照", True)
    seat.settle()
    seat.key(Qt.Key.Key_G, CTRL)
    reply = seat.page.work.reply
    assert reply.fields.field("where").text() == "二楼总台"
    assert not any(gap.ticked for gap in reply._view.gaps)
    assert seat.reason("reply") == "还没写缺什么"


def test_not_ours_names_the_right_agency_and_ends(seat: CounterSeat) -> None:
    received(seat)
    seat.key(Qt.Key.Key_G, CTRL)
    seat.key(Qt.Key.Key_3)
    seat.write("reason", "生产不归流通许可管")
    assert seat.reason("reply") == "还没写：该去哪个机关"
    seat.write("agency", "省市场监督管理局")
    seat.press("reply")
    assert seat.case.state == "not_accepted"
    assert seat.case.life.ending.agency == "省市场监督管理局"  # type: ignore[union-attr]
    assert view(seat).next.step.name == "finish"  # type: ignore[union-attr]


def test_mended_at_the_window_the_case_stays_where_it_is(seat: CounterSeat) -> None:
    received(seat)
    seat.key(Qt.Key.Key_G, CTRL)
    seat.key(Qt.Key.Key_2)
    seat.write("what", "日期写错，已改")
    seat.write("initials", "卢小珍")
    seat.press("reply")
    assert [fix.initials for fix in seat.case.life.fixes] == ["卢小珍"]
    assert seat.case.state == "received"


def test_a_minor_paper_may_come_later_by_one_key(seat: CounterSeat) -> None:
    received(seat)
    table = seat.page.work.case.parts()[0].table()
    table.select("营业执照")
    table.setFocus()
    seat.key(Qt.Key.Key_5)
    assert isinstance(seat.page._view.work, CaseView)  # an essential paper is never promised
    table.select("食品安全规章制度")
    seat.key(Qt.Key.Key_5)
    assert seat.reason("reply") == "还没写：谁签的承诺"
    seat.write("until", "11-20")
    assert seat.reason("reply") == "日子要在今天以后"
    seat.write("until", "12.1")
    seat.write("initials", "卢小珍")
    seat.press("reply")
    kept = next(m for m in seat.case.materials if m.name == "食品安全规章制度")
    assert (kept.tolerated_until, kept.promise) == (
        date(2026, 12, 1),
        "卢小珍书面承诺 2026-12-01 前补交食品安全规章制度",
    )
    assert view(seat).materials[2].said == "容缺，12月1日前补"


def test_the_items_card_lies_over_the_work_and_nothing_typed_is_lost(seat: CounterSeat) -> None:
    seat.key(Qt.Key.Key_W, CTRL)
    assert seat.page.work.card.isVisible()
    seat.key(Qt.Key.Key_Return, CTRL)
    assert seat.page.work.receive.form().name == "江州春禾餐饮管理有限公司"
    seat.key(Qt.Key.Key_W, CTRL)
    seat.key(Qt.Key.Key_Escape)
    assert seat.page.work.receive.isVisible()


def test_the_card_is_kept_as_a4_without_what_only_the_clerk_is_told(seat: CounterSeat, tmp_path: Path) -> None:
    place = tmp_path / "指南.pdf"
    seat.page.card_kept.emit(seat.page.work.receive.form().item, str(place))
    seat.settle()
    assert place.read_bytes().startswith(b"%PDF")
    assert seat.said[-1] == ("指南存好了：指南.pdf。打印一张给申请人。", True)


def test_scans_become_attachments_of_the_case(seat: CounterSeat, tmp_path: Path) -> None:
    received(seat)
    scan = tmp_path / "营业执照.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    seat.page.scanned.emit((str(scan),))
    seat.settle()
    assert view(seat).scan_text == "扫描 1 份"
