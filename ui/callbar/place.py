"""叫号条的地方 where the bar stands on each screen, remembered as numbers; a place nobody can see is never used."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

MARGIN = 12


@dataclass(frozen=True)
class Area:
    """屏幕 the part of a screen that windows may use."""

    name: str
    x: int
    y: int
    width: int
    height: int

    def holds(self, x: int, y: int) -> bool:
        """Whether a point is on it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True)
class Places:
    """记住的地方 by screen, from the screen's own corner; `last` is the screen it stood on, `narrow` how it was left."""

    last: str = ""
    at: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    narrow: bool = False

    def moved(self, area: Area, x: int, y: int) -> Places:
        """It was put here."""
        return replace(self, last=area.name, at={**self.at, area.name: (x - area.x, y - area.y)})


def read_places(text: str) -> Places:
    """From what was kept; anything unreadable is forgotten."""
    try:
        kept = json.loads(text)
        at = {str(name): (int(x), int(y)) for name, (x, y) in kept["at"].items()}
        return Places(str(kept["last"]), at, bool(kept["narrow"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return Places()


def write_places(places: Places) -> str:
    """To be kept."""
    return json.dumps({"last": places.last, "at": dict(places.at), "narrow": places.narrow}, ensure_ascii=False)


def spot(places: Places, areas: Sequence[Area], size: tuple[int, int]) -> tuple[int, int]:
    """The upper left corner: on the last screen, or on the first one that is still there; whole in sight."""
    area = next((one for one in areas if one.name == places.last), areas[0])
    beside = places.at.get(area.name)
    if beside is None:
        return inside(area, size, (area.x + (area.width - size[0]) // 2, area.y + area.height))
    return inside(area, size, (area.x + beside[0], area.y + beside[1]))


def inside(area: Area, size: tuple[int, int], wanted: tuple[int, int]) -> tuple[int, int]:
    """As near to where it is wanted as it is whole in sight, a little from the edge where there is room."""
    return (
        _fit(wanted[0], area.x, area.width, size[0]),
        _fit(wanted[1], area.y, area.height, size[1]),
    )


def _fit(wanted: int, start: int, room: int, length: int) -> int:
    margin = MARGIN if room >= length + 2 * MARGIN else 0
    return max(start + margin, min(wanted, start + room - length - margin))


def area_at(areas: Sequence[Area], x: int, y: int) -> Area:
    """The screen under a point, or the first."""
    return next((area for area in areas if area.holds(x, y)), areas[0])
