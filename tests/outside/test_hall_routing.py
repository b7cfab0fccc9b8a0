"""分办规则 in the hall file: what each rule must say, and what it may not."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.outside.hall_checks import cross_problems
from clerk_app.outside.hall_form import HALL_FILE
from tests.desk import training_document

DRAIN = "11429900MBX00707754000117002001"


def problems(*rules: Any) -> list[str]:
    document = {**training_document(), "routing": list(rules)}
    found = [*HALL_FILE.problems(document, ()), *cross_problems(document)]
    return [sentence for place, sentence in found if place and place[0] == "routing"]


def test_what_the_training_hall_says_is_right() -> None:
    assert problems(*training_document()["routing"]) == []
    assert problems({"department": "SJJ", "rule": "none"}) == []


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ({"rule": "in_turn", "posts": ["B1"]}, "只写一样"),
        ({"items": [DRAIN], "department": "ZJJ", "rule": "in_turn", "posts": ["B1"]}, "只写一样"),
        ({"items": [DRAIN], "rule": "in_turn"}, "没有写岗位"),
        ({"items": [DRAIN], "rule": "in_turn", "posts": ["R-ZJJ"]}, "首席代表岗"),
        ({"items": [DRAIN], "rule": "by_name", "posts": ["B1"]}, "只能是 fewest_open、in_turn、none"),
        ({"items": ["9"], "rule": "in_turn", "posts": ["B1"]}, "不在事项目录里"),
        ({"items": [DRAIN], "rule": "in_turn", "posts": ["B9"]}, "不在岗位名单里"),
        ({"department": "XXX", "rule": "in_turn", "posts": ["B1"]}, "不在部门名单里"),
        ({"items": [DRAIN, DRAIN], "rule": "in_turn", "posts": ["B1"]}, "前面已经有分办规则"),
        ("B1", "下面要写"),
    ],
)
def test_a_rule_that_is_not_right_is_one_sentence(rule: Any, word: str) -> None:
    (sentence,) = problems(rule)
    assert word in sentence
    assert sentence.endswith("。")
