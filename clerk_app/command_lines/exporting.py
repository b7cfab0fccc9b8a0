"""取出来 unsent work as one encrypted file: from a living desk, from a dead one's disk, or from its second copy."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_app.command_lines.asking import ask, ask_secret, say
from clerk_app.command_lines.attachments import Carried, machines_left_in, of_folder, of_store, take_along
from clerk_app.command_lines.desk_file import file_named
from clerk_app.command_lines.desk_keys import DeskKeys
from clerk_app.command_lines.opened_store import KEY_VARIABLE, STORE, opened_store, saying_what_is_wrong, store_key
from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.recovery import (
    WRAPPED,
    RecoveryKey,
    RecoveryProblem,
    certificate_text,
    encrypt_for,
    open_recovery_key,
    read_certificate,
    unwrap_store_key,
)
from clerk_app.outside.second_copy import copies_in
from clerk_app.outside.unsent_file import Maker, UnsentFile, read_document, write_document
from clerk_app.outside.whole_file import write_whole
from clerk_app.ports.copies import Heading, Unsent
from clerk_app.store.columns import HALL_ZONE
from clerk_app.store.engine import migrate, open_engine
from clerk_app.store.gate import Gate
from clerk_app.store.unsent import UnsentBook
from clerk_app.store.unsent_blobs import UnsentBlobBook

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

TRAINING_CERTIFICATE = Path("recovery", "recovery.pem")


@dataclass(frozen=True)
class Found:
    """取到的 whose it is, its unsent rows and attachments, and which files could not be read."""

    heading: Heading
    rows: tuple[Unsent, ...]
    carried: Carried
    damaged: tuple[str, ...] = ()


def export(namespace: argparse.Namespace) -> Answer:
    """From this desk, beside its client: signed by the device's key."""
    folder: Path = namespace.data_dir
    keys = DeskKeys(folder)
    with opened_store(folder, keys) as store:
        pem = certificate_text(_certificate_file(folder), store.hall_document())
        if pem is None:
            raise UnreadableError("还没有恢复证书，没有取出来。请管理员把证书写进 desk.toml 的 recovery 或大厅资料。")
        # The key in the environment is for looking at practice data without a keyring: there is no device key then.
        sign = None if os.environ.get(KEY_VARIABLE) else SigningKey(keys.secret("device-key")).sign
        carried = of_store(store.unsent_blobs, store_key(keys))
        found = Found(store.unsent.heading(), store.unsent.unsent(), carried)
        return _written(namespace.out, found, Maker(at=datetime.now(HALL_ZONE), sign=sign), read_certificate(pem))


def export_recovered(namespace: argparse.Namespace) -> Answer:
    """Two persons, each with his half; who they are stands in the file."""
    if namespace.key is None:
        raise UnreadableError("恢复要有恢复钥匙，没有取出来。加上 --key 和 .p12 文件。")
    people, recovery = _two_people(namespace.key)
    with ExitStack() as stack:
        if namespace.from_copies is not None:
            found = _from_copies(namespace.from_copies, namespace.device, recovery)
        else:
            found = _from_disk(namespace.store or namespace.data_dir, recovery, stack)
        maker = Maker(at=datetime.now(HALL_ZONE), people=people)
        return _written(namespace.out, found, maker, recovery.certificate)


def _written(out: Path, found: Found, maker: Maker, certificate: Certificate) -> Answer:
    """The commands first; a full disk may then still stop the attachments. Exit 1 when something could not be read."""
    _write(out, encrypt_for(certificate, write_document(found.heading, found.rows, maker)))
    for name in found.damaged:
        say(f"{name} 坏了或不全，里面的没有取到，别的都取了。找另一份。")
    device = found.heading.head.device
    attachments = take_along(out, device, found.carried, certificate)
    answer = {
        "file": str(out),
        "device": device,
        "commands": len(found.rows),
        "attachments": attachments,
        "signed": maker.sign is not None,
        "people": list(maker.people),
        "damaged": list(found.damaged),
    }
    return answer, 1 if found.damaged or attachments["unreadable"] else 0


def _two_people(key: Path) -> tuple[tuple[str, str], RecoveryKey]:
    first, first_half = ask("第一个人的姓名或工号"), ask_secret("第一个人的一半口令")
    second, second_half = ask("第二个人的姓名或工号"), ask_secret("第二个人的一半口令")
    if first == second:
        raise UnreadableError("两次写的是同一个人，没有打开。要两个人在场，各写各的。")
    return (first, second), open_recovery_key(read_bytes(key), (first_half, second_half))


