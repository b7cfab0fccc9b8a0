"""指针 `program/current`: which version the next start runs, which came before, and the store's copy between them.

Written in one step by this program and by the launcher, which reads the same fields with nothing but the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from clerk_app.outside.whole_file import write_whole
from clerk_app.ports.updates import Returned
from clerk_app.updating import Here, Release

CURRENT, VERSIONS, BEFORE = "current", "versions", "before"


class Pointed(msgspec.Struct, frozen=True, kw_only=True):
    """指着哪一版 an empty version is the installed program; `back`: one step back is possible, and no more than one."""

    version: str = ""
    program: str = ""
    previous: str = ""
    previous_program: str = ""
    base: str = ""
    back: bool = False
    schema: int = 0
    to_schema: int = 0
    copy: str = ""
    tries: int = 0
    healthy: bool = True
    since: float = 0.0
    refused: tuple[str, ...] = ()
    returned: Mapping[str, Any] | None = None

    @property
    def before(self) -> str:
        """The version one can go back to; empty for none."""
        return (self.previous or self.base) if self.back else ""

    @property
    def went_back(self) -> Returned | None:
        """The last return, by hand or by itself."""
        try:
            said = self.returned
            if said is None:
                return None
            at = datetime.fromtimestamp(float(said["at"]), UTC)
            return Returned(version=str(said["from"]), at=at, why="asked" if said["why"] == "asked" else "not_up")
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            return None


class Pointer:
    """指针 of one desk."""

    def __init__(self, root: Path, here: Here, base: str) -> None:
        """`base`: the version that was installed by hand."""
        self._root, self._here, self._base = root, here, base

    def read(self) -> Pointed:
        """What the launcher goes by; nothing readable is the installed program."""
        try:
            return msgspec.json.decode((self._root / CURRENT).read_bytes(), type=Pointed)
        except (OSError, msgspec.DecodeError):
            return Pointed()

    def move_on(self, release: Release, copy: Path) -> None:
        """换 the one step after which the next start is the new version. Raises OSError."""
        now = self.read()
        self._write(
            Pointed(
                version=release.version,
                program=release.program,
                previous=now.version,
                previous_program=now.program,
                base=self._base,
                back=True,
                schema=self._here.schema,
                to_schema=release.schema,
                copy=copy.relative_to(self._root).as_posix(),
                healthy=False,
                since=datetime.now(UTC).timestamp(),
                refused=now.refused,
            )
        )

    def move_back(self) -> None:
        """退 to the version before; the one that was left is not taken again. Raises OSError."""
        now, at = self.read(), datetime.now(UTC).timestamp()
        self._write(
            Pointed(
                version=now.previous,
                program=now.previous_program,
                base=now.base,
                schema=now.schema,
                to_schema=now.schema,
                since=at,
                refused=tuple(sorted({*now.refused, now.version})),
                returned={"from": now.version, "why": "asked", "at": at},
            )
        )

    def mark_up(self, *, asks: bool = False) -> None:
        """起来了; nothing is written when it is no trial. `asks`: it waits for a password, and is not counted against it."""
        now = self.read()
        if not now.healthy and now.version == self._here.version:
            self._write(msgspec.structs.replace(now, healthy=not asks, tries=0))

    def copy(self) -> Path | None:
        """The store's copy made before what runs now; None when it is not there."""
        name = self.read().copy
        file = self._root / name
        return file if name and file.is_file() else None

    def place_before(self, version: str) -> Path:
        """Where the store as it was before this version lies."""
        return self._root / BEFORE / version

    def has_before(self) -> bool:
        """Whether the version before can be started: the installed one always can."""
        now = self.read()
        return not now.previous or (self._root / VERSIONS / now.previous / now.previous_program).is_file()

    def _write(self, pointed: Pointed) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        write_whole(self._root / CURRENT, msgspec.json.encode(pointed))
