"""印面布局 where every character of a round seal stands, and its star: pure geometry in shares of the diameter, y downward.

Nothing overlaps: what stands in the middle keeps inside the feet of the name, or below its ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import cos, hypot, pi, radians, sin, sqrt

from clerk_app.sealing.paper import SealFace

RING = 0.027
"""How thick the ring is: 1.2 mm at 45 mm."""
STAR = 0.164
"""From the star's middle to a point: 14 mm from tip to tip at 45 mm."""
NARROW = 0.56
"""How much of its em a digit or a bracket fills."""
# White between ring and name, between what stands beside one another, and round a mark; how far out a row may reach.
_RIM, _CLEAR, _GAP, _OUTER = 0.024, 0.012, 0.013, 0.4
# How tall characters are.
_LINE, _LINE_IN_MIDDLE, _NUMBER, _CODE = 0.082, 0.105, 0.066, 0.049
_MARK, _MARK_OF_TWO, _MARK_APART = 0.105, 0.15, 0.13
# The middle of the line at its lowest, where it is liked best, and at its highest.
_LOW, _HIGH, _STEP = 0.238, 0.166, 0.008
_CODE_PITCH = 4.5
# A mark slopes over the star, and lies above its middle: the department's name on the paper runs below it, in black.
_SLOPE, _ABOVE, _MARK_ENDS = -12.0, 0.045, -0.025

# 「江州市市场监督管理局行政审批专用章(2)」: the office goes round the ring, what the seal is for stands under the star,
# and the number of one of several at the bottom.
_PARTS = re.compile(
    r"(?:(?P<office>.{3,}[局委会厅办府院部心])(?P<use>[^局委会厅办府院部心]{2,8}专用章)|(?P<whole>.+?))(?P<number>[(（]\w+[)）])?"
)


@dataclass(frozen=True)
class Cell:
    """字格 one character's box: its middle, its size, and how far it is turned clockwise, degrees."""

    char: str
    x: float
    y: float
    width: float
    height: float
    turn: float = 0.0

    def corners(self) -> tuple[tuple[float, float], ...]:
        """Upper left first, clockwise."""
        across, down = cos(radians(self.turn)), sin(radians(self.turn))
        halves = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        sides = ((a * self.width / 2, b * self.height / 2) for a, b in halves)
        return tuple((self.x + a * across - b * down, self.y + a * down + b * across) for a, b in sides)


@dataclass(frozen=True)
class SealLayout:
    """印面 all cells, and how far below the seal's middle the star's is (None: no star)."""

    name: tuple[Cell, ...]
    line: tuple[Cell, ...] = ()
    number: tuple[Cell, ...] = ()
    code: tuple[Cell, ...] = ()
    mark: tuple[Cell, ...] = ()
    star: float | None = None

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """What the mark leaves white of the star: round each of two characters, and round a longer row as one."""
        grown = self.mark if len(self.mark) == 2 else _as_one(self.mark)
        return tuple(replace(cell, width=cell.width + 2 * _GAP, height=cell.height + 2 * _GAP) for cell in grown)

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (*self.name, *self.line, *self.number, *self.code, *self.mark)


@dataclass(frozen=True)
class _Ring:
    """环文 how a name of so many characters lies on its arc."""

    height: float
    width: float
    feet: float
    pitch: float
    end: float
    """Where the last character's middle stands, degrees from the top."""

    @classmethod
    def fit(cls, count: int) -> _Ring:
        many = min(max(count - 12, 0), 12)
        height = 0.155 - 0.0045 * many
        feet = 0.5 - RING - _RIM - height
        # Few characters stand a character apart; many share 280°, leave the code its arc, and never meet at their feet.
        pitch = min(34.0, (236 + 44 * many / 12) / max(count - 1, 1))
        width = min(0.8 * height, 0.95 * 2 * feet * sin(radians(pitch) / 2))
        return cls(height, width, feet, pitch, pitch * (count - 1) / 2)

    @property
    def inside(self) -> float:
        """The radius of what is free whatever stands on the arc."""
        return self.feet - _CLEAR

    def room(self, top: float, bottom: float) -> float:
        """Half of how wide a row from `top` to `bottom` may be: inside the feet, or below where the name ends."""
        deepest = max(abs(top), abs(bottom))
        within = sqrt(max(self.inside**2 - deepest**2, 0.0))
        turn = radians(self.end)
        spare = top * sin(turn) - self.width / 2 - _CLEAR
        if spare <= 0:
            return within
        below = sqrt(max(_OUTER**2 - deepest**2, 0.0))
        return max(within, below if cos(turn) >= 0 else min(below, spare / -cos(turn)))


def seal_layout(face: SealFace) -> SealLayout:
    """A face laid out. The more characters a name has, the narrower they are; it always fits."""
    office, use, number = _parts(face)
    ring = _Ring.fit(len(office))
    made = SealLayout(_name(office, ring), code=_code(face.code))
    if face.star:
        return _under_star(made, face, ring, use, number)
    return _without_star(made, face, ring, use, number)


def _parts(face: SealFace) -> tuple[str, str, str]:
    """What goes round the ring, what stands below the star, and the number between brackets."""
    found = _PARTS.fullmatch(face.name)
    if found is None:
        return face.name, "", _bracketed(face.number)
    number = _bracketed(face.number or found["number"] or "")
    return found["office"] or found["whole"], found["use"] or "", number


def _bracketed(number: str) -> str:
    bare = number.strip("()（）")
    return f"({bare})" if bare else ""


