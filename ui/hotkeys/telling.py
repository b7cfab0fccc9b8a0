"""按键页怎么说 the table of keys and what became of each, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ui.hotkeys.table import CUSTOMARY, SHORT, WORDS, Act, Table
from ui.hotkeys.view import KeyRow, KeysView
from ui.language import tr

OFF = tr("没有打开，别的程序在前面时只能点叫号条。")


def tell_keys(
    table: Table, taken: Mapping[Act, str], refused: Mapping[Act, str], trouble: str, built: frozenset[Act]
) -> KeysView:
    """`taken` holds by act why a key is not ours, empty when it is; `refused` why the last key that was asked for was not put in."""
    return KeysView(
        on=table.on,
        rows=tuple(_row(act, table, taken, refused) for act in Act if act in built),
        takes=tell_takes(table, taken) if table.on and not trouble else "",
        trouble=trouble or ("" if table.on else OFF),
    )


def _row(act: Act, table: Table, taken: Mapping[Act, str], refused: Mapping[Act, str]) -> KeyRow:
    key, why = table.key(act), refused.get(act, "") or taken.get(act, "")
    if why:
        return KeyRow(act=act, words=WORDS[act], key=key, said=why, tone="warn")
    if key and act in taken:
        return KeyRow(act=act, words=WORDS[act], key=key, said=tr("能用"), tone="ok")
    return KeyRow(act=act, words=WORDS[act], key=key, said="" if key else tr("没有按键"))


def tell_takes(table: Table, taken: Mapping[Act, str]) -> str:
    """Which keys other programs do not get any more, and what they use them for."""
    ours = [table.key(act) for act in Act if table.key(act) and taken.get(act) == ""]
    if not ours:
        return ""
    known = tr("，").join(
        tr("{key} 常是{customary}", key=key, customary=CUSTOMARY[key]) for key in ours if key in CUSTOMARY
    )
    return tr(
        "{names} 归叫号用，登录期间别的程序收不到这几个键{value}。",
        names=tr("、").join(ours),
        value=tr("（{known}）", known=known) if known else "",
    )


def tell_lost(table: Table, taken: Mapping[Act, str]) -> str:
    """The keys that could not be taken, in one sentence for the status line; empty when all could."""
    lost = [tr("{short}：{why}", short=SHORT[act], why=why) for act, why in taken.items() if why]
    return tr("{names}。其余照常，可换别的键。", names=tr("；").join(lost)) if lost else ""
