"""备用件的纸 what a kit of numbered sheets looks like as content: one A4 page a number, and a page on which the used ones are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.back_entry.model import sheet_number
from clerk_app.cases.model import case_number


@dataclass(frozen=True, kw_only=True)
class KitLeaf:
    """一份 its number, the case number with four places left for month and day, and the code the citizen asks with."""

    number: str
    case_no: str
    query_code: str


@dataclass(frozen=True, kw_only=True)
class KitPaper:
    """一套 the hall's name and telephone, why it was printed, by whom and when; `url` is where citizens look their matter up."""

    hall: str
    hotline: str
    year: int
    reason: str
    printed_by: str
    printed_at: datetime
    leaves: tuple[KitLeaf, ...]
    url: str = ""
    training: bool = False

    @property
    def texts(self) -> str:
        """What is not the same on every kit: looked at before it is drawn."""
        leaves = "".join(leaf.number + leaf.case_no + leaf.query_code for leaf in self.leaves)
        return "".join((self.hall, self.hotline, self.reason, self.printed_by, self.url, leaves))


def kit_leaf(hall: str, at: datetime, serial: int, query_code: str) -> KitLeaf:
    """The case number as it will be, but for the day of acceptance: that is written in by hand."""
    head, _, tail = case_number(hall, at.date(), serial).rpartition("-")
    return KitLeaf(number=sheet_number(at.year, serial), case_no=f"{head[:-4]}□□□□-{tail}", query_code=query_code)


def leaf_numbers(leaves: Sequence[KitLeaf]) -> str:
    """From–to, for a title."""
    first, last = leaves[0].number, leaves[-1].number
    return first if first == last else f"{first}–{last.rpartition('-')[2]}"
