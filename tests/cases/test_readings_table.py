"""读音表 is what the library says, character by character; what it does not hold is asked of the library."""

from __future__ import annotations

from clerk_app.cases import pinyin
from tests.cases import readings_table


def test_the_table_is_the_librarys() -> None:
    assert "".join(readings_table.lines()) == readings_table.FILE.read_text("utf-8")
    for character in map(chr, range(readings_table.FIRST, readings_table.LAST + 1)):
        assert pinyin.readings(character) == readings_table.readings_of(character)


def test_a_rare_character_is_asked_of_the_library_and_no_sign_is_read() -> None:
    for rare in "〇豈𠮷":
        assert pinyin.readings(rare) == readings_table.readings_of(rare)
    for sign in "，（·☺éＡ":
        assert pinyin.readings(sign) == readings_table.readings_of(sign) == ()
    assert pinyin.readings("7") == ("7",)
