"""更新 packages the centre holds, who let which version out to which windows, and what a machine may have.

A package is signed by who made the program, and every desk checks that itself: the centre decides whose turn it is, and can make
nobody take what is false, older or for another machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select, update

from clerk_app.outside.ids import new_id
from clerk_app.outside.update_package import read_package
from clerk_app.ports.updates import Offer, Offered
from clerk_app.server import blobs
from clerk_app.server.accounts import Attempt, recognise
from clerk_app.server.centre import CentreOffice, chosen_hall, hall_now
from clerk_app.server.database import Database
from clerk_app.server.devices import Device
from clerk_app.server.problems import ProblemError
from clerk_app.server.recovering import answerable as ranks
from clerk_app.server.tables import blobs as stored
from clerk_app.server.tables import update_plans, upload_chunks
from clerk_app.server.tables import updates as packages
from clerk_app.store.cabinet import insert_once
from clerk_app.sync.protocol import CLIENT, OLDEST_CLIENT
from clerk_app.updating import Plan, Release, centre_misfit, is_newer, is_version, newest_for, order_of

PIECE = 1 << 20
"""So much of a package is one row."""
AT_THE_CENTRE = "centre"
"""Where somebody sits who runs a command line here, in the list of sign-ins."""
p, k = update_plans, packages


@dataclass(frozen=True)
class Wish:
    """放行什么 a version, the windows that come first, the day the others follow (None: not yet)."""

    version: str
    first: frozenset[int]
    rest_from: date | None


def add(database: Database, hall: str, file: Path, keys: Collection[str]) -> dict[str, Any]:
    """收下 a package. Raises `UpdateTrouble` for a false one, `ProblemError` for one that is not wanted, OSError."""
    release = read_package(file, keys)
    if trouble := centre_misfit(release, CLIENT, OLDEST_CLIENT):
        raise ProblemError(409, "update-unfit", trouble)
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with database.writing() as connection:
        place = chosen_hall(connection, hall)
        _check_new(connection, place, release, digest)
        _store(connection, place, file, digest)
        row = {
            "hall": place,
            "version": release.version,
            "platform": release.platform,
            "digest": digest,
            "size": file.stat().st_size,
            "notes": release.notes,
            "added_at": hall_now(),
        }
        connection.execute(k.insert(), [row])
    return {"version": release.version, "platform": release.platform, "digest": digest, "size": row["size"]}


def _check_new(connection: Connection, hall: str, release: Release, digest: str) -> None:
    there = connection.execute(
        select(k.c.version, k.c.digest).where(k.c.hall == hall, k.c.platform == release.platform)
    )
    for row in there.all():
        if row.version == release.version:
            same = "已经收着" if row.digest == digest else "已经收着一个，内容不一样"
            raise ProblemError(409, "update-there", f"{release.version} 这一版{same}，没有再收，原来的没有动。")
        if is_newer(row.version, release.version):
            sentence = f"已经收着更新的 {row.version}，没有收 {release.version}，什么都没动。要退回，在窗口上退。"
            raise ProblemError(409, "update-older", sentence)


def _store(connection: Connection, hall: str, file: Path, digest: str) -> None:
    """Among the blobs, under an upload of its own; another platform's notes may differ, the bytes never."""
    upload, start, whole = new_id(), 0, hashlib.sha256()
    with file.open("rb") as stream:
        while data := stream.read(PIECE):
            connection.execute(upload_chunks.insert(), [{"hall": hall, "upload": upload, "start": start, "data": data}])
            whole.update(data)
            start += len(data)
    if whole.hexdigest() != digest:
        raise ProblemError(409, "update-changed", "更新包在收的时候变了，没有收下。拷好了再来。")
    row = {"hall": hall, "digest": digest, "size": start, "upload": upload, "stored_at": hall_now()}
    insert_once(connection, stored, row, ("hall", "digest"))


def answerable(office: CentreOffice, hall: str, account: str, password: str) -> str:
    """谁在管 a person the centre knows who answers for the hall; judged as at a sign-in."""
    person = recognise(office, Device(hall, AT_THE_CENTRE), Attempt(account, password, public_key="", signs_in=False))
    with office.database.reading() as connection:
        roles = office.hall_in_force(connection, hall).roster.people[person].roles
    if not ranks & set(roles):
        sentence = "放行更新要值班长、首席代表或管理员，没有改。请他来。"
        raise ProblemError(403, "not-answerable", sentence)
    return person


