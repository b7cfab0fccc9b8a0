"""发行 `release-key make`, `update-package`: the key that signs updates, and a package of a program folder that was built and started."""

from __future__ import annotations

import argparse
import base64
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from clerk_app.command_lines.spoken import Answer, UnreadableError
from clerk_app.outside.keys import SigningKey
from clerk_app.updating import Release, is_version

PUBLIC, PRIVATE = "release_key.pub", "release_key.private"


def release_key_arguments(parser: argparse.ArgumentParser) -> None:
    """Make."""
    parser.add_argument("act", choices=("make",), metavar="make", help="做一把发行钥匙")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="放在哪个文件夹")


def release_key(namespace: argparse.Namespace) -> Answer:
    """The public half goes into `resources/release_keys.txt` before the build, the private half where the seal is kept."""
    folder: Path = namespace.out
    if any((folder / name).exists() for name in (PUBLIC, PRIVATE)):
        raise UnreadableError(f"“{folder}”里已有发行钥匙，没有做新的，原来的没有动。换一个文件夹再来。")
    seed = secrets.token_bytes(32)
    public = SigningKey(seed).public
    try:
        handle = os.open(folder / PRIVATE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(base64.b64encode(seed).decode() + "\n")
        (folder / PUBLIC).write_text(public + "\n", encoding="ascii")
    except OSError:
        raise UnreadableError(f"“{folder}”里写不进，发行钥匙没有做成。看看文件夹在不在、权限对不对。") from None
    return {"public": public, "files": [str(folder / PUBLIC), str(folder / PRIVATE)]}, 0


def update_package_arguments(parser: argparse.ArgumentParser) -> None:
    """Folder, key, notes."""
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="make dist 打好的程序文件夹")
    parser.add_argument("--key", metavar="FILE", type=Path, required=True, help="发行钥匙的私有一半")
    parser.add_argument(
        "--notes", metavar="FILE", type=Path, required=True, help="这一版有什么，几句中文，给窗口人员看"
    )
    parser.add_argument("--out", metavar="FOLDER", type=Path, default=Path(), help="放在哪个文件夹，默认这里")


def update_package(namespace: argparse.Namespace) -> Answer:
    """What the folder says of itself, and what this source speaks: the folder is built from it."""
    from clerk_app.outside.update_package import package_name, read_package, write_package

    try:
        said = json.loads((namespace.folder / "version.json").read_text(encoding="utf-8"))
        notes = namespace.notes.read_text(encoding="utf-8-sig").strip()
        release, key = _release(said, notes), _key(namespace.key)
        file = namespace.out / package_name(release)
        release = write_package(namespace.folder, release, key, file)
        read_package(file, (key.public,))
    except (OSError, ValueError, KeyError, TypeError):
        raise UnreadableError(
            "更新包没有做成：程序文件夹里要有 version.json，钥匙、说明和放的地方要能读写。看好再来。"
        ) from None
    return {"file": str(file), "version": release.version, "platform": release.platform, "files": len(release.files)}, 0


def _release(said: dict[str, str], notes: str) -> Release:
    from clerk_app.store.engine import versions_known
    from clerk_app.sync.protocol import CLIENT, OLDEST_CLIENT

    if not is_version(said["version"]) or not notes:
        raise ValueError(said["version"])
    return Release(
        version=said["version"],
        platform=said["platform"],
        glibc=said.get("glibc", ""),
        client=CLIENT,
        oldest=OLDEST_CLIENT,
        schema=versions_known(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        notes=notes,
        program=said["program"],
    )


def _key(file: Path) -> SigningKey:
    seed = base64.b64decode(file.read_text(encoding="ascii").strip(), validate=True)
    if len(seed) != 32:
        raise ValueError(len(seed))
    return SigningKey(seed)
