"""Attachments in the second copy: what the centre does not have lies there sealed, what it has goes, commands come first."""

from __future__ import annotations

import hashlib
import random
from contextlib import closing

import pytest

from clerk_app.office.line import copying, copying_blobs
from clerk_app.office.line.attaching import attach
from clerk_app.outside.copied_blobs import FolderBlobs, sealed_in
from clerk_app.outside.recovery import WRAPPED
from clerk_app.ports import Document
from clerk_app.store.sealed_file import SealedFile
from tests.office.test_copying import DEVICE, KEY, Desk
from tests.visits import done, take, whole_visit

MARK = "欧阳明月的户口本".encode()


def scan(size: int = 3000, seed: int = 1) -> bytes:
    return b"%PDF-1.7\n" + MARK + random.Random(seed).randbytes(size)


class ScanDesk(Desk):
    """With a case to attach to."""

    def __init__(self, tmp_path) -> None:
        super().__init__(tmp_path)
        self.case = whole_visit(self.office).id

    def attach(self, data: bytes) -> str:
        file = self.folder.with_name("scan.pdf")
        file.write_bytes(data)
        done(attach(self.office, self.case, file))
        return hashlib.sha256(data).hexdigest()

    def sealed(self) -> dict[str, bytes]:
        machine = self.folder / DEVICE
        return {digest: file.read_bytes() for digest, file in sealed_in(machine).items()} if machine.exists() else {}

    def opened(self) -> list[bytes]:
        files = sealed_in(self.folder / DEVICE)
        return [b"".join(SealedFile(file, KEY, digest).pieces()) for digest, file in files.items()]

    def local(self, digest: str):
        return self.folder.parent / "blobs" / digest[:2] / digest

    def copied(self) -> list[str]:
        """Commands only: the attachments have a folder of their own."""
        return [span.last for span in self.spans()]


@pytest.fixture
def desk(tmp_path):
    with closing(ScanDesk(tmp_path)) as desk:
        yield desk


def test_an_unsent_scan_lies_there_as_it_lies_here_beside_its_key(desk):
    digest = desk.attach(scan())
    assert desk.turn() == copying.REST
    assert desk.sealed() == {digest: desk.local(digest).read_bytes()}
    assert desk.opened() == [scan()]
    assert (desk.folder / DEVICE / WRAPPED).read_bytes() == b"the wrapped key"
    assert not any(MARK in file.read_bytes() for file in desk.folder.rglob("*") if file.is_file())
    assert (desk.keeper.state.ok, desk.keeper.state.said) == (True, "未送的都有第二份。")


def test_a_finished_page_has_no_file_here_and_is_sealed_on_the_way(desk):
    page = scan(2 << 20, 5)
    digest = hashlib.sha256(page).hexdigest()
    at = desk.office.parts.clock.now()
    with desk.office.parts.vault.unit(desk.office.hall) as work:
        work.keep_document(Document(digest=digest, case=desk.case, content=page, sealed=True, made_at=at))
    desk.turn()
    assert not desk.local(digest).exists()
    assert desk.opened() == [page]
    assert MARK not in desk.sealed()[digest]
    before = desk.sealed()
    desk.turn()
    assert desk.sealed() == before, "written once: its salt would be another one"


def test_it_goes_when_the_centre_has_it_and_comes_back_when_the_centre_lost_it(desk):
    first, second = desk.attach(scan(seed=1)), desk.attach(scan(seed=2))
    desk.turn()
    assert desk.sealed().keys() == {first, second}
    blobs = desk.office.parts.vault.blobs
    blobs.settle(first, "there")
    blobs.settle(second, "stuck", "送了 8 次都没成")
    desk.turn()
    assert desk.sealed().keys() == {second}
    blobs.doubt()
    desk.turn()
    assert desk.sealed().keys() == {first, second}


@pytest.mark.parametrize("harm", [lambda file: file.unlink(), lambda file: file.write_bytes(b"torn")])
def test_what_vanished_or_was_torn_there_is_written_again(desk, harm):
    digest = desk.attach(scan())
    desk.turn()
    harm(desk.folder / DEVICE / "blobs" / digest)
    desk.turn()
    assert desk.opened() == [scan()]


