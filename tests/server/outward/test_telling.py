"""对外 at the centre: from what was applied to a real platform, each once by its id, whatever falls on the way."""

from __future__ import annotations

import json
import os
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from clerk_app.canonical import sha256
from clerk_app.cases.attachments import Attachment
from clerk_app.cases.inbox.model import InboxItem
from clerk_app.cases.model import Applicant, Case
from clerk_app.outside.partner_folder import FolderPartner
from clerk_app.ports.partners import Answer, Delivered, Message, Partner
from clerk_app.server import feed, uploads
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.devices import Device
from clerk_app.server.loading import load_hall, new_epoch
from clerk_app.server.outward.keys import Places
from clerk_app.server.outward.making import Maker
from clerk_app.server.outward.origins import from_the_inbox
from clerk_app.server.outward.running import FAULT, NO_FOLDER, NO_KEY, Course, Tellers, opener, sweep_folders
from clerk_app.server.outward.sending import NOBODY, Sender
from clerk_app.server.retention import empty_told
from clerk_app.server.tables import hall_head, notices, outbox, outside_partners
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.rows import to_json
from tests.server.conftest import Clock
from tests.server.desk import HALL, ITEM, NOW
from tests.server.outward.platforms import RunningPlatform
from tests.server.outward.some_cases import PHONE, PRIVATE, accepted, archived, case, sealed

DATABASES = ("postgresql",)
o, p = outbox, outside_partners
CITY = {"id": "city", "name": "市平台", "way": "http", "kinds": ["supervision", "public_result"], "since": "2026-11-20"}
ARCHIVE = {"id": "archive", "name": "档案馆", "way": "folder", "kinds": ["archive"], "since": "2026-11-20"}


def says(office: CentreOffice, *partners: dict[str, Any]) -> None:
    """The hall's data names these."""
    with office.database.writing() as connection:
        version = connection.execute(select(hall_head.c.hall_version)).scalar_one()
        document = json.loads(document_text(connection, HALL, version) or "")
        load_hall(connection, {**document, "outside": {"partners": list(partners)}}, training_passwords=False)


def put(office: CentreOffice, *rows: Any, word: str = "case") -> None:
    """As the replay writes them: rows, then the feed."""
    with office.database.writing() as connection:
        cabinet = Cabinet(connection, HALL)
        for row in rows:
            cabinet.put(word, row)
        cabinet.flush()
        feed.append(connection, HALL, [feed.Entry(f"{word}:{row.id}", to_json(row), None) for row in rows])


def rows(office: CentreOffice, **where: Any) -> list[Any]:
    with office.database.reading() as connection:
        wanted = [o.c[name] == value for name, value in where.items()]
        return list(connection.execute(select(o).where(*wanted).order_by(o.c.place)))


def numbered(serial: int, make: Callable[..., Case] = accepted, **more: Any) -> Case:
    return make(**{"id": f"case-{serial:03}", "case_no": f"JZ20261120-{serial:05}", "serial": serial, **more})


def maker(office: CentreOffice, name: str = "city") -> Maker:
    with office.database.reading() as connection:
        rule = office.hall_in_force(connection, HALL).outside.partner(name)
    assert rule is not None
    return Maker(office, HALL, rule, from_the_inbox)


def make(office: CentreOffice, name: str = "city") -> Maker:
    one = maker(office, name)
    while one.step():
        pass
    return one


def sender(office: CentreOffice, line: Partner, name: str = "city", me: str = "a") -> Sender:
    return Sender(office, HALL, maker(office, name).partner, line, me)


def send(office: CentreOffice, line: Partner, clock: Clock, name: str = "city") -> None:
    """Until nothing is due, whatever time that takes."""
    one = sender(office, line, name)
    for _ in range(60):
        if not one.turn() and not rows(office, state="waiting", partner=name):
            return
        clock.time += timedelta(seconds=700)
    raise AssertionError([(row.state, row.problem) for row in rows(office, partner=name)])


class Silent(Partner):
    """Takes everything down, and hangs as long as a test wants."""

    def __init__(self) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()

    def deliver(self, messages: Any) -> Delivered:
        self.asked.set()
        self.go_on.wait(20)
        return Delivered(trouble="等不到对方的答复，会自动再送。")

    def close(self) -> None:
        """Nothing."""


