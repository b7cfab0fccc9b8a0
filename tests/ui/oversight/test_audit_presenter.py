"""审计 over a real store: the line up and cut, pages joined, the question answered once a row, the export said and recorded."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from clerk_app.outside.audit_file import SignedExports
from clerk_app.outside.keys import SigningKey
from clerk_app.ports.audit import AuditPage as Page
from tests.desk import cut_office, sit
from tests.office.test_audit import PretendCentre, as_role, line, with_centre
from tests.visits import whole_visit
from ui.background import Background
from ui.oversight.audit_page import AuditPage
from ui.oversight.audit_presenter import AuditPresenter
from ui.oversight.audit_view import AuditFilter, AuditView


class Recorder(AuditPage):
    """The page, remembering what it was last told to show."""

    shown: AuditView

    def render(self, view: AuditView) -> None:  # type: ignore[override]
        self.shown = view
        super().render(view)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    whole_visit(office)
    as_role(office, "P109")
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office):
    page, background = Recorder(), Background()
    qtbot.addWidget(page)
    presenter = AuditPresenter(office, background, page)
    said: list[tuple[str, bool]] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))

    def settle() -> AuditView:
        qtbot.waitUntil(lambda: background.idle)
        return page.shown

    yield SimpleNamespace(presenter=presenter, page=page, said=said, settle=settle, office=office)
    background.close()


def test_cut_off_it_shows_this_machine_and_says_so(desk) -> None:
    desk.presenter.refresh()
    view = desk.settle()
    assert view.allowed
    assert view.message is not None
    assert "只看得到本机的" in view.message.head
    assert view.rows[-1].what == "取号"
    assert view.detail is not None
    assert view.detail.answer is not None
    assert view.detail.answer.head == "有权"


def test_the_hall_is_shown_whole_and_pages_join(desk) -> None:
    first, second = line(), line()
    with_centre(desk.office, PretendCentre(Page(lines=(first,), cursor="c"), Page(lines=(second,))))
    desk.presenter.refresh()
    view = desk.settle()
    assert (view.message, view.more) == (None, "")
    desk.page.more_wanted.emit()
    view = desk.settle()
    assert [row.id for row in view.rows] == [first.id, second.id]
    assert view.more


def test_a_line_that_falls_between_two_pages_leaves_no_mixture(desk) -> None:
    with_centre(desk.office, PretendCentre(Page(lines=(line(),), cursor="c"), away=1))
    desk.presenter.refresh()
    desk.settle()
    desk.page.more_wanted.emit()
    view = desk.settle()
    assert view.message is not None
    assert "accept_case" in {row.line.kind for row in desk.presenter._rows}
    assert {row.line.device for row in desk.presenter._rows} == {"device-under-test"}


def test_a_clerk_meets_a_wall(desk) -> None:
    sit(desk.office, "P203")
    desk.presenter.refresh()
    view = desk.settle()
    assert not view.allowed
    assert view.rows == ()


def test_another_person_sees_nothing_of_the_one_before(desk) -> None:
    desk.presenter.refresh()
    desk.settle()
    desk.presenter.start()
    assert desk.page.shown.rows == ()
    sit(desk.office, "P203")
    desk.presenter.refresh()
    assert not desk.settle().allowed


def test_filters_by_words_people_use(desk) -> None:
    desk.page.asked.emit(AuditFilter(what="受理"))
    assert {row.what for row in desk.settle().rows} == {"受理"}
    desk.page.asked.emit(AuditFilter(what="吃饭"))
    view = desk.settle()
    assert view.what_finding
    assert {row.what for row in view.rows} == {"受理"}, "what was found stays"
    desk.page.asked.emit(AuditFilter(person="罗文静"))
    assert desk.settle().rows == ()


def test_days_go_back_and_never_past_today(desk) -> None:
    desk.page.days_moved.emit(-1)
    view = desk.settle()
    assert (view.days, view.rows, view.later) == ("11月19日", (), "")
    desk.page.days_moved.emit(1)
    assert desk.settle().later
    desk.page.days_moved.emit(1)
    assert desk.settle().days == "11月20日"
    desk.page.span_chosen.emit(7)
    view = desk.settle()
    assert view.days == "11月14日–11月20日"
    assert view.rows[0].time.startswith("11月20日")


def test_the_chosen_row_keeps_the_hand_while_it_is_asked_again(desk) -> None:
    desk.presenter.refresh()
    chosen = desk.settle().rows[2].id
    desk.page.row_chosen.emit(chosen)
    desk.settle()
    desk.presenter.refresh()
    view = desk.settle()
    assert view.detail is not None
    assert view.detail.id == chosen
    assert desk.page.table().selected_id() == chosen


def test_an_export_is_said_and_stands_in_the_list_at_once(desk, tmp_path) -> None:
    key = SigningKey(bytes(range(32)))
    desk.office.parts = replace(desk.office.parts, exports=SignedExports(key, lambda: "d"))
    desk.presenter.refresh()
    desk.settle()
    desk.page.export_to.emit(str(tmp_path / "审计.csv"))
    view = desk.settle()
    assert desk.said[-1][1], desk.said
    assert "本机的" in desk.said[-1][0]
    assert view.rows[0].what == "导出审计"
    assert (tmp_path / "审计.csv").exists()


def test_who_only_sees_is_told_who_may_export(desk) -> None:
    sit(desk.office, "P101")
    desk.presenter.refresh()
    view = desk.settle()
    assert view.bar.step is not None
    assert view.bar.step.reason == "监察员才能导出"
    assert view.note == "只有这台电脑上的"
