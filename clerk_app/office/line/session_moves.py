"""换窗登录 a person is signed in at one window: when he signs in at another, this one hears of it by the feed and locks."""

from __future__ import annotations

from collections.abc import Collection

from clerk_app.office.events import SessionMoved
from clerk_app.office.office import Office, Session


class SessionWatch:
    """守着登录 used by the line's thread after each round.

    The pages hear first, so that what is typed is saved; whoever is still signed in by the next round is out.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._over = ""

    def look(self, subjects: Collection[str]) -> None:
        """`subjects` are those this round brought."""
        session = self._office.session
        if session is None:
            return
        if session.id == self._over:
            self._office.session = None
        elif f"sign_in:{session.id}" in subjects:
            self._look_at(session)

    def _look_at(self, session: Session) -> None:
        own, others = self._office.read(
            lambda books: (books.sign_in(session.id), books.open_sign_ins(session.person.id))
        )
        if own is None or not own.ended:
            return
        self._over = session.id
        newest = max(others, key=lambda row: row.id, default=None)
        self._office.bell.ring(
            SessionMoved(
                person=session.person.name, window=newest.window if newest else None, at=self._office.parts.clock.now()
            )
        )
