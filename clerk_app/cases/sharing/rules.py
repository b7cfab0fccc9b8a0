"""共享规矩 what is the hall's own: whether held papers are offered at all, how a word is given, how long a class is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from clerk_app.cases.catalogue import Item

ShareWay = Literal["paper", "pad", "said"]
way_words: dict[ShareWay, str] = {"paper": "签了告知同意书", "pad": "在手写屏上签了", "said": "当面说的"}


@dataclass(frozen=True, kw_only=True)
class ShareRules:
    """共享规矩 `ways` empty: nothing is offered (safe default: a hall that says nothing). `also`: classes offered whatever their form."""

    ways: tuple[ShareWay, ...] = ()
    valid_months: Mapping[str, int] = field(default_factory=dict)
    """By class: how many months after it was taken in; a class that is not here is offered, to be looked at."""
    also: tuple[str, ...] = ()

    @property
    def on(self) -> bool:
        """Whether the hall has set it up."""
        return bool(self.ways)

    def may_share(self, item: Item, material: str) -> bool:
        """Whether this line of the list may come from what the hall holds."""
        listed = next((one for one in item.materials if one.name == material), None)
        return self.on and listed is not None and (listed.form == "shared" or material in self.also)


def read_share_rules(row: Mapping[str, Any] | None) -> ShareRules:
    """From the hall document; a hall that says something and no way asks for signed paper."""
    if row is None:
        return ShareRules()
    return ShareRules(
        ways=tuple(row.get("ways", ("paper",))),
        valid_months=dict(row.get("valid_months", {})),
        also=tuple(row.get("also", ())),
    )
