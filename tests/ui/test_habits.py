"""本机习惯: one small file; what is unreadable is forgotten, and a full disk costs a habit, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.habits import FILE, Habits


def test_parts_are_kept_beside_each_other(tmp_path: Path) -> None:
    load, save = Habits(tmp_path).part("call_bar")
    other, keep = Habits(tmp_path).part("global_keys")
    assert load() == ""
    save("左边")
    keep("Ctrl+F2")
    assert (load(), other()) == ("左边", "Ctrl+F2")
    assert Habits(tmp_path).part("call_bar")[0]() == "左边"
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("text", ["", "nonsense", "[1]", "\x00"])
def test_what_is_unreadable_is_empty_and_written_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    load, save = Habits(tmp_path).part("call_bar")
    assert load() == ""
    save("右边")
    assert load() == "右边"


def test_where_nothing_can_be_written_nothing_happens(tmp_path: Path) -> None:
    load, save = Habits(tmp_path / "gone").part("call_bar")
    save("左边")
    assert load() == ""
