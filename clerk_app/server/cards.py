"""发牌 cards are found, not pressed: every case near or past its day is counted anew, and what a card is missing for gets one.

No clock of ours runs for this: whichever machine asks next makes the centre look, at most once a minute a process. A machine
that holds a case and was not heard of since may have sealed it in time: its case waits until it has had time to say so. A card
that proves to have been too early, or wrong by what was heard later, is withdrawn here, and leaves every count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select

from clerk_app.cases.model import Case
from clerk_app.cases.routing.model import as_given
from clerk_app.hall import Hall
from clerk_app.oversight.card import WATCHED, Card, card_subject, made_card, manager_task
from clerk_app.oversight.cards import CardFinding, cards_of, unfounded
from clerk_app.oversight.model import CENTRE, task_id
from clerk_app.server import feed
from clerk_app.server.centre import CentreOffice
from clerk_app.server.counted import Counted, counted_on
from clerk_app.server.holds import CentreBooks
from clerk_app.server.locks import lock_subjects
from clerk_app.server.tables import devices
from clerk_app.store.cabinet import Cabinet
from clerk_app.store.cards import FETCHED
from clerk_app.store.tables import cases
from clerk_app.store.tables_cards import cards

LATELY = timedelta(days=21)
"""How far back what was sealed or answered late is looked for: longer than any machine works with the line cut."""
SELDOM = timedelta(minutes=10)
"""What is past and was not looked at while it was open came from a machine that was cut off: it may wait a little."""
PATIENCE = timedelta(days=3)
"""How long a machine that is not heard of is waited for."""
TRUE_AFTER_ALL = "按办件记录重算：到那天已经用印、答复、延期或停走，不该发这张牌。"
c, k = cases.c, cards.c
_hall: Any = bindparam("hall")
_promised = c.due["promised"].as_string()
_seen = select(devices.c.id, devices.c.seen_at).where(devices.c.hall == _hall)
_near = (
    select(c.id, c.state, c.due_on)
    .where(
        c.hall == _hall,
        c.due_on <= bindparam("until"),
        or_(c.state.in_(WATCHED), (c.state == "sealed") & (c.due_on >= bindparam("recent"))),
    )
    .order_by(c.due_on, c.id)
)
_sealed = select(c.id, c.state, c.due_on, c.sealed_at, _promised.label("promised")).where(
    c.hall == _hall, c.sealed_at >= bindparam("since")
)
_deemed = select(c.id, c.state, c.due_on).where(
    c.hall == _hall, c.accepted_at >= bindparam("since"), c.life["deemed"]["on"].as_string().is_not(None)
)
_open = (
    select(k.id, c.state, c.due_on, c.sealed_at)
    .select_from(cards.join(cases, (c.hall == k.hall) & (c.id == k.case)))
    .where(k.hall == _hall, k.ended == "", k.made_by == CENTRE)
    .order_by(k.made_at, k.id)
)


@dataclass(frozen=True)
class _Look:
    """One look at a hall's cases and cards, in one transaction: light rows of all, and whole only what changed since."""

    office: CentreOffice
    hall: Hall
    books: CentreBooks
    now: datetime

    @property
    def counted(self) -> Counted:
        return counted_on(self.office.ears.counted, self.hall.id, self.now.date())

    def missing(self, keys: list[str]) -> list[tuple[CardFinding, Case]]:
        """Findings of these cases that have no card yet; as a rule none."""
        self.books.cabinet.load(f"case:{key}" for key in keys)
        known = [case for key in keys if (case := self.books.case(key)) is not None]
        found = [(one, case) for case in known for one in self._cards(case)]
        self.books.cabinet.load(card_subject(one.id) for one, _ in found)
        fresh = [(one, case) for one, case in found if self.books.card(one.id) is None]
        seen = self._heard() if fresh else {}
        return [(one, case) for one, case in fresh if not self._waits(case, one.since, seen)]

    def cases(self) -> dict[str, Any]:
        """How every case stands that is near or past a day of its own."""
        hall, today = self.hall, self.now.date()
        limits = (limit for item in hall.items.values() for limit in (item.promised, item.statutory))
        until = hall.supervision.horizon(today, limits, hall.calendar, warnings=False)
        return {row.id: (row.state, row.due_on) for row in self._light(until)}

    def _light(self, until: date) -> Iterator[Any]:
        run, asked = self.books.cabinet.connection.execute, {"hall": self.hall.id, "since": self.now - LATELY}
        yield from run(_near, {"hall": self.hall.id, "until": until, "recent": until - FETCHED})
        if not self.office.ears.due(self.office.ears.looked, f"{self.hall.id}/past", self.now, SELDOM):
            return
        late = (row for row in run(_sealed, asked) if row.promised and row.sealed_at.date().isoformat() > row.promised)
        yield from late
        if self.hall.supervision.step_overdue_counts:
            yield from run(_deemed, asked)

    def cards(self) -> dict[str, Any]:
        """How the case of each card of ours stands that nobody has ended."""
        rows = self.books.cabinet.connection.execute(_open, {"hall": self.hall.id})
        return {row.id: (row.state, row.due_on, row.sealed_at) for row in rows}

    def wrong(self, keys: list[str]) -> list[Card]:
        """Those of these cards that what was heard since speaks against."""
        self.books.cabinet.load(card_subject(key) for key in keys)
        made = [card for key in keys if (card := self.books.card(key)) is not None and card.open]
        self.books.cabinet.load(f"case:{card.case}" for card in made)
        return [
            card for card in made if (case := self.books.case(card.case)) is not None and self._is_wrong(card, case)
        ]

    def _is_wrong(self, card: Card, case: Case) -> bool:
        return unfounded(card.rule, card.since, case, (one.id for one in self._cards(case)), card.id)

    def _cards(self, case: Case) -> tuple[CardFinding, ...]:
        hall = self.hall
        found = cards_of(case, hall.items.get(case.item), hall.supervision, hall.calendar, hall.off_work, self.now)
        return tuple(one for one in found if one.kind != "remind")

    def _heard(self) -> dict[str, datetime]:
        rows = self.books.cabinet.connection.execute(_seen, {"hall": self.hall.id})
        return {row.id: row.seen_at for row in rows}

    def _waits(self, case: Case, since: date, seen: dict[str, datetime]) -> bool:
        waits = self._may_yet_speak(case, since, seen)
        if waits:
            self.counted.waiting.add(case.id)
        else:
            self.counted.waiting.discard(case.id)
        return waits

    def _may_yet_speak(self, case: Case, since: date, seen: dict[str, datetime]) -> bool:
        holder = self.books.cabinet.holder(f"case:{case.id}")
        if not holder:
            return False
        heard, morning = seen.get(holder), datetime.combine(since, time.min, self.now.tzinfo)
        if heard is not None and heard >= morning:
            return not self.office.ears.steady(holder, self.now)
        return self.now < morning + PATIENCE


