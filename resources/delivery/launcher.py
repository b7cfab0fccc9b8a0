"""启动器 starts the version the pointer names; one that does not come up twice is given up for the version before, by itself.

Nothing but the standard library: it is the part that is never replaced, and must start whatever came with an update.
Beside the desk's data lies `program/`: `versions/<version>/` (whole folders, never written to again), `current` (JSON, the pointer,
replaced in one step), `before/<version>/` (the whole store, copied before the change). Without a pointer the installed program
runs; when somebody installs another one by hand, that one does.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

FOLDER, CURRENT, LOCK, VERSION = "program", "current", "launcher.lock", "version.json"
LAUNCHED, LAUNCHER, RUNNING = "CLERK_LAUNCHED", "CLERK_LAUNCHER", "CLERK_VERSION"
STORE, STORE_LOCK, LIST = "counter.db", "counter.lock", "list.json"
TRIES = 2
_looking = ("--doctor", "--json", "--restore", "--setup", "--return", "--help", "-h", "--tour")
"""Words after which nobody waits for a sign-in page: such a start is no trial."""


def launch(words: list[str], installed: Path) -> int | None:
    """The exit code of the version that ran; None: the installed program itself is to run."""
    os.environ.setdefault(LAUNCHER, sys.executable)
    if os.environ.get(LAUNCHED):
        return None
    root, looking = data_of(words) / FOLDER, any(word in _looking for word in words)
    if "--demo" in words or looking:
        return _run(root, _pointer(root, installed), words)
    with _locked(root / LOCK) as mine:
        code = _try(root, installed, words) if mine else None
    return _run(root, _pointer(root, installed), words) if code is None else code


def _try(root: Path, installed: Path, words: list[str]) -> int | None:
    """The exit code of a version on trial; None: there is none on trial (any more), or it cannot be written down."""
    while True:
        pointer = _pointer(root, installed)
        if pointer is None or pointer.get("healthy") or _in_use(root.parent):
            return None
        tries = int(pointer.get("tries", 0))
        try:
            if tries >= TRIES:
                _fall_back(root, pointer)
                continue
            _write(root, {**pointer, "tries": tries + 1})
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return None
        code = _run(root, pointer, words, wait=True)
        if code == 0 or (_read(root) or {}).get("healthy"):
            return code


def data_of(words: list[str]) -> Path:
    """The desk's data folder, as the program finds it; practice runs the desk's own version."""
    for place, word in enumerate(words):
        if word.startswith("--data-dir="):
            return Path(word.partition("=")[2])
        if word == "--data-dir" and place + 1 < len(words):
            return Path(words[place + 1])
    name = "counter-kiosk" if "--kiosk" in words else "counter-clerk"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / name
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / name


def version_in(folder: Path) -> str:
    """What a program's folder says it is; empty when it says nothing."""
    try:
        said = json.loads((folder / VERSION).read_text(encoding="utf-8"))
        return str(said["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _read(root: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((root / CURRENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _pointer(root: Path, installed: Path) -> dict[str, Any] | None:
    """What is to run; None for the installed program: nothing was taken yet, or another one was installed by hand since."""
    found = _read(root)
    if found is None or not found.get("version") or found.get("base", "") != version_in(installed):
        return None
    return found if _program(root, found) is not None else _before(root, found)


def _before(root: Path, pointer: dict[str, Any]) -> dict[str, Any] | None:
    """Its folder is gone: the one before, as long as that can read the store."""
    older = {**pointer, "version": pointer.get("previous", ""), "program": pointer.get("previous_program", "")}
    return older if _program(root, older) is not None and not _changed(pointer) else None


def _program(root: Path, pointer: dict[str, Any]) -> Path | None:
    name = pointer.get("program")
    program = root / "versions" / str(pointer.get("version")) / name if isinstance(name, str) and name else None
    return program if program is not None and program.is_file() else None


def _changed(pointer: dict[str, Any]) -> bool:
    return bool(pointer.get("schema") != pointer.get("to_schema"))


def _run(root: Path, pointer: dict[str, Any] | None, words: list[str], *, wait: bool = False) -> int | None:
    program = None if pointer is None else _program(root, pointer)
    if program is None or pointer is None:
        return None
    env = _outer(str(pointer["version"]))
    try:
        if wait or os.name == "nt":
            return subprocess.call([str(program), *words], env=env)
        os.execve(program, [str(program), *words], env)
    except OSError:
        return 127 if wait else None


def _outer(version: str) -> dict[str, str]:
    """The environment as it was before this program's own loader changed it: the other one has libraries of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("_PYI_")}
    if getattr(sys, "frozen", False):
        kept = env.pop("LD_LIBRARY_PATH_ORIG", None)
        env.pop("LD_LIBRARY_PATH", None)
        env |= {"LD_LIBRARY_PATH": kept} if kept else {}
        env["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    return {**env, LAUNCHED: version, RUNNING: version}


def _fall_back(root: Path, pointer: dict[str, Any]) -> None:
    """Every step may be done again: until the pointer says otherwise this is where the next start goes on.

    Nobody could sign in to what never showed its sign-in page, so nothing was made since the copy.
    """
    copy = root / str(pointer.get("copy", ""))
    if _changed(pointer) and copy.is_file():
        _put_back(root.parent, copy)
    failed = str(pointer["version"])
    _write(
        root,
        {
            **pointer,
            "version": pointer.get("previous", ""),
            "program": pointer.get("previous_program", ""),
            "previous": "",
            "previous_program": "",
            "back": False,
            "since": time.time(),
            "copy": "",
            "to_schema": pointer.get("schema"),
            "tries": 0,
            "healthy": True,
            "refused": sorted({*map(str, pointer.get("refused", ())), failed}),
            "returned": {"from": failed, "why": "not_up", "at": time.time()},
        },
    )


def _put_back(data: Path, copy: Path) -> None:
    """The store as it was; what the failed version left lies beside it. Its log goes first: it must not be read into another file."""
    waiting = data / f"{STORE}.back"
    with zipfile.ZipFile(copy) as archive:
        digest = json.loads(archive.read(LIST))["files"][STORE]
        with archive.open(STORE) as source, waiting.open("wb") as out:
            shutil.copyfileobj(source, out)
            _settle(out)
    with waiting.open("rb") as found:
        if hashlib.file_digest(found, "sha256").hexdigest() != digest:
            raise OSError(copy.name)
    stamp = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(data / STORE, data / f"counter.tried-{stamp}.db")
    for tail in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            (data / f"{STORE}{tail}").rename(data / f"counter.tried-{stamp}.db{tail}")
    os.replace(waiting, data / STORE)


def _write(root: Path, pointer: dict[str, Any]) -> None:
    part = root / f"{CURRENT}.part"
    with part.open("w", encoding="utf-8") as out:
        json.dump(pointer, out)
        _settle(out)
    os.replace(part, root / CURRENT)


def _settle(out: IO[Any]) -> None:
    out.flush()
    os.fsync(out.fileno())


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[bool]:
    """Whether the file's lock was free; the system lets it go with this process."""
    if not file.parent.is_dir():
        yield False
        return
    with file.open("a+b") as held:
        yield _lock(held)


def _lock(held: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _in_use(data: Path) -> bool:
    """A desk has this folder open: it is no trial, and its store is not touched."""
    if not (data / STORE_LOCK).exists():
        return False
    with _locked(data / STORE_LOCK) as free:
        return not free
