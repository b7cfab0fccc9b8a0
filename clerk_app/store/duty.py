"""岗位账 sign-ins, absences, substitutions, noon turns, handovers, consents, letters; the roster comes with the hall version."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import cast

from sqlalchemy import Table, bindparam, select

from clerk_app.duty.model import Roster, SignIn
from clerk_app.duty.records import Absence, Consent, Handover, NoonRoster, Pause, RecordedLetter, Substitution
from clerk_app.duty.roster_changes import RosterChange
from clerk_app.store import tables
from clerk_app.store.cabinet import Asked, Question, Shelved
from clerk_app.store.columns import HALL_ZONE

_s = tables.sign_ins
_open_sign_ins = Question(
    "sign_in",
    select(_s).where(_s.c.hall == bindparam("hall"), _s.c.person == bindparam("person"), _s.c.ended.is_(False)),
    fits=lambda row, asked: row.person == asked["person"] and not row.ended,
)


def _lasting(word: str, table: Table) -> Question:
    """What ends on a day or later; the moment is the day's beginning for moments, the day itself for dates."""
    where = (table.c.hall == bindparam("hall"), table.c.end >= bindparam("since"))
    return Question(word, select(table).where(*where), fits=lambda row, asked: row.end >= asked["since"])


def _by(word: str, table: Table, name: str) -> Question:
    """By one field."""
    where = (table.c.hall == bindparam("hall"), table.c[name] == bindparam(name))
    return Question(word, select(table).where(*where), fits=lambda row, asked: getattr(row, name) == asked[name])


_absences = _lasting("absence", tables.absences)
_substitutions = _lasting("substitution", tables.substitutions)
_letters = _lasting("letter", tables.recorded_letters)
_handovers = _by("handover", tables.handovers, "substitution")
_consents = _by("consent", tables.consents, "subject")
_k = tables.consents.c
_mentored = Question(
    "consent",
    select(tables.consents).where(
        _k.hall == bindparam("hall"), _k.mentor == bindparam("mentor"), _k.agreed_at.is_(None), _k.refused_at.is_(None)
    ),
    fits=lambda row, asked: row.mentor == asked["mentor"] and row.open,
)
_open_pauses = Question(
    "pause",
    select(tables.pauses).where(
        tables.pauses.c.hall == bindparam("hall"),
        tables.pauses.c.window == bindparam("window"),
        tables.pauses.c.back_by == "",
    ),
    fits=lambda row, asked: row.window == asked["window"] and not row.back_by,
)

_r = tables.roster_changes
_latest = (
    select(_r)
    .where(_r.c.hall == bindparam("hall"))
    .order_by(_r.c.asked_at.desc(), _r.c.id.desc())
    .limit(bindparam("limit"))
)


@lru_cache(maxsize=64)
def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE)


def who_is_away(hall: str, day: date) -> tuple[Asked, Asked]:
    """Absences and substitutions of a day: whoever acts is judged by them."""
    wanted = {"hall": hall, "since": _begins(day)}
    return (_absences, wanted), (_substitutions, wanted)


def open_pauses_at(hall: str, window: int) -> Asked:
    """Whether a window is paused."""
    return _open_pauses, {"hall": hall, "window": window}


def open_sign_ins_of(hall: str, person: str) -> Asked:
    """Where somebody sits already."""
    return _open_sign_ins, {"hall": hall, "person": person}


class SeatRows(Shelved):
    """席位账 what `duty.books.SeatBooks` asks for."""

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

    def consent(self, key: str) -> Consent | None:
        """带教同意."""
        return cast("Consent | None", self.cabinet.get("consent", key))

    def consents_of(self, subject: str) -> tuple[Consent, ...]:
        """一件的带教同意."""
        return cast("tuple[Consent, ...]", self.cabinet.ask(_consents, hall=self.hall.id, subject=subject))

    def consents_for(self, mentor: str) -> tuple[Consent, ...]:
        """等这个人同意的."""
        return cast("tuple[Consent, ...]", self.cabinet.ask(_mentored, hall=self.hall.id, mentor=mentor))

    def put_consent(self, row: Consent) -> None:
        """写带教同意."""
        self.cabinet.put("consent", row)

    def recorded_letter(self, key: str) -> RecordedLetter | None:
        """登记的授权书."""
        return cast("RecordedLetter | None", self.cabinet.get("letter", key))

    def recorded_letters_since(self, day: date) -> tuple[RecordedLetter, ...]:
        """还没到期的登记授权书."""
        return cast("tuple[RecordedLetter, ...]", self.cabinet.ask(_letters, hall=self.hall.id, since=day))

    def put_recorded_letter(self, row: RecordedLetter) -> None:
        """写授权书."""
        self.cabinet.put("letter", row)


