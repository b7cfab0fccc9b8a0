"""The table of keys: no doubles, nothing that belongs to an input method, a desktop or a line edit."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from ui import shortcuts
from ui.shortcuts import ANYWHERE, BINDINGS, Key, forbidden, of_page
from ui.widgets.key_button import key_sequences


def test_no_key_is_bound_twice_where_both_could_act() -> None:
    assert shortcuts.doubles() == []


@pytest.mark.parametrize("key", sorted({binding.key for binding in BINDINGS}))
def test_no_key_belongs_to_somebody_else(key: str) -> None:
    assert not forbidden(key)


@pytest.mark.parametrize(
    "key",
    ["Ctrl+Space", "Shift+Space", "F12", "Ctrl+Alt+T", "Ctrl+Shift+F", "Alt+F4", "Super+L", "Ctrl+E", "Ctrl+U",
     "Alt+A", "Alt+Down", "Ctrl+;", "Ctrl+7", "A"],
)  # fmt: skip
def test_what_must_never_be_bound_is_known(key: str) -> None:
    assert forbidden(key)


@pytest.mark.parametrize("key", list(Key))
def test_qt_understands_every_key(key: Key) -> None:
    for sequence in key_sequences(key):
        assert sequence.count() == 1
        assert sequence.toString() != ""


def test_every_key_of_the_desk_stands_in_the_table() -> None:
    assert {binding.key for binding in BINDINGS} == set(Key)


def test_both_enter_keys_make_the_next_step() -> None:
    assert key_sequences(Key.NEXT_STEP) == [QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")]


def test_larger_text_needs_no_shift() -> None:
    assert QKeySequence("Ctrl+=") in key_sequences(Key.LARGER)


def test_f1_lists_the_page_first_then_what_works_anywhere() -> None:
    listed = of_page("counter")
    pages = [binding.page for binding in listed]
    assert pages == sorted(pages, key=lambda page: page == ANYWHERE)
    assert listed[0].key == Key.CALL_NEXT
    assert any(binding.key == Key.LEAVE for binding in listed)


def test_f1_shows_nothing_that_is_not_built_and_nothing_of_other_pages() -> None:
    listed = of_page("counter")
    assert all(binding.built for binding in listed)
    assert {binding.page for binding in listed} == {"counter", ANYWHERE}


def test_the_pages_numbers_are_one_line() -> None:
    keys = [binding.key for binding in of_page("")]
    assert "Alt+1–9" in keys
    assert Key.PAGE_3 not in keys


def test_doubles_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = (
        *BINDINGS,
        shortcuts.Binding(Key.LEAVE, "别的", "counter"),
        shortcuts.Binding(Key.HOLD, "又一个", "counter"),
    )
    monkeypatch.setattr(shortcuts, "BINDINGS", twice)
    assert set(shortcuts.doubles()) == {(Key.LEAVE, "counter"), (Key.HOLD, "counter")}


def test_every_binding_has_words_for_the_clerk() -> None:
    for binding in BINDINGS:
        assert binding.words
        assert not binding.words.isascii()
