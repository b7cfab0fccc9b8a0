from __future__ import annotations

from itertools import product

import pytest

from printers import test_page as page
from printers.profiles import Profile
from printers.render import maker_of
from printers.show import show, symbols

GOOD = {"ruler": "fits", "letters": "right", "code": "both"}
EVERY = [
    dict(zip(("ruler", "letters", "code"), keys, strict=True))
    for keys in product(*([key for key, _ in question.answers] for question in page.QUESTIONS))
]


def test_good_answers_change_nothing_but_are_kept():
    profile = Profile(name="一号机", columns=42, completion="fence", status="full")
    kept = page.learned(profile, GOOD)
    assert kept == Profile(name="一号机", columns=42, completion="fence", status="full", answers=GOOD)


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ({"ruler": "wraps"}, {"columns": 42}),
        ({"letters": "common"}, {"rom": "gb2312"}),
        ({"letters": "garbled"}, {"rom": "ascii"}),
        ({"code": "not_cut"}, {"cutter": False}),
        ({"code": "no_code"}, {"native_qr": False}),
        ({"code": "neither"}, {"native_qr": False, "cutter": False}),
    ],
)
def test_an_answer_becomes_the_profile(answer, wanted):
    kept = page.learned(Profile(columns=48), GOOD | answer)
    assert kept == Profile(**{"columns": 48, "answers": GOOD | answer} | wanted)


def test_a_narrow_paper_does_not_get_narrower_and_a_wide_one_not_wider():
    assert page.learned(Profile(columns=32), GOOD | {"ruler": "wraps"}).columns == 32
    assert page.learned(Profile(columns=32), GOOD | {"ruler": "short"}).columns == 42
    assert page.learned(Profile(columns=48), GOOD | {"ruler": "short"}).columns == 48


@pytest.mark.parametrize("answers", [{}, {"ruler": "fits"}, GOOD | {"ruler": "perhaps"}, GOOD | {"colour": "red"}])
def test_what_is_no_answer_is_one_sentence(answers):
    with pytest.raises(ValueError, match=r"。$"):
        page.learned(Profile(), answers)


@pytest.mark.parametrize("answers", EVERY, ids=lambda answers: "-".join(answers.values()))
@pytest.mark.parametrize("columns", [32, 42, 48])
def test_whatever_is_answered_the_next_page_can_be_made(answers, columns):
    profile = page.learned(Profile(columns=columns), answers)
    made = maker_of(profile).make(page.test_page(profile, "二层号票机"))
    words = show(made)
    assert ("切纸" in words) == profile.cutter
    assert list(symbols(made)) == (["https://example.invalid/printer-test?to=二层号票机"] if profile.native_qr else [])
    assert ("1234567890" * 5)[: profile.columns] in words.split("\n")


@pytest.mark.parametrize("rom", ["gb18030", "gbk", "gb2312", "ascii"])
def test_the_letters_the_printer_has_are_written_and_the_others_drawn(rom):
    maker = maker_of(Profile(rom=rom))
    drawn = " ".join(maker.drawn(page.test_page(Profile(rom=rom), "一号机")))
    assert ("临江市" in drawn, "镕堃" in drawn, "𬭊" in drawn) == {
        "gb18030": (False, False, False),
        "gbk": (False, False, True),
        "gb2312": (False, True, True),
        "ascii": (True, True, True),
    }[rom]


def test_the_page_says_what_is_known_of_the_device():
    profile = Profile(name="爱普生 TM-T88V", columns=42, completion="process_id")
    words = show(maker_of(profile).make(page.test_page(profile, "一号机")))
    for part in ("爱普生 TM-T88V", "42 列", "会回报每一张打完"):
        assert part in words
