"""全局按键: what may be a key, what is refused and why, and that a kept table is checked again."""

from __future__ import annotations

import json

import pytest

from ui.hotkeys.table import COUNTER_KEYS, DEFAULTS, SHORT, WORDS, Act, Table, read_table, refusal, write_table
from ui.hotkeys.telling import tell_lost, tell_takes
from ui.shortcuts import BINDINGS, forbidden


@pytest.mark.parametrize("act", Act)
def test_every_default_may_be_used_and_mirrors_the_counters_own_key(act: Act) -> None:
    key = DEFAULTS[act]
    assert refusal(key, act, Table()) == ""
    assert not forbidden(key)
    assert key.startswith("Ctrl+")
    assert key.endswith(str(COUNTER_KEYS[act]).removeprefix("Ctrl+"))
    assert key not in [binding.key for binding in BINDINGS if binding.key != COUNTER_KEYS[act]]


def test_the_defaults_are_all_different_and_every_act_has_words() -> None:
    assert len(set(DEFAULTS.values())) == len(Act)
    assert set(WORDS) == set(SHORT) == set(COUNTER_KEYS) == set(Act)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("F2", "要带上 Ctrl 或 Alt"),
        ("A", "要带上 Ctrl 或 Alt"),
        ("Shift+Home", "要带上 Ctrl 或 Alt"),
        ("Ctrl+C", "剪贴板"),
        ("Ctrl+Alt+F2", "系统、输入法"),
        ("Ctrl+Shift+F2", "系统、输入法"),
        ("Alt+F4", "系统、输入法"),
        ("Ctrl+Space", "不能用"),
        ("Ctrl+F12", "不能用"),
        ("Meta+F2", "不能用"),
        ("Ctrl+;", "不能用"),
        ("Ctrl+K", "「找页面、办件、号票」"),
        ("Ctrl+T", "「替人取号」"),
        ("Ctrl+F3", "已经给了「重呼」"),
        ("Ctrl+F11", "「"),
    ],
)
def test_a_key_is_refused_with_its_reason(key: str, why: str) -> None:
    said = refusal(key, Act.CALL, Table())
    assert why in said
    assert said.startswith(key)


@pytest.mark.parametrize("key", ["Ctrl+F2", "Alt+Home", "Alt+End", "Ctrl+F1", "Ctrl+Alt", "Alt+Pause", "Ctrl+Home"])
def test_free_keys_with_a_modifier_may_be_used(key: str) -> None:
    assert (refusal(key, Act.CALL, Table()) == "") == (key != "Ctrl+Alt")


def test_no_key_is_a_choice() -> None:
    table = Table().with_key(Act.ALARM, "")
    assert refusal("", Act.CALL, table) == ""
    assert read_table(write_table(table)) == table


def test_a_table_is_kept_and_read_again() -> None:
    table = Table(on=False).with_key(Act.CALL, "Alt+Home")
    assert read_table(write_table(table)) == table


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"on": true}', '{"on": true, "keys": [1]}'])
def test_what_is_unreadable_is_as_by_default(text: str) -> None:
    assert read_table(text) == Table()


def test_a_kept_key_that_is_not_allowed_any_more_gives_way() -> None:
    kept = {"on": True, "keys": {"call": "F2", "recall": "Alt+Home", "skip": "Alt+Home", "gone": "Ctrl+F1"}}
    table = read_table(json.dumps(kept))
    assert table.key(Act.CALL) == DEFAULTS[Act.CALL], "never a bare key"
    assert table.key(Act.RECALL) == "Alt+Home"
    assert table.key(Act.SKIP) == DEFAULTS[Act.SKIP], "one key, one act"
    assert len(set(table.keys.values())) == len(Act)


def test_what_other_programs_lose_is_said_with_what_they_use_it_for() -> None:
    table = Table()
    taken = dict.fromkeys(Act, "") | {Act.CALL: "Ctrl+F2 已被别的程序占用，没有设成"}
    said = tell_takes(table, taken)
    assert "Ctrl+F2" not in said
    assert "Ctrl+F4 常是浏览器里关掉一页" in said
    assert tell_takes(table, {}) == ""
    assert tell_lost(table, taken) == "叫下一位：Ctrl+F2 已被别的程序占用，没有设成。其余照常，可换别的键。"
    assert tell_lost(table, dict.fromkeys(Act, "")) == ""
