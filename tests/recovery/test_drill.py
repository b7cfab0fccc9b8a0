"""恢复演练 the whole of it on a real PostgreSQL: pg_dump while the hall works on, the database lost, the older dump back, `new-epoch`,
every window reconnects, and nothing is lost; a dump of another hall is found out before anybody works on it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from clerk_app.office.counter import visit
from clerk_app.server import enrolment
from clerk_app.server.centre import hall_now
from clerk_app.server.database import Database
from clerk_app.server.loading import load_hall
from clerk_app.server.tables import enrolment_codes, hall_head
from tests.faults.account import account
from tests.faults.centres import training_round_the_clock
from tests.faults.windows import Window
from tests.nursery import run
from tests.server.postgres import _programs, postgres_url
from tests.sync.grounds import Ground
from tests.visits import done, now, take

__all__ = ["postgres_url"]

pytestmark = pytest.mark.process
HALL, OTHER = "JZ01", "JZ02"


class Drill(Ground):
    """`dump` is taken beside a working centre; `bring_back` is what is done after the database is gone."""

    def _tool(self, name: str, *words: str) -> None:
        home = _programs()
        beside = home / name if home is not None else Path(name)
        program = str(beside) if beside.exists() else shutil.which(name)
        assert program is not None, name
        done = subprocess.run([program, *words], capture_output=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr.decode(errors="replace")

    def _plain(self, database: str) -> str:
        return make_url(self._server).set(drivername="postgresql", database=database).render_as_string(False)

    def dump(self, name: str = "") -> Path:
        file = self.folder / f"{name or self._name}.dump"
        self._tool("pg_dump", "--format=custom", f"--file={file}", f"--dbname={self._plain(name or self._name)}")
        return file

    def bring_back(self, file: Path) -> None:
        """The centre stays down."""
        self.centre.kill()
        self._run(f"DROP DATABASE {self._name} WITH (FORCE)", f"CREATE DATABASE {self._name}")
        self._tool("pg_restore", "--exit-on-error", f"--dbname={self._plain(self._name)}", str(file))

    def of_another_hall(self) -> Path:
        """Somebody took the wrong file from the shelf."""
        name = f"{self._name}_other"
        self._run(f"CREATE DATABASE {name}")
        document = training_round_the_clock()
        document["hall"]["id"] = OTHER
        url = make_url(self._server).set(drivername="postgresql+psycopg", database=name).render_as_string(False)
        with closing(Database(url)) as database:
            database.migrate()
            with database.writing() as connection:
                load_hall(connection, document, training_passwords=True)
        return self.dump(name)

    def new_epoch(self, hall: str = HALL) -> subprocess.CompletedProcess[str]:
        return run("clerk_app.server", ["new-epoch", "--hall", hall, "--database-url", self.database])

    def epoch(self) -> str:
        with closing(Database(self.database)) as database, database.reading() as connection:
            found: str = connection.execute(select(hall_head.c.epoch)).scalar_one()
            return found

    def code(self) -> str:
        with closing(Database(self.database)) as database, database.writing() as connection:
            return enrolment.make_code(connection, (HALL, 4), hall_now(), 24).code

    def open_codes(self) -> int:
        with closing(Database(self.database)) as database, database.reading() as connection:
            ends = connection.execute(select(enrolment_codes.c.expires_at)).scalars().all()
        return sum(end > hall_now() + timedelta(seconds=1) for end in ends)


@pytest.fixture
def drill(postgres_url: str, tmp_path: Path) -> Iterator[Drill]:
    made = Drill(tmp_path, postgres_url)
    yield made
    made.close()


def drain_all(*windows: Window) -> None:
    for _ in range(2):
        for window in windows:
            window.drain()


def told(*windows: Window) -> list[str]:
    return [row.id for window in windows for row in window.office.parts.vault.journal.rows((), 200)]


def test_the_older_backup_comes_back_and_nothing_is_lost(drill: Drill) -> None:
    two, three = drill.window("two", 2), drill.window("three", 3)
    early = take(two.office)
    drain_all(two, three)
    drill.code()
    backup = drill.dump()

    late = [take(two.office) for _ in range(3)]
    done(visit.call(two.office, late[0].id))
    theirs = take(three.office)
    drain_all(two, three)
    everything, numbers, epoch = told(two, three), drill.numbers(), drill.epoch()
    other = drill.of_another_hall()

    drill.bring_back(other)
    refused = drill.new_epoch()
    assert refused.returncode == 1
    assert f"没有大厅 {HALL}" in refused.stderr
    assert OTHER in refused.stderr
    drill.centre.start()
    waiting = take(two.office)
    two.due_now()
    two.keeper.round()
    assert "中心不认这台电脑" in two.keeper.state.paused, "a centre of another hall knows none of its windows"
    assert two.tally()["pending"] == 1, "and takes nothing from them"

    drill.bring_back(backup)
    assert drill.open_codes() == 1
    fresh = drill.new_epoch()
    assert fresh.returncode == 0, fresh.stderr
    assert json.loads(fresh.stdout)["epochs"][HALL] == drill.epoch() != epoch
    assert drill.open_codes() == 0, "whether it was used since the backup nobody knows"
    drill.centre.start()
    drain_all(two, three)

    sheet = account([two, three], drill.database, [*everything, *told(two)])
    assert sheet.good, sheet
    assert set(numbers) <= set(drill.numbers())
    for window in (two, three):
        assert set(window.tally()) == {"applied"}
        for ticket in (early, *late[1:], theirs, waiting):
            assert now(window.office, ticket).number == ticket.number
    new = take(three.office)
    drain_all(two, three)
    assert new.number not in {ticket.number for ticket in (early, *late, theirs, waiting)}
    assert account([two, three], drill.database, told(two, three)).good
