"""监察口径 as data: what each place's preset does to one and the same case, day by day; and a hall file that says it wrongly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from clerk_app.cases.catalogue import Limit
from clerk_app.hall import read_hall
from clerk_app.outside.hall_file import read_hall_document
from clerk_app.oversight.cards import cards_of
from clerk_app.oversight.supervision import SupervisionRules, presets, read_supervision
from resources import path
from tests.desk import ZONE, training_document
from tests.oversight.some_cards import CASE, ITEM

HALL = read_hall(training_document(), "v1")
PERCENT = replace(presets["广东"], yellow_percent=80, red_percent=120)


def kinds(rules: SupervisionRules, month: int, day: int) -> list[str]:
    now = datetime(2026, month, day, 15, tzinfo=ZONE)
    found = cards_of(CASE, ITEM, rules, HALL.calendar, time(17, 30), now)
    return [f"{one.kind}:{one.rule}" if one.kind != "remind" else f"remind:{one.left}" for one in found]


@pytest.mark.parametrize(
    ("rules", "by_day"),
    [
        (presets["成都"], {
            (11, 30): [], (12, 1): ["remind:3"], (12, 2): ["remind:2"], (12, 3): ["yellow:due_soon"],
            (12, 4): ["yellow:due_soon"], (12, 5): ["yellow:due_soon", "red:overdue"],
            (12, 19): ["yellow:due_soon", "red:overdue", "severe:statutory"],
        }),
        (presets["湛江"], {
            (12, 1): ["remind:3"], (12, 3): ["remind:1"], (12, 4): ["remind:0"], (12, 5): ["yellow:overdue"],
            (12, 9): ["yellow:overdue"], (12, 10): ["yellow:overdue", "red:urged"],
            (12, 18): ["yellow:overdue", "red:urged"], (12, 21): ["yellow:overdue", "red:urged", "severe:statutory"],
        }),
        (PERCENT, {
            (12, 1): ["remind:3"], (12, 2): ["yellow:percent_yellow"], (12, 4): ["yellow:percent_yellow"],
            (12, 8): ["yellow:percent_yellow"], (12, 9): ["yellow:percent_yellow", "red:percent_red"],
        }),
        (SupervisionRules(yellow_when="never", red_when="never", severe_when="never"), {(12, 1): ["remind:3"], (12, 21): []}),
    ],
    ids=["成都", "湛江", "percent", "none"],
)  # fmt: skip
def test_what_a_place_makes_of_the_same_case(rules, by_day):
    assert {when: kinds(rules, *when) for when in by_day} == by_day


def test_the_urged_day_stands_on_the_yellow_card():
    now = datetime(2026, 12, 7, 9, tzinfo=ZONE)
    (yellow,) = cards_of(CASE, ITEM, presets["湛江"], HALL.calendar, time(17, 30), now)
    assert yellow.finish_by == date(2026, 12, 9), "three working days from the morning after: Mon, Tue, Wed"
    assert "12月9日前办结" in yellow.reason
    assert yellow.overdue


def test_a_preset_may_be_changed_in_one_line_and_none_is_the_milder():
    rules = read_supervision({"preset": "湛江", "urge_workdays": 5})
    assert (rules.yellow_when, rules.red_when, rules.urge_workdays) == ("overdue_promised", "urged_and_not_done", 5)
    assert not read_supervision({}).step_overdue_counts
    assert HALL.supervision.step_overdue_counts, "the training hall says so"
    assert (HALL.supervision.yellow_when, HALL.supervision.red_when) == ("due_within_workdays", "overdue_promised")


def test_only_what_can_earn_a_card_is_looked_at():
    today, limits = date(2026, 11, 20), (Limit(n=20, extend=10), Limit(n=1, unit="month"))
    near = presets["成都"].horizon(today, limits, HALL.calendar)
    assert near == date(2026, 11, 25)
    far = replace(PERCENT, yellow_percent=50).horizon(today, limits, HALL.calendar)
    halves = [HALL.calendar.due(today, 15).due, HALL.calendar.due(today, 1, "month").due]
    assert far > max(halves), "half of the longest limit may still be ahead of a case that is to get its card today"


def text_with(**lines: str) -> str:
    """The training hall with its supervision section written anew."""
    text = path("halls", "training.yaml").read_text("utf-8")
    begin = text.index("supervision:")
    end = text.index("\nqueue:")
    said = "".join(f"  {key}: {value}\n" for key, value in lines.items())
    return f"{text[:begin]}supervision:\n{said}{text[end:]}"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"preset": "湛江"}, ""), ({"preset": "广东", "yellow_percent": "75", "red_percent": "110"}, ""),
        ({"preset": "上海"}, "成都、湛江、广东"), ({"preset": "成都", "yellow_when": "soon"}, "due_within_workdays"),
        ({"preset": "广东", "red_percent": "90"}, "100 到 1000"), ({"preset": "成都", "card_reply_workdays": "0"}, "1 到 60"),
        ({"remind_before_workdays": "3"}, "缺"), ({"preset": "成都", "blue_when": "never"}, "不认识“blue_when”"),
    ],
)  # fmt: skip
def test_a_hall_file_says_which_line_is_wrong(lines, said):
    document, findings = read_hall_document(text_with(**lines))
    sentences = [str(finding) for finding in findings]
    if not said:
        assert document is not None, sentences
        assert read_hall(document, "v").supervision == read_supervision(
            {key: int(value) if value.isdigit() else value for key, value in lines.items()}
        )
    else:
        assert document is None
        assert any(said in sentence for sentence in sentences), sentences