def plan(office: CentreOffice, hall: str, person: str, wish: Wish) -> None:
    """放行 asked by one; what was confirmed before goes on until another confirms this."""
    with office.database.writing() as connection:
        known = select(k.c.version).where(k.c.hall == hall, k.c.version == wish.version).limit(1)
        if not is_version(wish.version) or connection.execute(known).first() is None:
            raise ProblemError(404, "update-unknown", f"中心没有收着 {wish.version} 这一版，没有放行。先 add-update。")
        windows = office.hall_in_force(connection, hall).roster.windows
        if strange := sorted(wish.first - set(windows)):
            raise ProblemError(409, "window-unknown", f"大厅没有 {strange[0]}号窗口，没有放行。核对窗口号。")
        if not wish.first and wish.rest_from is None:
            raise ProblemError(
                409, "plan-empty", "没有写先换哪些窗口，也没有写从哪天起，没有放行。写上 --first 或 --rest-from。"
            )
        row = {
            "hall": hall,
            "id": new_id(),
            "version": wish.version,
            "first_windows": sorted(wish.first),
            "rest_from": wish.rest_from,
            "asked_by": person,
            "asked_at": office.now(),
        }
        connection.execute(p.insert(), [row])


def confirm(office: CentreOffice, hall: str, person: str, version: str) -> None:
    """确认 by another person: exactly what was asked last."""
    with office.database.writing() as connection:
        row = _newest(connection, hall, version)
        if row is None or row.confirmed_by or row.paused_by:
            raise ProblemError(409, "nothing-asked", f"{version} 没有等着确认的放行，没有改。先 plan-update。")
        if row.asked_by == person:
            raise ProblemError(403, "same-person", "放行和确认是同一个人，没有改。请另一个人确认。")
        _set(connection, row, confirmed_by=person, confirmed_at=office.now())


def pause(office: CentreOffice, hall: str, person: str, version: str) -> None:
    """停下 by one person at once: stopping is the safe side. What waits for a confirmation falls with it."""
    with office.database.writing() as connection:
        rows = connection.execute(select(p).where(p.c.hall == hall, p.c.version == version, p.c.paused_by == "")).all()
        if not rows:
            raise ProblemError(409, "nothing-out", f"{version} 没有放行着，没有改。")
        for row in rows:
            _set(connection, row, paused_by=person, paused_at=office.now())


def _newest(connection: Connection, hall: str, version: str) -> Row[Any] | None:
    query = select(p).where(p.c.hall == hall, p.c.version == version).order_by(p.c.asked_at.desc(), p.c.id.desc())
    return connection.execute(query.limit(1)).one_or_none()


def _set(connection: Connection, row: Row[Any], **values: str | datetime) -> None:
    connection.execute(update(p).where(p.c.hall == row.hall, p.c.id == row.id).values(**values))


def plans_of(connection: Connection, hall: str) -> tuple[Plan, ...]:
    """Of each version the newest that was confirmed."""
    query = select(p).where(p.c.hall == hall, p.c.confirmed_by != "").order_by(p.c.asked_at, p.c.id)
    newest = {row.version: row for row in connection.execute(query)}
    return tuple(
        Plan(
            version=row.version,
            first=frozenset(row.first_windows),
            rest_from=row.rest_from,
            confirmed=True,
            paused=bool(row.paused_by),
        )
        for row in newest.values()
    )


def offered(office: CentreOffice, device: Device, version: str, platform: str) -> Offered:
    """可取的更新 for this machine; a version there is no package of for its platform is nobody's turn here."""
    with office.database.reading() as connection:
        rows = connection.execute(select(k).where(k.c.hall == device.hall, k.c.platform == platform)).all()
        there = {row.version: row for row in rows}
        plans = [plan for plan in plans_of(connection, device.hall) if plan.version in there]
    out = [plan.version for plan in plans if not plan.paused]
    chosen, offer = there.get(newest_for(plans, device.window, office.now().date(), version)), None
    if chosen is not None:
        offer = Offer(version=chosen.version, digest=chosen.digest, size=chosen.size, notes=chosen.notes)
    return Offered(offer=offer, newest=max(out, key=order_of, default=""))


def package(office: CentreOffice, hall: str, digest: str) -> tuple[int, str] | None:
    """Size and upload of a package; other blobs are none."""
    with office.database.reading() as connection:
        known = select(k.c.digest).where(k.c.hall == hall, k.c.digest == digest).limit(1)
        if connection.execute(known).first() is None:
            return None
    return blobs.find(office.database, hall, digest)


def listed(database: Database, hall: str) -> dict[str, Any]:
    """What is here and how far it is let out, for who runs the command line."""
    with database.reading() as connection:
        place = chosen_hall(connection, hall)
        rows = connection.execute(select(k).where(k.c.hall == place).order_by(k.c.added_at)).all()
        asked = connection.execute(select(p).where(p.c.hall == place).order_by(p.c.asked_at, p.c.id)).all()
    return {
        "packages": [{"version": row.version, "platform": row.platform, "size": row.size} for row in rows],
        "plans": [_told(row) for row in asked],
    }


def _told(row: Row[Any]) -> dict[str, Any]:
    return {
        "version": row.version,
        "first": row.first_windows,
        "rest_from": row.rest_from and row.rest_from.isoformat(),
        "asked_by": row.asked_by,
        "confirmed_by": row.confirmed_by,
        "paused_by": row.paused_by,
    }
