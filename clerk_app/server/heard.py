"""到中心 when the centre took in a use of a seal or a change of one: only that proves that it came before a stop.

The use case draws no clock; the centre writes this beside, once, and the feed brings it to every window.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from clerk_app.command import Command
from clerk_app.ports import Books


def note_heard(command: Command, books: Books, now: datetime) -> None:
    """The first time stays: what is said again was heard before."""
    for subject in command.subjects:
        word, _, key = subject.partition(":")
        if word == "seal_use" and (use := books.seal_use(key)) is not None and use.heard_at is None:
            books.put_seal_use(replace(use, heard_at=now))
        if word == "seal_event" and (event := books.seal_event(key)) is not None and event.heard_at is None:
            books.put_seal_event(replace(event, heard_at=now))
