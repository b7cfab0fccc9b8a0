"""What is typed for one line: numbers or names, words or codes; what cannot be read says so and changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from clerk_app.duty.roster_lines import RosterLine, what_words
from clerk_app.hall import read_hall
from tests.desk import training_document
from ui.oversight.roster_draft import WORDS
from ui.oversight.roster_reading import fields_of, read_line

ROSTER = read_hall(training_document(), "v").roster


@pytest.mark.parametrize(
    ("what", "typed", "line"),
    [
        (
            "join",
            {"id": "p120", "name": "简明", "department": "政务服务管理局", "roles": "窗口人员、出件员", "skills": ""},
            RosterLine(what="join", id="P120", name="简明", department="ZWJ", roles=("clerk", "dispatcher")),
        ),
        ("leave", {"person": "柏松"}, RosterLine(what="leave", id="P112")),
        ("roles", {"person": "P112", "roles": "收费员，出件员"}, RosterLine(what="roles", id="P112", roles=("cashier", "dispatcher"))),
        ("skills", {"person": "P503", "skills": "无"}, RosterLine(what="skills", id="P503")),
        ("skills", {"person": "P503", "skills": "婚姻登记员、 收养"}, RosterLine(what="skills", id="P503", skills=("婚姻登记员", "收养"))),
        ("learner", {"person": "P404", "until": "无"}, RosterLine(what="learner", id="P404")),
        (
            "learner",
            {"person": "P105", "until": "2027-03-01", "mentor": "申屠宁"},
            RosterLine(what="learner", id="P105", learner_until=date(2027, 3, 1), mentor="P106"),
        ),
        ("post", {"post": "综合受理岗一", "b": "P107"}, RosterLine(what="post", id="B1", a="P105", b="P107")),
        (
            "post",
            {"post": "F1", "a": "易安然", "b": "喜佳宁"},
            RosterLine(what="post", id="F1", a="P504", b="P503", qualifications=("婚姻登记员",)),
        ),
        ("post", {"post": "F1", "qualifications": "无"}, RosterLine(what="post", id="F1", a="P503", b="P504")),
        ("reset", {"person": " p112 "}, RosterLine(what="reset", id="P112")),
    ],
)  # fmt: skip
def test_read(what, typed, line) -> None:
    assert read_line(what, typed, ROSTER) == line


@pytest.mark.parametrize(
    ("what", "typed", "words"),
    [
        ("leave", {"person": ""}, "还没写"),
        ("leave", {"person": "没有的人"}, "名单里没有"),
        ("join", {"id": "P120", "name": "", "department": "ZWJ", "roles": "窗口人员"}, "姓名还没写"),
        ("join", {"id": "P120", "name": "简明", "department": "没有局", "roles": "窗口人员"}, "没有部门"),
        ("join", {"id": "P120", "name": "简明", "department": "ZWJ", "roles": "神仙"}, "没有身份“神仙”"),
        ("roles", {"person": "P112", "roles": "、"}, "没有身份"),
        ("roles", {"person": "谁", "roles": "收费员"}, "名单里没有"),
        ("skills", {"person": "P503", "skills": " "}, "还没写"),
        ("learner", {"person": "P105", "until": "明年", "mentor": "P106"}, "没看懂"),
        ("learner", {"person": "P105", "until": "2027-03-01", "mentor": ""}, "带教人"),
        ("days", {"day": "明天", "kind": "放假", "name": "元旦"}, "没看懂"),
        ("days", {"day": "2027-01-01", "kind": "半天", "name": "元旦"}, "写“放假”或“上班”"),
        ("year", {"year": "明年"}, "没看懂"),
        ("post", {"post": "没有岗"}, "没有岗位"),
        ("post", {"post": "B1", "b": "谁"}, "名单里没有 谁"),
    ],
)
def test_what_cannot_be_read_says_so(what, typed, words) -> None:
    said = read_line(what, typed, ROSTER)
    assert isinstance(said, str)
    assert words in said


def test_every_kind_of_line_can_be_typed() -> None:
    assert {what for what, _ in WORDS} == set(what_words) == set(fields_of)
