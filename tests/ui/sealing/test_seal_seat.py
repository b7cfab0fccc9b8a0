"""印章席: authorised at one window, sealed at another by its keeper, out of the printer of the first; nothing is waited for by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from clerk_app.cases.model import Case
from tests.ui.sealing import desk
from tests.ui.sealing.bench import SEAT, Bench


@pytest.fixture
def asked(bench: Bench) -> Case:
    """Authorised here for a seal that lies at window 8."""
    case = desk.proposed(bench.office)
    bench.lies_elsewhere()
    bench.refresh()
    assert bench.what["位置"] == "8号窗口，在那边盖"
    bench.seal(desk.CHIEF_PIN)
    assert bench.case(case).state == "granted"
    return case


def listed(bench: Bench) -> list[str]:
    return [link.name for link in bench.view.links]


def test_the_asking_window_says_where_it_waits_and_until_when(bench: Bench, asked: Case) -> None:
    view = bench.view.authority
    assert view.head == "已授权，等8号窗口用印"
    assert view.head_note.startswith("还有 4 分 5")
    assert bench.said[-1][0].endswith("已授权，等印章席用印。")
    foot = bench.page.authority.foot
    assert (foot.pins.isVisible(), foot.act.isVisible(), foot.back.words()) == (False, False, "回到叫号")
    assert "press" not in listed(bench), "nobody stamps it by hand meanwhile"
    bench.pass_(seconds=30)
    bench.presenter._tick()
    assert bench.view.authority.head_note.startswith("还有 4 分 2")


def test_a_grant_that_ran_out_is_said_with_the_key_to_give_another(bench: Bench, asked: Case) -> None:
    bench.pass_(minutes=6)
    bench.presenter._tick()
    bench.settle()
    view = bench.view.authority
    assert view.strip is not None
    assert view.strip.head == "授权过期了，请重新授权。"
    assert view.act == "重新授权"
    before = bench.case(asked).decision
    bench.seal(desk.CHIEF_PIN)
    assert bench.view.authority.head == "已授权，等8号窗口用印"
    assert bench.case(asked).decision == before, "decided once; the same bytes are authorised anew"


def test_its_keeper_seals_at_the_seat_and_the_paper_comes_out_where_it_was_asked(bench: Bench, asked: Case) -> None:
    bench.sit_at_the_seat()
    bench.presenter.show_list("seat")
    bench.settle()
    view = bench.view
    assert view.title == "待用印 1 份"
    assert view.rows[0].what.startswith("2号窗口·还有 4 分")
    assert bench.counted[-1] == 2, "the case and the paper that waits for the seal"
    foot = bench.page.authority.foot
    assert not foot.pin.isVisible()
    assert view.authority.seal_pin_label == "印章 PIN·保管人 梁建业"
    bench.qtbot.keyClicks(foot.seal_pin.line, "000000")
    bench.qtbot.keyClick(foot.seal_pin.line, Qt.Key.Key_Return)
    bench.settle()
    bench.settle()
    assert foot.seal_pin.finding().startswith("印章 PIN 不对")
    assert foot.seal_pin.text() == ""
    bench.page.sheet.setFocus()
    bench.qtbot.keyClick(bench.page.sheet, Qt.Key.Key_2)
    bench.qtbot.keyClicks(foot.seal_pin.line, "01201")
    bench.qtbot.keyClick(foot.seal_pin.line, Qt.Key.Key_Return)
    bench.settle()
    bench.settle()
    assert bench.said[-1] == (f"{bench.office.parts.clock.now():%H:%M} 已用印，文书从2号窗口打出来。", True)
    assert bench.view.listing != "seat", "nothing waits there any more"
    assert bench.printed == []
    use = bench.office.read(lambda books: books.seal_use_of(asked.id))
    assert use is not None

    bench.back_at_the_window()
    assert bench.case(asked).state == "granted"
    bench.presenter.note((f"seal_use:{use.id}",))
    bench.settle()
    bench.settle()
    assert bench.case(asked).state == "sealed"
    assert bench.printed == [("准予登记通知书", 1)]
    assert bench.view.authority.sealed
    bench.presenter.note((f"seal_use:{use.id}",))
    bench.settle()
    assert len(bench.printed) == 1, "once"


def test_a_paper_nobody_sealed_in_time_goes_from_the_list_with_a_line(bench: Bench, asked: Case) -> None:
    bench.sit_at_the_seat()
    bench.presenter.show_list("seat")
    bench.settle()
    bench.pass_(minutes=6)
    bench.presenter._tick()
    bench.settle()
    assert ("1 份授权过期了，没有用印；那边要重新授权。", False) in bench.said
    assert not bench.presenter.state.seat
    assert bench.office.read(lambda books: books.device) == SEAT
