"""多证合一: the code goes in typed twice, every department has its row, and what was sent before says that it is old."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clerk_app.cases.model import Case
from clerk_app.office.counter.case_file import case_file
from clerk_app.office.counter.result_paper import result_paper
from clerk_app.office.office import Office
from clerk_app.office.registration import joint_desk
from clerk_app.registration.credit_codes import check_sign
from tests.ui.parts import hand
from tests.ui.sealing import desk
from ui.background import Background
from ui.cases.house import CasesHouse
from ui.cases.room import CasesRoom
from ui.cases.whole.telling import tell_file
from ui.registration.result_view import CODE, SEND

CODE_18 = "91429900MA00000A1" + check_sign("91429900MA00000A1")
PICTURES = os.environ.get("CLERK_PICTURES", "")


class Bench:
    """A sealed company's case on the case page, line cut."""

    def __init__(self, qtbot: QtBot, office: Office, house: CasesHouse) -> None:
        self.qtbot, self.office, self.house, self.page = qtbot, office, house, house.result
        self.background = Background()
        self.room = CasesRoom(office, self.background, house, lambda: True)
        self.said: list[tuple[str, bool]] = []
        self.room.said.connect(lambda text, good: self.said.append((text, good)))
        self.case: Case = desk.sealed(office, desk.proposed(office))

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.background.idle, timeout=10_000)

    def open(self) -> None:
        self.room.open_whole(self.case.id)
        self.wait()
        self.house.whole.acts.list.press("1")
        self.wait()

    def row(self, department: str) -> joint_desk.DepartmentStanding:
        found = joint_desk.joint_desk(self.office, self.case.id)
        assert found is not None
        return next(one for one in found.rows if one.row.department == department)

    def picture(self, name: str) -> None:
        if PICTURES:
            self.page.grab().save(f"{PICTURES}/{name}.png")


@pytest.fixture
def bench(qtbot: QtBot, front: Callable[..., QWidget], tmp_path: Path) -> Iterator[Bench]:
    office = desk.sealing_office(tmp_path)
    house = CasesHouse()
    house.resize(1290, 610)
    front(house)
    bench = Bench(qtbot, office, house)
    yield bench
    bench.background.close()
    office.parts.vault.close()


def test_from_the_case_page_the_code_is_typed_twice_and_every_row_sent_again(bench: Bench) -> None:
    bench.room.open_whole(bench.case.id)
    bench.wait()
    found = case_file(bench.office, bench.case.id)
    assert found is not None
    view = tell_file(found, bench.office.hall, None, None)
    assert view.acts[0].word == "录统一社会信用代码", "what is left to do stands first"
    assert ("统一社会信用代码", "还没录，对着执照录") in view.facts
    bench.house.whole.acts.list.press("1")
    bench.wait()
    assert bench.house.view() == "result"
    page = bench.page
    assert page.code.isVisible()
    assert hand().objectName() == "codeFirst"
    bench.qtbot.keyClicks(hand(), CODE_18.lower())
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return)
    assert hand().objectName() == "codeSecond"
    bench.qtbot.keyClicks(hand(), CODE_18[:-1])
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return)
    bench.wait()
    assert bench.said[-1][0].startswith("两次录的代码不一样")
    assert page.code.first.text() == CODE_18.lower(), "nothing typed is thrown away"
    bench.picture("result-code")
    bench.qtbot.keyClicks(page.code.second.line, CODE_18[-1])
    filled = page.bar.button(CODE)
    assert filled is not None
    filled.click()
    bench.wait()
    assert bench.said[-1] == ("代码录好了，已归入登记档案；各部门的一份跟着换，再送一次。", True)
    assert not page.code.isVisible()
    for department in [row.id for row in page.table.rows()]:
        button = page.bar.button(SEND)
        assert button is not None, department
        button.click()
        bench.wait()
    assert page.bar.button(SEND) is None
    assert {one.cells[1].tags[0].text for one in page.table.rows()} == {"已送"}  # type: ignore[union-attr]
    part = joint_desk.extract_of(bench.office.read(lambda books: books.form(bench.case.id)), "税务")
    assert part["company"]["uscc"] == CODE_18
    bench.picture("result-sent")


def test_digits_say_how_far_the_chosen_one_is_and_a_return_asks_why(bench: Bench) -> None:
    desk.good(joint_desk.make_route(bench.office, bench.case.id))
    desk.good(joint_desk.send_extract(bench.office, bench.case.id, "税务"))
    bench.open()
    page = bench.page
    page.table.select("税务")
    page.row_chosen.emit("税务")
    bench.wait()
    words = {act.word: act.digit for act in page._view.chosen.acts}
    assert words == {"再送一次": "1", "已收": "2", "退回…": "3", "办结": "4"}
    page.setFocus()
    bench.qtbot.keyClick(page.table, Qt.Key.Key_3)
    assert page.one.note.finding() == "退回要写明为什么，写一句按 Enter。"
    assert hand().objectName() == "routeNote"
    assert bench.row("税务").row.state == "sent"
    bench.picture("result-return")
    page.one.note.set_text("附件看不清")
    bench.qtbot.keyClick(hand(), Qt.Key.Key_Return)
    bench.wait()
    assert (bench.row("税务").row.state, bench.row("税务").row.note) == ("returned", "附件看不清")
    assert page.one.note.text() == ""
    bench.qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert bench.house.view() == "whole"


def test_the_printed_result_says_each_department_and_its_state(bench: Bench) -> None:
    desk.good(joint_desk.make_route(bench.office, bench.case.id))
    found = joint_desk.joint_desk(bench.office, bench.case.id)
    assert found is not None
    paper = result_paper(found, ("名称：江州岚栎舟信息技术有限公司",), bench.case.received_at.date(), training=True)
    assert bench.office.parts.pages is not None
    made = bench.office.parts.pages.form(paper)
    assert made.pages == 1
    table = next(part for part in paper.sheets[0].parts if hasattr(part, "rows"))
    assert [row[:2] for row in table.rows] == [(one.row.department, "未送") for one in found.rows]
    bench.open()
    bench.page.print_wanted.emit()
    bench.wait()
    kept = bench.office.read(lambda books: books.case_documents_of(bench.case.id))
    assert [one.paper for one in kept] == ["登记结果单"]
