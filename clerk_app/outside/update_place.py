"""更新放在哪 `program/` beside the desk's data: what waits, what came so far, whole versions, and the pointer the launcher reads.

Whatever stops in the middle: a version is there whole under its name or not at all, and the pointer is the old one or the new one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from clerk_app.outside.update_package import check_folder, list_of, read_list, read_package, unpack
from clerk_app.outside.update_pointer import BEFORE, VERSIONS, Pointer
from clerk_app.outside.whole_file import PART, write_whole
from clerk_app.ports.updates import Offer, Offered, UpdateState, UpdateTrouble
from clerk_app.updating import Here, Release, is_newer, is_version, misfit

ROOT, WAITING, DOWNLOAD = "program", "waiting", "download"
REST = timedelta(hours=12)
SPARE = 1 << 28
"""Left free beside what an update takes."""
_FULL = "磁盘放不下或写不进，更新没有取成，现在这一版照常用。清出空间，会自动接着取。"


class _Waiting(msgspec.Struct, frozen=True, kw_only=True):
    offer: Offer | None = None
    newest: str = ""
    ready: bool = False
    trouble: str = ""
    spoilt: str = ""
    """The digest of a package that was no good: it is not fetched again."""
    failed_at: float = 0.0
    """When it could not be taken; the next try comes much later, or a desk would close and open all night."""


class UpdatePlace:
    """更新放在哪 what `ports.updates.Updates` asks for. One process a data folder has it."""

    def __init__(self, data: Path, here: Here, keys: Collection[str], base: str) -> None:
        """`base`: the version that was installed by hand."""
        self._root, self._here, self._keys = data / ROOT, here, keys
        self.pointer = Pointer(self._root, here, base)

    @property
    def platform(self) -> str:
        """平台."""
        return self._here.platform

    def state(self) -> UpdateState:
        """情形."""
        waiting, pointer = self._waiting(), self.pointer.read()
        offer = waiting.offer
        return UpdateState(
            running=self._here.version,
            since=datetime.fromtimestamp(pointer.since, UTC) if pointer.since else None,
            previous=pointer.before,
            waiting=offer,
            received=self._received(offer) if offer and not waiting.ready else 0,
            ready=waiting.ready,
            resting=abs(datetime.now(UTC).timestamp() - waiting.failed_at) < REST.total_seconds(),
            newest=waiting.newest,
            trouble=waiting.trouble,
            returned=pointer.went_back,
            refused=pointer.refused,
        )

    def hear(self, said: Offered) -> None:
        """中心的答复; a version that was gone back from is not taken again."""
        before, offer = self._waiting(), said.offer
        if offer is None or offer.digest == before.spoilt or not self._wanted(offer):
            self._say(msgspec.structs.replace(before, offer=None, ready=False, newest=said.newest))
        elif offer != before.offer:
            done = self._done(offer).is_file()
            self._say(_Waiting(offer=offer, newest=said.newest, spoilt=before.spoilt, ready=done))
        elif said.newest != before.newest:
            self._say(msgspec.structs.replace(before, newest=said.newest))

    def keep(self, first: int, data: bytes) -> None:
        """一段; the disk is asked before the first."""
        offer = self._waiting().offer
        if offer is None or first != self._received(offer) or first + len(data) > offer.size:
            return
        try:
            self._download(offer).parent.mkdir(parents=True, exist_ok=True)
            if not first and shutil.disk_usage(self._root).free < 4 * offer.size + SPARE:
                raise UpdateTrouble(_FULL)
            with self._download(offer).open("ab") as out:
                out.write(data)
        except OSError:
            raise self._trouble(_FULL) from None
        except UpdateTrouble as trouble:
            raise self._trouble(str(trouble)) from None

    def make_ready(self) -> Release:
        """收齐了."""
        offer = self._waiting().offer
        if offer is None:
            raise UpdateTrouble("没有等着的更新，什么都没动。")
        file = self._download(offer)
        try:
            release = self._judged(file, offer)
            self._unpack(file, release)
            self._done(offer).touch()
            file.unlink()
        except UpdateTrouble as trouble:
            file.unlink(missing_ok=True)
            self._say(
                msgspec.structs.replace(
                    self._waiting(), offer=None, ready=False, trouble=str(trouble), spoilt=offer.digest
                )
            )
            raise
        except OSError:
            raise self._trouble(_FULL) from None
        self._say(msgspec.structs.replace(self._waiting(), ready=True, trouble=""))
        return release

    def _judged(self, file: Path, offer: Offer) -> Release:
        with file.open("rb") as stream:
            whole = hashlib.file_digest(stream, "sha256").hexdigest()
        if whole != offer.digest:
            raise UpdateTrouble("取来的更新包和中心说的对不上，没有装，现在这一版照常用。请中心重发。")
        release = read_package(file, self._keys)
        if release.version != offer.version:
            raise UpdateTrouble("更新包里不是说好的那一版，没有装，现在这一版照常用。请中心重发。")
        if trouble := misfit(release, self._here):
            raise UpdateTrouble(trouble)
        return release

    def _unpack(self, file: Path, release: Release) -> None:
        """Beside it first. What lies under the name already is whole, or is put aside."""
        target = self._root / VERSIONS / release.version
        part = target.with_name(target.name + PART)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            unpack(file, release, part)
            _settle()
            text, signatures = list_of(file)
            write_whole(target.with_suffix(target.suffix + ".list"), text)
            write_whole(target.with_suffix(target.suffix + ".signed"), signatures)
            if target.exists():
                shutil.rmtree(target)
            part.rename(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        _settle()

    def whole(self, version: str) -> Release:
        """A version that lies here, looked at file by file once more; one that is spoilt is fetched anew. Raises `UpdateTrouble`."""
        target = self._root / VERSIONS / version
        try:
            text = target.with_suffix(target.suffix + ".list").read_bytes()
            signatures = target.with_suffix(target.suffix + ".signed").read_bytes()
            release = read_list(text, signatures, self._keys)
            check_folder(target, release)
        except (OSError, ValueError):
            self._fetch_anew()
            raise UpdateTrouble("等着的更新不全，没有换，现在这一版照常用。会重新取。") from None
        except UpdateTrouble:
            self._fetch_anew()
            raise
        if trouble := misfit(release, self._here):
            raise UpdateTrouble(trouble)
        return release

    def _fetch_anew(self) -> None:
        waiting = self._waiting()
        if waiting.offer is not None:
            self._done(waiting.offer).unlink(missing_ok=True)
        self._say(msgspec.structs.replace(waiting, ready=False))

    def mark_up(self, *, asks: bool = False) -> None:
        """起来了."""
        self.pointer.mark_up(asks=asks)

    def fail(self, sentence: str) -> None:
        """没换成 said on the page at the next look."""
        with suppress(UpdateTrouble):
            failed = msgspec.structs.replace(self._waiting(), trouble=sentence, failed_at=datetime.now(UTC).timestamp())
            self._say(failed)

    def tidy(self) -> None:
        """Old versions and copies go: what runs, what was before and what waits stay."""
        now, offer = self.pointer.read(), self._waiting().offer
        kept = {now.version, now.previous, offer.version if offer else "", self._here.version}
        for one in (self._root / VERSIONS).glob("*"):
            name = one.name.removesuffix(".list").removesuffix(".signed")
            if name not in kept:
                shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink(missing_ok=True)
        for one in (self._root / BEFORE).glob("*"):
            if one.name != now.version:
                shutil.rmtree(one, ignore_errors=True)
        for one in (self._root / DOWNLOAD).glob("*"):
            if offer is None or not one.name.startswith(offer.digest):
                one.unlink(missing_ok=True)

    def _waiting(self) -> _Waiting:
        """What was taken meanwhile, or gone back from, waits no longer."""
        try:
            found = msgspec.json.decode((self._root / WAITING).read_bytes(), type=_Waiting)
        except (OSError, msgspec.DecodeError):
            return _Waiting()
        return found if self._wanted(found.offer) else msgspec.structs.replace(found, offer=None, ready=False)

    def _wanted(self, offer: Offer | None) -> bool:
        if offer is None or not is_version(offer.version) or offer.version in self.pointer.read().refused:
            return False
        return is_newer(offer.version, self._here.version)

    def _say(self, waiting: _Waiting) -> None:
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            write_whole(self._root / WAITING, msgspec.json.encode(waiting))
        except OSError:
            raise UpdateTrouble(_FULL) from None

    def _trouble(self, sentence: str) -> UpdateTrouble:
        try:
            self._say(msgspec.structs.replace(self._waiting(), trouble=sentence))
        except UpdateTrouble:
            return UpdateTrouble(sentence)
        return UpdateTrouble(sentence)

    def _download(self, offer: Offer) -> Path:
        name = hashlib.sha256(offer.digest.encode()).hexdigest() if not offer.digest.isalnum() else offer.digest
        return self._root / DOWNLOAD / f"{name}{PART}"

    def _done(self, offer: Offer) -> Path:
        """Says that this very package lies unpacked."""
        return self._download(offer).with_suffix(".done")

    def _received(self, offer: Offer) -> int:
        try:
            return self._download(offer).stat().st_size
        except OSError:
            return 0


def _settle() -> None:
    """All of it on the disk before anything points at it; one by one thousands of files take minutes."""
    if hasattr(os, "sync"):
        os.sync()
