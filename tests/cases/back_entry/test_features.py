"""补录: what a window head reads, played by the use cases themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from clerk_app.cases.back_entry.checking import unchecked_sheet
from clerk_app.cases.back_entry.entering import EnterFromPaper
from clerk_app.cases.back_entry.kits import ReturnPaperKit
from clerk_app.cases.handling import WriteOpinion
from clerk_app.cases.history import history_of
from clerk_app.cases.limits import due_dates
from clerk_app.cases.model import Case
from clerk_app.command import Refusal
from tests.cases.back_entry.kit_desk import FOOD, PERSON, KitDesk
from tests.cases.counter import CLERK, MANAGER, OTHER_CLERK, day
from tests.desk import ZONE

scenarios("补录.feature")
SHEET = "BL2026-00041"


@dataclass
class Scene:
    """停电的那天 the desk, the sheets of its kit, and the last answer."""

    desk: KitDesk = field(default_factory=KitDesk)
    sheets: tuple[str, ...] = ()
    answer: Refusal | None = None
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.desk.case(self.desk.sheet(SHEET).case)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@given("11月20日上午印了 5 份备用件，发到4号窗口")
def _printed(scene):
    scene.desk.now = day("2026-11-20").replace(hour=9)
    scene.sheets = scene.desk.kit(5)
    scene.desk.later(hours=8)


@given(parsers.parse("停电时罗文静在纸上受理了一件，时间是 {moment}"))
def _on_paper(scene, moment):
    at = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    scene.said = {"received_at": at, "said_at": at}


@given("一件照纸补录了，还没核对")
def _entered(scene):
    _printed(scene)
    scene.desk.enter(SHEET)


@when(parsers.parse("11月25日申屠宁照 {sheet} 录进去"))
def _typed(scene, sheet):
    scene.desk.now = day("2026-11-25")
    scene.desk.enter(sheet, **scene.said)


@when(parsers.parse("照 {sheet} 录一件，{wrong}"))
def _tried(scene, sheet, wrong):
    desk = scene.desk
    item = desk.item(FOOD)
    tomorrow, before = desk.now + timedelta(days=1), day("2026-11-19")
    change = {
        "都对": {},
        "时间是明天": {"received_at": tomorrow, "said_at": tomorrow},
        "时间在印出来以前": {"received_at": before, "said_at": before},
        "事项那天还没有": {"item": "没有的事项"},
        "材料没有收齐就受理": {"brought": tuple(m.name for m in item.materials if not m.essential)},
    }[wrong]
    scene.answer = desk.act(EnterFromPaper, OTHER_CLERK, **desk.words(sheet, **change))


@when("罗文静要写审查意见")
def _opinion(scene):
    scene.answer = scene.desk.act(WriteOpinion, CLERK, case=scene.case.id, words="材料齐全。")


@when("录的人自己来核对")
def _own(scene):
    scene.answer = scene.desk.confirm(SHEET, by=OTHER_CLERK)


@when("罗文静来核对，纸还没扫")
def _no_scan(scene):
    scene.answer = scene.desk.confirm(SHEET)


@when("纸扫进来，罗文静对着看，说一致")
def _scanned(scene):
    scene.desk.scan(SHEET)
    scene.answer = scene.desk.confirm(SHEET)


@when(parsers.parse('纸扫进来，罗文静退回，说"{words}"'))
def _back(scene, words):
    scene.desk.scan(SHEET)
    scene.answer = scene.desk.send_back(SHEET, words)


@when(parsers.parse('申屠宁改成"{name}"'))
def _mended(scene, name):
    assert scene.desk.mend(SHEET, applicant=replace(PERSON, name=name)) is None


@when("罗文静再对着看，说一致")
def _again(scene):
    assert scene.desk.confirm(SHEET) is None


@when(parsers.parse("{count:d} 份空白的交回来"))
def _returned(scene, count):
    scene.desk.good(ReturnPaperKit, MANAGER, kit="kit", blank=scene.sheets[-count:])


@then(parsers.parse("办件编号是 {number}"))
def _numbered(scene, number):
    assert scene.case.case_no == number


@then("承诺办结和 11月20日受理的一样")
def _due(scene):
    hall = scene.desk.books.hall
    assert scene.case.due == due_dates(scene.desk.item(FOOD), scene.said["said_at"], hall.calendar, hall.off_work)


@then("过程里写着 11月25日由申屠宁补录")
def _told(scene):
    roster = scene.desk.books.roster
    (late,) = (one for one in history_of(scene.case, roster.name_for) if one.what.startswith("补录"))
    assert (f"{late.at:%m-%d}", late.who) == ("11-25", "申屠宁")
    assert SHEET in late.what


@then("这件是补录待核")
def _unchecked(scene):
    assert unchecked_sheet(scene.case.id, scene.desk.books).id == SHEET


@then("这份是核对退回")
def _sent_back(scene):
    assert scene.desk.sheet(SHEET).state == "sent_back"


@then(parsers.parse('没有办，说的是"{words}"'))
def _refused(scene, words):
    assert scene.answer is not None
    assert words in scene.answer.sentence
    assert scene.answer.sentence.count("。") == 2, "what happened and what was kept; then what to do"


@then("办成了")
def _done(scene):
    assert scene.answer is None


@then("什么都没存")
def _nothing(scene):
    assert not scene.desk.books.cases
    assert {scene.desk.sheet(one).state for one in scene.sheets} == {"blank"}


@then(parsers.parse('这件的申请人是"{name}"'))
def _applicant(scene, name):
    assert scene.case.applicant.name == name


@then(parsers.parse("还有 {count:d} 份没有着落"))
def _owed(scene, count):
    assert sum(sheet.state == "blank" for sheet in scene.desk.books.sheets_of_kit("kit")) == count
