"""资料 what the page looks up while one types: divisions, industries, amounts in words, what an ID number says, days left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clerk_app.registration.deriving import Lookups

Found = tuple[tuple[str, str], ...]
NO_LOOKUPS = Lookups(
    division=lambda code: None, industry=lambda code: None, born=lambda number: None, sex=lambda number: None
)


@dataclass(frozen=True, kw_only=True)
class Aids:
    """资料 each answers with nothing for what it does not know; `search(kind, text)` gives codes with their words."""

    lookups: Lookups = NO_LOOKUPS
    search: Callable[[str, str], Found] = lambda kind, text: ()
    named: Callable[[str, str], str] = lambda kind, code: ""
    in_words: Callable[[str], str] = lambda wan: ""
    reserved: Callable[[date, date], str] = lambda until, today: ""
    looked_up: Callable[[str, Mapping[str, Any]], str] = lambda place, document: ""


NO_AIDS = Aids()
