"""岗位账 sign-ins; the roster comes with the hall version."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.duty.model import Absence, Roster, SignIn
from clerk_app.store import tables
from clerk_app.store.cabinet import Question, Shelved

_s = tables.sign_ins
_open_sign_ins = Question(
    "sign_in",
    select(_s).where(_s.c.hall == bindparam("hall"), _s.c.person == bindparam("person"), _s.c.ended.is_(False)),
    fits=lambda row, asked: row.person == asked["person"] and not row.ended,
)


class DutyRows(Shelved):
    """岗位账 what `duty.books` asks for."""

    @property
    def roster(self) -> Roster:
        """岗位表."""
        return self.hall.roster

    def sign_in(self, key: str) -> SignIn | None:
        """签到."""
        return cast("SignIn | None", self.cabinet.get("sign_in", key))

    def open_sign_ins(self, person: str) -> tuple[SignIn, ...]:
        """还没签退的签到."""
        return cast("tuple[SignIn, ...]", self.cabinet.ask(_open_sign_ins, hall=self.hall.id, person=person))

    def put_sign_in(self, row: SignIn) -> None:
        """写签到."""
        self.cabinet.put("sign_in", row)

    def absence_of(self, person: str, at: datetime) -> Absence | None:
        """此刻的离岗."""
        t = tables.absences
        where = (t.c.hall == self.hall.id, t.c.person == person)
        found = self.cabinet.query("absence", select(t).where(*where).order_by(t.c.start.desc()))
        return next((one for one in found if one.start <= at <= one.end), None)

    def put_absence(self, row: Absence) -> None:
        """写离岗."""
        self.cabinet.put("absence", row)
