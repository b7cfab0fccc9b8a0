"""办件详情页: one case whole, what can be done chosen by digit, asked, done, and said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.counter.case_file import case_file
from clerk_app.office.office import Office
from tests import visits
from tests.desk import cut_office
from tests.ui.parts import part
from ui.background import Background
from ui.cases.whole.page import WholePage
from ui.cases.whole.presenter import WholePresenter
from ui.cases.whole.telling import tell_file
from ui.widgets.next_step import NextStepBar


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = cut_office(tmp_path)
    yield office
    office.parts.vault.close()


@pytest.fixture
def case(office: Office) -> Case:
    return visits.accept(office, visits.receive(office, visits.serve(office)))


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Background]:
    lanes = Background()
    yield lanes
    lanes.close()


@pytest.fixture
def page(office: Office, lanes: Background, case: Case, front, qtbot: QtBot) -> WholePage:
    page = WholePage()
    presenter = WholePresenter(office, lanes, page)
    page.resize(1290, 640)
    front(page)
    presenter.open_case(case.id)
    qtbot.waitUntil(lambda: bool(page.history.rows()))
    return page


def test_an_act_is_chosen_by_its_digit_asked_done_and_said(page: WholePage, case: Case, qtbot: QtBot) -> None:
    assert "写审查意见" in [button.accessibleName().partition("，")[0] for button in page.acts.list._buttons]
    place = next(line.digit for line in page.acts.list._lines if line.key == "opinion")
    qtbot.keyClick(page, place)
    qtbot.waitUntil(lambda: bool(page.acts.form.inputs()))
    assert page.acts.form.inputs()[0].key == "words"
    before = len(page.history.rows())
    page.acts.act.emit("do", {"words": ""})
    qtbot.waitUntil(lambda: "还没写审查意见" in page.acts.form._strip.accessibleName())
    part(page, QPlainTextEdit).setPlainText("材料齐全，同意。")
    bar = part(page.acts, NextStepBar)
    bar.chosen.emit("do")
    qtbot.waitUntil(lambda: len(page.history.rows()) == before + 1)
    assert not bar.isVisible()


def test_escape_leaves_the_question_then_the_page(page: WholePage, qtbot: QtBot) -> None:
    page.act_chosen.emit("withdraw")
    qtbot.waitUntil(lambda: page.acts.bar.isVisible())
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.acts.bar.isVisible()
    with qtbot.waitSignal(page.back):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_a_result_that_is_done_over_says_so(office: Office, case: Case) -> None:
    file = case_file(office, case.id)
    assert file is not None
    assert "正在换发" not in dict(tell_file(file, office.hall, None, None).facts)
    over = tell_file(replace(file, replaced_by=replace(case, case_no="")), office.hall, None, None)
    assert dict(over.facts)["正在换发"].startswith("还没编号，")


def test_no_person_of_the_public_stands_unmasked(page: WholePage) -> None:
    shown = " ".join(row.summary() for table in (page.history, page.materials, page.papers) for row in table.rows())
    assert "欧阳明月" not in shown
    assert "司马青山" not in shown
    assert "13800000421" not in shown
