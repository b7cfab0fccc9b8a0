"""公示所见 what the public is shown at a window, as frozen words: names of staff only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FaceSeat:
    """在岗一行 a post, in big letters who is on it, under it the A and B."""

    post: str
    on: str
    under: str


@dataclass(frozen=True, kw_only=True)
class FacePart:
    """一个部门 its head and its lines."""

    head: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PublicFaceView:
    """公示面 everything on the citizen's side."""

    number: str = ""
    name: str = ""
    hall: str = ""
    seats: tuple[FaceSeat, ...] = ()
    parts: tuple[FacePart, ...] = ()
    foot: str = ""
    training: bool = False


@dataclass(frozen=True, kw_only=True)
class PublicView:
    """公示页 the face as it will be seen, and whether it stands on the other screen now."""

    face: PublicFaceView = PublicFaceView()
    shown: bool = False
    busy: bool = False
