"""The desk as a whole over a real store with the line cut: what the centre or the printer said reaches the clerk's eyes."""

from __future__ import annotations

import pytest

from clerk_app.office.counter import visit
from clerk_app.office.events import LineState, PaperChanged, RowsChanged, SessionMoved
from clerk_app.office.running import Running
from clerk_app.ports import Verdict
from clerk_app.receipts.paper import Delivery, PrinterStatus
from clerk_app.settings import CARD, clear_training
from printers.lane import Lane
from tests.desk import cut_office
from tests.ui.one_desk import gets_up, one_desk, other_books, sits_down
from tests.ui.one_desk import paper as paper
from tests.visits import accept, receive, serve
from ui.widgets.strip import Strip


class DoubtfulLink:
    """A printer that takes everything and confirms nothing."""

    def send(self, payload, token):
        return Delivery("unknown", "打印机没有回话。")

    def status(self):
        return PrinterStatus(ready=True, known=True, said="")


@pytest.fixture(scope="module")
def one(qapp, tmp_path_factory):
    with one_desk(qapp, tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def office(one, tmp_path):
    return other_books(one, cut_office(tmp_path))


@pytest.fixture
def desk(qtbot, one, office):
    sits_down(
        one, Running(office, Lane(office.parts.vault.spool, DoubtfulLink(), office.parts.settings.printer)), qtbot
    )
    assert one.shell.current_page() == "today"
    one.rooms.today_page.begin.emit()
    yield one
    gets_up(one, qtbot)


def strips(desk) -> str:
    return " ".join(s.text() for s in desk.rooms.counter_page.findChildren(Strip) if s.isVisible())


def test_a_refused_command_is_said_where_the_work_is_and_on_the_sync_page(qtbot, desk, office):
    serve(office)
    refused = office.parts.vault.journal.rows((), 1)[0]
    sentence = "许可心 的账号已停用，中心没有收。找管理员核对。"
    office.parts.vault.journal.settle(
        [Verdict(id=refused.id, state="refused", type="account-disabled", sentence=sentence)], 0.0
    )
    office.bell.ring(RowsChanged(refused.subjects))
    qtbot.waitUntil(lambda: "账号已停用" in strips(desk))
    desk.rooms.counter.open_link()
    qtbot.waitUntil(lambda: desk.rooms.sync_page.isVisible())
    desk.rooms.sync.refresh()
    qtbot.waitUntil(lambda: desk.background.idle)
    words = " ".join(s.text() for s in desk.rooms.sync_page.findChildren(Strip) if s.isVisible())
    assert "账号已停用" in words


def test_a_paper_in_doubt_asks_its_question_and_is_never_repeated_by_the_machine(qtbot, desk, office):
    accept(office, receive(office, serve(office)))
    while desk.hands.running.lane._lane.pump():
        pass
    office.bell.ring(PaperChanged())
    desk.rooms.printing.refresh()
    qtbot.waitUntil(lambda: desk.background.idle)
    states = {job.doc_type: job.state for job in office.parts.vault.spool.jobs(9)}
    assert states == {"号票": "unknown", "受理回执": "unknown"}
    desk.rooms.counter.refresh()
    qtbot.waitUntil(lambda: "出来了吗" in strips(desk))
    receipt = next(j for j in office.parts.vault.spool.jobs(9) if j.doc_type == "受理回执")
    desk.rooms.printing_page.answered.emit(receipt.id, "lost")
    qtbot.waitUntil(lambda: desk.background.idle)
    again = office.parts.vault.spool.jobs(9)[0]
    assert (again.doc_type, again.copy_no, again.state) == ("受理回执", 2, "queued")
    assert office.parts.vault.spool.job(receipt.id).state == "lost"


def test_keys_act_once_and_a_second_press_is_not_a_second_act(qtbot, desk, office):
    visit.take_ticket(office, "A")
    visit.take_ticket(office, "A")
    desk.rooms.counter.call_next()
    desk.rooms.counter.call_next()
    qtbot.waitUntil(lambda: desk.background.idle)
    kinds = [row.kind for row in office.parts.vault.journal.rows((), 9)]
    assert kinds.count("call_ticket") == 1


def test_leaving_signs_out_and_shows_the_front_door(qtbot, desk, office):
    desk.leave()
    qtbot.waitUntil(lambda: desk.window.currentWidget() is desk.sign_in_page)
    assert office.session is None
    assert office.parts.vault.journal.rows((), 1)[0].kind == "record_sign_out"


def test_a_session_that_moved_shows_the_front_door_and_why(qtbot, desk, office):
    moved = SessionMoved(person="许可心", window=3, at=office.parts.clock.now())
    office.bell.ring(moved)
    qtbot.waitUntil(lambda: desk.window.currentWidget() is desk.sign_in_page)
    assert office.session is None
    assert "3号窗口" in desk.sign_in_page._password.finding()
    assert desk.sign_in_page._password.finding() == moved.sentence
    assert "办到一半的都在" in moved.sentence


def test_starting_anew_takes_only_what_the_training_hall_made(tmp_path):
    for name in ("counter.db", "counter.db-wal", "centre.db", "centre.log", CARD, "holiday.jpg", "desk.toml"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    clear_training(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["desk.toml", "holiday.jpg"]


def test_nothing_is_said_to_be_on_its_way_when_nothing_is(qtbot, desk, office, monkeypatch):
    said = []
    monkeypatch.setattr(desk.shell, "say", lambda text, *_: said.append(text))
    now = office.parts.clock.now()
    for waiting in (0, 3):
        office.bell.ring(LineState(connected=True, catching_up=True, since=now, waiting=waiting))
        office.bell.ring(LineState(connected=True, since=now))
    qtbot.waitUntil(lambda: len(said) == 2)
    assert "正在补送 3 条" in said[0]
    assert "3 条都已送到" in said[1]
