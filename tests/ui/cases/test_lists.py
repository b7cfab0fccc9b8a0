"""办件单 over a real store: found as it is typed, lists with their counts, and rows that never move under the hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.finding import StatusLine, line_of
from clerk_app.cases.model import Applicant, Case, DueDates
from clerk_app.office.office import Office
from clerk_app.ports import CentreAway, CentreProblem
from clerk_app.ports.finding import WiderLines
from tests.desk import cut_office
from tests.ui.parts import part
from ui.background import Background
from ui.cases.page import CasesPage
from ui.cases.presenter import CasesPresenter
from ui.widgets.empty_card import EmptyCard
from ui.widgets.segments import Segments
from ui.widgets.strip import Strip


@dataclass
class Pretended:
    """The centre as the test wants it: lines, or what it raises."""

    answer: object = ()
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def status(self, by: str, number: str, who: object) -> tuple[StatusLine, ...]:
        return self._say("status", by, number)  # type: ignore[return-value]

    def search(self, text: str, limit: int, who: object) -> WiderLines:
        return self._say("search", text)  # type: ignore[return-value]

    def _say(self, *asked: str) -> object:
        self.asked.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@dataclass
class Desk:
    office: Office
    page: CasesPage
    presenter: CasesPresenter
    background: Background
    qtbot: QtBot
    centre: Pretended
    connected: bool = True
    said: list[str] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=20_000)

    def refresh(self) -> None:
        self.presenter.refresh()
        self.settle()

    def type(self, text: str) -> None:
        self.page.search().set_text(text)
        self.page.typed.emit(text)
        self.settle()

    def take(self, segment: str) -> None:
        part(self.page, Segments).segment(segment).click()
        self.settle()

    @property
    def names(self) -> list[str]:
        return [row.cell(1).text for row in self.page.table().rows()]

    @property
    def count(self) -> str:
        return self.page._view.count


@pytest.fixture
def desk(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Desk]:
    office, centre = cut_office(tmp_path), Pretended()
    office.parts = dataclasses.replace(office.parts, finding=centre)
    today = office.parts.clock.now().date()
    for key, name, days, more in (
        ("late", "江州听雨轩文化传播有限公司", -2, {}),
        ("today", "卢桂珍", 0, {}),
        ("later", "王二", 9, {"handler": "P204", "window": 3}),
        ("chief", "尉迟恭", 4, {"state": "to_authorise"}),
        ("stands", "解晓东", 5, {"state": "suspended"}),
        ("done", "单雄信", -5, {"state": "delivered", "sealed_at": office.parts.clock.now() - timedelta(days=9)}),
    ):
        put(
            office,
            key,
            name,
            due=DueDates(promised=today + timedelta(days=days), statutory=today + timedelta(days=40)),
            **more,
        )
    background, page = Background(), CasesPage()
    page.resize(1290, 640)
    front(page)
    seat = Desk(office, page, None, background, qtbot, centre)  # type: ignore[arg-type]
    seat.presenter = CasesPresenter(office, background, page, lambda: seat.connected)
    seat.presenter.said.connect(lambda text, good: seat.said.append(text))
    seat.refresh()
    yield seat
    background.close()
    office.parts.vault.close()


def put(office: Office, key: str, name: str, **more: object) -> Case:
    at = office.parts.clock.now() - timedelta(days=12)
    plain = {
        "id": key, "ticket": f"t-{key}", "item": "OLD", "item_name": "食品经营许可证核发", "hall_version": "v", "department": "D",
        "applicant": Applicant(name=name), "materials": (), "state": "review", "received_at": at, "accepted_at": at,
        "window": 2, "handler": "P203", "acting_for": None, "query_code": "", "case_no": f"N-{key}",
    }  # fmt: skip
    case = Case(**{**plain, **more})  # type: ignore[arg-type]
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_case(case)
    return case


def test_mine_first_in_the_order_of_lists_with_counts(desk: Desk) -> None:
    assert desk.names == ["江州听雨轩文化传播有限公司", "卢*珍", "尉*恭", "解*东"]
    lamps = [row.cell(0).lamp for row in desk.page.table().rows()]
    assert lamps == ["overdue", "soon", "soon", "paused"]
    assert desk.count == "4 件，按期限先后"
    segments = part(desk.page, Segments)
    assert [segments.segment(key).words() for key in ("due", "mine", "authorise", "all")] == [
        "今天到期 2", "我的和顶岗 4", "待授权 1", "全部 6",
    ]  # fmt: skip


def test_each_list(desk: Desk) -> None:
    desk.take("due")
    assert desk.names == ["江州听雨轩文化传播有限公司", "卢*珍"]
    desk.take("authorise")
    assert desk.names == ["尉*恭"]
    desk.take("all")
    assert desk.names == ["江州听雨轩文化传播有限公司", "卢*珍", "尉*恭", "王*", "解*东", "单*信"]


@pytest.mark.parametrize(
    ("typed", "names"), [("桂", ["卢*珍"]), ("xxd", ["解*东"]), ("审查中 王", ["王*"]), ("N-late", [])]
)
def test_typing_looks_through_all_of_this_machines(desk: Desk, typed: str, names: list[str]) -> None:
    desk.type(typed)
    assert desk.names == names
    desk.type("")
    assert len(desk.names) == 4


def test_a_case_of_another_window_can_only_be_looked_at(desk: Desk) -> None:
    desk.type("王二")
    (row,) = desk.presenter._rows()
    assert row.read_only == "这件在 3号窗口手上，只能看。"
    assert desk.page._view.detail is not None
    assert desk.page._view.detail.message is not None
    assert desk.page._view.detail.message.rest == row.read_only


def test_words_change_in_place_and_rows_wait_behind_a_quiet_line(desk: Desk) -> None:
    before = desk.names
    desk.page.table().select("chief")
    desk.page.row_chosen.emit("chief")
    desk.settle()
    today = desk.office.parts.clock.now().date()
    put(desk.office, "new", "马超", due=DueDates(promised=today - timedelta(days=30), statutory=today))
    put(desk.office, "today", "卢贵珍", state="granted", due=DueDates(promised=today, statutory=today))
    desk.refresh()
    assert desk.names == before
    assert desk.page.table().rows()[1].cell(3).text == "待用印"
    assert desk.page._view.news == "有 1 件更新，点这里看"
    assert desk.page.table().selected_id() == "chief"
    desk.page.news_wanted.emit()
    desk.settle()
    assert desk.names == ["马*", *before]
    assert desk.page._view.news == ""
    assert desk.page.table().selected_id() == "chief"


def test_coming_back_to_the_page_shows_everything_at_once(desk: Desk) -> None:
    desk.page.hide()
    put(desk.office, "new", "马超")
    desk.page.show()
    desk.refresh()
    assert "马*" in desk.names


def test_many_rows_come_thirty_first(desk: Desk) -> None:
    seen: list[int] = []
    desk.presenter.lists.changed.connect(lambda: seen.append(len(desk.presenter.lists.now.lines)))
    for n in range(60):
        put(desk.office, f"m{n:02}", f"张{n}")
    desk.type("张")
    assert (seen[0], seen[-1]) == (30, 60)
    assert desk.count == "找到 60 件，在本机的 66 件里"


def test_none_found_says_where_and_looks_at_the_centre_by_name(desk: Desk) -> None:
    desk.type("没有这人")
    assert (
        part(desk.page, EmptyCard).text() == "没有找到“没有这人”在本机的 6 件里找的。少打几个字，或按 Enter 到中心找。"
    )
    there = dataclasses.replace(line_of(put(desk.office, "far", "没有这人")), id="elsewhere", window=9)
    desk.centre.answer = WiderLines(lines=(there,))
    desk.page.wider_wanted.emit()
    desk.settle()
    assert desk.centre.asked == [("search", "没有这人")]
    assert desk.names == ["没**人"] or desk.names == ["没*人"]
    assert desk.count == "中心找到 1 件，在您部门的办件里"
    assert desk.page._view.open_reason == "这件不在本机，只能看"
    assert desk.page._view.detail is not None
    assert desk.page._view.detail.message is not None
    desk.type("桂")
    assert desk.names == ["卢*珍"]


@pytest.mark.parametrize(("typed", "by"), [("7K3M-Q9X2", "code"), ("430121199003070427", "id")])
def test_a_whole_code_or_number_of_a_person_shows_the_one_status_line(desk: Desk, typed: str, by: str) -> None:
    day = desk.office.parts.clock.now().date()
    desk.centre.answer = (
        StatusLine(number="JZ1", item="护士执业注册", state="审查中", due=day, window=5, ask="罗文静"),
    )
    desk.type(typed)
    desk.page.wider_wanted.emit()
    desk.settle()
    assert desk.centre.asked == [("status", by, typed)]
    (row,) = desk.page.table().rows()
    assert [row.cell(n).text for n in range(7)] == [
        "JZ1",
        "",
        "护士执业注册",
        "审查中",
        "问 罗文静",
        "11月20日",
        "5号窗口",
    ]
    assert desk.count == "中心查到 1 件，只看状态"


def test_with_the_line_cut_the_window_answers_and_the_asking_is_recorded(desk: Desk) -> None:
    put(desk.office, "coded", "别人", query_code="7K3M-Q9X2", window=5)
    desk.centre.answer, desk.connected = CentreAway("cut"), False
    desk.type("7K3M-Q9X2")
    desk.page.wider_wanted.emit()
    desk.settle()
    assert desk.count == "线路断着，本机查到 1 件，只看状态"
    (row,) = [row for row in desk.office.parts.vault.journal.rows((), 5) if row.kind == "record_lookup"]
    assert row.subjects == ("reveal:coded",)


def test_what_the_centre_refuses_is_said_and_the_list_stays(desk: Desk) -> None:
    desk.centre.answer = CentreProblem("finding-not-yours", "您不在办件的部门里，没有给。", 403)
    desk.type("桂")
    desk.page.wider_wanted.emit()
    desk.settle()
    assert desk.said == ["您不在办件的部门里，没有给。"]
    assert desk.names == ["卢*珍"]


def test_a_cut_line_says_as_of_when(desk: Desk) -> None:
    desk.connected = False
    desk.refresh()
    strip = part(desk.page, Strip, "strip")
    assert desk.page._view.strip is not None
    assert desk.page._view.strip.head == "线路断着，这里是 10:30 的样子"
    assert strip.isVisible()
    desk.type("没有这人")
    assert "恢复后到中心找" in part(desk.page, EmptyCard).text()


def test_an_older_file_is_indexed_visibly_and_then_found(
    qtbot: QtBot, front: Callable[..., QWidget], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.office.parts.vault._gate.begin() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("DELETE FROM case_words")
    monkeypatch.setattr("clerk_app.office.counter.looking_up.SLICE", 2)
    page, said = CasesPage(), list[str]()
    front(page)
    presenter = CasesPresenter(desk.office, desk.background, page)
    presenter.lists.changed.connect(lambda: said.append(page._view.strip.rest if page._view.strip else ""))
    presenter.refresh()
    desk.settle()
    assert [words.partition("件")[0] for words in dict.fromkeys(said) if words] == ["还剩 6 ", "还剩 4 ", "还剩 2 "]
    assert page._view.strip is None
    desk.type("桂")
    assert desk.names == ["卢*珍"]


def test_the_whole_case_is_wanted_by_enter(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.presenter.open_wanted, timeout=1000) as wanted:
        desk.page.table().row_opened.emit("today")
    assert wanted.args == ["today"]
    desk.settle()
