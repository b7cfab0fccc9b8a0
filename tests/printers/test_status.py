from __future__ import annotations

import pytest

from printers.status import as_bytes, hindrance, is_status, lamp

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ({1: 0x1A, 2: 0x16}, "上盖开着"),
        ({1: 0x1A, 2: 0x32}, "缺纸"),
        ({4: 0x7E}, "缺纸"),
        ({3: 0x1A}, "切刀卡住"),
        ({3: 0x32}, "故障"),
        ({3: 0x52}, "降温"),
        ({2: 0x52}, "报错"),
        ({1: 0x1A}, "脱机"),
    ],
)
def test_each_hindrance_has_its_sentence(answers, word):
    assert word in hindrance(WELL | answers)
    lit = lamp(WELL | answers)
    assert (lit.ready, lit.known) == (False, True)
    assert word in lit.said


def test_near_end_still_prints_and_is_said():
    assert lamp(WELL | {4: 0x1E}).ready
    assert "纸将尽" in lamp(WELL | {4: 0x1E}).said


def test_no_answer_is_not_a_yes():
    lit = lamp({})
    assert (lit.ready, lit.known) == (False, False)
    assert as_bytes({}) == b""


def test_only_bytes_with_the_fixed_bits_are_answers():
    assert [byte for byte in range(256) if is_status(byte)] == [
        byte for byte in range(256) if f"{byte:08b}"[0] == "0" and f"{byte:08b}"[3] == "1" and f"{byte:08b}"[6:] == "10"
    ]
