"""From one window to all: an administrator asks at window 4, the duty manager confirms at 21, the newcomer sits down at 4 with
a password he must change, the one who was closed cannot; the supervisor finds it all in the hall's audit and exports it signed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyotp
import pytest

from clerk_app.command import Refusal
from clerk_app.duty.roster_lines import RosterLine
from clerk_app.duty.training import training_totp
from clerk_app.office.duty import rostering
from clerk_app.office.office import Done, Session
from clerk_app.office.oversight.audit import Found, look
from clerk_app.office.oversight.audit_export import Exported, export
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.outside.audit_file import check
from clerk_app.ports import Proof
from clerk_app.ports.audit import AuditAsked
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from tests.server.desk import CODE
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow

DATABASES = ("postgresql",)

pytestmark = pytest.mark.process
LINES = (
    RosterLine(what="join", id="P120", name="简明", department="ZWJ", roles=("clerk",)),
    RosterLine(what="post", id="B1", a="P105", b="P120"),
    RosterLine(what="disable", id="P112"),
)
FRESH = "Xin-Mi-Ma-7391"


@pytest.fixture
def hall(url: str, tmp_path: Path) -> Iterator[RealHall]:
    with closing(Database(url)) as database, open_door(app_over(CentreOffice(database, enrolment_code=CODE))) as base:
        hall = RealHall(tmp_path, base, CODE)
        yield hall
        hall.close()


def sit(window: RealWindow, person: str) -> Session:
    window.rounds()
    answer = sign_in(window.office, person, f"lian-xi-{person[-3:]}")
    if isinstance(answer, Refusal) and answer.type == "second-factor-needed":
        code = pyotp.TOTP(training_totp(person)).at(window.office.parts.clock.now())
        answer = sign_in(window.office, person, f"lian-xi-{person[-3:]}", Proof(code=code))
    assert isinstance(answer, Session), answer
    window.rounds()
    return answer


def today(window: RealWindow) -> AuditAsked:
    day = window.office.parts.clock.now().date()
    return AuditAsked(start=day, end=day)


def test_asked_here_confirmed_there_in_force_everywhere(hall: RealHall, tmp_path: Path) -> None:
    four, chief = hall.window(4), hall.window(21)
    sit(four, "P110")
    assert isinstance(rostering.ask(four.office, LINES, "江政服人〔2026〕5号"), Done)
    four.rounds()
    sign_out(four.office)
    sit(chief, "P101")
    before = chief.office.hall.version
    (row,) = rostering.roster_desk(chief.office).rows
    assert row.why_not_confirm == ""
    confirmed = rostering.confirm(chief.office, row.change.id)
    assert isinstance(confirmed, rostering.Confirmed), confirmed
    chief.rounds(3)
    four.rounds(3)
    for window in (chief, four):
        assert window.office.hall.version != before
        assert window.office.hall.roster.posts["B1"].b == "P120"
    assert set(chief.states().values()) == {"applied"}
    newcomer_sits_down(four, confirmed.handouts[0].password)
    closed = sign_in(hall.window(11).office, "P112", "lian-xi-112")
    assert isinstance(closed, Refusal)
    assert closed.type == "account-disabled"
    supervised(four, tmp_path)


def newcomer_sits_down(window: RealWindow, password: str) -> None:
    """The first password leads to changing it, nowhere else."""
    first: Any = sign_in(window.office, "P120", password)
    assert isinstance(first, Refusal)
    assert first.type == "password-old"
    answer = sign_in(window.office, "P120", password, Proof(new_password=FRESH))
    assert isinstance(answer, Session), answer
    assert (answer.person.name, answer.seat.post) == ("简明", "B1")
    window.rounds()
    sign_out(window.office)


def supervised(window: RealWindow, tmp_path: Path) -> None:
    """What was done at other windows, sign-ins and failures among it."""
    sit(window, "P109")
    found = look(window.office, today(window))
    assert isinstance(found, Found)
    assert (found.whole, found.said) == (True, "")
    told = {(row.who, row.what): row for row in found.rows}
    assert told["车立新", "提人员岗位变动"].place == "4号窗口"
    assert told["沈启明", "确认人员岗位变动"].place == "21号窗口"
    assert ("柏松", "登录没成") in told
    assert ("简明", "换密码") in told
    answer = export(window.office, today(window), tmp_path / "审计.csv")
    assert isinstance(answer, Exported), answer
    assert answer.whole
    data = answer.file.read_bytes()
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))) == answer.rows + 1
    assert check(data, answer.signature.read_bytes()).good
    window.rounds()
    again = look(window.office, today(window))
    assert isinstance(again, Found)
    assert "导出审计" in {row.what for row in again.rows}
