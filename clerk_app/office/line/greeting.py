"""问好 what a hello brings: hall time, whether this store is the newest, another epoch, a new hall version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import msgspec

from clerk_app.office.office import Office
from clerk_app.office.store_state import said_of
from clerk_app.ports import Hello
from clerk_app.ports.line import Machine
from clerk_app.queueing.day_key import key_for
from clerk_app.sync.catching_up import EPOCH, EPOCH_COMING

EPOCH_NOTE = "epoch_note"
NEIGHBOURS = "neighbours"
"""Public keys by device of the machines whose signed word is believed with the line cut."""
MACHINES = "machines"
"""Every machine of the hall that was ever let in (`ports.line.Machine`): their codes on papers are checked with the line cut."""
QUEUE_KEYS = "queue_keys"
"""日钥 by day, for today and the next working day."""
MOST_KINDS, MOST_BLOCKS, BLOCKS_A_TIME = 400, 2000, 200


def greet(office: Office) -> Hello:
    """Raises `CentreAway` or `CentreProblem`."""
    parts = office.parts
    vault, today = parts.vault, parts.clock.now().date()
    said = replace(said_of(vault), blocks=current_kinds(vault.history.block_ends(), today))
    hello = parts.centre.hello(said)
    parts.clock.set(hello.time)
    if hello.neighbours:
        vault.keep.put_meta(NEIGHBOURS, json.dumps(dict(hello.neighbours)))
    if hello.machines:
        vault.keep.put_meta(MACHINES, msgspec.json.encode(hello.machines).decode())
    if hello.queue_keys:
        vault.keep.put_meta(QUEUE_KEYS, json.dumps(dict(hello.queue_keys)))
    office.guard.hear(hello)
    if office.guard.state.good:
        _meet_epoch(office, hello)
    if hello.hall_version != office.hall.version:
        vault.keep.put_hall_document(hello.hall_version, parts.centre.hall_document(hello.hall_version))
        office.reload_hall()
    return hello


def known_machines(office: Office) -> dict[str, Machine]:
    """By device, as the last hello named them."""
    return msgspec.json.decode(office.parts.vault.keep.meta(MACHINES) or "{}", type=dict[str, Machine])


def queue_key(office: Office, day: date) -> bytes | None:
    """日钥 of a day, as the last hello told it; None while no centre has."""
    return key_for(office.parts.vault.keep.meta(QUEUE_KEYS) or "", day)


def current_kinds(ends: Mapping[str, int], today: date) -> dict[str, int]:
    """Numbers of days gone by are given no more; the others are told, so that the centre never gives them again."""
    live = {kind: last for kind, last in ends.items() if not _of_a_past_day(kind, today)}
    return dict(sorted(live.items())[:MOST_KINDS])


def _of_a_past_day(kind: str, today: date) -> bool:
    try:
        return date.fromisoformat(kind.rpartition(":")[2]) < today
    except ValueError:
        return False


def _tell_blocks(office: Office) -> None:
    """Before anything is sent again: whose the numbers are that it bears."""
    vault = office.parts.vault
    held = vault.history.blocks(MOST_BLOCKS)
    for start in range(0, len(held), BLOCKS_A_TIME):
        office.parts.centre.hello(replace(said_of(vault), held=held[start : start + BLOCKS_A_TIME]))


def _meet_epoch(office: Office, hello: Hello) -> None:
    """A centre that came back from a backup lacks verdicts we hold: it is sent again what it lost, from its last one on."""
    vault = office.parts.vault
    ours, coming = vault.keep.meta(EPOCH), vault.keep.meta(EPOCH_COMING)
    if ours is None:
        vault.keep.put_meta(EPOCH, hello.epoch)
    elif hello.epoch not in (ours, coming):
        _tell_blocks(office)
        again = vault.history.send_again(hello.incarnation, hello.last_seq, hello.epoch)
        note = {"at": hello.time.isoformat(), "from": ours, "to": hello.epoch, "again": again}
        vault.keep.put_meta(EPOCH_NOTE, json.dumps(note))