def test_only_what_is_new_is_written(desk):
    desk.attach(scan(seed=1))
    desk.turn()
    before = {file: file.stat().st_mtime_ns for file in desk.folder.rglob("*") if file.is_file()}
    desk.attach(scan(seed=2))
    desk.turn()
    assert all(file.stat().st_mtime_ns == before[file] for file in before)
    assert len(desk.sealed()) == 2


def test_a_file_no_row_knows_stays(desk):
    """The disk was put back as it was yesterday: what it does not know may be the only copy."""
    desk.turn()
    desk.blob_place.write(DEVICE, "ab" * 32, iter([b"sealed"]))
    desk.turn()
    assert desk.sealed() == {"ab" * 32: b"sealed"}


def test_a_backlog_goes_in_bounded_turns_and_is_told(desk, monkeypatch):
    monkeypatch.setattr(copying_blobs, "MOST_BYTES", 5000)
    for seed in range(5):
        desk.attach(scan(3000, seed))
    assert desk.turn() == copying.NEXT
    assert len(desk.sealed()) == 2
    assert (desk.keeper.state.ok, "附件还有 3 份" in desk.keeper.state.said) == (False, True)
    assert desk.copied() == [11], "all commands, before the rest of the attachments"
    assert desk.turn() == copying.NEXT
    assert desk.turn() == copying.REST
    assert len(desk.sealed()) == 5
    assert [state.ok for state in desk.said] == [False, False, True]


class Slow(FolderBlobs):
    """Between two pieces of one file a clerk acts, and seconds pass."""

    desk: ScanDesk

    def write(self, device, digest, pieces):
        super().write(device, digest, self._slowly(pieces))

    def _slowly(self, pieces):
        for piece in pieces:
            take(self.desk.office)
            self.desk.watch.time += copying.PATIENCE
            self.last = self.desk.spans()[-1].last
            yield piece


def test_commands_go_first_even_in_the_middle_of_a_large_scan(desk):
    """A scan of three pieces on a slow stick: what was done meanwhile lies there before the scan does."""
    slow = Slow(desk.folder, lambda: b"key")
    slow.desk = desk
    desk.attach(scan(2 << 20))
    desk.blob_place = slow
    desk.keeper.copy = desk.copy()
    desk.turn()
    assert slow.last == 9, "two of the three acts made while it was written"
    assert desk.opened() == [scan(2 << 20)]
    desk.turn()
    assert desk.spans()[-1].last == 10


def test_a_place_away_is_one_sentence_and_acts_go_on(desk):
    digest = desk.attach(scan())
    hidden = desk.folder.rename(desk.folder.with_name("unplugged"))
    assert desk.turn() == copying.AWAY_REST
    assert desk.keeper.state.said.endswith("。")
    assert not desk.folder.exists()
    take(desk.office)
    hidden.rename(desk.folder)
    assert desk.turn() == copying.REST
    assert desk.sealed().keys() == {digest}


def test_without_a_certificate_nothing_is_copied_that_nobody_could_open(desk):
    desk.wrapped = None
    desk.attach(scan())
    assert desk.turn() == copying.AWAY_REST
    assert "恢复证书" in desk.keeper.state.said
    assert desk.sealed() == {}
    assert desk.copied() == [7], "commands need no wrapped key"
    desk.wrapped = b"another key"
    desk.turn()
    assert desk.opened() == [scan()]
    desk.wrapped = b"and another certificate"
    desk.turn()
    assert (desk.folder / DEVICE / WRAPPED).read_bytes() == b"and another certificate"


def test_a_scan_whose_file_is_gone_is_told_and_the_rest_is_copied(desk):
    lost, kept = desk.attach(scan(seed=1)), desk.attach(scan(seed=2))
    desk.local(lost).unlink()
    assert desk.turn() == copying.REST
    assert desk.sealed().keys() == {kept}
    assert (desk.keeper.state.ok, "1 份附件" in desk.keeper.state.said) == (False, True)
    desk.office.parts.vault.blobs.settle(lost, "there")
    desk.turn()
    assert desk.keeper.state.ok
