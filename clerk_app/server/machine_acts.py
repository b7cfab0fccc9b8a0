"""电脑的事 入列、撤回、换机、报失: by an administrator, with a second person where the hall wants one; each is kept and in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from clerk_app.duty.high_risk import Step
from clerk_app.outside.ids import new_id
from clerk_app.ports.machines import Act, CodeMade, Gone, MachinesSeen, Second
from clerk_app.server import enrolment
from clerk_app.server.agreeing import Agreed, agreed_by
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, Knock, revoke
from clerk_app.server.machines import around, list_codes, list_machines, machine_of
from clerk_app.server.problems import ProblemError
from clerk_app.server.sign_in_events import EventKind, Place, note
from clerk_app.server.signed_persons import Caller, not_him, seated
from clerk_app.server.tables import device_acts, devices, enrolment_codes

HOURS = 24.0
LOOKERS = frozenset({"admin", "duty_manager", "supervisor"})
STEPS: dict[Act, Step] = {
    "code": "device_code",
    "undo": "device_undo",
    "swap": "device_swap",
    "loss": "device_loss",
}
_events: dict[Act, EventKind] = {
    "code": "device_code_made",
    "undo": "device_code_undone",
    "swap": "device_swapped",
    "loss": "device_lost",
}
d, c, t = devices, enrolment_codes, device_acts


@dataclass(frozen=True)
class Asked:
    """谁要办 from which machine, signed by whom, why, and who else agrees."""

    device: Device
    knock: Knock
    caller: Caller
    reason: str = ""
    second: Second | None = None


@dataclass(frozen=True)
class _About:
    """About which machine or code, at which window."""

    window: int
    device: str = ""
    code_hash: str = ""


@dataclass(frozen=True)
class _Doing:
    """In which transaction, for whom."""

    office: CentreOffice
    connection: Connection
    asked: Asked
    agreed: Agreed


def seen(office: CentreOffice, asked: Asked) -> MachinesSeen:
    """大厅的电脑 for who administers, confirms, or looks on."""
    roles = _roles(office, asked)
    if not LOOKERS & roles:
        raise ProblemError(403, "machines-not-yours", "大厅的电脑由管理员、值班长和监察员看，没有给。")
    hall = asked.device.hall
    with office.database.reading() as connection:
        place = around(office, connection, hall)
        return MachinesSeen(
            machines=list_machines(connection, hall, place),
            codes=list_codes(connection, hall, place.now),
            two=tuple(act for act, step in STEPS.items() if place.hall.high_risk.wants_two(step)),
            may_act="admin" in roles,
        )


def _roles(office: CentreOffice, asked: Asked) -> frozenset[str]:
    """Raises a problem unless he signed this very request and is signed in there."""
    with office.database.reading() as connection:
        if seated(office, connection, asked.device, asked.knock, asked.caller) is None:
            raise not_him("machines-not-signed")
        people = office.hall_in_force(connection, asked.device.hall).roster.people
        known = people.get(asked.caller.person)
        return frozenset(known.roles) if known else frozenset()


def _agreed(office: CentreOffice, asked: Asked, act: Act) -> Agreed:
    if "admin" not in _roles(office, asked):
        raise ProblemError(403, "machines-not-yours", "电脑的入列、换机、报失由管理员办，没有办，什么都没动。请他来。")
    if not asked.reason.strip():
        raise ProblemError(409, "reason-missing", "没有写为什么，没有办，什么都没动。写一句依据再来。")
    return agreed_by(office, asked.device, STEPS[act], asked.caller.person, asked.second)


def make_code(office: CentreOffice, asked: Asked, window: int) -> CodeMade:
    """入列 a one-time code for one machine at this window."""
    _check_window(office, asked.device.hall, window)
    agreed = _agreed(office, asked, "code")
    with office.database.writing() as connection:
        return _code(_Doing(office, connection, asked, agreed), "code", _About(window))


def _check_window(office: CentreOffice, hall: str, window: int) -> None:
    with office.database.reading() as connection:
        if window not in office.hall_in_force(connection, hall).roster.windows:
            raise ProblemError(409, "window-unknown", f"大厅没有{window}号窗口，没有发入列码。核对窗口号。")


def _code(doing: _Doing, act: Act, about: _About) -> CodeMade:
    office, connection, hall = doing.office, doing.connection, doing.asked.device.hall
    made = enrolment.make_code(connection, (hall, about.window), office.now(), HOURS)
    return CodeMade(
        act=_keep(doing, act, _About(about.window, about.device, enrolment.hash_of(made.code))),
        code=made.code,
        window=about.window,
        expires=made.expires,
        hall=hall,
        hall_name=office.hall_in_force(connection, hall).name,
    )


def _keep(doing: _Doing, act: Act, about: _About) -> str:
    """In the list of acts for ever, and in the audit like a sign-in."""
    asked, agreed = doing.asked, doing.agreed
    place, key, reason = Place(asked.device, doing.office.now()), new_id(), asked.reason.strip()
    row = {
        "hall": asked.device.hall,
        "id": key,
        "at": place.at,
        "kind": act,
        "asked_by": agreed.first,
        "second": agreed.second,
        "reason": reason,
        **vars(about),
    }
    doing.connection.execute(t.insert(), [row])
    with_whom = f"，{agreed.second} 同意" if agreed.second else ""
    note(doing.connection, place, _events[act], agreed.first, f"{about.window}号窗口{with_whom}：{reason}")
    return key


def undo_code(office: CentreOffice, asked: Asked, act: str) -> None:
    """撤回 a code nobody has used: it lets nobody in from now on."""
    agreed, hall = _agreed(office, asked, "undo"), asked.device.hall
    with office.database.writing() as connection:
        made = select(t.c.code_hash, t.c.window, t.c.device).where(t.c.hall == hall, t.c.id == act[:36])
        row = connection.execute(made).one_or_none()
        now = office.now()
        open_ = (c.c.hall == hall, c.c.code_hash == (row.code_hash if row else ""), c.c.used_by == "")
        over = update(c).where(*open_, c.c.expires_at > now).values(expires_at=now)
        if row is None or connection.execute(over.returning(c.c.window)).one_or_none() is None:
            sentence = "这个入列码用过了，或者已经过期，没有撤回，什么都没动。已经入列的电脑要停用，办报失。"
            raise ProblemError(409, "code-spent", sentence)
        _keep(_Doing(office, connection, asked, agreed), "undo", _About(row.window, row.device, row.code_hash))


def swap(office: CentreOffice, asked: Asked, device: str) -> CodeMade:
    """换机 the old machine is out of use and its window has a code, in one transaction or not at all."""
    _machine(office, asked, device)
    agreed, hall = _agreed(office, asked, "swap"), asked.device.hall
    with office.database.writing() as connection:
        row = _row(connection, hall, device, lock=True)
        if why := machine_of(row, around(office, connection, hall)).stuck:
            raise ProblemError(409, "swap-not-yet", why)
        revoke(connection, hall, row.id, office.now())
        return _code(_Doing(office, connection, asked, agreed), "swap", _About(row.window, row.id))


def lose(office: CentreOffice, asked: Asked, device: str) -> Gone:
    """报失 out of use from this moment; what was in its hands stays there until two persons free it."""
    _machine(office, asked, device)
    agreed, hall = _agreed(office, asked, "loss"), asked.device.hall
    with office.database.writing() as connection:
        row = _row(connection, hall, device, lock=True)
        if row.revoked:
            raise ProblemError(409, "device-gone", "这台电脑已经停用了，没有再报失，什么都没动。")
        revoke(connection, hall, row.id, office.now())
        held = around(office, connection, hall).held.get(row.id, 0)
        _keep(_Doing(office, connection, asked, agreed), "loss", _About(row.window, row.id))
    return Gone(held=held)


def _machine(office: CentreOffice, asked: Asked, device: str) -> None:
    """Before anybody is asked for a password; the machine one sits at is not taken away from under oneself."""
    with office.database.reading() as connection:
        _row(connection, asked.device.hall, device)
    if device == asked.device.id:
        raise ProblemError(409, "own-device", "这就是您正用着的电脑，没有办，什么都没动。换一台电脑登录再办。")


def _row(connection: Connection, hall: str, device: str, *, lock: bool = False) -> Row[Any]:
    query = select(d).where(d.c.hall == hall, d.c.id == device[:36])
    known = device.isascii() and device.isprintable()
    row = connection.execute(query.with_for_update() if lock else query).one_or_none() if known else None
    if row is None:
        raise ProblemError(404, "device-not-here", "本大厅没有这台电脑，没有办，什么都没动。刷新再看。")
    return row
