"""看库 the store opened beside a running client by this desk's key, and whatever is wrong with that in one sentence.

A training store may be read with its key in `CLERK_STORE_KEY` (hex); for any other store that variable is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clerk_app.command_lines.desk_keys import DeskKeys
from clerk_app.command_lines.spoken import UnreadableError
from clerk_app.ports import StoreTrouble
from clerk_app.store.engine import StoreTooNew, StoreUnreadable
from clerk_app.store.reading import StoreReading, StoreTooOld

KEY_VARIABLE = "CLERK_STORE_KEY"
STORE = "counter.db"


@contextmanager
def opened_store(folder: Path, keys: DeskKeys | None = None) -> Iterator[StoreReading]:
    """For reading; `keys` of this desk are handed in by those who need more of them. Raises `UnreadableError`."""
    file = folder / STORE
    if not file.is_file():
        raise UnreadableError(f"“{folder}”里没有数据文件 {STORE}，看看 --data-dir 对不对。")
    key = store_key(keys or DeskKeys(folder))
    with saying_what_is_wrong(), StoreReading(file, key) as store:
        if os.environ.get(KEY_VARIABLE) and not store.training:
            raise UnreadableError(f"{KEY_VARIABLE} 只用来看练习的数据，这一份不是，没有打开。去掉它再来。")
        yield store


def store_key(keys: DeskKeys) -> bytes:
    """As it was typed into the environment, else this desk's; raises `UnreadableError`."""
    asked = os.environ.get(KEY_VARIABLE, "")
    return _spelled_key(asked) if asked else keys.secret("store-key")


@contextmanager
def saying_what_is_wrong() -> Iterator[None]:
    """A store's exceptions as `UnreadableError`."""
    try:
        yield
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
