"""同步 over a real store: what the centre refused is per case, in order, and a person redoes, drops or hands it over."""

from __future__ import annotations

from types import SimpleNamespace

import msgspec
import pytest

from clerk_app.cases.afterwards import CorrectCase, applicant_fields
from clerk_app.cases.usecases import TickMaterial
from clerk_app.office.events import CopyState, LineState
from clerk_app.office.line.cuts import CutBook
from clerk_app.office.office import Done
from clerk_app.patching import diff
from clerk_app.ports import Verdict
from tests.desk import cut_office
from tests.visits import receive, serve
from ui.background import Background
from ui.sync.page import SyncPage
from ui.sync.presenter import SyncPresenter
from ui.sync.view import CUT_ROW, CommandDetail, ConflictView, CutView, SyncView

REFUSED = "中心没收这一步：这件已由 5号窗口在 10:19 办了。办件仍归您。"


class Recorder(SyncPage):
    """The page, remembering what it was last told to show."""

    shown: SyncView

    def render(self, view: SyncView) -> None:  # type: ignore[override]
        self.shown = view
        super().render(view)


@pytest.fixture
def office(tmp_path):
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def desk(qtbot, office):
    running = SimpleNamespace(
        line=SimpleNamespace(state=LineState(connected=True)),
        copies=SimpleNamespace(state=CopyState(at=None, ok=True, said="")),
        wake=lambda: None,
    )
    page, background = Recorder(), Background()
    qtbot.addWidget(page)
    presenter = SyncPresenter(office, running, background, page)
    said: list[tuple[str, bool]] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))

    def settle() -> SyncView:
        qtbot.waitUntil(lambda: background.idle)
        return page.shown

    yield SimpleNamespace(presenter=presenter, page=page, said=said, settle=settle, running=running, office=office)
    background.close()


def refuse(office, command: str, state: str = "refused", kind: str = "stale", rows=None) -> None:
    verdict = Verdict(id=command, state=state, type=kind, sentence=REFUSED, rows=rows or {})
    office.parts.vault.journal.settle([verdict], 0.0)


def tick(office, case, name: str) -> str:
    fields = office.stamp().fields(office.parts.new_id)
    done = office.do(TickMaterial(**fields, case=case.id, material=name, brought=False))
    assert isinstance(done, Done), done
    return done.command


def two_ticks(office):
    case = receive(office, serve(office))
    names = [material.name for material in case.materials]
    return case, tick(office, case, names[0]), tick(office, case, names[1])


def test_a_case_is_one_row_with_its_acts_in_order(desk) -> None:
    case, first, second = two_ticks(desk.office)
    refuse(desk.office, first)
    desk.presenter.refresh()
    view = desk.settle()
    row = view.rows[0]
    assert row.person
    assert case.applicant.masked_name in row.what
    assert (row.state, row.id) == ("等您办", first)
    detail = view.detail
    assert isinstance(detail, CommandDetail)
    assert detail.message is not None
    assert detail.message.head + detail.message.rest == REFUSED
    words = [text.split("　", 1)[1] for _, text in detail.line]
    assert words[-2:] == ["收材料　中心没收", "收材料　跟着前一步放下了"]
    assert second != first


def test_dropping_ends_the_row_and_stays_in_the_journal(desk) -> None:
    _, first, second = two_ticks(desk.office)
    refuse(desk.office, first)
    desk.presenter.refresh()
    desk.settle()
    desk.page.act.emit("drop")
    question = desk.settle().detail
    assert isinstance(question, CommandDetail)
    assert question.bar is not None
    assert "改不回来" in question.bar.sentence
    desk.page.act.emit("leave")
    desk.settle()
    assert desk.said == []
    desk.page.act.emit("drop")
    desk.settle()
    desk.page.act.emit("drop-sure")
    view = desk.settle()
    assert desk.said[-1][1], desk.said
    assert view.rows[0].id == second, "the one set aside behind it is next"
    settled = {row.id: row.settled for row in desk.office.parts.vault.journal.rows((), 50)}
    assert settled[first] == "dropped"
    assert settled[second] == ""


def test_the_same_act_done_again_is_a_new_command(desk) -> None:
    _, first, _ = two_ticks(desk.office)
    refuse(desk.office, first)
    desk.presenter.refresh()
    desk.settle()
    desk.page.act.emit("reissue")
    desk.settle()
    assert desk.said[-1][1], desk.said
    rows = desk.office.parts.vault.journal.rows((), 50)
    assert next(row for row in rows if row.id == first).settled == "reissued"
    assert [row.state for row in rows if row.kind == "tick_material"].count("pending") == 1


