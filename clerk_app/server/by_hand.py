"""在中心动手 what a command line asks before it does something weighty: what would change, whether it is this hall, and who agrees."""

from __future__ import annotations

import json
import secrets
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from clerk_app.cases.telling_outside import read_outside
from clerk_app.duty.high_risk import Step, step_words
from clerk_app.duty.passwords import weakness
from clerk_app.office.duty.hall_changes import hall_changes
from clerk_app.ports.machines import Second
from clerk_app.server import accounts
from clerk_app.server.agreeing import agreed_by
from clerk_app.server.centre import CentreOffice, document_text
from clerk_app.server.database import Database
from clerk_app.server.devices import Device
from clerk_app.server.problems import ProblemError
from clerk_app.server.sign_in_events import Place, note
from clerk_app.server.tables import accounts as account_rows
from clerk_app.server.tables import hall_head
from clerk_app.server.updates import AT_THE_CENTRE, answerable

YES = ("是", "y", "yes")
_letters = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"


def read_line() -> str:
    """One line from who runs the command."""
    return sys.stdin.readline().rstrip("\r\n")


def changes_of(database: Database, document: dict[str, Any], wanted: str) -> tuple[str, ...]:
    """What this document would change, sentence by sentence. Raises a problem when it is of a hall that is not here."""
    hall = document["hall"]["id"]
    with database.reading() as connection:
        rows = connection.execute(select(hall_head.c.hall, hall_head.c.hall_version)).all()
        versions = {row.hall: row.hall_version for row in rows}
        if versions and hall not in versions and wanted != hall:
            there = "、".join(sorted(versions))
            sentence = (
                f"这份资料是大厅 {hall} 的，中心装着的是 {there}，什么也没装。真要再装一个大厅，加 --hall {hall}。"
            )
            raise ProblemError(409, "hall-other", sentence)
        text = document_text(connection, hall, versions[hall]) if hall in versions else None
    return () if text is None else hall_changes(json.loads(text), document)


def ask_first(changes: tuple[str, ...], say: Callable[[str], object]) -> None:
    """问一句 what would change, and whether; anything but yes changes nothing."""
    say("\n".join((*changes, f"装上就改这 {len(changes)} 处。装不装？写 是 再回车：")))
    if read_line().strip().casefold() not in YES:
        raise ProblemError(409, "not-said", "没有说是，没有装，现行的资料照旧。看好了再来，或加 --yes。")


def loading_step(office: CentreOffice, document: dict[str, Any]) -> Step:
    """装大厅资料, or 改对外的平台 where the file changes whom the hall tells and loading alone would ask one person."""
    hall = document["hall"]["id"]
    with office.database.reading() as connection:
        loaded = select(hall_head.c.hall).where(hall_head.c.hall == hall)
        if connection.execute(loaded).first() is None:
            return "load_hall"
        now = office.hall_in_force(connection, hall)
    same = read_outside(document.get("outside", {})) == now.outside
    return "load_hall" if same or now.high_risk.wants_two("load_hall") else "tell_outside"


def agreed_here(office: CentreOffice, hall: str, step: Step, arguments: Namespace) -> None:
    """Where the hall's data wants two for this step: both are recognised, their passwords a line each. Raises a problem."""
    with office.database.reading() as connection:
        loaded = select(hall_head.c.hall).where(hall_head.c.hall == hall)
        if connection.execute(loaded).first() is None:
            return
        wanted = office.hall_in_force(connection, hall).high_risk.wants_two(step)
    if not wanted:
        return
    if not (arguments.by and arguments.second):
        sentence = f"{step_words[step]}在本大厅要两个人，没有办，什么都没动。写 --by 和 --second，密码各一行。"
        raise ProblemError(403, "second-wanted", sentence)
    first = answerable(office, hall, arguments.by, read_line())
    agreed_by(office, Device(hall, AT_THE_CENTRE), step, first, Second(account=arguments.second, secret=read_line()))


@dataclass(frozen=True)
class FirstAdmin:
    """第一个管理员 who it is, and the password that is told this once."""

    person: str
    password: str


def make_first_admin(office: CentreOffice, hall: str, wanted: str) -> FirstAdmin:
    """Once only, while the hall has no account at all; the password is an initial one, and leads to changing it."""
    with office.database.writing() as connection:
        connection.execute(select(hall_head.c.hall).where(hall_head.c.hall == hall).with_for_update())
        if _has_accounts(connection, hall):
            sentence = (
                "这个大厅已经有账号了，没有再开，什么都没动。管理员的账号在 审计 → 变动 里提，或用 set-password。"
            )
            raise ProblemError(409, "accounts-there", sentence)
        roster = office.hall_in_force(connection, hall).roster
        admins = [person for person in roster.people.values() if "admin" in person.roles]
        chosen = [person for person in admins if wanted in ("", person.id, person.name)]
        if len(chosen) != 1:
            there = "、".join(person.id for person in admins) or "一个也没有"
            sentence = f"大厅资料里的管理员是 {there}，没有开账号，什么都没动。写明是哪一位的工号。"
            raise ProblemError(409, "admin-unclear", sentence)
        person = chosen[0]
        password = _password()
        while weakness(password, "", person, roster.rules.password):
            password = _password()
        accounts.set_password(connection, hall, person.id, password)
        note(connection, Place(Device(hall, AT_THE_CENTRE), office.now()), "first_admin", person.id)
    return FirstAdmin(person.id, password)


def _has_accounts(connection: Connection, hall: str) -> bool:
    count = select(func.count()).select_from(account_rows).where(account_rows.c.hall == hall)
    return bool(connection.execute(count).scalar_one())


def _password() -> str:
    """Four groups that can be read out: small, big, figures and a dash between."""
    return "-".join("".join(secrets.choice(_letters[place % 3]) for _ in range(4)) for place in range(4))
