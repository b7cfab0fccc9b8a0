"""群众一侧的账 first-asked records, complaints, follow-ups."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select

from clerk_app.oversight.people import Asked, Complaint, FollowUp
from clerk_app.store.cabinet import Shelved
from clerk_app.store.tables_people import asked, complaints, follow_ups

_open = (
    select(asked)
    .where(asked.c.hall == bindparam("hall"), asked.c.how == "")
    .order_by(asked.c.at, asked.c.id)
    .limit(bindparam("limit"))
)
_between = (
    select(asked)
    .where(asked.c.hall == bindparam("hall"), asked.c.at >= bindparam("start"), asked.c.at < bindparam("end"))
    .order_by(asked.c.at, asked.c.id)
)
_complaints = (
    select(complaints)
    .where(complaints.c.hall == bindparam("hall"))
    .order_by(complaints.c.received_at.desc(), complaints.c.id)
    .limit(bindparam("limit"))
)
_follow_ups = (
    select(follow_ups)
    .where(follow_ups.c.hall == bindparam("hall"))
    .order_by(follow_ups.c.rated_at.desc(), follow_ups.c.id)
    .limit(bindparam("limit"))
)


class PeopleRows(Shelved):
    """群众一侧的账 what `oversight.people_books` asks for."""

    def asked(self, key: str) -> Asked | None:
        """一条首问."""
        return cast("Asked | None", self.cabinet.get("asked", key))

    def put_asked(self, row: Asked) -> None:
        """写首问."""
        self.cabinet.put("asked", row)

    def open_asked(self, limit: int) -> tuple[Asked, ...]:
        """没了结的首问."""
        return self.cabinet.query("asked", _open, hall=self.hall.id, limit=limit)

    def asked_between(self, start: datetime, end: datetime) -> tuple[Asked, ...]:
        """一段时间的首问和咨询."""
        return self.cabinet.query("asked", _between, hall=self.hall.id, start=start, end=end)

    def complaint(self, key: str) -> Complaint | None:
        """一条投诉."""
        return cast("Complaint | None", self.cabinet.get("complaint", key))

    def put_complaint(self, row: Complaint) -> None:
        """写投诉."""
        self.cabinet.put("complaint", row)

    def latest_complaints(self, limit: int) -> tuple[Complaint, ...]:
        """最近的投诉."""
        return self.cabinet.query("complaint", _complaints, hall=self.hall.id, limit=limit)

    def follow_up(self, key: str) -> FollowUp | None:
        """一条回访."""
        return cast("FollowUp | None", self.cabinet.get("follow_up", key))

    def put_follow_up(self, row: FollowUp) -> None:
        """写回访."""
        self.cabinet.put("follow_up", row)

    def latest_follow_ups(self, limit: int) -> tuple[FollowUp, ...]:
        """最近的回访."""
        return self.cabinet.query("follow_up", _follow_ups, hall=self.hall.id, limit=limit)
