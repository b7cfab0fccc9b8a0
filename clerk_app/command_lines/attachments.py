"""附件一起走 attachments the centre does not have, beside the unsent file: taken along sealed, and sent by another desk.

`FILE.blobs/` is made like the second copy's folder: `<device>/blobs/<digest>`, and the wrapped key that opens them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from clerk_app.command_lines.asking import say
from clerk_app.command_lines.spoken import UnreadableError
from clerk_app.office.line.uploading import SMALLEST_PIECE, THE_LINE_S
from clerk_app.outside.copied_blobs import FolderBlobs, machines_in, sealed_in
from clerk_app.outside.recovery import WRAPPED, RecoveryKey, RecoveryProblem, encrypt_for, unwrap_store_key
from clerk_app.ports import BlobCentre, CentreAway, CentreProblem, StoreTrouble
from clerk_app.ports.copies import CopyAway, UnsentBlobs
from clerk_app.store.sealed_file import CHUNK, FileDamagedError, SealedFile

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_unreadable = "附件 {digest} 坏了或不全，没有用它，别的都照办。找另一份。"
_damaged = ("blob-damaged", "这份附件读不了，没有用它。")


@dataclass(frozen=True)
class Carried:
    """带着的附件 sealed files by digest, and the store key they were sealed under (None: its wrapping is damaged)."""

    key: bytes | None
    sealed: Mapping[str, Callable[[], Iterator[bytes]]]


@dataclass(frozen=True)
class Source:
    """附件来处 one folder's sealed files of one machine, and the key that opens them, if it could be unwrapped."""

    key: bytes | None
    files: Mapping[str, Path]


def of_store(blobs: UnsentBlobs, key: bytes) -> Carried:
    """What a store says the centre does not have."""
    return Carried(key, {digest: partial(blobs.sealed, digest) for digest in blobs.unsent()})


def of_folder(folder: Path, device: str, recovery: RecoveryKey) -> Carried:
    """What lies in a second copy."""
    sources = sources_of([folder], device, recovery)
    found = {digest: partial(_pieces, file) for source in sources for digest, file in source.files.items()}
    return Carried(sources[0].key if sources else None, found)


def _pieces(file: Path) -> Iterator[bytes]:
    """A place that cannot be read is not a place that cannot be written."""
    try:
        with file.open("rb") as opened:
            while piece := opened.read(CHUNK):
                yield piece
    except OSError as error:
        raise StoreTrouble(*_damaged) from error


def sources_of(folders: Iterable[Path], device: str, recovery: RecoveryKey) -> list[Source]:
    """Where this machine's attachments lie; a key that does not open is said and the rest goes on."""
    found: list[Source] = []
    for folder in folders:
        machine = machines_left_in(folder).get(device)
        if machine is not None and (files := sealed_in(machine)):
            found.append(Source(_key_in(machine, recovery), files))
    return found


def machines_left_in(folder: Path) -> Mapping[str, Path]:
    """None when there is no such folder."""
    try:
        return machines_in(folder)
    except OSError:
        return {}


def _key_in(machine: Path, recovery: RecoveryKey) -> bytes | None:
    try:
        return unwrap_store_key((machine / WRAPPED).read_bytes(), recovery)
    except RecoveryProblem as problem:
        say(f"{machine.name}/{WRAPPED}：{problem}")
    except OSError:
        say(f"{machine.name}/{WRAPPED} 打不开，它旁边的附件读不了。找另一份。")
    return None


def take_along(out: Path, device: str, carried: Carried, certificate: Certificate) -> dict[str, int]:
    """Beside the file, still sealed, each looked at as it lies there. Raises `UnreadableError` when it cannot be written."""
    taken = 0
    if carried.key is not None and carried.sealed:
        folder, wrapped = blobs_beside(out), encrypt_for(certificate, carried.key)
        place = FolderBlobs(folder, lambda: wrapped)
        try:
            folder.mkdir(exist_ok=True)
            place.keep_key(device)
            taken = sum(_take(place, folder, device, one, carried) for one in carried.sealed)
        except (CopyAway, OSError):
            raise UnreadableError(f"“{out}”写好了，附件写不进“{folder}”，没有带全。换一个地方再来。") from None
    found = len(carried.sealed)
    if found:
        say(f"没送到的附件 {found} 份，带上 {taken} 份，读不了 {found - taken} 份。")
    return {"found": found, "taken": taken, "unreadable": found - taken}


def _take(place: FolderBlobs, folder: Path, device: str, digest: str, carried: Carried) -> bool:
    try:
        place.write(device, digest, carried.sealed[digest]())
    except StoreTrouble:
        say(_unreadable.format(digest=digest))
        return False
    files = {digest: sealed_in(folder / device)[digest]}
    if _whole([Source(carried.key, files)], digest) is not None:
        return True
    place.drop(device, digest)
    say(_unreadable.format(digest=digest))
    return False


def blobs_beside(out: Path) -> Path:
    """`FILE.blobs`."""
    return out.with_name(out.name + ".blobs")


def _whole(sources: Sequence[Source], digest: str) -> SealedFile | None:
    """The first one that opens from beginning to end."""
    for source in sources:
        if source.key is not None and digest in source.files:
            file = SealedFile(source.files[digest], source.key, digest)
            if file.whole():
                return file
    return None


def send_attachments(centre: BlobCentre, sources: Sequence[Source]) -> dict[str, int]:
    """What the centre has is not sent again; raises `UnreadableError` when the line ends it."""
    counts = {"found": 0, "sent": 0, "already": 0, "unreadable": 0}
    try:
        for digest in sorted({digest for source in sources for digest in source.files}):
            counts["found"] += 1
            counts[_sent(centre, sources, digest)] += 1
    except (CentreAway, CentreProblem) as error:
        why = error.sentence if isinstance(error, CentreProblem) else "线路断了。"
        done = counts["sent"] + counts["already"]
        raise UnreadableError(
            f"{why}未送的步骤都导过了，附件已有 {done} 份在中心；文件没有动。线路好了再导一次，不会重复。"
        ) from None
    if counts["found"]:
        say("附件 {found} 份：送到 {sent} 份，中心已有 {already} 份，读不了 {unreadable} 份。".format(**counts))
    return counts


def _sent(centre: BlobCentre, sources: Sequence[Source], digest: str) -> str:
    if centre.size(digest) is not None:
        return "already"
    file = _whole(sources, digest)
    try:
        if file is not None:
            _upload(centre, file, digest)
            return "sent"
        say(_unreadable.format(digest=digest))
    except (FileDamagedError, OSError):
        say(_unreadable.format(digest=digest))
    except CentreProblem as problem:
        if problem.status in THE_LINE_S:
            raise
        say(f"附件 {digest}：{problem.sentence}")
    return "unreadable"


def _upload(centre: BlobCentre, file: SealedFile, digest: str) -> None:
    """Only the centre's own word that it has the whole ends it."""
    size, offset = file.size(), 0
    place = centre.begin(digest, size)
    while offset < size:
        piece = file.piece(offset, SMALLEST_PIECE)
        if not piece:
            raise FileDamagedError
        offset = centre.send(place, offset, piece)
    if centre.size(digest) != size:
        raise CentreProblem("upload-unknown", "中心说收齐了又没有，没有送成。再导一次。", 404)
