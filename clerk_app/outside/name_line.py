"""中心的名称库 over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clerk_app.outside.line import HttpLine, read_answer
from clerk_app.ports.names import NamePage, NamesMet
from clerk_app.registration.naming import NameParts
from clerk_app.sync import protocol

_asked = ("name", "trade_name", "industry_term", "authority_code", "uscc", "number")


class HttpNames:
    """中心的名称库 what `ports.names.NameCentre` asks for."""

    def __init__(self, line: HttpLine) -> None:
        self._line = line

    def met(self, wanted: Sequence[NameParts], on: date) -> NamesMet:
        """查名称."""
        names = [{field: getattr(one, field) for field in _asked} for one in wanted]
        return read_answer(
            self._line.call("POST", protocol.NAMES_CHECK, {"on": on.isoformat(), "wanted": names}), NamesMet
        )

    def page(self, after: int, limit: int) -> NamePage:
        """抄名称库."""
        return read_answer(self._line.call("GET", f"{protocol.NAMES}?after={after}&limit={limit}"), NamePage)