def read_bytes(file: Path) -> bytes:
    """Raises `UnreadableError`."""
    try:
        return file.read_bytes()
    except OSError:
        raise UnreadableError(f"“{file}”打不开，什么都没做。看看路径对不对、能不能读。") from None


def _write(file: Path, data: bytes) -> None:
    try:
        write_whole(file, data)
    except OSError:
        raise UnreadableError(f"“{file}”写不进，没有取出来。换一个地方再来。") from None


def _certificate_file(folder: Path) -> Path | None:
    """What `desk.toml` names; a training hall has its own."""
    own = folder / TRAINING_CERTIFICATE
    return file_named(folder, "recovery") or (own if own.is_file() else None)


def _from_disk(place: Path, recovery: RecoveryKey, stack: ExitStack) -> Found:
    file = place / STORE if place.is_dir() else place
    if not file.is_file():
        raise UnreadableError(f"“{place}”里没有数据文件 {STORE}，没有打开。看看 --store 对不对。")
    key = unwrap_store_key(read_bytes(file.with_name(WRAPPED)), recovery)
    gate = stack.enter_context(_looked_into(file, key))
    rows, blobs = UnsentBook(gate), UnsentBlobBook(gate, file.parent / "blobs", key)
    return Found(rows.heading(), rows.unsent(), of_store(blobs, key))


@contextmanager
def _looked_into(file: Path, key: bytes) -> Iterator[Gate]:
    """A copy, still encrypted, that may be upgraded: the dead machine's disk stays as it is, and may be read-only."""
    with tempfile.TemporaryDirectory(prefix="hui-fu-") as folder, saying_what_is_wrong():
        copy = Path(folder) / STORE
        try:
            for end in ("", "-wal"):
                beside = file.with_name(file.name + end)
                if beside.exists():
                    shutil.copyfile(beside, copy.with_name(copy.name + end))
        except OSError:
            raise UnreadableError(f"“{file}”读不全，没有打开，它没有动。换一台机器读这块盘再来。") from None
        engine = open_engine(copy, key)
        try:
            migrate(engine, copy)
            yield Gate(engine)
        finally:
            engine.dispose()


def _from_copies(folder: Path, device: str, recovery: RecoveryKey) -> Found:
    try:
        all_ = copies_in(folder)
    except OSError:
        raise UnreadableError(f"“{folder}”打不开，没有取。看看路径对不对、能不能读。") from None
    device = only_machine(folder, device)
    if device not in all_:
        raise UnreadableError(f"这台没有未送的步骤，只有附件，不用取。直接 outbox import {folder / device}。")
    files, damaged = [], []
    for file in all_[device]:
        try:
            files.append(read_document(recovery.open(read_bytes(file))))
        except RecoveryProblem as problem:
            if len(all_[device]) == 1:
                raise
            say(f"{file.name}：{problem}")
            damaged.append(file.name)
    if not files:
        raise UnreadableError("第二份的文件一个也读不了，没有取。换另一份，或用它的盘。")
    return Found(newest(files).heading(), joined(files), of_folder(folder, device, recovery), tuple(damaged))


def only_machine(folder: Path, device: str) -> str:
    """The machine that was said, or the only one that left something in this folder; raises `UnreadableError`, OSError."""
    all_ = sorted({*copies_in(folder), *machines_left_in(folder)})
    device = device or (all_[0] if len(all_) == 1 else "")
    if device not in all_:
        known = "、".join(all_) or "一台也没有"
        raise UnreadableError(f"要写明是哪一台的，没有取。用 --device；这里有：{known}。")
    return device


def newest(files: Sequence[UnsentFile]) -> UnsentFile:
    """The one that saw most of the journal."""
    return max(files, key=lambda file: (file.head.incarnation, file.head.seq, file.made_at))


def joined(files: Sequence[UnsentFile]) -> tuple[Unsent, ...]:
    """Each row once, as the newest file has it, in the order of the chain."""
    rows: dict[tuple[int, int], Unsent] = {}
    for file in sorted(files, key=lambda file: file.made_at):
        rows.update({(row.incarnation, row.seq): row for row in file.unsent()})
    return tuple(rows[place] for place in sorted(rows))
