"""换机 whole: an administrator's real office before a real centre process, the set-up file, and the new window that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pyotp
import pytest

from clerk_app.command import Refusal
from clerk_app.duty.training import training_totp
from clerk_app.office.office import Office
from clerk_app.office.oversight import machines_desk
from clerk_app.office.oversight.machines_desk import Given, NewMachine
from clerk_app.office.signing_in import sign_in, sign_out
from clerk_app.outside.centre import HttpCentre
from clerk_app.outside.keys import SigningKey
from clerk_app.outside.line import HttpLine
from clerk_app.outside.setup_file import read_setup
from clerk_app.ports import Proof
from clerk_app.ports.machines import MachineSeen, MachinesSeen, Second, SetupWish
from clerk_app.store.columns import HALL_ZONE
from tests.faults.windows import Window
from tests.sync.grounds import Ground
from tests.visits import take

pytestmark = pytest.mark.process
SECOND = Second(account="P101", secret="lian-xi-101")


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    made = Ground(tmp_path, "")
    yield made
    made.close()


def administrator(ground: Ground) -> Window:
    window = Window(ground.folder / "admin", ground.centre.url, 2).open()
    ground.windows.append(window)
    code = pyotp.TOTP(training_totp("P110")).at(datetime.now(HALL_ZONE))
    session = sign_in(window.office, "P110", "lian-xi-110", Proof(code=code))
    assert not isinstance(session, Refusal), session
    window.drain()
    return window


def seen(office: Office) -> MachinesSeen:
    found = machines_desk.look(office)
    assert isinstance(found, MachinesSeen), found
    return found


def machine(office: Office, device: str) -> MachineSeen:
    return next(one for one in seen(office).machines if one.id == device)


def test_the_old_one_goes_and_the_file_makes_the_new_one(ground: Ground) -> None:
    old, admin = ground.window("three", 3), administrator(ground).office
    take(old.office)
    new = NewMachine(reason="主板坏了", second=SECOND, file=ground.folder / "3.clerk-setup", wish=SetupWish())
    refused = machines_desk.swap(admin, machine(admin, old.device), new)
    assert isinstance(refused, Refusal)
    assert refused.type == "swap-not-yet"
    assert not new.file.exists(), "no file without a code"

    sign_out(old.office)
    old.drain()
    old.office.parts.centre.hello(None)
    before = machine(admin, old.device)
    assert before.name
    assert (before.window, before.program != "", before.stuck) == (3, True, "")
    given = machines_desk.swap(admin, before, new)
    assert isinstance(given, Given), given
    setup = read_setup(new.file.read_text("utf-8"), datetime.now(HALL_ZONE))
    assert (setup.window, setup.centre, setup.code) == (3, ground.centre.url, given.made.code)
    assert new.file.stat().st_mode & 0o077 == 0, "for nobody else's eyes"

    key = SigningKey(bytes(range(32)))
    line = HttpCentre(HttpLine(setup.centre, lambda: "", key.sign))
    device = line.enrol(setup.code, setup.window, key.public)
    line.close()
    assert machine(admin, device).acts[0].second == "沈启明"
    assert machine(admin, old.device).state == "revoked"
    assert seen(admin).codes == ()

    again = machines_desk.enrol(admin, 4, new)
    assert isinstance(again, Refusal)
    assert again.sentence.startswith("那里已有同名的文件"), "asked before a code is spent on it"
    assert seen(admin).codes == ()
