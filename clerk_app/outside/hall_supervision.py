"""监察口径的格式 the `supervision` section of a hall file: a preset with what differs from it, or every line written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clerk_app.outside.hall_shape import Flag, Place, Problem, Record, Shape, Whole, Word
from clerk_app.oversight.supervision import RED, SEVERE, YELLOW, presets

_written: dict[str, Shape] = {
    "remind_before_workdays": Whole(0, 60),
    "yellow_when": Word(YELLOW),
    "yellow_workdays": Whole(0, 60),
    "red_when": Word(RED),
    "severe_when": Word(SEVERE),
    "step_overdue_counts": Flag(),
    "card_reply_workdays": Whole(1, 60),
    "appeal": Flag(),
}
_more: dict[str, Shape] = {
    "yellow_percent": Whole(1, 100),
    "red_percent": Whole(100, 1000),
    "urge_workdays": Whole(1, 60),
}
_by_hand = Record(_written, _more)
_by_preset = Record({"preset": Word(tuple(presets))}, {**_written, **_more})


@dataclass(frozen=True)
class Supervision:
    """监察口径 either way of saying it; a red card must not come before the yellow one."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """The shape first; then whether both percents are in order."""
        named = isinstance(value, dict) and "preset" in value
        found = list((_by_preset if named else _by_hand).problems(value, place))
        yield from found
        if found or not isinstance(value, dict):
            return
        yellow, red = value.get("yellow_percent"), value.get("red_percent")
        if isinstance(yellow, int) and isinstance(red, int) and red < yellow:
            yield (
                (*place, "red_percent"),
                f"red_percent 写了 {red}，比 yellow_percent 的 {yellow} 还早，改成一样或更大。",
            )
