"""The one file: encrypted, opened only by its key and its program, and copied before an upgrade."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from clerk_app.store import engine as opening
from clerk_app.store.engine import StoreTooNew, StoreUnreadable, open_engine
from clerk_app.store.vault import LocalVault
from tests.desk import StandingClock
from tests.visits import APPLICANT, whole_visit


def every_byte(folder) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_nothing_readable_stands_on_the_disk(office, tmp_path):
    whole_visit(office)
    raw = every_byte(tmp_path)
    assert len(raw) > 50_000
    assert b"SQLite format 3" not in raw
    for word in (APPLICANT.name, APPLICANT.id_number, APPLICANT.phone, "江州市", "journal", "accept_case"):
        assert word.encode() not in raw, word
    office.parts.vault.close()
    assert b"SQLite format 3" not in every_byte(tmp_path)
    with pytest.raises(sqlite3.DatabaseError):
        plain_tables(tmp_path / "counter.db")


def plain_tables(file) -> list:
    connection = sqlite3.connect(file)
    try:
        return connection.execute("SELECT name FROM sqlite_master").fetchall()
    finally:
        connection.close()


def test_another_key_opens_nothing_and_changes_nothing(office, tmp_path, key):
    whole_visit(office)
    office.parts.vault.close()
    before = (tmp_path / "counter.db").read_bytes()
    with pytest.raises(StoreUnreadable):
        LocalVault(tmp_path / "counter.db", bytes(32), StandingClock())
    assert (tmp_path / "counter.db").read_bytes() == before
    again = LocalVault(tmp_path / "counter.db", key, StandingClock())
    assert again.journal.check().ok
    again.close()


def test_a_file_that_is_no_store_is_unreadable(tmp_path, key):
    file = tmp_path / "counter.db"
    file.write_bytes("这不是数据库".encode() * 400)
    with pytest.raises(StoreUnreadable):
        LocalVault(file, key, StandingClock())
    assert file.read_bytes() == "这不是数据库".encode() * 400


def test_a_store_of_a_newer_program_is_left_alone(office, tmp_path, key, sql):
    whole_visit(office)
    office.parts.vault.close()
    engine = open_engine(tmp_path / "counter.db", key)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 99")
    engine.dispose()
    before = (tmp_path / "counter.db").read_bytes()
    with pytest.raises(StoreTooNew):
        LocalVault(tmp_path / "counter.db", key, StandingClock())
    assert (tmp_path / "counter.db").read_bytes() == before
    assert not list(tmp_path.glob("*.bak"))


REACHED = len(list(opening.MIGRATIONS.glob("[0-9]*.sql")))


@pytest.fixture
def newer_program(tmp_path_factory, monkeypatch):
    """The same program with one migration more."""
    folder = tmp_path_factory.mktemp("migrations")
    for step in opening.MIGRATIONS.glob("*.sql"):
        shutil.copy2(step, folder)

    def with_step(script: str) -> None:
        (folder / "9999_next.sql").write_text(script, encoding="utf-8")
        monkeypatch.setattr(opening, "MIGRATIONS", folder)

    return with_step


def test_an_upgrade_copies_the_file_first(office, tmp_path, key, newer_program):
    case = whole_visit(office)
    office.parts.vault.close()
    newer_program("-- 0002\nCREATE TABLE extra (id INTEGER NOT NULL PRIMARY KEY, word TEXT NOT NULL DEFAULT 'a;b');\n")
    vault = LocalVault(tmp_path / "counter.db", key, StandingClock())
    with vault._gate.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == REACHED + 1
        assert connection.exec_driver_sql("SELECT count(*) FROM extra").scalar_one() == 0
    assert vault.journal.check().ok
    vault.close()
    copy = tmp_path / f"counter.v{REACHED}.bak"
    engine = open_engine(copy, key)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == REACHED
        assert connection.exec_driver_sql("SELECT id FROM cases").scalars().all() == [case.id]
    engine.dispose()


def test_an_upgrade_that_fails_leaves_the_version_it_found(office, tmp_path, key, newer_program, monkeypatch):
    whole_visit(office)
    office.parts.vault.close()
    with monkeypatch.context() as patch:
        newer_program("CREATE TABLE extra (id INTEGER);\nCREATE TABLE tickets (id INTEGER);\n")
        with pytest.raises(Exception, match="tickets"):
            LocalVault(tmp_path / "counter.db", key, StandingClock())
        patch.undo()
    monkeypatch.undo()
    vault = LocalVault(tmp_path / "counter.db", key, StandingClock())
    with vault._gate.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == REACHED
        assert not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'extra'").all()
    assert vault.journal.check().rows == 6
    vault.close()
