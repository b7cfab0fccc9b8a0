"""全局按键 which key does what while another program is in front: a table the clerk may change, checked before it is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ui.language import tr
from ui.shortcuts import BINDINGS, Key, forbidden


class Act(StrEnum):
    """全局动作 what can be done from under another program."""

    CALL = "call"
    RECALL = "recall"
    SKIP = "skip"
    HOLD = "hold"
    FINISH = "finish"
    PAUSE = "pause"
    ALARM = "alarm"


WORDS: dict[Act, str] = {
    Act.CALL: tr("叫下一位；叫了以后：来了"),
    Act.RECALL: tr("重呼"),
    Act.SKIP: tr("过号"),
    Act.HOLD: tr("挂起"),
    Act.FINISH: tr("办结本号"),
    Act.PAUSE: tr("暂停、恢复叫号"),
    Act.ALARM: tr("静默求助（值班长看得见，本窗不出声）"),
}
SHORT: dict[Act, str] = {act: words.partition("；")[0].partition("（")[0] for act, words in WORDS.items()}
COUNTER_KEYS: dict[Act, Key] = {
    Act.CALL: Key.CALL_NEXT,
    Act.RECALL: Key.RECALL,
    Act.SKIP: Key.SKIP,
    Act.HOLD: Key.HOLD,
    Act.FINISH: Key.FINISH,
    Act.PAUSE: Key.PAUSE,
    Act.ALARM: Key.ALARM,
}
"""The keys that do the same inside the program."""
DEFAULTS: dict[Act, str] = {
    act: str(key) if key.startswith("Ctrl+") else f"Ctrl+{key}" for act, key in COUNTER_KEYS.items()
}
"""The counter's own keys with Ctrl: bare, they would rob the department's program."""
CUSTOMARY = {
    "Ctrl+F4": tr("浏览器里关掉一页"),
    "Ctrl+F5": tr("浏览器里重新载入"),
    "Ctrl+F6": tr("文字处理里换一个文档"),
    "Ctrl+F9": tr("文字处理里插入域"),
    "Ctrl+F10": tr("文字处理里放大窗口"),
    "Alt+Home": tr("浏览器里回主页"),
    "Alt+Right": tr("浏览器里前进"),
    "Ctrl+Home": tr("回到文首"),
    "Ctrl+End": tr("到文末"),
    "Ctrl+Insert": tr("复制"),
}
"""What other programs use a key for: it will not work there any more, and that is said."""
_MODIFIERS = ("Ctrl", "Alt", "Shift")
_NAMED = ("Home", "End", "PgUp", "PgDown", "Insert", "Pause", "Left", "Right", "Up", "Down")
KNOWN = frozenset((*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"0123456789", *(f"F{n}" for n in range(1, 12)), *_NAMED))


@dataclass(frozen=True, kw_only=True)
class Table:
    """键表 `keys` by act, an empty key for an act nobody wants a key for; `on` whether any is taken at all."""

    on: bool = True
    keys: Mapping[Act, str] = field(default_factory=lambda: dict(DEFAULTS))

    def key(self, act: Act) -> str:
        """The key of an act; empty for none."""
        return self.keys.get(act, "")

    def with_key(self, act: Act, key: str) -> Table:
        """Another key for one act."""
        return replace(self, keys={**self.keys, act: key})


def parts_of(key: str) -> tuple[frozenset[str], str]:
    """Modifiers and the key itself."""
    *held, last = key.split("+")
    return frozenset(held), last


def refusal(key: str, act: Act, table: Table) -> str:
    """Why this key cannot be this act's; empty when it can."""
    if not key:
        return ""
    held, last = parts_of(key)
    if last not in KNOWN or not held <= set(_MODIFIERS):
        return tr("{key} 不能用：只认字母、数字、F1–F11、Home、End、PgUp、PgDown、Insert、Pause 和方向键", key=key)
    if not held & {"Ctrl", "Alt"}:
        return tr("{key} 要带上 Ctrl 或 Alt，不然别的程序里就打不出这个键了", key=key)
    if forbidden(key):
        return tr("{key} 是系统、输入法或剪贴板用的，换一个", key=key)
    ours = next((one.words for one in BINDINGS if one.key == key and key != COUNTER_KEYS[act]), "")
    if ours:
        return tr("{key} 在本程序里是「{ours}」，换一个", key=key, ours=ours)
    other = next((one for one, taken in table.keys.items() if one != act and taken == key), None)
    return tr("{key} 已经给了「{short}」，换一个", key=key, short=SHORT[other]) if other is not None else ""


def read_table(text: str) -> Table:
    """From what was kept; what is unreadable or not allowed any more is as by default, what is new has its default."""
    try:
        kept = json.loads(text)
        on, keys = bool(kept["on"]), {Act(name): str(key) for name, key in kept["keys"].items() if name in set(Act)}
    except (ValueError, TypeError, KeyError, AttributeError):
        return Table()
    table = Table(on=on, keys=dict.fromkeys(Act, ""))
    for act in Act:
        for key in (keys.get(act, DEFAULTS[act]), DEFAULTS[act]):
            if not refusal(key, act, table):
                table = table.with_key(act, key)
                break
    return table


def write_table(table: Table) -> str:
    """To be kept."""
    return json.dumps({"on": table.on, "keys": {str(act): key for act, key in table.keys.items()}})
