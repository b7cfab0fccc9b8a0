"""更新包 `counter-clerk-<version>-<platform>.update`: a ZIP of a whole program folder, a list of it, and signatures over the list.

The list says digest and size of every file, so that one Ed25519 signature covers them all. Nothing of a package is believed
before a key this program was delivered with has signed its list, and no name in it leads out of its folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clerk_app.canonical import canonical
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.whole_file import PART
from clerk_app.ports.updates import UpdateTrouble
from clerk_app.sync.protocol import decode
from clerk_app.updating import FileSaid, Release

SUFFIX, KIND, FORMAT = ".update", "clerk-update", 1
LIST, SIGNED, FOLDER = "list.json", "signatures.json", "program/"
_DOMAIN = b"counter-clerk update list 1\n"
"""Before what is signed: no signature made for anything else is one for a list."""
_BLOCK, _LIST_MOST, _FILES_MOST, _ROOM_MOST = 1 << 20, 32 << 20, 60_000, 4 << 30
_KEPT = "没有装，现在这一版照常用。请中心重发。"
_NOT_OURS = f"这不是更新包，或没有取全，{_KEPT}"
_FORGED = f"更新包不是发行的人签的，{_KEPT}"
_CHANGED = f"更新包里有文件被换过或坏了，{_KEPT}"


def package_name(release: Release) -> str:
    """As it lies on a stick."""
    return f"counter-clerk-{release.version}-{release.platform}{SUFFIX}"


def write_package(folder: Path, said: Release, key: SigningKey, file: Path) -> Release:
    """Whole or not at all; `said` without its files. Raises OSError."""
    release = replace(said, files=dict(_files_of(folder)))
    text = canonical({"kind": KIND, "format": FORMAT, **asdict(release)})
    signed = json.dumps([{"key": key.public, "signature": key.sign(_DOMAIN + text)}])
    part = file.with_name(file.name + PART)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(LIST, text)
            archive.writestr(SIGNED, signed)
            for name, one in release.files.items():
                if not one.link:
                    archive.write(folder / name, FOLDER + name)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return release


def _files_of(folder: Path) -> Iterator[tuple[str, FileSaid]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield name, FileSaid(link=os.readlink(path).replace(os.sep, "/"))
        elif path.is_file():
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            yield name, FileSaid(sha256=digest, size=path.stat().st_size, runs=os.access(path, os.X_OK))


def read_package(file: Path, keys: Collection[str]) -> Release:
    """What its list says, once somebody of `keys` (base64) signed it; raises `UpdateTrouble`."""
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(LIST).file_size > _LIST_MOST or archive.getinfo(SIGNED).file_size > _LIST_MOST:
                raise UpdateTrouble(_NOT_OURS)
            return read_list(archive.read(LIST), archive.read(SIGNED), keys)
    except (OSError, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
        raise UpdateTrouble(_NOT_OURS) from None


def list_of(file: Path) -> tuple[bytes, bytes]:
    """The list and its signatures, to lie beside what was unpacked."""
    with zipfile.ZipFile(file) as archive:
        return archive.read(LIST), archive.read(SIGNED)


def read_list(text: bytes, signatures: bytes, keys: Collection[str]) -> Release:
    """The same of list and signatures alone."""
    if not _signed(text, signatures, keys):
        raise UpdateTrouble(_FORGED)
    rows = json.loads(text)
    if not isinstance(rows, dict) or (rows.pop("kind", ""), rows.pop("format", 0)) != (KIND, FORMAT):
        raise UpdateTrouble(f"更新包的格式这一版程序不认，{_KEPT}")
    try:
        release = msgspec.convert(rows, Release)
    except msgspec.ValidationError:
        raise UpdateTrouble(_NOT_OURS) from None
    named = all(_stays(name) and _points_inside(name, one.link) for name, one in release.files.items())
    if not named or len(release.files) > _FILES_MOST or release.room > _ROOM_MOST or not _starts(release):
        raise UpdateTrouble(_CHANGED)
    return release


def _starts(release: Release) -> bool:
    program = release.files.get(release.program)
    return program is not None and not program.link and program.runs


def _signed(text: bytes, signatures: bytes, keys: Collection[str]) -> bool:
    given: Any = json.loads(signatures)
    return isinstance(given, list) and any(_genuine(one, text) for one in given[:16] if _of(one) in keys)


def _of(one: Any) -> str:
    return str(one.get("key", "")) if isinstance(one, dict) else ""


def _genuine(one: Any, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(decode(_of(one))).verify(decode(str(one["signature"])), _DOMAIN + text)
    except (InvalidSignature, ValueError, KeyError):
        return False
    return True


def _stays(name: str) -> bool:
    """Inside the folder on every system: plain parts, no drive, no way up."""
    parts = PurePosixPath(name).parts
    plain = name.isprintable() and not set(name) & set('\\:*?"<>|') and name == "/".join(parts)
    return plain and bool(parts) and parts[0] != "/" and ".." not in parts and len(name) < 240


def _points_inside(name: str, link: str) -> bool:
    if not link:
        return True
    if not link.isprintable() or link.startswith("/") or set(link) & set("\\:"):
        return False
    at = os.path.normpath(str(PurePosixPath(name).parent / link)).replace(os.sep, "/")
    return at != ".." and not at.startswith("../")


def unpack(file: Path, release: Release, into: Path) -> None:
    """Every file of the list, each as it was signed, links last; raises `UpdateTrouble`, and OSError for a full disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            inside = {name for name in archive.namelist() if not name.endswith("/")} - {LIST, SIGNED}
            if inside != {FOLDER + name for name, one in release.files.items() if not one.link}:
                raise UpdateTrouble(_CHANGED)
            for name, one in release.files.items():
                if not one.link:
                    _put(archive, name, one, into / name)
    except (KeyError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise UpdateTrouble(_CHANGED) from None
    for name, one in release.files.items():
        if one.link:
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).symlink_to(one.link)


def _put(archive: zipfile.ZipFile, name: str, said: FileSaid, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), said.size
    with archive.open(FOLDER + name) as source, target.open("wb") as out:
        while piece := source.read(_BLOCK):
            left -= len(piece)
            if left < 0:  # it says less than it holds: it may never end
                raise UpdateTrouble(_CHANGED)
            digest.update(piece)
            out.write(piece)
    if left or digest.hexdigest() != said.sha256:
        raise UpdateTrouble(_CHANGED)
    target.chmod(0o755 if said.runs else 0o644)


def check_folder(folder: Path, release: Release) -> None:
    """What was unpacked is still what was signed; raises `UpdateTrouble`."""
    for name, one in release.files.items():
        if not _same(folder / name, one):
            raise UpdateTrouble(_CHANGED)


def _same(path: Path, said: FileSaid) -> bool:
    if said.link:
        return path.is_symlink() and os.readlink(path).replace(os.sep, "/") == said.link
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == said.sha256
    except OSError:
        return False


def read_keys(text: str) -> tuple[str, ...]:
    """发行钥匙 a public key (base64) a line; what follows a # is for people. Raises ValueError."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    keys = tuple(line for line in lines if line)
    for key in keys:
        Ed25519PublicKey.from_public_bytes(decode(key))
    return keys
