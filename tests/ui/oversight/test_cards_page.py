"""监察与提醒: warnings before cards, an explanation in two clicks, the supervisor's side, and red for nothing but overdue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from clerk_app.cases.model import DueDates
from clerk_app.duty.model import Seat
from clerk_app.office.office import Session
from clerk_app.oversight.model import Cut
from tests.desk import cut_office, sit
from tests.oversight.some_cards import CASE, at, card
from tests.ui.parts import hand, part
from ui.background import Background
from ui.oversight.cards_page import CardsPage
from ui.oversight.cards_presenter import CardsPresenter
from ui.oversight.cards_view import CardsView
from ui.widgets.empty_card import EmptyCard

MONDAY = at(12, 7, 10, 30)


class Recorder(CardsPage):
    """The page, remembering what it was last told to show."""

    shown: CardsView

    def render(self, view: CardsView) -> None:  # type: ignore[override]
        self.shown = view
        super().render(view)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.parts.clock.set(MONDAY)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office, front: Callable[..., QWidget]):
    page, background = Recorder(), Background()
    page.resize(1290, 580)
    front(page)
    line = SimpleNamespace(connected=True)
    presenter = CardsPresenter(office, background, page, lambda: line.connected)
    said: list[tuple[str, bool]] = []
    counts: list[int] = []
    cases: list[str] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))
    presenter.waiting.connect(counts.append)
    presenter.case_wanted.connect(cases.append)

    def settle() -> CardsView:
        qtbot.waitUntil(lambda: background.idle)
        return page.shown

    def start() -> CardsView:
        presenter.start()
        return settle()

    yield SimpleNamespace(
        page=page, presenter=presenter, said=said, counts=counts, cases=cases, settle=settle, start=start, office=office,
        line=line, qtbot=qtbot,
    )  # fmt: skip
    background.close()


def put(office, *rows) -> None:
    with office.parts.vault.unit(office.hall) as work:
        books = work.books
        for row in rows:
            {"Card": books.put_card, "Case": books.put_case, "Cut": books.put_cut}[type(row).__name__](row)


def supervisor(office) -> None:
    person = office.hall.roster.people["P109"]
    office.session = Session(id="s", person=person, seat=Seat(window=2, post=""), online=False, sign=lambda _: "u")


def a_case(office, key: str, promised: date, **more):
    item = next(i for i in office.hall.items.values() if i.promised.n >= 10 and not i.external)
    due = DueDates(promised=promised, statutory=date(2026, 12, 25))
    return replace(CASE, id=key, item=item.code, item_name=item.name, case_no=f"JZ-{key}", due=due, **more)


CUT = Cut(id="q", device="device-under-test", window=2, start=at(12, 4, 10, 12), end=at(12, 4, 10, 58), acts=9)


def test_two_clicks_answer_all_cards_of_one_cut(desk) -> None:
    put(desk.office, CUT, card("k1"), card("k2"), card("other", person="P105", post="B1", window=4))
    view = desk.start()
    assert [row.id for row in view.rows] == ["k1", "k2"], "another window's card is not mine"
    assert [row.lamp for row in view.rows] == ["overdue", "overdue"]
    assert desk.counts[-1] == 2
    assert view.detail is not None
    assert view.detail.message is not None
    assert "断线 12月4日 10:12–10:58" in view.detail.message.head
    desk.page.table().setFocus()
    desk.qtbot.keyClick(hand(), Qt.Key.Key_Down)  # one: choose
    desk.settle()
    desk.qtbot.keyClick(hand(), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)  # two: all of this cause
    view = desk.settle()
    assert desk.said[-1][1], desk.said
    assert desk.counts[-1] == 0
    answered = desk.office.read(lambda books: [books.card(key) for key in ("k1", "k2")])
    assert [one.answers[0].cause for one in answered] == ["cut:q", "cut:q"]
    assert all(one.open for one in answered)
    assert {row.lamp for row in view.rows} == {"waiting"}


def test_own_words_replace_the_proposed_cause_and_none_is_refused(desk) -> None:
    put(desk.office, CUT, card("k1"))
    desk.start()
    part(desk.page, QLineEdit, "taskNote").setText("受理日期写错了一天")
    part(desk.page, QLineEdit, "taskNote").setFocus()
    desk.qtbot.keyClick(hand(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    (answer,) = desk.office.read(lambda books: books.card("k1")).answers
    assert (answer.words, answer.cause) == ("受理日期写错了一天", "")
    desk.page.act.emit("answer", [" "])
    desk.settle()
    assert desk.said[-1] == ("还没写缘由，没有申辩。写一句再交。", False)


def test_a_warning_comes_before_the_card_and_what_is_expected_says_so(desk) -> None:
    put(
        desk.office,
        a_case(desk.office, "soon", date(2026, 12, 9), received_at=at(12, 1), accepted_at=at(12, 1)),
        a_case(desk.office, "late", date(2026, 12, 4)),
    )
    desk.line.connected = False
    view = desk.start()
    assert [(row.title.split("　")[0], row.lamp) for row in view.rows] == [("预计红牌", "overdue"), ("提醒", "soon")]
    assert "还剩 2 个工作日" in view.rows[1].reason
    assert "线路断着，按本机的办件算" in view.note
    assert view.detail is not None
    assert "补送到了就不发" in view.detail.bar.note
    desk.page.act.emit("open", [])
    assert desk.cases == ["late"]
    assert desk.counts[-1] == 0, "nothing to answer yet"


def test_the_supervisor_issues_and_ends_and_a_withdrawn_card_stands_last(desk) -> None:
    put(desk.office, card("k1"), a_case(desk.office, "c", date(2026, 12, 30), state="delivered"))
    supervisor(desk.office)
    view = desk.start()
    assert (view.scopes, view.may_issue) == (("all",), True)
    assert view.detail is not None
    assert view.detail.bar.step is not None
    assert "还可以申辩" in view.detail.bar.step.reason
    desk.page.act.emit("withdrawn", ["核过流水，当天 16:02 已用印"])
    view = desk.settle()
    assert desk.said[-1] == ("已了结：撤销，不再计入任何数。", True)
    assert view.rows[-1].lamp == "done"
    desk.qtbot.keyClick(desk.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.shown.detail is not None
    assert desk.page.shown.detail.title == "发牌"
    desk.page.act.emit("yellow", ["没有这个编号", "乱收费"])
    desk.settle()
    assert not desk.said[-1][1]
    assert desk.page.shown.detail.title == "发牌", "what was typed stays"
    desk.page.act.emit("yellow", ["JZ-c", "乱收费"])
    view = desk.settle()
    assert desk.said[-1] == ("黄牌已发。", True)
    assert view.rows[0].title.startswith("黄牌")
    assert view.rows[0].lamp == "soon", "red only for overdue"


def test_who_sees_what(desk) -> None:
    put(desk.office, card("mine"), card("theirs", person="P105", post="B1", department="X", window=4))
    assert desk.start().scopes == ("mine",)
    sit(desk.office, "P101")  # duty manager
    view = desk.start()
    assert view.scopes == ("mine", "department", "all")
    assert view.rows == ()
    assert "没有牌" in part(desk.page, EmptyCard).text()
    desk.page.scope_chosen.emit("all")
    view = desk.settle()
    assert {row.id for row in view.rows} == {"mine", "theirs"}
    assert view.detail is not None
    assert view.detail.asks == (), "he looks, and does not answer for them"
