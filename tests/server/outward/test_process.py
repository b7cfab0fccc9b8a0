"""对外 as a whole process of its own, killed while the platform has a message and has not answered."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clerk_app.server.centre import CentreOffice
from clerk_app.server.outward.keys import Places
from clerk_app.server.outward.running import Course, opener
from clerk_app.store.columns import HALL_ZONE
from tests.server.conftest import Clock
from tests.server.outward.platforms import KEY, RunningPlatform
from tests.server.outward.some_cases import accepted
from tests.server.outward.test_telling import CITY, HALL, maker, numbered, put, rows, says, until

DATABASES = ("postgresql",)
pytestmark = pytest.mark.process


def begin(url: str, keys: Path) -> subprocess.Popen[bytes]:
    words = ["-m", "clerk_app.server", "tell-outside", "--database-url", url, "--keys", str(keys), "--with-parent"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, *words], **pipes)  # type: ignore[call-overload]


def test_killed_with_an_answer_on_its_way_another_goes_on(
    office: CentreOffice, clock: Clock, url: str, platform: RunningPlatform, tmp_path: Path
) -> None:
    says(office, {**CITY, "kinds": ["supervision"], "url": platform.url, "since": "2026-01-05"})
    (tmp_path / f"{HALL}.city.key").write_text(KEY)
    put(office, numbered(1, accepted))
    platform.behave("late")
    with begin(url, tmp_path) as first:
        until(platform.arrived)
        first.kill()
    (row,) = rows(office)
    assert row.state == "waiting"
    with office.database.writing() as connection:  # the dead one's lease is over
        connection.exec_driver_sql("UPDATE outside_partners SET lease_until = next_at")
    put(office, numbered(2, accepted))
    course = Course(office, HALL, maker(office).partner, opener(Places(tmp_path)), "another")
    clock.time = datetime.now(HALL_ZONE) + timedelta(seconds=5)
    while course.step():
        pass
    assert [one.state for one in rows(office)] == ["sent", "sent"]
    assert set(platform.arrived().values()) == {1}
    assert len(platform.asked()) == 3
