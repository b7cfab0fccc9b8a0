"""大厅的电脑 the administrator's desk for machines: the list from the centre, certificates that run out, and what is done about one.

Everything here asks the centre: none of it is for the screen's or the store's thread, but `certificates`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TypeVar

from clerk_app.command import Refusal
from clerk_app.office.office import Office
from clerk_app.office.oversight.seal_desk import read_seal_desk
from clerk_app.office.oversight.signed_asking import ask_signed
from clerk_app.ports.audit import Signer
from clerk_app.ports.doctor import Finding
from clerk_app.ports.machines import (
    CodeMade,
    Gone,
    MachineCentre,
    MachineSeen,
    MachinesSeen,
    Second,
    SetupTrouble,
    SetupWish,
)

T = TypeVar("T")
CENTRE_CERTIFICATE = "中心的证书"
_away = Refusal("line-cut", "线路断着，电脑的事没有办，什么都没动。线路恢复再办。")
_no_place = Refusal("no-shelf", "这台机器发不了装机文件，没有办，什么都没动。换一台窗口电脑再办。")


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """一张证书 whose, and how many days it is good for yet."""

    name: str
    left: int


@dataclass(frozen=True, kw_only=True)
class NewMachine:
    """新电脑 why, who else agrees, where its set-up file goes and what stands in it."""

    reason: str
    second: Second | None
    file: Path
    wish: SetupWish


@dataclass(frozen=True, kw_only=True)
class Given:
    """发出来了 the code, its set-up file, and why that was not written (empty: it was)."""

    made: CodeMade
    file: Path
    trouble: str = ""


def certificates(office: Office) -> tuple[Certificate, ...]:
    """Of the hall's seals, the shortest first; reads the store."""
    seen = [one for one in read_seal_desk(office) if one.left is not None]
    return tuple(
        Certificate(name=one.seal.name, left=one.left or 0) for one in sorted(seen, key=lambda one: one.left or 0)
    )


def centre_certificate(office: Office) -> Finding | None:
    """中心的证书 as the doctor sees it; None where there is no doctor."""
    checks = office.parts.doctor.checks() if office.parts.doctor is not None else ()
    return next((check.look() for check in checks if check.name == CENTRE_CERTIFICATE), None)


def look(office: Office) -> MachinesSeen | Refusal:
    """The list, in hall time, people by their names."""
    seen = _ask(office, lambda centre, by: centre.seen(by))
    if isinstance(seen, Refusal):
        return seen
    zone, name = office.parts.clock.now().tzinfo, office.hall.roster.name_of
    machines = tuple(_machine_in(one, zone, name) for one in seen.machines)
    codes = tuple(
        replace(
            one,
            made_at=one.made_at.astimezone(zone),
            expires_at=one.expires_at.astimezone(zone),
            by=name(one.by),
            second=name(one.second),
        )
        for one in seen.codes
    )
    return replace(seen, machines=machines, codes=codes)


def _machine_in(one: MachineSeen, zone: tzinfo | None, name: Callable[[str], str]) -> MachineSeen:
    return replace(
        one,
        enrolled_at=one.enrolled_at.astimezone(zone),
        seen_at=one.seen_at.astimezone(zone),
        revoked_at=one.revoked_at and one.revoked_at.astimezone(zone),
        acts=tuple(
            replace(act, at=act.at.astimezone(zone), by=name(act.by), second=name(act.second)) for act in one.acts
        ),
    )


def enrol(office: Office, window: int, new: NewMachine) -> Given | Refusal:
    """入列 a code and its file."""
    return _give(office, new, lambda centre, by: centre.new_code(window, new.reason, new.second, by))


def swap(office: Office, machine: MachineSeen, new: NewMachine) -> Given | Refusal:
    """换机 the old one out of use, a code and its file for the new one."""
    return _give(office, new, lambda centre, by: centre.swap(machine.id, new.reason, new.second, by))


def lose(office: Office, device: str, reason: str, second: Second | None) -> Gone | Refusal:
    """报失."""
    return _ask(office, lambda centre, by: centre.lose(device, reason, second, by))


def undo(office: Office, act: str, reason: str, second: Second | None) -> Refusal | None:
    """撤回 a code nobody has used."""
    done = _ask(office, lambda centre, by: centre.undo_code(act, reason, second, by))
    return done if isinstance(done, Refusal) else None


def _give(office: Office, new: NewMachine, ask: Callable[[MachineCentre, Signer], CodeMade]) -> Given | Refusal:
    """The file is looked at first: a code that nobody wrote down would have to be taken back."""
    shelf = office.parts.setup_shelf
    if shelf is None:
        return _no_place
    try:
        shelf.check(new.file, new.wish)
    except SetupTrouble as trouble:
        return Refusal("setup-wrong", str(trouble))
    made = _ask(office, ask)
    if isinstance(made, Refusal):
        return made
    made = replace(made, expires=made.expires.astimezone(office.parts.clock.now().tzinfo))
    try:
        shelf.write(new.file, made, new.wish)
    except SetupTrouble as trouble:
        return Given(made=made, file=new.file, trouble=str(trouble))
    return Given(made=made, file=new.file)


def _ask(office: Office, ask: Callable[[MachineCentre, Signer], T]) -> T | Refusal:
    return ask_signed(office, office.parts.machines, ask, _away)
