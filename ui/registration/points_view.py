"""补正点所见 what the departments want mended, how far each point is, and the slip on which one more is written."""

from __future__ import annotations

from dataclasses import dataclass

from ui.registration.view import PointRow
from ui.widgets.strip import StripView


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """补正点一行 with what may be done about it here; a reason says why not now."""

    row: PointRow
    read: bool = False
    explain: bool = False
    drop: bool = False


@dataclass(frozen=True, kw_only=True)
class NewPointView:
    """提补正点 at one of the step's fields, first that under the hand, and in whose name.

    A form that can only be looked at has fields the hand cannot go to: they are chosen from `places`.
    """

    place: str
    places: tuple[tuple[str, str], ...]
    departments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PointsView:
    """补正点 of one case; without lines and without the right to make one there is nothing to show."""

    case: str = ""
    title: str = ""
    note: str = ""
    lines: tuple[PointLine, ...] = ()
    fresh: NewPointView | None = None
    strip: StripView | None = None

    @property
    def wanted(self) -> bool:
        """Whether there is anything here for who looks."""
        return bool(self.lines) or self.fresh is not None