class CoverRows(Shelved):
    """顶岗账 what `duty.books.CoverBooks` asks for. A day's rows are asked once a unit and looked through in memory."""

    def is_workday(self, day: date) -> bool:
        """开放日."""
        return self.hall.calendar.is_workday(day)

    def absence(self, key: str) -> Absence | None:
        """离岗."""
        return cast("Absence | None", self.cabinet.get("absence", key))

    def absences_since(self, day: date) -> tuple[Absence, ...]:
        """到这天还没完的离岗."""
        return cast("tuple[Absence, ...]", self.cabinet.ask(_absences, hall=self.hall.id, since=_begins(day)))

    def put_absence(self, row: Absence) -> None:
        """写离岗."""
        self.cabinet.put("absence", row)

    def substitution(self, key: str) -> Substitution | None:
        """顶岗."""
        return cast("Substitution | None", self.cabinet.get("substitution", key))

    def substitutions_since(self, day: date) -> tuple[Substitution, ...]:
        """到这天还没完的顶岗."""
        return cast("tuple[Substitution, ...]", self.cabinet.ask(_substitutions, hall=self.hall.id, since=_begins(day)))

    def put_substitution(self, row: Substitution) -> None:
        """写顶岗."""
        self.cabinet.put("substitution", row)

    def noon_roster_of(self, week: date) -> NoonRoster | None:
        """一周的午间排班."""
        return cast("NoonRoster | None", self.cabinet.get("noon_roster", week.isoformat()))

    def put_noon_roster(self, row: NoonRoster) -> None:
        """写午间排班."""
        self.cabinet.put("noon_roster", row)

    def handover(self, key: str) -> Handover | None:
        """交接单."""
        return cast("Handover | None", self.cabinet.get("handover", key))

    def handovers_of(self, substitution: str) -> tuple[Handover, ...]:
        """一次顶岗的交接单."""
        return cast("tuple[Handover, ...]", self.cabinet.ask(_handovers, hall=self.hall.id, substitution=substitution))

    def put_handover(self, row: Handover) -> None:
        """写交接单."""
        self.cabinet.put("handover", row)


class PauseRows(Shelved):
    """暂停账 what `duty.books.PauseBooks` asks for."""

    def pause(self, key: str) -> Pause | None:
        """暂停."""
        return cast("Pause | None", self.cabinet.get("pause", key))

    def open_pauses(self, window: int) -> tuple[Pause, ...]:
        """这个窗口还没恢复的暂停."""
        return cast("tuple[Pause, ...]", self.cabinet.ask(_open_pauses, hall=self.hall.id, window=window))

    def put_pause(self, row: Pause) -> None:
        """写暂停."""
        self.cabinet.put("pause", row)


class RosterRows(Shelved):
    """名单账 what `duty.roster_changes.RosterBooks` asks for, beside the roster."""

    def roster_change(self, key: str) -> RosterChange | None:
        """变动单."""
        return cast("RosterChange | None", self.cabinet.get("roster", key))

    def latest_roster_changes(self, limit: int) -> tuple[RosterChange, ...]:
        """最近的变动单."""
        return cast("tuple[RosterChange, ...]", self.cabinet.query("roster", _latest, hall=self.hall.id, limit=limit))

    def put_roster_change(self, row: RosterChange) -> None:
        """写变动单."""
        self.cabinet.put("roster", row)


class DutyRows(SeatRows, CoverRows, PauseRows, RosterRows):
    """岗位账 what `duty.books` asks for."""