def find_cards(office: CentreOffice, hall_id: str) -> None:
    """Issue what is missing, withdraw what is wrong; as a rule nothing is written."""
    now = office.now()
    with office.database.reading() as connection:
        look = _look(office, hall_id, Cabinet(connection, hall_id), now)
        counted, standing, standing_cards = look.counted, look.cases(), look.cards()
        fresh, doubtful = counted.changed(standing.items()), counted.changed(standing_cards.items())
        missing, wrong = look.missing(fresh), look.wrong(doubtful)
    touched = [card_subject(one.id) for one, _ in missing] + [card_subject(card.id) for card in wrong]
    if touched:
        with office.database.writing() as connection:
            lock_subjects(connection, hall_id, ["cards", *touched])
            look = _look(office, hall_id, Cabinet(connection, hall_id), now)
            _write(look, [case.id for _, case in missing], [card.id for card in wrong], set(touched))
    counted.stood.update((key, standing[key]) for key in fresh if key not in counted.waiting)
    counted.stood.update((key, standing_cards[key]) for key in doubtful)


def _look(office: CentreOffice, hall_id: str, cabinet: Cabinet, now: datetime) -> _Look:
    hall = office.hall_in_force(cabinet.connection, hall_id)
    return _Look(office, hall, CentreBooks(cabinet, hall, ""), now)


def _write(look: _Look, keys: list[str], doubtful: list[str], known: set[str]) -> None:
    """Found again under the lock: another process may have been first."""
    for finding, case in look.missing(keys):
        if card_subject(finding.id) in known:
            _issue(look, finding, case)
    for card in look.wrong(doubtful):
        _withdraw(look, card)
    cabinet, hall = look.books.cabinet, look.hall.id
    cabinet.flush()
    rows = ((subject, cabinet.dump(subject)) for subject in cabinet.touched())
    feed.append(cabinet.connection, hall, [feed.Entry(subject, row, None) for subject, row in rows if row is not None])


def _issue(look: _Look, finding: CardFinding, case: Case) -> None:
    hall = look.hall
    answer_by = hall.calendar.due(look.now.date(), hall.supervision.card_reply_workdays).due
    given = as_given(case, look.books.assignment(case.id))
    card = made_card(finding, given, hall.roster, look.now, answer_by)
    look.books.put_card(card)
    task = manager_task(card)
    if task is not None and look.books.task(task.id) is None:
        look.books.put_task(task)


def _withdraw(look: _Look, card: Card) -> None:
    gone = replace(card, ended="withdrawn", ended_by=CENTRE, ended_at=look.now, why=TRUE_AFTER_ALL)
    look.books.put_card(gone)
    task = look.books.task(task_id("card", card.id))
    if task is not None and task.open:
        look.books.put_task(replace(task, closed_at=look.now, closed_by=CENTRE, note="牌已撤销：" + TRUE_AFTER_ALL))
