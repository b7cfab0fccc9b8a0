"""对外的资料: a sentence for each thing that is wrong, and nothing where nothing is said."""

from __future__ import annotations

from typing import Any

import pytest

from clerk_app.hall import read_hall
from clerk_app.outside.hall_file import document_findings
from tests.desk import training_document

GOOD = {
    "id": "city",
    "name": "市平台",
    "way": "http",
    "kinds": ["status"],
    "since": "2026-11-20",
    "url": "https://x.example.gov.cn",
}


def findings(*partners: dict[str, Any]) -> list[str]:
    return document_findings({**training_document(), "outside": {"partners": list(partners)}})


def test_a_hall_that_says_nothing_tells_nobody() -> None:
    assert read_hall({**training_document(), "outside": {}}, "v").outside.partners == ()
    plain = training_document()
    plain.pop("outside", None)
    assert read_hall(plain, "v").outside.sends_messages is False


def test_what_is_right_is_read() -> None:
    assert findings(GOOD, {**GOOD, "id": "archive", "way": "folder", "url": ""} | {}) != []
    folder = {key: value for key, value in GOOD.items() if key != "url"} | {"id": "archive", "way": "folder"}
    assert findings(GOOD, folder) == []
    hall = read_hall({**training_document(), "outside": {"partners": [GOOD, folder]}}, "v")
    assert [one.id for one in hall.outside.partners] == ["city", "archive"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": "市平台"}, "小写字母"),
        ({"url": "http://x.example.gov.cn"}, "网址"),
        ({"way": "folder"}, "去掉 url"),
        ({"kinds": []}, "最少要写 1 项"),
        ({"kinds": ["everything"]}, "只能是"),
        ({"kinds": ["message"]}, "phones: true"),
        ({"since": "明天"}, "日期"),
        ({"key": "secret"}, "不认识“key”"),
    ],
)
def test_one_sentence_for_what_is_wrong(wrong: dict[str, Any], said: str) -> None:
    (sentence,) = findings({**GOOD, **wrong})
    assert said in sentence


def test_an_id_stands_once() -> None:
    assert any("city" in sentence for sentence in findings(GOOD, GOOD))
