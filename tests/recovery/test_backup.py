"""备份与恢复: made while the desk works, brought back, and nothing is lost or used twice: what was done later comes from the centre."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from clerk_app.backing_up.making import DeskBackups
from clerk_app.backing_up.restoring import Desk, Restored, restore
from clerk_app.command import Refusal
from clerk_app.office.counter import visit
from clerk_app.office.line.renewing import renew
from clerk_app.office.store_state import MARK, StoreState
from clerk_app.outside.secrets import ForgetfulBox
from clerk_app.ports.backup import BackupTrouble
from tests.desk import cut_office
from tests.faults.windows import FileBox, Window
from tests.sync.grounds import Ground, ground, postgres_url
from tests.sync.test_old_copy import applied_once, everything_is_somewhere
from tests.visits import now, take

__all__ = ["ground", "postgres_url"]
KEY = bytes(range(32))


def back_up(window: Window, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    parts = window.office.parts
    made = DeskBackups(parts.settings, parts.box, parts.clock.now).make(folder)
    return folder / made.name


def desk_of(window: Window) -> Desk:
    box = FileBox(window.folder / "keys.json")
    key = box.get("store-key")
    assert key is not None
    return Desk(folder=window.folder, window=window.number, key=key, mark=lambda: box.get(MARK))


@pytest.mark.process
def test_what_was_done_after_the_backup_comes_back_and_no_place_is_used_twice(ground: Ground) -> None:
    window = ground.window("two")
    early = take(window.office)
    window.drain()
    file = back_up(window, ground.folder / "share")
    later = [take(window.office) for _ in range(3)]
    window.drain()
    head = window.office.parts.vault.journal.head()
    with pytest.raises(BackupTrouble, match="已经有一个窗口程序开着"):
        restore(file, desk_of(window), older=True)
    window.close()
    with pytest.raises(BackupTrouble, match=f"办到过第 {head.seq} 条.*--older"):
        restore(file, desk_of(window), older=False)
    assert not list(window.folder.glob("counter.replaced-*"))
    done = restore(file, desk_of(window), older=True)
    assert "另起一本流水" in done.sentence
    (kept,) = window.folder.glob("counter.replaced-*.db")
    assert kept.name in done.sentence

    window.open().sign_in()
    refused = visit.take_ticket(window.office, "A")
    assert isinstance(refused, Refusal), "nothing is done under the old journal"
    assert refused.type == "store-old-copy"
    jobs = window.office.parts.vault.spool.jobs(50)
    assert not [job for job in jobs if job.state in ("queued", "not_sent", "blocked", "sending")]
    assert renew(window.office) == StoreState("good")
    window.drain()
    assert now(window.office, early).number == early.number
    assert [now(window.office, one).number for one in later] == [one.number for one in later]
    fresh = take(window.office)
    window.drain()
    assert fresh.number not in {one.number for one in (early, *later)}
    assert window.office.parts.vault.journal.head().incarnation == head.incarnation + 1
    applied_once(ground)
    everything_is_somewhere(window, ground)


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, DeskBackups]:
    """A desk at work, without a centre."""
    folder = tmp_path / "desk"
    folder.mkdir()
    office = cut_office(folder, KEY)
    take(office)
    office.parts.vault.blobs.keep(b"a scanned page of somebody")
    box = ForgetfulBox()
    box.put("store-key", KEY)
    backups = DeskBackups(office.parts.settings, box, office.parts.clock.now)
    backups.make(tmp_path)
    office.parts.vault.close()
    return folder, backups


def file_in(folder: Path) -> Path:
    (file,) = folder.glob("*.clerk-backup")
    return file


def brought_back(file: Path, folder: Path, window: int = 2, key: bytes = KEY, mark: bytes | None = None) -> Restored:
    return restore(file, Desk(folder=folder, window=window, key=key, mark=lambda: mark), older=False)


def test_a_torn_store_is_replaced_and_kept_with_its_attachments(
    place: tuple[Path, DeskBackups], tmp_path: Path
) -> None:
    folder, _ = place
    (blob,) = (folder / "blobs").glob("??/*")
    sealed = blob.read_bytes()
    blob.unlink()
    (folder / "counter.db").write_bytes(b"torn")
    brought_back(file_in(tmp_path), folder)
    assert blob.read_bytes() == sealed
    (kept,) = folder.glob("counter.replaced-*.db")
    assert kept.read_bytes() == b"torn"
    again = cut_office(folder, KEY, fill=False)
    assert again.parts.vault.journal.check().rows == 1
    assert again.guard.state.word == "old_copy"
    again.parts.vault.close()
    assert not [one for one in folder.iterdir() if one.name.startswith(("restoring-", "backup-"))]


def test_a_mark_beyond_the_backup_stops_it_even_when_the_store_is_gone(
    place: tuple[Path, DeskBackups], tmp_path: Path
) -> None:
    folder, _ = place
    (folder / "counter.db").unlink()
    with pytest.raises(BackupTrouble, match="办到过第 9 条"):
        brought_back(file_in(tmp_path), folder, mark=b'{"incarnation": 1, "seq": 9, "head": "x"}')
    assert not (folder / "counter.db").exists()


def test_another_window_another_key_and_another_machine_are_refused(
    place: tuple[Path, DeskBackups], tmp_path: Path
) -> None:
    folder, _ = place
    before = (folder / "counter.db").read_bytes()
    file = file_in(tmp_path)
    with pytest.raises(BackupTrouble, match="是2号窗口的，这台是3号"):
        brought_back(file, folder, window=3)
    with pytest.raises(BackupTrouble, match="不是这台电脑的"):
        brought_back(file, folder, key=b"0" * 32)
    other = tmp_path / "other"
    other.mkdir()
    office = cut_office(other, KEY)
    office.parts.vault.keep.put_meta("device", "another-machine")
    office.parts.vault.close()
    with pytest.raises(BackupTrouble, match="别的大厅或别的电脑"):
        brought_back(file, other)
    assert (folder / "counter.db").read_bytes() == before


def test_a_torn_backup_and_one_that_would_write_elsewhere_are_refused(
    place: tuple[Path, DeskBackups], tmp_path: Path
) -> None:
    folder, _ = place
    file = file_in(tmp_path)
    whole = file.read_bytes()
    before = (folder / "counter.db").read_bytes()
    assert b"somebody" not in whole
    at = whole.index(b"counter.db") + 4096
    for wrong in (whole[:-100], b"not a zip", whole[:at] + b"XXXX" + whole[at + 4 :]):
        file.write_bytes(wrong)
        with pytest.raises(BackupTrouble, match="什么都没动"):
            brought_back(file, folder)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        target.writestr("list.json", source.read("list.json").replace(b'"counter.db"', b'"../counter.db"'))
        target.writestr("../counter.db", b"x")
    file.write_bytes(out.getvalue())
    with pytest.raises(BackupTrouble, match="坏了或不全"):
        brought_back(file, folder)
    assert (folder / "counter.db").read_bytes() == before


def test_a_place_that_takes_nothing_is_told_and_leaves_nothing(place: tuple[Path, DeskBackups], tmp_path: Path) -> None:
    folder, backups = place
    with pytest.raises(BackupTrouble, match="办件照常"):
        backups.make(tmp_path / "not" / "there")
    with pytest.raises(BackupTrouble, match="钥匙"):
        DeskBackups(backups.settings, ForgetfulBox(), backups.now).make(tmp_path)
    assert not list(folder.glob("backup-*"))