class TestMaking:
    def test_a_hall_that_says_nothing_tells_nobody(self, office: CentreOffice) -> None:
        put(office, numbered(1, sealed))
        assert Tellers(office, opener(Places())).look() == 0
        assert rows(office) == []

    def test_what_stood_before_and_what_comes_later_once_each(self, office: CentreOffice) -> None:
        put(office, numbered(1, sealed), numbered(2))
        says(office, {**CITY, "url": "http://localhost:1"})
        make(office)
        put(office, numbered(2, sealed))
        make(office)
        make(office)
        made = [(row.kind, row.name) for row in rows(office)]
        assert sorted(made) == [
            ("public_result", "JZ20261120-00001"), ("public_result", "JZ20261120-00002"),
            ("supervision", "JZ20261120-00001"), ("supervision", "JZ20261120-00002"),
            ("supervision", "JZ20261120-00002"),
        ]  # fmt: skip

    def test_a_kind_that_is_told_later_is_told_of_what_was_before_too(self, office: CentreOffice) -> None:
        says(office, {**CITY, "kinds": ["supervision"], "url": "http://localhost:1"})
        put(office, numbered(1, sealed))
        make(office)
        says(office, {**CITY, "url": "http://localhost:1"})
        make(office)
        assert [row.kind for row in rows(office)] == ["supervision", "public_result"]

    def test_cursor_and_rows_are_one_transaction(self, office: CentreOffice, monkeypatch: pytest.MonkeyPatch) -> None:
        says(office, {**CITY, "url": "http://localhost:1"})
        one = make(office)
        put(office, numbered(1))
        with monkeypatch.context() as dying:
            dying.setattr(Maker, "_write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                one.step()
        assert rows(office) == []
        one.step()
        assert [row.kind for row in rows(office)] == ["supervision"]

    def test_the_feedback_follows_an_application_into_its_case_and_the_same_word_is_told_once(
        self, office: CentreOffice
    ) -> None:
        says(office, {**CITY, "kinds": ["status"], "url": "http://localhost:1"})
        item = InboxItem(
            id="i1", partner="city", number="W-7", kind="application", state="waiting", item=ITEM, item_name="公司设立",
            applicant=Applicant(name="卢桂珍"), sent_at=NOW, came_at=NOW, moved_at=NOW, digest="d",
        )  # fmt: skip
        put(office, item, word="inbox")
        make(office)
        put(office, item.moved("taken", NOW + timedelta(minutes=1), case="case-001", window=2), word="inbox")
        make(office)
        first = numbered(1)
        put(office, first)
        make(office)
        put(office, replace(first, life=replace(first.life, assigned_to="P203")))
        make(office)
        assert {row.subject for row in rows(office)} == {"inbox:i1"}
        said = [json.loads(row.body) for row in rows(office)]
        assert [one["state"] for one in said] == ["已送到大厅，等窗口收件", "审查中"], "a case speaks for itself"
        assert {one["number"] for one in said} == {"W-7"}

    def test_what_was_told_long_ago_keeps_its_number_and_digest_and_is_not_told_again(
        self, office: CentreOffice, clock: Clock
    ) -> None:
        says(office, {**CITY, "kinds": ["status", "supervision"], "url": "http://localhost:1"})
        item = InboxItem(
            id="i1", partner="city", number="W-7", kind="application", state="declined", item=ITEM, item_name="公司设立",
            applicant=Applicant(name="卢桂珍"), sent_at=NOW, came_at=NOW, moved_at=NOW, digest="d",
        )  # fmt: skip
        put(office, item, word="inbox")
        put(office, numbered(1))
        one, heard = make(office), Heard()
        while sender(office, heard).turn():
            pass
        put(office, numbered(2))
        make(office)
        before = rows(office)
        assert [row.state for row in before] == ["sent", "sent", "waiting"]
        assert empty_told(office.database, clock.time + timedelta(days=365)) == {HALL: 0}
        assert empty_told(office.database, clock.time + timedelta(days=1200)) == {HALL: 2}
        after = rows(office)
        assert [bool(row.body) for row in after] == [False, False, True], "what waits is whole"
        kept = ("id", "kind", "name", "digest", "made_at", "answered_at")
        assert [[getattr(row, word) for word in kept] for row in after] == [
            [getattr(row, word) for word in kept] for row in before
        ]
        put(office, replace(item, missing=("章程",)), word="inbox")  # a word more, of that same old day
        with office.database.writing() as connection:
            connection.execute(update(p).values(cursor="", scan=None))
        while one.step():
            pass
        assert len(rows(office)) == 3, "read afresh, nothing is news"


class TestSending:
    def test_everything_arrives_once_whatever_the_platform_does(
        self, office: CentreOffice, clock: Clock, platform: RunningPlatform
    ) -> None:
        says(office, {**CITY, "url": platform.url})
        put(office, *(numbered(serial, sealed) for serial in range(1, 7)))
        make(office)
        line = platform.line(wait=0.3)
        for how in ("500", "late", "die", "die after", "twice", "another", "503", "die after"):
            platform.behave("ok", how)
            sender(office, line).turn()
            clock.time += timedelta(seconds=700)
            if how.startswith("die"):
                platform.begin()
        send(office, line, clock)
        line.close()
        assert {row.state for row in rows(office)} == {"sent"}
        assert platform.arrived() == dict.fromkeys([row.id for row in rows(office)], 1)
        told: dict[str, set[str]] = {}
        for key, digest in platform.asked():
            told.setdefault(key, set()).add(digest)
        assert {len(bodies) for bodies in told.values()} == {1}, "however often, the same bytes"

    def test_order_is_kept_for_each_subject_and_a_refused_one_waits_for_a_person(
        self, office: CentreOffice, clock: Clock, platform: RunningPlatform
    ) -> None:
        says(office, {**CITY, "kinds": ["supervision"], "url": platform.url})
        put(office, numbered(1, case, case_no=""))
        make(office)
        put(office, numbered(1), numbered(2))
        make(office)
        platform.behave("400")
        line = platform.line()
        while sender(office, line).turn():
            pass
        line.close()
        first, second, other = rows(office)
        assert [first.state, second.state, other.state] == ["refused", "waiting", "sent"]
        assert first.problem == "对方不收（HTTP 400）：编号 ＊ 重复"
        with office.database.writing() as connection:
            connection.execute(update(o).where(o.c.id == first.id).values(state="waiting"))
        send(office, platform.line(), clock)
        assert [m["id"] for m in platform.messages()] == [other.id, first.id, second.id]

    def test_a_restore_of_an_older_backup_tells_nothing_in_other_words(
        self, office: CentreOffice, clock: Clock, platform: RunningPlatform
    ) -> None:
        says(office, {**CITY, "url": platform.url})
        put(office, numbered(1))
        make(office)
        send(office, platform.line(), clock)
        with office.database.reading() as connection:
            before = connection.execute(select(p)).mappings().one()
        put(office, numbered(1, sealed), numbered(2, sealed))
        make(office)
        send(office, platform.line(), clock)
        known = {row.id: row.digest for row in rows(office)}
        with office.database.writing() as connection:  # back to the backup; the windows have sent again what was lost
            connection.execute(delete(o).where(o.c.place > 1))
            connection.execute(update(p).values(**{**before, "scan": None}))
            new_epoch(connection, (HALL,))
        make(office)
        send(office, platform.line(), clock)
        assert {row.id: row.digest for row in rows(office)} == known
        assert set(platform.arrived().values()) == {1}
        assert len(set(platform.asked())) == len(known), "one body for each id"

    def test_two_processes_are_never_at_one_partner(self, office: CentreOffice, platform: RunningPlatform) -> None:
        says(office, {**CITY, "url": platform.url})
        put(office, numbered(1))
        make(office)
        hung, done = Silent(), []
        first = threading.Thread(target=lambda: done.append(sender(office, hung, me="a").turn()))
        first.start()
        assert hung.asked.wait(10)
        assert sender(office, platform.line(), me="b").turn() is False
        hung.go_on.set()
        first.join(10)
        assert done == [False]
        assert platform.asked() == []

    def test_one_that_hangs_holds_nobody_up(self, office: CentreOffice, tmp_path: Path) -> None:
        says(office, {**CITY, "url": "http://localhost:1"}, {**CITY, "id": "province", "way": "folder"})
        put(office, numbered(1))
        hung, folders = Silent(), opener(Places(folders=tmp_path))
        tellers = Tellers(office, lambda hall, rule: hung if rule.id == "city" else folders(hall, rule))
        assert tellers.look() == 2
        try:
            assert hung.asked.wait(10)
            until(lambda: rows(office, partner="province", state="sent"))
            put(office, numbered(2))
            until(lambda: len(rows(office, partner="province", state="sent")) == 2)
        finally:
            hung.go_on.set()
            tellers.close()
            until(lambda: not [one for one in threading.enumerate() if one.name.startswith("outside-")])
        assert len(list((tmp_path / HALL / "province").glob("*.json"))) == 2

    def test_without_key_or_place_it_says_so_and_when_it_is_there_it_goes(
        self, office: CentreOffice, platform: RunningPlatform, tmp_path: Path
    ) -> None:
        says(office, {**CITY, "url": platform.url}, {**ARCHIVE, "kinds": ["supervision"]})
        put(office, numbered(1))
        for name, why in (("city", NO_KEY), ("archive", NO_FOLDER)):
            Course(office, HALL, maker(office, name).partner, opener(Places(tmp_path)), "a").step()
            assert trouble(office, name) == why
        course = Course(office, HALL, maker(office).partner, opener(Places(tmp_path)), "a")
        course.step()
        (tmp_path / f"{HALL}.city.key").write_text("too short")
        course.step()
        assert trouble(office, "city") == NO_KEY
        (tmp_path / f"{HALL}.city.key").write_text("an-example-key-of-the-hall-0123456789\n")
        course.step()
        assert trouble(office, "city") == ""
        assert [row.state for row in rows(office, partner="city")] == ["sent"]

    def test_our_own_fault_is_said_and_ends_nothing(
        self, office: CentreOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        says(office, {**CITY, "way": "folder"})
        put(office, numbered(1))
        course = Course(office, HALL, maker(office).partner, opener(Places(folders=tmp_path)), "a")
        course.step()
        monkeypatch.setattr("clerk_app.server.outward.running.AFTER_FAULT", 0.01)
        with monkeypatch.context() as faulty:
            faulty.setattr(Sender, "turn", lambda _: {}["nothing"])
            running = threading.Thread(target=course.run)
            running.start()
            until(lambda: trouble(office, "city") == FAULT)
        until(lambda: trouble(office, "city") == "")
        course.stop.set()
        running.join(10)
        assert not running.is_alive()


def trouble(office: CentreOffice, name: str) -> str:
    with office.database.reading() as connection:
        return connection.execute(select(p.c.trouble).where(p.c.partner == name)).scalar_one()


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + 15
    while not true():
        assert time.monotonic() < end
        threading.Event().wait(0.02)


class Heard(Partner):
    """Takes everything."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def deliver(self, messages: Any) -> Delivered:
        self.messages += messages
        return Delivered(answers=tuple(Answer(id=one.id, taking="taken") for one in messages))

    def close(self) -> None:
        """Nothing."""


class TestMessages:
    def test_the_phone_goes_with_the_message_and_is_kept_nowhere(self, office: CentreOffice) -> None:
        says(office, {**CITY, "kinds": ["message"], "phones": True, "url": "http://localhost:1"})
        put(office, numbered(1, sealed), numbered(2, sealed, applicant=Applicant(name="无电话")))
        make(office)
        heard = Heard()
        while sender(office, heard).turn():
            pass
        (message,) = heard.messages
        assert message.phone == PHONE
        assert b'"phone":"13900000421"' in message.text()
        assert PHONE not in repr(message)
        sent, nobody = rows(office)
        assert PHONE not in sent.body
        assert (nobody.state, nobody.problem) == ("put_away", NOBODY)
        with office.database.reading() as connection:
            assert set(connection.execute(select(notices.c.taken_by)).scalars()) == {"partner:city"}

    def test_what_is_over_by_then_is_told_to_nobody(self, office: CentreOffice) -> None:
        says(office, {**CITY, "kinds": ["message"], "phones": True, "url": "http://localhost:1"})
        put(office, numbered(1, sealed))
        make(office)
        put(office, numbered(1, archived))
        heard = Heard()
        sender(office, heard).turn()
        assert heard.messages == []
        assert [row.state for row in rows(office)] == ["put_away"]

    def test_no_phone_goes_to_a_partner_not_marked_for_it(self, office: CentreOffice) -> None:
        says(office, {**CITY, "kinds": ["message", "supervision"], "url": "http://localhost:1"})
        put(office, numbered(1, sealed))
        make(office)
        heard = Heard()
        while sender(office, heard).turn():
            pass
        assert [one.kind for one in heard.messages] == ["supervision"]
        assert not [word for word in PRIVATE if word in repr([dict(one.body) for one in heard.messages])]


class TestArchive:
    def stored(self, office: CentreOffice, digest: str, data: bytes) -> None:
        device = Device(HALL, "d1")
        upload = uploads.begin(office, device, digest, len(data))
        uploads.append(office, device, upload.id, 0, data)

    def test_a_closed_case_is_one_file_and_the_same_bytes_every_time(
        self, office: CentreOffice, clock: Clock, tmp_path: Path
    ) -> None:
        says(office, ARCHIVE)
        scan = b"%PDF-1.7 " + b"x" * 2000
        paper = Attachment(
            id="a1", case="case-001", name="公司章程.pdf", media="application/pdf", size=len(scan), digest=sha256(scan),
            by="P203", at=NOW + timedelta(minutes=2), window=2,
        )  # fmt: skip
        put(office, paper, word="attachment")
        put(office, numbered(1, sealed))
        make(office, "archive")
        assert rows(office) == [], "it is not closed"
        put(office, numbered(1, archived))
        make(office, "archive")
        folder = FolderPartner(tmp_path)
        assert sender(office, folder, "archive").turn() is True
        (row,) = rows(office)
        assert (row.state, row.problem) == ("waiting", "还有 1 份附件没到中心，到齐了自动送。")
        self.stored(office, paper.digest, scan)
        send(office, folder, clock, "archive")
        (row,) = rows(office)
        body = json.loads(row.body)
        assert not [word for word in PRIVATE if word in row.body]
        file = tmp_path / f"{body['sha256']}.zip"
        assert sha256(file.read_bytes()) == body["sha256"]
        with zipfile.ZipFile(file) as whole:
            assert whole.testzip() is None
            assert whole.read("papers/001.pdf") == scan
            assert {entry["name"] for entry in body["files"]} == set(whole.namelist())
            contents = json.loads(whole.read("contents.json"))
        assert contents["papers"][0]["name"] == "公司章程.pdf"
        bytes_before = file.read_bytes()
        file.unlink()
        (tmp_path / f"{row.id}.json").unlink()
        with office.database.writing() as connection:
            connection.execute(update(o).values(state="waiting"))
        send(office, folder, clock, "archive")
        assert file.read_bytes() == bytes_before
        assert rows(office)[0].digest == row.digest

    def test_what_a_killed_process_left_is_swept_away_and_one_at_work_is_not(self, tmp_path: Path) -> None:
        old, fresh, other = (tmp_path / name for name in ("clerk-outward-a", "clerk-outward-b", "other"))
        for folder in (old, fresh, other):
            folder.mkdir()
        (old / "archive.zip").write_bytes(b"x")
        for folder in (old, other):
            os.utime(folder, (0, 0))
        sweep_folders(tmp_path)
        assert [folder.exists() for folder in (old, fresh, other)] == [False, True, True]

    def test_another_file_under_the_same_id_never_goes(
        self, office: CentreOffice, clock: Clock, tmp_path: Path
    ) -> None:
        says(office, ARCHIVE)
        put(office, numbered(1, archived))
        make(office, "archive")
        send(office, FolderPartner(tmp_path), clock, "archive")
        put(office, numbered(1, archived, applicant=Applicant(name="另一人")))
        with office.database.writing() as connection:
            connection.execute(update(o).values(state="waiting"))
        sender(office, FolderPartner(tmp_path), "archive").turn()
        (row,) = rows(office)
        assert row.state == "refused"
        assert "不一样" in row.problem
