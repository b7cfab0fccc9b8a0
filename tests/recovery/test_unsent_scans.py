"""A machine dies in a cut with a scan the centre never saw: its bytes are at the centre afterwards, the very same ones.

Real processes as in `test_dead_machine`; the scan comes from the second copy, or from the disk with the recovery key.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk_app.outside.second_copy import copies_in
from clerk_app.server import blobs
from clerk_app.server.database import Database
from tests import nursery
from tests.faults.centres import CentreProcess, prepare
from tests.recovery.parts import HALVES, put_recovery
from tests.recovery.test_dead_machine import MACHINE, SECRETS, Hall, die_in_a_cut, last_line, machine, on

pytestmark = pytest.mark.process

MARK = "户口本第三页，欧阳明月".encode()
SCAN = b"%PDF-1.7\n" + MARK + random.Random(7).randbytes(1_500_000) + MARK
DIGEST = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """Window 2's machine made three visits and a scan with the line cut and was killed; a copy of its disk was saved."""
    database = f"sqlite:///{tmp_path / 'centre.db'}"
    prepare(database)
    put_recovery(tmp_path / "safe")
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "scan.pdf").write_bytes(SCAN)
    centre = CentreProcess(database, tmp_path / "centre.log").start()
    try:
        third = machine(tmp_path, "window3", centre.url, 3, "")
        enrolled = nursery.run(MACHINE, third, environment=on(tmp_path / "drawer3"))
        assert enrolled.returncode == 0, enrolled.stderr
        made = die_in_a_cut(tmp_path, centre, share, str(tmp_path / "scan.pdf"))
        (tmp_path / "scan.pdf").unlink()
        (device,) = copies_in(share)
        shutil.copytree(tmp_path / "window2", tmp_path / "saved-disk")
        shutil.rmtree(tmp_path / "window2")
        (tmp_path / "drawer2").unlink()
        centre.start()
        yield Hall(centre, tmp_path, made, device)
    finally:
        centre.kill()


def at_the_centre(hall: Hall) -> str:
    """The SHA-256 of the bytes as they lie there; empty when there are none."""
    with closing(Database(hall.centre.database)) as database:
        found = blobs.find(database, "JZ01", DIGEST)
        if found is None:
            return ""
        size, upload = found
        assert size == len(SCAN)
        return hashlib.sha256(b"".join(blobs.part(database, "JZ01", upload, 0, size - 1))).hexdigest()


def no_plaintext(folder: Path) -> None:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    for file in files:
        content = file.read_bytes()
        assert not any(secret in content for secret in (MARK, SCAN[1000:1032], *(s.encode() for s in SECRETS))), file


def counts(found: int, sent: int, already: int, unreadable: int) -> dict[str, int]:
    return {"found": found, "sent": sent, "already": already, "unreadable": unreadable}


def test_the_scan_comes_back_from_the_second_copy(hall: Hall) -> None:
    share = hall.folder / "share"
    no_plaintext(share)
    sealed = share / hall.device / "blobs" / DIGEST
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[:700_000] + bytes([whole[700_000] ^ 1]) + whole[700_001:])
    torn = hall.bring_in(*hall.copies)
    assert torn.code == 1
    assert "附件 1 份" in torn.said
    assert DIGEST in torn.said
    (dead,) = torn.answer["machines"]
    assert (dead["states"], dead["not_in"]) == ({"applied": 19}, 0), "a torn scan holds nothing up"
    assert dead["attachments"] == counts(1, 0, 0, 1)
    assert at_the_centre(hall) == ""
    # By now every command is in; what is left of the machine is its folder of attachments.
    for file in hall.copies:
        Path(file).unlink()
    sealed.write_bytes(whole)
    hall.centre.kill()
    assert "线路断了" in last_line(hall.bring_in(str(share / hall.device)))
    hall.centre.start()
    done = hall.bring_in(str(share / hall.device))
    assert done.code == 0, done.said
    (dead,) = done.answer["machines"]
    assert (dead["device"], dead["commands"], dead["attachments"]) == (hall.device, 0, counts(1, 1, 0, 0))
    assert "附件 1 份：送到 1 份，中心已有 0 份，读不了 0 份。" in done.said
    assert at_the_centre(hall) == DIGEST
    again = hall.bring_in(str(share))
    assert (again.code, again.answer["machines"][0]["attachments"]) == (0, counts(1, 0, 1, 0))
    assert at_the_centre(hall) == DIGEST
    assert sealed.read_bytes() == whole, "nothing of the second copy is changed by the import"
    said = done.said + json.dumps(done.answer, ensure_ascii=False)
    assert not any(secret in said for secret in SECRETS)


def test_the_scan_comes_back_from_the_disk(hall: Hall) -> None:
    """The share is gone as well; two persons open the disk, and what they take along is still sealed."""
    shutil.rmtree(hall.folder / "share")
    disk, out = hall.folder / "saved-disk", hall.folder / "safe" / "taken.cms"
    words = ("export", "--recover", "--key", hall.key, "--out", str(out), "--store", str(disk))
    before = {file: file.read_bytes() for file in disk.rglob("*") if file.is_file()}
    taken = hall.outbox(*words, typed=("王馆长", HALVES[0], "P204", HALVES[1]))
    assert taken.code == 0, taken.said
    assert taken.answer["attachments"] == {"found": 1, "taken": 1, "unreadable": 0}
    assert "没送到的附件 1 份，带上 1 份" in taken.said
    assert {file: file.read_bytes() for file in disk.rglob("*") if file.is_file()} == before
    no_plaintext(out.with_name("taken.cms.blobs"))
    shutil.rmtree(disk)
    done = hall.bring_in(str(out))
    assert done.code == 0, done.said
    (dead,) = done.answer["machines"]
    assert (dead["states"], dead["attachments"]) == ({"applied": 19}, counts(1, 1, 0, 0))
    assert "附件 1 份" in done.said
    assert at_the_centre(hall) == DIGEST
    again = hall.bring_in(str(out))
    assert again.answer["machines"][0]["states"] == {"duplicate": 19}
    assert again.answer["machines"][0]["attachments"] == counts(1, 0, 1, 0)
