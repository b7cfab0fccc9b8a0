"""The second copy's loop over a real store and a real folder: within one turn everything unsent lies there, no more, no less."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from clerk_app.office.events import CopyState
from clerk_app.office.line import copying
from clerk_app.office.line.copying import CopyKeeper, gathered
from clerk_app.office.running import Running
from clerk_app.outside.copied_blobs import FolderBlobs
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.second_copy import FolderCopies
from clerk_app.outside.unsent_file import read_document
from clerk_app.ports import Verdict
from clerk_app.ports.copies import CopyFile, SecondCopy, Span
from clerk_app.store.engine import open_for_reading
from clerk_app.store.gate import Gate
from clerk_app.store.journal import ANSWERED
from clerk_app.store.unsent import UnsentBook
from clerk_app.store.unsent_blobs import UnsentBlobBook
from tests.desk import cut_office
from tests.faults.waiting import until
from tests.recovery.parts import recovery_key, recovery_pair
from tests.visits import take, whole_visit

KEY = bytes(range(32))
DEVICE = "device-under-test"


class Watch:
    """A clock that is moved by hand."""

    time = 100.0

    def __call__(self) -> float:
        return self.time


class Desk:
    """An office whose second copy goes to a folder."""

    def __init__(self, tmp_path) -> None:
        self.folder = tmp_path / "share"
        self.folder.mkdir()
        self.office = cut_office(tmp_path, KEY)
        gate = Gate(open_for_reading(tmp_path / "counter.db", KEY))
        self.book = UnsentBook(gate)
        self.blob_book = UnsentBlobBook(gate, tmp_path / "blobs", KEY)
        self.wrapped: bytes | None = b"the wrapped key"
        self.blob_place = FolderBlobs(self.folder, lambda: self.wrapped)
        clock = self.office.parts.clock
        self.place = FolderCopies(self.folder, lambda: recovery_pair()[0], SigningKey(KEY).sign, clock.now)
        self.office.parts = replace(self.office.parts, second_copy=self.copy())
        self.watch = Watch()
        self.keeper = CopyKeeper(self.office, self.watch)
        self.said: list[CopyState] = []
        self.office.bell.subscribe(lambda event: self.said.append(event) if isinstance(event, CopyState) else None)

    def copy(self, rows: UnsentBook | None = None) -> SecondCopy:
        return SecondCopy(rows or self.book, self.place, self.blob_book, self.blob_place)

    def turn(self) -> float:
        """Long after the last one."""
        self.watch.time += 60
        assert self.keeper.step() == copying.PATIENCE
        self.watch.time += copying.PATIENCE
        return self.keeper.step()

    def spans(self) -> list[Span]:
        return [file.span for file in self.place.files(DEVICE)]

    def copied(self) -> list[str]:
        files = [read_document(recovery_key().open(file.read_bytes())) for file in self.folder.iterdir()]
        rows = sorted((row.seq, row.envelope) for file in files for row in file.commands)
        return [envelope for _, envelope in rows]

    def journal(self) -> list[str]:
        with self.office.parts.vault._gate.begin() as connection:
            rows = connection.exec_driver_sql("SELECT envelope FROM journal ORDER BY seq").all()
        return [row[0].decode() for row in rows]

    def settle(self, *positions: int, state: str = "applied") -> None:
        rows = list(reversed(self.office.parts.vault.journal.rows((), 1000)))
        self.office.parts.vault.journal.settle([Verdict(id=rows[p - 1].id, state=state) for p in positions], 1.0)

    def close(self) -> None:
        self.book.close()
        self.office.parts.vault.close()


@pytest.fixture
def desk(tmp_path):
    with closing(Desk(tmp_path)) as desk:
        yield desk


def test_one_turn_and_everything_lies_there(desk):
    whole_visit(desk.office)
    assert desk.turn() == copying.REST
    assert desk.spans() == [Span(1, 1, 6)]
    assert desk.copied() == desk.journal()
    assert (desk.keeper.state.ok, desk.keeper.state.said) == (True, "未送的都有第二份。")
    assert [state.ok for state in desk.said] == [True]


def test_only_what_is_new_is_written_and_nothing_is_said_twice(desk):
    take(desk.office)
    desk.turn()
    before = {file: file.stat().st_mtime_ns for file in desk.folder.iterdir()}
    desk.turn()
    assert {file: file.stat().st_mtime_ns for file in desk.folder.iterdir()} == before
    assert len(desk.said) == 1
    take(desk.office)
    desk.turn()
    assert desk.spans() == [Span(1, 1, 1), Span(1, 2, 2)]
    assert all(file.stat().st_mtime_ns == before[file] for file in before)
    assert len(desk.said) == 2
    assert desk.copied() == desk.journal()


def test_a_file_goes_only_when_all_of_it_is_decided(desk):
    for _ in range(3):
        take(desk.office)
    desk.turn()
    take(desk.office)
    desk.turn()
    desk.settle(1, 3)
    desk.turn()
    assert desk.spans() == [Span(1, 1, 3), Span(1, 4, 4)]
    desk.settle(2)
    desk.turn()
    assert desk.spans() == [Span(1, 4, 4)]
    desk.settle(4)
    desk.turn()
    assert desk.spans() == []


def test_what_was_not_done_stays_until_a_person_settled_it(desk):
    take(desk.office)
    desk.settle(1, state="refused")
    desk.turn()
    assert desk.spans() == [Span(1, 1, 1)]
    settle = "INSERT INTO settlements VALUES ('JZ01', ?, 'dropped', 'P203', '2026-11-20T10:31:00+08:00', '', '')"
    command = desk.office.parts.vault.journal.rows((), 1)[0].id
    with desk.office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql(settle, (command,))
    desk.turn()
    assert desk.spans() == []


def test_what_was_set_aside_and_settled_stays_until_the_centre_has_it(desk):
    """A gap in the chain would hold everything behind it."""
    take(desk.office)
    command = desk.office.parts.vault.journal.rows((), 1)[0].id
    settle = "INSERT INTO settlements VALUES ('JZ01', ?, 'dropped', 'P203', '2026-11-20T10:31:00+08:00', '', '')"
    with desk.office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql(settle, (command,))
        connection.exec_driver_sql("UPDATE verdicts SET state = 'set_aside', next_at = 0")
    desk.turn()
    assert desk.spans() == [Span(1, 1, 1)]
    with desk.office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql("UPDATE verdicts SET next_at = ?", (ANSWERED,))
    desk.turn()
    assert desk.spans() == []


def test_files_that_vanished_are_written_again(desk):
    """Another stick, or somebody tidied up."""
    whole_visit(desk.office)
    desk.turn()
    for file in desk.folder.iterdir():
        file.unlink()
    desk.turn()
    assert desk.copied() == desk.journal()


def test_what_the_centre_lost_is_copied_again(desk):
    for _ in range(3):
        take(desk.office)
    desk.turn()
    desk.settle(1, 2, 3)
    desk.turn()
    assert desk.spans() == []
    with desk.office.parts.vault._gate.begin() as connection:
        connection.exec_driver_sql("UPDATE verdicts SET state = 'pending', next_at = 0 WHERE seq > 1")
    desk.turn()
    assert desk.spans() == [Span(1, 2, 3)]


def test_many_small_files_become_few(desk, monkeypatch):
    monkeypatch.setattr(copying, "MOST_FILES", 4)
    for _ in range(5):
        take(desk.office)
        desk.turn()
    assert desk.spans() == [Span(1, 1, 5)]
    assert desk.copied() == desk.journal()
    take(desk.office)
    desk.turn()
    assert desk.spans() == [Span(1, 1, 5), Span(1, 6, 6)]


def test_a_backlog_is_written_in_bounded_files(desk, monkeypatch):
    monkeypatch.setattr(copying, "MOST_ROWS", 4)
    for _ in range(10):
        take(desk.office)
    desk.turn()
    assert desk.spans() == [Span(1, 1, 4), Span(1, 5, 8), Span(1, 9, 10)]
    assert desk.copied() == desk.journal()


@pytest.mark.parametrize(
    ("files", "groups"),
    [
        ([], []),
        ([CopyFile(Span(1, 1, 5), 9)], []),
        ([CopyFile(Span(1, 1, 5), 9), CopyFile(Span(1, 6, 7), 9)], [[Span(1, 1, 5), Span(1, 6, 7)]]),
        ([CopyFile(Span(1, 1, 5), 9), CopyFile(Span(2, 1, 7), 9)], []),
        ([CopyFile(Span(1, 1, 900), 9), CopyFile(Span(1, 901, 1001), 9)], []),
        ([CopyFile(Span(1, 1, 2), 4 << 20), CopyFile(Span(1, 3, 4), 1), CopyFile(Span(1, 5, 5), 1)], [[Span(1, 3, 4), Span(1, 5, 5)]]),
        ([CopyFile(Span(1, 1, 1), 1), CopyFile(Span(1, 3000, 3001), 1)], []),
    ],
)  # fmt: skip
def test_neighbours_are_gathered_while_they_stay_handy(files, groups):
    assert gathered(files) == groups


def test_a_place_away_is_said_once_and_taken_up_again(desk):
    whole_visit(desk.office)
    hidden = desk.folder.rename(desk.folder.with_name("unplugged"))
    assert desk.turn() == copying.AWAY_REST
    assert desk.turn() == copying.AWAY_REST
    assert [state.ok for state in desk.said] == [False]
    assert "办件照常" in desk.said[0].said
    take(desk.office)
    hidden.rename(desk.folder)
    desk.turn()
    assert [state.ok for state in desk.said] == [False, True]
    assert desk.copied() == desk.journal()


def test_a_moment_after_an_act_however_often_it_is_woken(desk):
    take(desk.office)
    assert desk.keeper.step() == copying.PATIENCE
    desk.watch.time += 0.25
    take(desk.office)
    assert desk.keeper.step() == pytest.approx(copying.PATIENCE - 0.25)
    assert desk.spans() == []
    desk.watch.time += 0.75
    assert desk.keeper.step() == copying.REST
    assert desk.spans() == [Span(1, 1, 2)]


def test_what_was_answered_at_once_is_never_copied(desk):
    take(desk.office)
    desk.keeper.step()
    desk.settle(1)
    desk.watch.time += copying.PATIENCE
    desk.keeper.step()
    assert desk.spans() == []


def test_tidying_waits_while_acts_go_on(desk):
    take(desk.office)
    desk.turn()
    desk.settle(1)
    take(desk.office)
    for _ in range(2):
        desk.keeper.step()
        desk.watch.time += copying.PATIENCE
    assert desk.spans() == [Span(1, 1, 1), Span(1, 2, 2)]
    desk.keeper.step()
    desk.watch.time += copying.TIDYING
    desk.keeper.step()
    assert desk.spans() == [Span(1, 2, 2)]


class Confused(UnsentBook):
    """Names the same rows again and again."""

    def first_outside(self, covered, most):
        return Span(1, 1, 1)


def test_rows_that_cannot_be_told_apart_stop_the_copy_and_nothing_else(desk):
    take(desk.office)
    book = Confused(desk.book._gate)
    desk.keeper.copy = desk.copy(book)
    assert desk.turn() == copying.AWAY_REST
    assert "请管理员核对流水" in desk.keeper.state.said
    take(desk.office)


def test_without_a_place_it_rests_and_says_so(tmp_path):
    office = cut_office(tmp_path, KEY)
    keeper = CopyKeeper(office)
    assert keeper.step() == copying.REST
    assert not keeper.state.ok
    assert "desk.toml" in keeper.state.said
    office.parts.vault.close()


def test_an_act_goes_on_while_a_copy_reads(desk):
    """A connection of its own: while the copy looks, the office writes, and the copy sees one moment only."""
    take(desk.office)
    with desk.book._gate.begin() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
        take(desk.office)
        assert connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one() == before
    assert desk.book.first_outside([], 500) == Span(1, 1, 2)


class NoLane:
    printer = ""

    def pump(self) -> bool:
        return False

    def status(self):
        return type("Status", (), {"ready": True, "said": "好"})()


def test_the_running_office_copies_within_seconds_of_an_act(desk):
    running = Running(desk.office, NoLane())
    running.start()
    try:
        whole_visit(desk.office)
        until(lambda: desk.copied() == desk.journal())
    finally:
        running.stop()
    assert running.copies.state.ok
