"""待办 over a real store: tasks in words, closed with a note by who may, and a dead machine's numbers entered late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from clerk_app.office.line.dead_machine import UnseenNumber, UnseenNumbers
from clerk_app.office.office import Done
from clerk_app.office.oversight.settling import hand_over
from clerk_app.ports import NumberBlock
from tests.desk import cut_office, sit
from ui.background import Background
from ui.oversight import duty_presenter
from ui.oversight.duty_page import DutyPage
from ui.oversight.duty_presenter import DutyPresenter
from ui.oversight.duty_view import DutyView
from ui.oversight.telling_tasks import waited

CHIEF = "P101"  # 值班长，也是首席代表


class Recorder(DutyPage):
    """The page, remembering what it was last told to show."""

    shown: DutyView

    def render(self, view: DutyView) -> None:  # type: ignore[override]
        self.shown = view
        super().render(view)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office):
    page, background = Recorder(), Background()
    qtbot.addWidget(page)
    presenter = DutyPresenter(office, background, page)
    said: list[tuple[str, bool]] = []
    counts: list[int] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))
    presenter.waiting.connect(counts.append)

    def settle() -> DutyView:
        qtbot.waitUntil(lambda: background.idle)
        return page.shown

    yield SimpleNamespace(presenter=presenter, page=page, said=said, counts=counts, settle=settle, office=office)
    background.close()


def handed(office) -> None:
    assert isinstance(hand_over(office, "case:nobody", "群众在窗口等，这件两边说法不一样。"), Done)


def test_a_clerk_sees_the_task_and_why_he_cannot_close_it(desk) -> None:
    handed(desk.office)
    desk.presenter.refresh()
    view = desk.settle()
    assert view.title == "待办 1 件"
    assert view.rows[0].kind.startswith("窗口交来")
    assert view.detail is not None
    assert view.detail.bar.step is not None
    assert view.detail.bar.step.reason == "要值班长或首席代表来办"
    assert desk.counts[-1] == 0


def test_the_duty_manager_closes_it_with_a_word(desk) -> None:
    handed(desk.office)
    sit(desk.office, CHIEF)
    desk.presenter.refresh()
    view = desk.settle()
    assert desk.counts[-1] == 1
    assert view.detail is not None
    assert view.detail.bar.step is not None
    assert view.detail.bar.step.reason == ""
    desk.page.act.emit("close", ["打过电话，按本窗口的办"])
    assert desk.settle().rows == ()
    assert desk.said[-1][1], desk.said


def lost(office) -> UnseenNumbers:
    block = NumberBlock(id="b-lost", kind=f"case_no:{office.parts.clock.now().year}", first=400, last=420)
    office.parts.vault.keep.note_block("device-dead", block)
    number = UnseenNumber(what="case", text="JZ-00417", block=block.id, kind=block.kind, serial=417)
    ticket = UnseenNumber(what="ticket", text="A903", block="b-t", kind="ticket-reserve:A:2026-11-20", serial=903)
    heard = office.parts.clock.now() - timedelta(hours=2)
    return UnseenNumbers(device="device-dead", window=7, heard_at=heard, numbers=(ticket, number))


def test_a_dead_machines_slip_is_entered_late_with_its_own_time(desk, monkeypatch) -> None:
    office = desk.office
    found = lost(office)
    asked: list[str] = []

    def unseen(_: object, device: str) -> UnseenNumbers:
        asked.append(device)
        return replace(found, numbers=found.numbers[:1]) if len(asked) > 1 else found

    monkeypatch.setattr(duty_presenter, "unseen_numbers", unseen)
    desk.presenter._ask_numbers("device-dead")
    view = desk.settle()
    assert view.title == "7号窗口那台：没见着的号 2 个"
    assert [row.kind for row in view.rows] == ["JZ-00417", "A903"], "people hold receipts: case numbers first"
    item = office.hall.items_at(office.window)[0]
    slip_time = office.parts.clock.now() - timedelta(hours=3)
    typed = [item.name, "卢玉珍", "k7m2p9", f"{slip_time:%Y-%m-%d %H:%M}", "7号窗口的电脑坏了"]
    assert item.kind == "spot"
    desk.page.act.emit("reenter", typed)
    desk.settle()
    assert "第二时限" in desk.said[-1][0], "left open it might promise too early a day"
    assert view.detail is not None
    assert "第二时限" in view.detail.asks[-1].label
    desk.page.act.emit("reenter", [*typed, "有"])
    view = desk.settle()
    assert desk.said[-1][1], desk.said
    case = office.read(lambda books: books.latest_cases(1))[0]
    assert case.late_entry is not None
    assert case.received_at == slip_time.replace(second=0, microsecond=0)
    assert case.serial == 417
    assert case.life.second_limit is True
    assert "第二时限" in case.due.reason
    assert [row.kind for row in view.rows] == ["A903"]
    desk.page.act.emit("back", [])
    assert desk.settle().title.startswith("待办")


@pytest.mark.parametrize(
    ("place", "typed", "words"), [(3, "昨天上午", "时间没看懂"), (0, "没有的事项", "没有这个事项"), (4, " ", "都要填")]
)
def test_a_slip_that_cannot_be_read_is_refused_in_one_sentence(desk, monkeypatch, place, typed, words) -> None:
    office = desk.office
    monkeypatch.setattr(duty_presenter, "unseen_numbers", lambda _, device: lost(office))
    desk.presenter._ask_numbers("device-dead")
    desk.settle()
    fields = [
        office.hall.items_at(office.window)[0].name,
        "卢玉珍",
        "K7",
        f"{office.parts.clock.now():%Y-%m-%d} 00:10",
        "坏了",
        "没有",
    ]
    fields[place] = typed
    desk.page.act.emit("reenter", fields)
    desk.settle()
    assert not desk.said[-1][1]
    assert words in desk.said[-1][0]
    assert office.read(lambda books: books.latest_cases(1)) == ()


def test_how_long_it_waits_in_words(office) -> None:
    now = office.parts.clock.now()
    spans = [timedelta(minutes=12), timedelta(hours=3, minutes=50), timedelta(days=2, hours=1)]
    assert [waited(now - span, now) for span in spans] == ["12 分钟", "3 小时", "2 天"]
