"""登记档案 at the centre: the current record of a company, and which companies a few words may mean.

Only for people of a department that registers companies; who read which record is written down in the same transaction.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Row, select

from clerk_app.cases.model import Applicant
from clerk_app.ports.companies import CompaniesFound, CompanyLine, CompanyRead
from clerk_app.registration.document import get
from clerk_app.registration.model import person_name
from clerk_app.registration.usecases import FORM
from clerk_app.server.centre import CentreOffice
from clerk_app.server.devices import Device, Knock
from clerk_app.server.finding import departments_of
from clerk_app.server.problems import ProblemError
from clerk_app.server.sign_in_events import Place, note
from clerk_app.server.signed_persons import Caller, Seated, not_him, seated
from clerk_app.store.tables_registration import companies
from clerk_app.sync.protocol import COMPANY_NONE

MOST = 10
_PREFIX = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{6,18}", re.ASCII)
c = companies.c


def read(office: CentreOffice, device: Device, knock: Knock, caller: Caller, uscc: str) -> CompanyRead:
    """取档. Raises `company-not-signed`, `company-not-yours`, `company-none`; a record that is not there is noted too."""
    with office.database.writing() as connection:
        _registrar(office, connection, device, knock, caller)
        found = connection.execute(select(companies).where(c.hall == device.hall, c.id == uscc)).one_or_none()
        words = f"{uscc}，{f'第 {found.version} 版' if found else '没有这家公司'}"
        note(connection, Place(device, office.now()), "company_read", caller.person, words)
    if found is None:
        raise ProblemError(404, COMPANY_NONE, "登记档案里没有这个统一社会信用代码。核对代码再取。")
    return CompanyRead(
        uscc=found.id,
        name=found.name,
        version=found.version,
        standing=found.standing,
        filed_at=found.filed_at,
        document=found.document,
    )


def find(office: CentreOffice, device: Device, knock: Knock, caller: Caller, text: str) -> CompaniesFound:
    """找公司 by words of its name or how its code begins; what was typed is not written down, only how many were shown."""
    with office.database.writing() as connection:
        _registrar(office, connection, device, knock, caller)
        asked = select(companies).where(c.hall == device.hall, *_asked(text)).order_by(c.name, c.id).limit(MOST + 1)
        found = connection.execute(asked).all() if text.split() else []
        note(connection, Place(device, office.now()), "company_found", caller.person, f"{min(len(found), MOST)} 家")
    return CompaniesFound(lines=tuple(map(_line, found[:MOST])), more=len(found) > MOST)


def _asked(text: str) -> list[Any]:
    code = "".join(text.split()).upper()
    if _PREFIX.fullmatch(code):
        return [c.id.startswith(code, autoescape=True)]
    return [c.name.contains(word, autoescape=True) for word in text.split()[:6]]


def _line(row: Row[Any]) -> CompanyLine:
    legal_rep = person_name(row.document, get(row.document, "/governance/legal_rep/person"))
    return CompanyLine(
        uscc=row.id,
        name=row.name,
        version=row.version,
        standing=row.standing,
        legal_rep=Applicant(name=legal_rep).masked_name,
        filed_at=row.filed_at,
    )


def _registrar(office: CentreOffice, connection: Connection, device: Device, knock: Knock, caller: Caller) -> Seated:
    """Signed in there, and of a department with an item that asks for the company's form."""
    who = seated(office, connection, device, knock, caller)
    if who is None:
        raise not_him("company-not-signed")
    registering = {item.department for item in who.books.hall.items.values() if item.form == FORM}
    departments = departments_of(who.books.roster, caller.person)
    if departments is not None and not registering & set(departments):
        raise ProblemError(403, "company-not-yours", "您不在登记公司的部门里，没有给档案。请登记窗口的人查。")
    return who
