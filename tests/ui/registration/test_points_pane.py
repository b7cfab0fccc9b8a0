"""补正点 beside the form: read, explained and taken back by their digits, a new one at the field under the hand; the rest closed."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.counter import intake
from clerk_app.office.office import Office
from clerk_app.office.registration import acts, rounds
from clerk_app.office.registration.saving import save_form
from clerk_app.registration.document import put
from clerk_app.registration.joint import FormPoint
from tests.desk import cut_office
from tests.registration.test_form import EXAMPLE
from tests.ui.parts import hand
from tests.visits import done, receive, serve
from ui.background import Background
from ui.registration.page import FormPage
from ui.registration.presenter import FormPresenter

PICTURES = os.environ.get("CLERK_PICTURES", "")


class Bench:
    """A received company's form at the window that answers for it."""

    def __init__(self, qtbot: QtBot, office: Office, page: FormPage) -> None:
        self.qtbot, self.office, self.page = qtbot, office, page
        self.background = Background()
        self.presenter = FormPresenter(office, self.background, page)
        self.said: list[tuple[str, bool]] = []
        self.presenter.said.connect(lambda text, good: self.said.append((text, good)))
        self.case: Case = receive(office, serve(office))
        done(save_form(office, self.case.id, put(copy.deepcopy(EXAMPLE), "/company/phone", "071600000")))

    @property
    def pane(self):
        return self.page.side.points

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=10_000)

    def open(self) -> None:
        self.presenter.open_case(self.case.id)
        self.wait()

    def points(self) -> tuple[FormPoint, ...]:
        return self.office.read(lambda books: books.points_of(self.case.id))

    def make(self, place: str, label: str, department: str, opinion: str) -> None:
        done(acts.make_point(self.office, self.case.id, department, place, label=label, opinion=opinion))

    def tags(self) -> list[str]:
        return [row.tag.text for row in self.pane.list.rows() if row.tag is not None]

    def picture(self, name: str) -> None:
        if PICTURES:
            self.qtbot.wait(50)
            self.page.grab().save(f"{PICTURES}/{name}.png")


@pytest.fixture
def bench(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Bench]:
    office = cut_office(tmp_path)
    page = FormPage()
    page.resize(1290, 610)
    front(page)
    bench = Bench(qtbot, office, page)
    yield bench
    bench.background.close()
    office.parts.vault.close()


def test_a_new_point_is_made_at_the_field_under_the_hand(bench: Bench) -> None:
    bench.open()
    bench.presenter.jump("/company/phone")
    bench.wait()
    bench.page.side.turn("points")
    bench.pane.add.click()
    assert hand().objectName() == "pointOpinion"
    assert bench.pane.fresh.where.currentText() == "联系电话"
    bench.picture("point-new")
    bench.pane.fresh.button.click()
    bench.wait()
    assert bench.said[-1][0].startswith("还没写哪里要改")
    bench.pane.fresh.opinion.setPlainText("号码打不通，换一个。")
    bench.pane.fresh.department.setCurrentText("税务")
    bench.pane.fresh.button.click()
    bench.wait()
    (point,) = bench.points()
    assert (point.department, point.pointer, point.before) == ("税务", "/company/phone", "071600000")
    assert bench.tags() == ["还没告知"]
    assert not bench.pane.fresh.isVisible()
    bench.pane.list.setFocus()
    bench.qtbot.keyClick(bench.pane.list, Qt.Key.Key_3)
    bench.wait()
    assert bench.tags() == []
    assert not bench.points()[0].stands


def test_after_the_notice_points_are_read_mended_or_explained_and_the_rest_is_closed(bench: Bench) -> None:
    bench.make("/company/phone", "联系电话", "税务", "号码打不通，换一个。")
    bench.make("/persons/0/name", "解芸岚·姓名", "人社", "和身份证不一样，核对是不是这个字，要是写错了就改过来。")
    case, office = bench.case.id, bench.office
    done(intake.notify_once(office, case, rounds.gaps_of_round(office, case), None))
    bench.open()
    assert bench.pane.isVisible(), "in a correction they stand in front"
    assert bench.tags() == ["未读", "未读"]
    bench.pane.list.setFocus()
    bench.qtbot.keyClick(bench.pane.list, Qt.Key.Key_1)
    bench.wait()
    assert bench.tags() == ["没改", "未读"]
    bench.qtbot.keyClick(bench.pane.list, Qt.Key.Key_Return)
    bench.wait()
    assert hand().objectName() == "cell-company.phone"
    line = hand()
    line.selectAll()  # type: ignore[attr-defined]
    bench.qtbot.keyClicks(line, "071688880001")
    bench.presenter.save_now()
    bench.wait()
    assert bench.tags() == ["已改", "未读"]
    other = bench.page.cell("company.email")
    assert other is not None
    assert other.view.hint == "告知里没有，补正不改"
    bench.page.changed.emit("/company/email", "a@example.com")
    assert bench.presenter.document["company"]["email"] == EXAMPLE["company"]["email"]
    bench.picture("points-round")
    bench.pane.list.setFocus()
    bench.qtbot.keyClick(bench.pane.list, Qt.Key.Key_Down)
    bench.qtbot.keyClick(bench.pane.list, Qt.Key.Key_2)
    assert hand().objectName() == "pointWords"
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert bench.pane.words.finding() == "还没写为什么不改，写一句再记。"
    bench.pane.words.set_text("身份证上就是这个字。")
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return)
    bench.wait()
    assert bench.tags() == ["已改", "已说明"]
    assert bench.pane.count.text() == "补正点：都了结了"
    bench.picture("points-settled")
