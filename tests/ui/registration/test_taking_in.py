"""采用: a file or a prefill is looked at before it is taken over, whole and with the way back; what the citizen wrote is marked till seen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from clerk_app.office.registration.prefilling import unchecked
from clerk_app.office.registration.self_filling import begin, hand_in
from tests.registration.prefill_box import PrefillBox
from tests.registration.test_form import EXAMPLE
from tests.ui.registration.bench import Bench
from ui.registration.taking_in import TakeIn
from ui.registration.taking_pane import LEAVE, TAKE
from ui.registration.telling_blocks import UNLOOKED
from ui.registration.view import FormView


@pytest.fixture
def box(bench: Bench) -> PrefillBox:
    box = PrefillBox()
    bench.office.parts = replace(bench.office.parts, prefills=box)
    return box


@pytest.fixture
def taking(bench: Bench, box: PrefillBox) -> TakeIn:
    return TakeIn(bench.office, bench.background, bench.presenter, bench.page, lambda _: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "申请.json"
    file.write_text(json.dumps(EXAMPLE, ensure_ascii=False), encoding="utf-8")
    return file


def trade_name(bench: Bench) -> object:
    return bench.presenter.document["company"]["trade_name"]


def press(taking: TakeIn, name: str) -> None:
    button = taking.pane.bar.button(name)
    assert button is not None
    button.click()


def test_a_dropped_file_is_looked_at_taken_over_and_put_back(bench: Bench, taking: TakeIn, file: Path) -> None:
    bench.open()
    bench.type("company.trade_name", "lan")
    drop(bench, file)
    bench.wait()
    view = taking.pane.view()
    assert taking.pane.isVisible()
    assert view is not None
    assert view.title == "申请.json"
    assert len(view.rows) > 50
    assert trade_name(bench) == "lan", "looking changes nothing"
    press(taking, TAKE)
    bench.wait()
    assert not taking.pane.isVisible()
    assert trade_name(bench) == EXAMPLE["company"]["trade_name"]
    kept = bench.kept()
    assert kept is not None
    assert kept["company"]["trade_name"] == EXAMPLE["company"]["trade_name"]
    bench.page.strip_link.emit()
    assert trade_name(bench) == "lan"
    bench.page.strip_link.emit()
    assert trade_name(bench) == EXAMPLE["company"]["trade_name"]
    assert bench.presenter.sheet is not None
    assert not bench.presenter.sheet.unlooked, "a file's fields are nobody's own words"


def drop(bench: Bench, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    act, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), act, data, button, keys)
    QApplication.sendEvent(bench.page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(bench.page, QDropEvent(QPointF(50, 50), act, data, button, keys))


def test_a_file_that_is_none_says_so_and_nothing_is_touched(bench: Bench, taking: TakeIn, tmp_path: Path) -> None:
    bench.open()
    bench.type("company.trade_name", "lan")
    file = tmp_path / "照片.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0" * 100)
    taking.read(file)
    bench.wait()
    view = taking.pane.view()
    assert view is not None
    assert view.sentence.startswith("照片.jpg：")
    assert view.refusal
    press(taking, TAKE)
    assert taking.pane.isVisible(), "there is nothing to take"
    press(taking, LEAVE)
    assert not taking.pane.isVisible()
    assert trade_name(bench) == "lan"


def test_who_stops_waiting_for_a_slow_stick_gets_no_answer_later(bench: Bench, taking: TakeIn, file: Path) -> None:
    bench.open()
    taking.read(file)
    press(taking, LEAVE)
    bench.wait()
    assert not taking.pane.isVisible()
    assert trade_name(bench) is None


def test_a_prefill_is_offered_taken_over_and_marked_until_it_is_seen(
    bench: Bench, taking: TakeIn, box: PrefillBox
) -> None:
    begun = begin(bench.office, f"ticket:{bench.case.ticket}")
    hand_in(bench.office, begun, EXAMPLE)  # type: ignore[arg-type]
    bench.open()
    bench.wait()
    assert taking.strip.isVisible()
    assert "已自助预填（10:32，" in taking.strip.text()
    assert EXAMPLE["persons"][0]["name"] not in taking.strip.text()
    taking.strip.link_chosen.emit()
    bench.wait()
    press(taking, TAKE)
    bench.wait()
    assert not taking.strip.isVisible()
    assert box.taken == [bench.case.ticket]
    draft = bench.office.read(lambda books: books.form(bench.case.id))
    assert draft is not None
    assert draft.prefilled == bench.case.ticket
    cell = bench.page.cell("company.trade_name")
    assert cell is not None
    assert cell.view is not None
    assert cell.view.hint == UNLOOKED
    bench.page.gone.emit("/company/trade_name")
    assert cell.view.hint != UNLOOKED
    assert taking.looking.button.isVisible()
    taking.looking.button.click()
    bench.wait()
    assert not taking.looking.button.isVisible()
    left = unchecked(bench.office, draft)
    assert left
    assert not any(place.startswith("/company/name") for place in left)
    assert bench.presenter.sheet is not None
    assert left == bench.presenter.sheet.unlooked


def test_with_the_line_cut_it_is_said_that_nobody_knows(bench: Bench, taking: TakeIn, box: PrefillBox) -> None:
    box.cut = True
    bench.open()
    bench.wait()
    assert "看不到有没有自助预填" in taking.strip.text()
    box.cut = False
    taking.look()
    bench.wait()
    assert not taking.strip.isVisible()


def test_locked_it_says_why(bench: Bench, taking: TakeIn, file: Path) -> None:
    said: list[str] = []
    taking.said.connect(lambda sentence, _: said.append(sentence))
    bench.page.render(FormView())
    taking.read(file)
    assert said == ["现在没有要填的登记表，没有导入，表没有动。"]
