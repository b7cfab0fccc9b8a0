"""Who signed in online once may sit, with the line cut, wherever he is A角, B角 or chief, though he never sat there."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from clerk_app.command import Refusal
from clerk_app.office import keys_elsewhere
from clerk_app.office.secrets import Secret, ask_centre, ask_here
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.outside.keys import PasswordLocksmith
from clerk_app.server import accounts, devices, wrapped_keys
from clerk_app.server.centre import CentreOffice
from clerk_app.server.database import Database
from clerk_app.server.tables import person_keys
from clerk_app.server.tables import wrapped_keys as rows
from clerk_app.sync import protocol
from tests.server.conftest import Clock
from tests.server.desk import CODE, Desk
from tests.server.one_app import app_over
from tests.server.open_door import open_door
from tests.server.real_windows import RealHall, RealWindow

DATABASES = ("postgresql",)

B, B_WORD = "P204", "lian-xi-204"  # B角 of window 2's post, A角 of window 3's
CHIEF, PIN = "P201", "201201"


@pytest.fixture
def centre(url: str) -> Iterator[CentreOffice]:
    with closing(Database(url)) as database:
        yield CentreOffice(database, enrolment_code=CODE)


@pytest.fixture
def hall(centre: CentreOffice, tmp_path: Path) -> Iterator[RealHall]:
    with open_door(app_over(centre)) as base:
        hall = RealHall(tmp_path, base, CODE)
        yield hall
        hall.close()


@pytest.fixture
def there(hall: RealHall) -> RealWindow:
    """Window 2, where B never sat."""
    window = hall.window(2)
    window.rounds()
    return window


@pytest.fixture
def home(hall: RealHall, there: RealWindow) -> RealWindow:
    """Window 3, where B sits."""
    return hall.window(3)


def meet(home: RealWindow, there: RealWindow) -> None:
    """What was left at the centre is fetched: one round hears of it, the next fetches."""
    home.rounds()
    there.rounds()


def test_b_sits_at_as_machine_with_the_line_cut(home: RealWindow, there: RealWindow) -> None:
    home.sits(B, B_WORD)
    meet(home, there)
    there.line.cut()
    there.rounds(1)
    session = there.sits(B, B_WORD)
    assert (session.online, session.seat.window, session.seat.post) == (False, 2, "A1")
    sign_out(there.office)
    made = there.states()
    assert set(made.values()) == {"pending"}
    there.line.join()
    there.rounds(3)
    assert {there.states()[key] for key in made} == {"applied"}, "signed with a key the centre knows at this machine"


def test_before_he_signed_in_anywhere_he_cannot(there: RealWindow) -> None:
    there.line.cut()
    refused = sign_in(there.office, B, B_WORD)
    assert isinstance(refused, Refusal)
    assert refused.type == "no-credential"


def test_a_wrong_password_there_is_counted_there(home: RealWindow, there: RealWindow) -> None:
    home.sits(B, B_WORD)
    meet(home, there)
    there.line.cut()
    refused = sign_in(there.office, B, "guess")
    assert isinstance(refused, Refusal)
    assert "还可试 4 次" in refused.sentence
    there.sits(B, B_WORD)


def test_the_chiefs_pin_goes_to_the_windows_he_answers_for(hall: RealHall, there: RealWindow) -> None:
    seat = hall.window(21)
    chief = seat.office.hall.roster.people[CHIEF]
    assert not isinstance(ask_centre(seat.office, chief, Secret(PIN, 21, pin=True)), Refusal)
    meet(seat, there)
    there.line.cut()
    key = ask_here(there.office, chief, Secret(PIN, 2, pin=True))
    assert not isinstance(key, Refusal)
    assert there.office.parts.vault.keep.credential(CHIEF) is None, "the PIN brings no password along"


def test_each_machine_has_a_key_of_its_own(
    home: RealWindow, there: RealWindow, hall: RealHall, centre: CentreOffice
) -> None:
    second = hall.window(2)
    home.sits(B, B_WORD)
    meet(home, there)
    second.rounds()
    with centre.database.reading() as connection:
        keys = connection.execute(select(person_keys).where(person_keys.c.person == B)).all()
        kept = connection.execute(select(rows).where(rows.c.person == B)).all()
    assert sorted(k.device for k in keys) == sorted(w.device for w in (home, there, second))
    assert len({k.public_key for k in keys}) == 3
    assert {k.device: bool(k.verifier) for k in kept} == {home.device: False, there.device: True, second.device: True}
    locksmith = PasswordLocksmith()
    for row in kept:
        if row.verifier:
            key = locksmith.unwrap(bytes(row.wrapped_key), B_WORD)
            assert key is not None
            assert key.public in {k.public_key for k in keys if k.device == row.device}
            assert locksmith.unwrap(bytes(row.wrapped_key), "guess") is None


def test_it_is_sent_once_and_kept_fresh_by_every_sign_in(
    home: RealWindow, there: RealWindow, centre: CentreOffice
) -> None:
    home.sits(B, B_WORD)
    meet(home, there)
    first = there.office.parts.vault.keep.credential(B)
    assert first is not None
    sign_out(home.office)
    home.sits(B, B_WORD)
    meet(home, there)
    again = there.office.parts.vault.keep.credential(B)
    assert again is not None
    assert (again.verifier, again.wrapped_key) == (first.verifier, first.wrapped_key), "not made a second time"
    assert again.online_at > first.online_at, "good for three open days from today"


def test_a_changed_password_takes_the_old_ones_place(home: RealWindow, there: RealWindow, centre: CentreOffice) -> None:
    home.sits(B, B_WORD)
    meet(home, there)
    with centre.database.writing() as connection:
        accounts.set_password(connection, "JZ01", B, "换了一个很长的", centre.now())
    there.rounds()
    assert there.office.parts.vault.keep.credential(B) is None, "the old one opens nothing any more"
    sign_out(home.office)
    home.sits(B, "换了一个很长的")
    meet(home, there)
    there.line.cut()
    refused = sign_in(there.office, B, B_WORD)
    assert isinstance(refused, Refusal)
    assert refused.type == "password-wrong"
    there.sits(B, "换了一个很长的")


def test_an_account_that_ended_is_forgotten_everywhere(
    home: RealWindow, there: RealWindow, centre: CentreOffice
) -> None:
    home.sits(B, B_WORD)
    meet(home, there)
    sign_out(home.office)
    with centre.database.writing() as connection:
        accounts.disable(connection, "JZ01", B, centre.now())
    home.rounds()
    there.rounds()
    for window in (home, there):
        window.line.cut()
        refused = sign_in(window.office, B, B_WORD)
        assert isinstance(refused, Refusal)
        assert refused.type == "no-credential"


def test_the_sign_in_waits_for_none_of_it(home: RealWindow, there: RealWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    make = PasswordLocksmith.make
    monkeypatch.setattr(PasswordLocksmith, "make", lambda self: made.append(1) or make(self))
    home.sits(B, B_WORD)
    assert len(made) == 1, "his own key only"
    home.rounds(1)
    assert len(made) == 2, "the other one by the line loop"


def test_a_line_cut_before_sending_sends_when_it_is_back(home: RealWindow, there: RealWindow) -> None:
    home.rounds()
    home.sits(B, B_WORD)
    home.line.cut()
    home.rounds(2)
    assert not home.keeper.state.connected
    home.line.join()
    meet(home, there)
    assert there.office.parts.vault.keep.credential(B) is not None


def test_a_secret_does_not_wait_for_ever(home: RealWindow, there: RealWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    home.rounds()
    monkeypatch.setattr(keys_elsewhere, "KEPT_FOR", -1.0)
    home.sits(B, B_WORD)
    meet(home, there)
    assert there.office.parts.vault.keep.credential(B) is None
    assert not home.office.parts.keys._parcels
    assert B_WORD not in repr(home.office.parts)


def test_many_windows_are_served_a_few_a_round(hall: RealHall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys_elsewhere, "AT_ONCE", 2)
    windows, home = [hall.window(2) for _ in range(3)], hall.window(3)
    home.sits(B, B_WORD)
    for served in (2, 3):
        home.rounds(1)
        have = [window.office.parts.keys._post.fetch().keys for window in windows]
        assert sum(bool(keys) for keys in have) == served


# What the centre takes, and from whom.


@pytest.fixture
def grant(desk: Desk, desk_at: Any) -> tuple[Desk, Desk, dict[str, Any]]:
    """P203 at window 2; window 3 lacks his secret."""
    other = desk_at(3)
    answer = desk.sign_in("lian-xi-203")
    assert answer.json["devices"] == [other.device]
    return desk, other, answer.json


def parcel(device: str) -> dict[str, Any]:
    locksmith = PasswordLocksmith()
    key = locksmith.make()
    wrapped = base64.b64encode(key.wrap("lian-xi-203")).decode()
    plain = {"device": device, "verifier": locksmith.verifier("lian-xi-203"), "wrapped_key": wrapped}
    return {**plain, "public_key": key.public}


def send(desk: Desk, grant: str, *keys: dict[str, Any], slot: str = "P203") -> Any:
    return desk.send("POST", protocol.KEYS, {"slot": slot, "grant": grant, "keys": list(keys)})


def test_only_with_the_grant_of_the_very_sign_in(grant: tuple[Desk, Desk, dict[str, Any]], clock: Clock) -> None:
    desk, other, said = grant
    row = parcel(other.device)
    attempts = [
        send(desk, "", row), send(desk, desk.token, row), send(other, said["grant"], row),
        send(desk, said["grant"], row, slot="P204"), send(desk, said["grant"], row, slot="P203#pin"),
        send(desk, said["grant"], row, slot="P999"),
    ]  # fmt: skip
    assert {(a.status, a.type) for a in attempts} == {(403, "grant-over")}
    clock.time += timedelta(minutes=10)
    assert send(desk, said["grant"], row).type == "grant-over"
    assert [one["verifier"] for one in other.send("GET", protocol.KEYS).json["keys"]] == [""], (
        "only what is his own there"
    )


def test_a_grant_ends_with_the_password(grant: tuple[Desk, Desk, dict[str, Any]], office: CentreOffice) -> None:
    desk, other, said = grant
    with office.database.writing() as connection:
        accounts.set_password(connection, "JZ01", "P203", "又一个很长的密码", office.now())
    assert send(desk, said["grant"], parcel(other.device)).type == "grant-over"


def test_only_for_machines_at_his_windows(
    grant: tuple[Desk, Desk, dict[str, Any]], desk_at: Any, office: CentreOffice
) -> None:
    desk, other, said = grant
    far = desk_at(4)
    assert send(desk, said["grant"], parcel(far.device), parcel("nobody"), parcel(desk.device)).json == {"kept": 0}
    with office.database.writing() as connection:
        devices.revoke(connection, "JZ01", other.device, office.now())
    assert send(desk, said["grant"], parcel(other.device)).json == {"kept": 0}
    assert far.send("GET", protocol.KEYS).json["keys"] == [
        {"slot": "P105", "verifier": "", "wrapped_key": "", "at": "2026-11-20T09:05:00+08:00"}
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"verifier": "plain"}, {"verifier": "$argon2id$v=19$m=999999,t=9,p=4$" + "a" * 22 + "$" + "a" * 43},
        {"verifier": "$argon2id$v=19$m=19456,t=2,p=1$\u0000$"}, {"wrapped_key": "!!"}, {"wrapped_key": "AAAA"},
        {"public_key": "abc"}, {"device": "x" * 40},
    ],
    ids=range(7),
)  # fmt: skip
def test_what_is_no_wrapped_key_is_not_kept(grant: tuple[Desk, Desk, dict[str, Any]], changed: dict[str, Any]) -> None:
    desk, other, said = grant
    answer = send(desk, said["grant"], {**parcel(other.device), **changed})
    assert (answer.status, answer.type) == (400, "unreadable-request")
    assert send(desk, said["grant"], *[parcel(other.device)] * (wrapped_keys.MOST + 1)).status == 400


def test_a_machine_reads_its_own_only(grant: tuple[Desk, Desk, dict[str, Any]]) -> None:
    desk, other, said = grant
    row = parcel(other.device)
    assert send(desk, said["grant"], row).json == {"kept": 1}
    mine = {one["slot"]: one for one in other.send("GET", protocol.KEYS).json["keys"]}
    assert mine["P203"]["wrapped_key"] == row["wrapped_key"]
    assert datetime.fromisoformat(mine["P203"]["at"]).tzinfo is not None
    assert [one["verifier"] for one in desk.send("GET", protocol.KEYS).json["keys"]] == [""]
    assert desk.sign_in("lian-xi-203").json["devices"] == [], "nothing is lacking any more"
