"""咨询与带到: a plain question ends with one key and its topic; a ticket goes to the right line and keeps its number."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.test_desk import desk, office, one  # noqa: F401
from tests.visits import now, serve


def kinds(office) -> list[str]:  # noqa: F811
    return [row.kind for row in office.parts.vault.journal.rows((), 20)]


def ready(qtbot, desk, office):  # noqa: F811
    ticket = serve(office)
    desk.rooms.counter.refresh()
    qtbot.waitUntil(lambda: desk.rooms.counter.state.current is not None and desk.background.idle)
    return ticket


def test_a_plain_question_ends_with_one_key_and_its_topic(qtbot, desk, office):  # noqa: F811
    ticket = ready(qtbot, desk, office)
    qtbot.keyClick(desk.rooms.counter_page, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    pane = desk.rooms.asking.panes()[0]
    assert pane.isVisible()
    assert pane.height() >= pane.minimumSizeHint().height()
    with qtbot.waitSignal(desk.rooms.counter.finished):
        qtbot.keyClick(pane, "1")
    assert {"record_question", "finish_ticket"} <= set(kinds(office))
    assert now(office, ticket).state == "finished"
    assert not pane.isVisible()


def test_who_belongs_elsewhere_is_led_there_with_his_number(qtbot, desk, office):  # noqa: F811
    ticket = ready(qtbot, desk, office)
    qtbot.keyClick(desk.rooms.counter_page, Qt.Key.Key_F7)
    pane = desk.rooms.asking.panes()[1]
    assert pane.isVisible()
    qtbot.keyClick(pane, "1")
    qtbot.waitUntil(lambda: not pane.isVisible())
    led = now(office, ticket)
    assert (led.number, led.letter, led.state) == (ticket.number, "B", "waiting")
    assert led.forwards[-1].reason == "不在这个队"


def test_a_question_leads_on_and_its_record_is_closed(qtbot, desk, office):  # noqa: F811
    ready(qtbot, desk, office)
    desk.rooms.asking.open_question()
    desk.rooms.asking.panes()[0].lead_wanted.emit()
    desk.rooms.asking.panes()[1].chosen.emit("E", "要办社保")
    qtbot.waitUntil(lambda: "lead_to" in kinds(office))
    qtbot.waitUntil(lambda: desk.background.idle)
    assert not desk.rooms.asking.panes()[1].isVisible()


def test_without_a_ticket_nothing_is_led_and_it_says_so(qtbot, desk, office):  # noqa: F811
    with qtbot.waitSignal(desk.rooms.asking.said) as said:
        desk.rooms.asking.open_forward()
    assert "没有转" in said.args[0]
    assert not desk.rooms.asking.panes()[1].isVisible()
