"""First-asked records, complaints and follow-ups in memory, for `tests.memory_books`."""

from __future__ import annotations

from datetime import datetime

from clerk_app.oversight.people import Asked, Complaint, FollowUp


class MemoryPeople:
    """What `oversight.people_books` asks for."""

    def __init__(self) -> None:
        self.asked_rows: dict[str, Asked] = {}
        self.complaints: dict[str, Complaint] = {}
        self.follow_ups: dict[str, FollowUp] = {}

    def asked(self, key: str) -> Asked | None:
        return self.asked_rows.get(key)

    def put_asked(self, row: Asked) -> None:
        self.asked_rows[row.id] = row

    def open_asked(self, limit: int) -> tuple[Asked, ...]:
        return tuple(sorted((a for a in self.asked_rows.values() if a.open), key=lambda a: (a.at, a.id))[:limit])

    def asked_between(self, start: datetime, end: datetime) -> tuple[Asked, ...]:
        return tuple(sorted((a for a in self.asked_rows.values() if start <= a.at < end), key=lambda a: (a.at, a.id)))

    def complaint(self, key: str) -> Complaint | None:
        return self.complaints.get(key)

    def put_complaint(self, row: Complaint) -> None:
        self.complaints[row.id] = row

    def latest_complaints(self, limit: int) -> tuple[Complaint, ...]:
        return tuple(sorted(self.complaints.values(), key=lambda c: c.received_at, reverse=True)[:limit])

    def follow_up(self, key: str) -> FollowUp | None:
        return self.follow_ups.get(key)

    def put_follow_up(self, row: FollowUp) -> None:
        self.follow_ups[row.id] = row

    def latest_follow_ups(self, limit: int) -> tuple[FollowUp, ...]:
        return tuple(sorted(self.follow_ups.values(), key=lambda f: f.rated_at, reverse=True)[:limit])
