"""定收费 over the counter: published fees with their sum, the notice printed; what cannot be set says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from clerk_app.office.counter import external
from clerk_app.office.office import Office
from clerk_app.ports import NumberBlock
from tests.desk import cut_office
from tests.visits import done, now, serve
from ui.background import Background
from ui.fees.setting_presenter import NO_FEE, NO_TICKET, SettingPresenter
from ui.queueing.page import CounterPage

PASSPORT, CARD = "护照签发", "身份证换领"


@pytest.fixture
def office(tmp_path: Path):
    office = cut_office(tmp_path)
    year = office.parts.clock.now().year
    office.parts.vault.keep.add_block(NumberBlock(id="b-bill", kind=f"bill_no:{year}", first=1, last=50))
    yield office
    office.parts.vault.close()


class Counter(QObject):
    """What the counter's presenter says of whom it has in hand."""

    state: SimpleNamespace | None = None


@pytest.fixture
def desk(qtbot, office: Office, front: Callable[..., QWidget]) -> SimpleNamespace:
    page, background, counter = CounterPage(), Background(), Counter()
    page.resize(1290, 700)
    front(page)
    presenter = SettingPresenter(office, background, counter, page)  # type: ignore[arg-type]
    said: list[tuple[str, bool]] = []
    presenter.said.connect(lambda text, good: said.append((text, good)))

    def settle() -> None:
        qtbot.waitUntil(lambda: background.idle)

    def open_for(*shorts: str) -> None:
        """The person at the window had these taken in another system."""
        ticket = serve(office)
        for short in shorts:
            item = next(one for one in office.hall.items.values() if one.short == short)
            done(external.record_external(office, ticket.id, item.code, "finished", printed=False))
        session = office.session
        assert session is not None
        # Where identity cards are taken in, and by whom.
        office.session = replace(
            session, person=office.hall.roster.people["P303"], seat=replace(session.seat, window=6, post="C1")
        )
        counter.state = SimpleNamespace(current=now(office, ticket), case=None)
        presenter.open()
        settle()

    def words() -> str:
        return presenter.pane._sum.text()

    yield SimpleNamespace(
        page=page, pane=presenter.pane, presenter=presenter, said=said, settle=settle, open_for=open_for, words=words
    )
    background.close()


def test_without_anybody_or_anything_to_pay_one_sentence(desk):
    desk.presenter.open()
    desk.settle()
    assert desk.said[-1] == (NO_TICKET, False)
    desk.open_for()
    assert desk.said[-1] == (NO_FEE, True)
    assert not desk.pane.isVisible()


def test_the_sum_follows_the_hand_and_the_notice_is_printed(desk, office, qtbot):
    desk.open_for(PASSPORT, CARD)
    first, last = desk.pane.counts()
    assert [field.text() for field in desk.pane.counts()] == ["1", "1"]
    assert desk.words() == "合计 140.00 元"
    first.select_all()
    qtbot.keyClicks(first.line, "2")
    desk.settle()
    assert desk.words() == "合计 260.00 元"
    first.set_text("")
    desk.pane.changed.emit()
    desk.settle()
    assert desk.words() == "合计 20.00 元"
    qtbot.keyClick(last.line, Qt.Key.Key_Return)
    desk.settle()
    assert "11号窗口" in desk.said[-1][0]
    (bill,) = office.read(lambda books: books.open_bills())
    assert (bill.due, [line.count for line in bill.lines]) == (2000, [1])
    assert not desk.pane.isVisible()


def test_a_published_reduction_is_chosen_and_what_is_free_is_written_down(desk, office):
    desk.open_for(CARD)
    (line,) = desk.pane._lines
    line.reduction.segment("poor").click()
    desk.settle()
    assert desk.words() == "合计 0.00 元，减免 20.00 元"
    desk.pane.set_bill.click()
    desk.settle()
    assert desk.said[-1] == ("免缴记下了。", True)
    (bill,) = office.read(lambda books: books.bills_of(line.row.matter))
    assert (bill.state, bill.lines[0].reduction) == ("free", "低保、特困人员")
    assert office.read(lambda books: books.open_bills()) == ()


def test_esc_leaves_it(desk, qtbot):
    desk.open_for(CARD)
    qtbot.keyClick(desk.pane.counts()[0].line, Qt.Key.Key_Escape)
    assert not desk.pane.isVisible()
