"""流水和待送 `journal verify|export` and `outbox list`: read beside a running client, with the store's key from the keyring.

A training store may be read with its key in `CLERK_STORE_KEY` (hex); for any other store that variable is refused.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.outside.secrets import KeyringBox
from clerk_app.ports import SecretBoxAway, StoreTrouble
from clerk_app.settings import home
from clerk_app.store.engine import StoreTooNew, StoreUnreadable
from clerk_app.store.reading import StoreReading, StoreTooOld
from clerk_app.sync.verdicts import not_done, undecided

KEY_VARIABLE = "CLERK_STORE_KEY"
STORE = "counter.db"
EVERYTHING = 1_000_000


def journal_arguments(parser: argparse.ArgumentParser) -> None:
    """Verify or export."""
    _arguments(parser, ("verify", "export"))


def outbox_arguments(parser: argparse.ArgumentParser) -> None:
    """List."""
    _arguments(parser, ("list",))


def _arguments(parser: argparse.ArgumentParser, acts: tuple[str, ...]) -> None:
    parser.add_argument("act", choices=acts, metavar="|".join(acts), help="做哪一样")
    parser.add_argument("--data-dir", type=Path, default=home("counter-clerk"), metavar="DIR", help="数据夹")


def journal(namespace: argparse.Namespace) -> Answer:
    """The chain walked, or every envelope as it was hashed and sent."""
    with _store(namespace.data_dir) as store:
        if namespace.act == "export":
            return [json.loads(data) for data in store.envelopes()], 0
        check = store.journal.check()
    return {"rows": check.rows, "head": check.head, "ok": check.ok}, 0 if check.ok else 1


def outbox(namespace: argparse.Namespace) -> Answer:
    """What the centre has not answered, or not taken, in journal order; no personal data stands in it."""
    with _store(namespace.data_dir) as store:
        rows = store.journal.rows(sorted(undecided | not_done), EVERYTHING)
    shown = ("id", "kind", "state", "type", "sentence")
    return [{name: getattr(row, name) for name in shown} for row in reversed(rows)], 0


@contextmanager
def _store(folder: Path) -> Iterator[StoreReading]:
    file = folder / STORE
    if not file.is_file():
        raise UnreadableError(f"“{folder}”里没有数据文件 {STORE}，看看 --data-dir 对不对。")
    asked = os.environ.get(KEY_VARIABLE, "")
    key = _spelled_key(asked) if asked else _kept_key(folder)
    try:
        with StoreReading(file, key) as store:
            if asked and not store.training:
                raise UnreadableError(f"{KEY_VARIABLE} 只用来看练习的数据，这一份不是，没有打开。去掉它再来。")
            yield store
    except StoreUnreadable:
        raise UnreadableError("数据文件打不开：钥匙不对或文件坏了，文件没有动。核对钥匙，或找管理员。") from None
    except StoreTooNew:
        raise UnreadableError("数据文件被更新的程序升级过，这一版看不了，文件没有动。装新版再来。") from None
    except StoreTooOld:
        raise UnreadableError("数据文件还是旧版的，文件没有动。先用客户端打开一次，升级好再来。") from None
    except StoreTrouble as trouble:
        raise UnreadableError(f"数据文件这会儿读不了（{trouble.type}），文件没有动。过一会儿再来。") from None


def _spelled_key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise UnreadableError(f"{KEY_VARIABLE} 要写成 64 个十六进制数字，没有打开。")
    return key


def _kept_key(folder: Path) -> bytes:
    try:
        key = KeyringBox(str(folder.resolve())).get("store-key")
    except SecretBoxAway:
        raise UnreadableError(
            "这台机器没有可用的密钥环，拿不到数据的钥匙，没有打开。在窗口那台机器上登录后再来。"
        ) from None
    if key is None:
        raise UnreadableError("密钥环里没有这份数据的钥匙，没有打开。核对 --data-dir，用窗口的系统账户再来。")
    return key