def _under_star(made: SealLayout, face: SealFace, ring: _Ring, use: str, number: str) -> SealLayout:
    feet, middle, star = STAR * cos(pi / 5), _LOW, 0.0
    line: tuple[Cell, ...] = ()
    if use:
        steps = [_LOW - _STEP * step for step in range(round((_LOW - _HIGH) / _STEP) + 1)]
        middle = max(steps, key=lambda y: round(min(ring.room(y - _LINE / 2, y + _LINE / 2), 0.28), 4))
        line = _row(use, middle, _LINE, ring.room(middle - _LINE / 2, middle + _LINE / 2))
        star = min(-0.012, middle - _LINE / 2 - 0.02 - feet)
    below = middle + _LINE / 2 + 1.5 * _CLEAR + _NUMBER / 2 if use else feet + 0.03 + _NUMBER / 2
    mark = (_apart if len(face.mark) == 2 else _sloping)(face.mark, ring.inside)
    return replace(made, line=line, number=_row(number, below, _NUMBER, 0.16), mark=mark, star=star)


def _without_star(made: SealLayout, face: SealFace, ring: _Ring, use: str, number: str) -> SealLayout:
    """The line stands in the middle; a mark stands above it, so that neither hides the other."""
    mark, half = _across(face.mark, ring), _LINE_IN_MIDDLE / 2
    if not use:
        return replace(made, number=_row(number, 0.2, _NUMBER, 0.16), mark=mark)
    middle = half + 0.01 if mark else 0.0
    line = _row(use, middle, _LINE_IN_MIDDLE, ring.room(middle - half, middle + half))
    numbered = _row(number, middle + half + 2 * _CLEAR + _NUMBER / 2, _NUMBER, 0.16)
    return replace(made, line=line, number=numbered, mark=mark)


def _name(text: str, ring: _Ring) -> tuple[Cell, ...]:
    """Upright on the ring, feet to the middle, the text's middle on top."""
    radius = ring.feet + ring.height / 2
    turns = [index * ring.pitch - ring.end for index in range(len(text))]
    return tuple(
        Cell(char, radius * sin(radians(turn)), -radius * cos(radians(turn)), ring.width, ring.height, turn)
        for char, turn in zip(text, turns, strict=True)
    )


def _code(text: str) -> tuple[Cell, ...]:
    """The police's digits on the lower arc, heads to the middle."""
    radius = 0.5 - RING - 0.012 - _CODE / 2
    turns = [(index - (len(text) - 1) / 2) * _CODE_PITCH for index in range(len(text))]
    return tuple(
        Cell(char, radius * sin(radians(turn)), radius * cos(radians(turn)), _CODE * NARROW, _CODE, -turn)
        for char, turn in zip(text, turns, strict=True)
    )


def _row(text: str, middle: float, height: float, half: float) -> tuple[Cell, ...]:
    """Side by side, narrowed where the room is short."""
    if not text:
        return ()
    shares = [NARROW if char.isascii() else 0.92 for char in text]
    pitch = min(height, 2 * half / sum(shares))
    edge, cells = -pitch * sum(shares) / 2, []
    for char, share in zip(text, shares, strict=True):
        cells.append(Cell(char, edge + pitch * share / 2, middle, pitch * share, height))
        edge += pitch * share
    return tuple(cells)


def _across(text: str, ring: _Ring) -> tuple[Cell, ...]:
    """Level, where there is no star to lie over."""
    tall = _MARK_OF_TWO if len(text) == 2 else _MARK
    return _row(text, _MARK_ENDS - tall / 2, tall, ring.room(_MARK_ENDS - tall, _MARK_ENDS))


def _sloping(text: str, inside: float) -> tuple[Cell, ...]:
    """Across the star; the farther corner lies inside the name's feet."""
    down, share = sin(radians(_SLOPE)), len(text) / 2
    # A row `share` pitches to each side and 1.25 high: where its upper right corner is as far out as `inside`.
    along, up = share, 1.25 / 2
    reach = hypot(along, up)
    lean = _ABOVE * (up * cos(radians(_SLOPE)) - along * down)
    pitch = (sqrt(lean**2 - reach**2 * (_ABOVE**2 - inside**2)) - lean) / reach**2
    pitch = min(0.8 * _MARK, pitch)
    steps = [(index - share + 0.5) * pitch for index in range(len(text))]
    across = cos(radians(_SLOPE))
    return tuple(
        Cell(char, step * across, step * down - _ABOVE, 0.96 * pitch, 1.25 * pitch, _SLOPE)
        for char, step in zip(text, steps, strict=True)
    )


def _apart(text: str, inside: float) -> tuple[Cell, ...]:
    """Two characters on the slope, left and right of the star, their corners inside the name's feet."""
    height, width = _MARK_APART, 0.8 * _MARK_APART
    step = min(0.2, sqrt((inside - _ABOVE) ** 2 - height**2 / 4) - width / 2)
    across, down = step * cos(radians(_SLOPE)), step * sin(radians(_SLOPE))
    return tuple(
        Cell(char, side * across, side * down - _ABOVE, width, height, _SLOPE)
        for char, side in zip(text, (-1, 1), strict=True)
    )


def _as_one(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if not row:
        return ()
    first, last = row[0], row[-1]
    width = hypot(last.x - first.x, last.y - first.y) + first.width
    return (replace(first, x=(first.x + last.x) / 2, y=(first.y + last.y) / 2, width=width),)
