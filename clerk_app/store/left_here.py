"""还留在本机的 what of a store nobody else has: asked before another copy may stand in for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from clerk_app.store import local
from clerk_app.store.engine import open_for_reading, version_of
from clerk_app.store.gate import Gate
from clerk_app.store.journal import JournalBook
from clerk_app.store.unsent import UnsentBook
from clerk_app.store.unsent_blobs import UnsentBlobBook

WAITING = ("queued", "not_sent", "blocked", "sending")


@dataclass(frozen=True, kw_only=True)
class LeftHere:
    """还留在本机的 `at`: how far the journal has come."""

    at: tuple[int, int]
    unsent: int
    blobs: int
    papers: int
    typed: int


def format_of(file: Path, key: bytes) -> int:
    """How far the file was upgraded; raises `StoreUnreadable`."""
    engine = open_for_reading(file, key)
    try:
        return version_of(engine)
    finally:
        engine.dispose()


def place_of(file: Path, key: bytes) -> tuple[int, int]:
    """How far its journal has come, of an older file too."""
    engine = open_for_reading(file, key)
    try:
        head = JournalBook(Gate(engine)).head()
        return head.incarnation, head.seq
    finally:
        engine.dispose()


def left_here(file: Path, key: bytes) -> LeftHere:
    """One look at the whole; raises `StoreUnreadable`."""
    engine = open_for_reading(file, key)
    gate = Gate(engine)
    try:
        head = JournalBook(gate).head()
        unsent = len(UnsentBook(gate).unsent())
        blobs = len(UnsentBlobBook(gate, file.parent / "blobs", key).unsent())
        with gate.begin() as connection:
            waits = select(func.count()).select_from(local.spool).where(local.spool.c.state.in_(WAITING))
            papers = connection.execute(waits).scalar_one()
            typed = connection.execute(select(func.count()).select_from(local.typed)).scalar_one()
    finally:
        engine.dispose()
    return LeftHere(at=(head.incarnation, head.seq), unsent=unsent, blobs=blobs, papers=papers, typed=typed)
