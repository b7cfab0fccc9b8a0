"""查得到的资料 the reference data behind the page's fields; read and indexed behind the page, silent until it is there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from clerk_app.amounts import wan_in_words
from clerk_app.office.registration.reference import divisions, industries
from clerk_app.registration.deriving import Lookups
from clerk_app.registration.divisions import Division
from clerk_app.registration.id_numbers import birth_of, sex_of
from clerk_app.registration.naming import reservation_words
from clerk_app.registration.reading_values import amount_of, narrow
from ui.language import tr
from ui.registration.aids import Aids, Found

MOST = 8


class OfficeAids:
    """查得到的资料 `warm` takes a second and runs behind the page; before it is done every answer is nothing, and at once."""

    def __init__(self, *, region: str) -> None:
        self._ready, self._region = False, region
        self.aids = Aids(
            lookups=Lookups(division=self._division, industry=self._industry, born=_born, sex=_sex),
            search=self._search,
            named=self._named,
            in_words=self._in_words,
            reserved=reservation_words,
        )

    def warm(self) -> None:
        """Read the tables, make their indexes, load what writes amounts."""
        divisions(self._region).search("x")
        industries().search("x")
        wan_in_words(Decimal(1))
        self._ready = True

    def _division(self, code: str) -> tuple[str, str, str] | None:
        found = self._found(code)
        return _names(found) if found is not None else None

    def _found(self, code: str) -> Division | None:
        whole = len(code) == 6 and code.isdecimal() and self._ready
        return divisions(self._region).by_code(code) if whole else None

    def _industry(self, code: str) -> str | None:
        found = industries().by_code(code) if self._ready else None
        return found.name if found is not None else None

    def _search(self, kind: str, text: str) -> Found:
        if not self._ready:
            return ()
        if kind == "divisions":
            found = divisions(self._region).search(text, MOST)
            return tuple((one.code, one.full_name) for one in found)
        return tuple((one.code, one.name) for one in industries().search(text, MOST))

    def _named(self, kind: str, code: str) -> str:
        if kind == "divisions":
            found = self._found(code)
            former = tr("（已撤并）") if found is not None and found.standing == "former" else ""
            return f"{found.full_name}{former}" if found is not None else ""
        return self._industry(code) or ""

    def _in_words(self, wan: str) -> str:
        amount = amount_of(wan)
        if not self._ready or amount is None:
            return ""
        try:
            return wan_in_words(amount)
        except ValueError:
            return ""


def _names(one: Division) -> tuple[str, str, str]:
    """A city without counties is its own county, a county right under a province its own city."""
    return one.province, one.city or one.county, one.county or one.city


def _born(number: str) -> str | None:
    day: date | None = birth_of(narrow(number).upper())
    return day.isoformat() if day is not None else None


def _sex(number: str) -> str | None:
    return sex_of(narrow(number).upper())
