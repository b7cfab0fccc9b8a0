"""日报: the figures of the day and the month on the page, what should be none and is not in ochre, and the table on the disk."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from clerk_app.queueing.model import Ticket
from tests.desk import cut_office
from tests.oversight.some_cards import CASE, at, sealed
from tests.ui.parts import part
from ui.background import Background
from ui.oversight.bars import Bars
from ui.oversight.report_page import ReportPage
from ui.oversight.report_presenter import ReportPresenter
from ui.oversight.report_view import ReportView
from ui.widgets.empty_card import EmptyCard
from ui.widgets.strip import Strip

NOW = at(11, 20, 16, 30)


class Recorder(ReportPage):
    """The page, remembering what it was last told to show."""

    shown: ReportView

    def render(self, view: ReportView) -> None:  # type: ignore[override]
        self.shown = view
        super().render(view)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    office.parts.clock.set(NOW)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office):
    page, background = Recorder(), Background()
    page.resize(1290, 580)
    qtbot.addWidget(page)
    page.show()
    presenter = ReportPresenter(office, background, page, lambda: True)
    said: list[tuple[str, bool]] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))

    def settle() -> ReportView:
        qtbot.waitUntil(lambda: background.idle)
        return page.shown

    def start() -> ReportView:
        presenter.start()
        return settle()

    yield SimpleNamespace(page=page, said=said, settle=settle, start=start, office=office)
    background.close()


def fill(office, *, ticket: str = "t") -> None:
    """One case done today on the spot, one early in the month that was late."""
    first = Ticket(
        id="t", day=NOW.date(), letter="A", number="A001", serial=1, reserve=False, taken_at=at(11, 20, 9), taken_window=2,
        state="finished", window=2, called_at=at(11, 20, 9, 12),
    )  # fmt: skip
    done = replace(sealed(CASE, at(11, 20, 15)), ticket=ticket)
    early = replace(done, id="d", case_no="JZ-2", ticket="old", received_at=at(11, 2), accepted_at=at(11, 2))
    late = replace(early, sealed_at=at(11, 18), due=replace(CASE.due, promised=at(11, 17).date()))
    with office.parts.vault.unit(office.hall) as work:
        work.books.put_ticket(first)
        for row in (done, late):
            work.books.put_case(row)


def figures(view: ReportView) -> dict[str, str]:
    return {tile.word: tile.figure for tile in view.tiles}


def test_the_day_and_then_the_month(desk) -> None:
    fill(desk.office)
    view = desk.start()
    assert figures(view) == {
        "收件": "1", "受理": "1", "办结": "1", "按时办结": "100%", "提前办结": "100%", "当场办结": "100%", "没有号票的决定": "0",
    }  # fmt: skip
    assert view.later, "there is no tomorrow's report"
    assert view.message is None
    assert [row.summary() for row in desk.page.table("waits").rows()] == ["A 企业开办与登记，1，12 分钟，12 分钟"]
    assert "A 九成不超过12分钟，平均12分钟" in part(desk.page, Bars).accessibleName()
    desk.page.spans.segment("month").click()
    view = desk.settle()
    assert view.title == "2026年11月1日至11月20日"
    assert (figures(view)["办结"], figures(view)["按时办结"]) == ("2", "50%")
    desk.page.days_moved.emit(-1)
    view = desk.settle()
    assert view.title == "2026年10月1日至10月31日"
    assert not view.later
    assert figures(view)["按时办结"] == "—", "nothing ended is no rate"
    assert view.message is not None
    assert "35 天" in view.message.rest


def test_a_decision_without_a_ticket_is_said_on_top_and_listed(desk) -> None:
    desk.start()
    desk.page.tables_row.segment("off_hall").click()
    assert "没有数" in part(desk.page, EmptyCard).text()
    fill(desk.office)
    desk.start()
    assert "应该如此" in part(desk.page, EmptyCard).text()
    fill(desk.office, ticket="")
    view = desk.start()
    assert "有 1 件决定没有号票" in part(desk.page, Strip).text()
    assert [tile.warn for tile in view.tiles if tile.word == "没有号票的决定"] == [True]
    assert [row.id for row in desk.page.table("off_hall").rows()] == ["c"]


def test_the_table_goes_to_the_disk_or_one_sentence_says_why_not(desk, tmp_path) -> None:
    fill(desk.office)
    desk.start()
    file = tmp_path / "日报.csv"
    desk.page.table_to.emit(str(file))
    desk.settle()
    assert desk.said[-1] == ("导出好了：日报.csv。", True)
    text = file.read_bytes().decode("utf-8-sig")
    assert "全大厅" in text
    assert "某公司筹备组" not in text
    desk.page.table_to.emit(str(tmp_path / "没有的文件夹" / "日报.csv"))
    desk.settle()
    assert desk.said[-1] == ("“日报.csv”写不进去，没有导出，报表还在。换一个文件夹再导。", False)
    (paper,) = [act for act in desk.page.shown.bar.seconds if act.name == "paper"]
    assert paper.reason, "no page maker on this desk"