def test_handing_it_over_makes_a_task_for_the_duty_manager(desk) -> None:
    _, first, _ = two_ticks(desk.office)
    refuse(desk.office, first)
    desk.presenter.refresh()
    desk.settle()
    desk.page.act.emit("hand")
    desk.settle()
    [task] = desk.office.read(lambda books: books.open_tasks(10))
    assert (task.kind, task.command, task.words) == ("handed", first, REFUSED)


def corrected(office):
    case = receive(office, serve(office))
    before = applicant_fields(case)
    edit = diff(before, {"applicant": {**before["applicant"], "phone": "13900007710"}})
    fields = office.stamp().fields(office.parts.new_id)
    done = office.do(CorrectCase(**fields, case=case.id, patch=dict(edit.merge), touched=dict(edit.touched)))
    assert isinstance(done, Done), done
    return case, done.command


def test_two_sayings_wait_for_a_choice_and_the_choice_is_a_new_edit(desk) -> None:
    case, command = corrected(desk.office)
    there = msgspec.to_builtins(case)
    there["applicant"]["phone"] = "13800000933"
    journal = desk.office.parts.vault.journal
    births = [row.id for row in journal.rows(("pending",), 50) if row.id != command]
    journal.settle([Verdict(id=one, state="applied") for one in births], 0.0)
    refuse(desk.office, command, "conflict", "field-conflict", {f"case:{case.id}": there})
    desk.presenter.refresh()
    view = desk.settle().detail
    assert isinstance(view, ConflictView)
    [choice] = view.choices
    assert (choice.mine.value, choice.theirs.value, choice.chosen) == ("139****7710", "138****0933", "")
    assert view.bar.step is not None
    assert view.bar.step.reason == "先选一个说法"
    desk.page.picked.emit(choice.path, "mine")
    chosen = desk.settle().detail
    assert isinstance(chosen, ConflictView)
    assert chosen.bar.step is not None
    assert chosen.bar.step.reason == ""
    desk.page.act.emit("resolve")
    desk.settle()
    assert desk.said[-1][1], desk.said
    now = desk.office.read(lambda books: books.case(case.id))
    assert now is not None
    assert now.applicant.phone == "13900007710"
    assert journal.troubled() == 0


def test_a_cuts_summary_is_read_once(desk) -> None:
    cuts = CutBook(desk.office)
    cuts.begin()
    two_ticks(desk.office)
    over = cuts.end()
    assert over is not None
    desk.presenter.refresh()
    view = desk.settle()
    assert view.rows[0].id == CUT_ROW
    assert isinstance(view.detail, CutView)
    assert view.detail.sent[0].lamp == "waiting"
    desk.page.act.emit("read")
    assert all(row.id != CUT_ROW for row in desk.settle().rows)


def test_an_old_copy_asks_twice_before_a_new_journal_begins(desk, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("ui.sync.presenter.renew", lambda office: asked.append("renewed"))
    desk.running.line.state = LineState(
        connected=True, store="这台电脑上的数据不是最新的一份，没有办。请管理员另起一本流水再办。"
    )
    desk.presenter.refresh()
    first = desk.settle().detail
    assert isinstance(first, CommandDetail)
    assert first.bar is not None
    assert first.bar.step is not None
    desk.page.act.emit(first.bar.step.name)
    second = desk.settle().detail
    assert asked == []
    assert isinstance(second, CommandDetail)
    assert second.bar is not None
    assert second.bar.step is not None
    desk.page.act.emit(second.bar.step.name)
    desk.settle()
    assert asked == ["renewed"]


def test_sending_is_held_off_and_let_go_on(desk) -> None:
    asked: list[bool] = []
    desk.running.line.hold_off = asked.append
    desk.running.line.state = LineState(connected=True, catching_up=True, sent=11, to_send=16, waiting=5)
    desk.presenter.refresh()
    line = desk.settle().line
    assert (line.done, line.total, line.hold) == (11, 16, "先停下")
    desk.page.hold_wanted.emit()
    desk.running.line.state = LineState(connected=True, held_off=True, waiting=5)
    desk.presenter.refresh()
    line = desk.settle().line
    assert line.hold == "接着送"
    assert "还有 5 条没送，都留着" in line.rest + line.head
    desk.page.hold_wanted.emit()
    assert asked == [True, False]
