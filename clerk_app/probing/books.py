"""看数据 the store beside a running client, opened for looking only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from clerk_app.cases.model import case_kind
from clerk_app.office.doctor import books
from clerk_app.office.doctor.books import StoreFacts, StoreWord
from clerk_app.outside.password_box import FILE
from clerk_app.outside.secrets import KeyringBox
from clerk_app.ports import SecretBox, SecretBoxAway, SecretBoxLocked
from clerk_app.ports.doctor import Finding
from clerk_app.probing.place import Once, Place
from clerk_app.store.engine import StoreTooNew, StoreUnreadable, open_for_reading, version_of, versions_known
from clerk_app.store.reading import StoreReading, StoreTooOld
from clerk_app.sync.catching_up import STORE

FILE_NAME = "counter.db"


class StoreProbe:
    """看数据 what each look of one round asks of the file; opened anew by each, so that none waits for another."""

    def __init__(self, place: Place) -> None:
        self._file = place.folder / FILE_NAME
        self._box = Once(lambda: place.box or _box_of(place.folder))
        self._facts = Once(self._read_facts)

    def store(self) -> Finding:
        """数据文件."""
        word, _ = self._facts()
        return books.store(word)

    def schema(self) -> Finding:
        """库的版本."""
        return books.schema(self._facts()[1])

    def enrolment(self) -> Finding:
        """入列."""
        return books.enrolment(self._current())

    def numbers(self) -> Finding:
        """号段."""
        return books.numbers(self._current())

    def hall(self) -> Finding:
        """大厅资料."""
        return books.hall_data(self._current())

    def chain(self) -> Finding:
        """流水."""
        facts = self._current()
        if facts is None:
            return books.chain(None, holds=False, standing="")
        with StoreReading(self._file, self._key() or b"") as store:
            check = store.journal.check()
        return books.chain(check.rows, holds=check.ok, standing=facts.standing)

    def _current(self) -> StoreFacts | None:
        word, facts = self._facts()
        return facts if word == "open" else None

    def _key(self) -> bytes | None:
        box = self._box()
        return None if box is None else box.get("store-key")

    def _read_facts(self) -> tuple[StoreWord, StoreFacts | None]:
        if not self._file.is_file():
            return "none", None
        try:
            key = self._key()
        except (SecretBoxAway, SecretBoxLocked):
            return "locked", None
        if key is None:
            return ("locked" if self._box() is None else "no-key"), None
        try:
            return self._open(key)
        except StoreUnreadable:
            return "unreadable", None

    def _open(self, key: bytes) -> tuple[StoreWord, StoreFacts]:
        try:
            with StoreReading(self._file, key) as store:
                return "open", _facts_of(store)
        except StoreTooOld:
            return "too-old", self._bare(key)
        except StoreTooNew:
            return "too-new", self._bare(key)

    def _bare(self, key: bytes) -> StoreFacts:
        """Of another version only the number can be read."""
        engine = open_for_reading(self._file, key)
        try:
            return StoreFacts(version=version_of(engine), newest=versions_known())
        finally:
            engine.dispose()


def _box_of(folder: Path) -> SecretBox | None:
    """None where a password would have to be typed."""
    return None if (folder / FILE).exists() else KeyringBox(str(folder.resolve()))


def _facts_of(store: StoreReading) -> StoreFacts:
    document, newest = store.hall_document(), versions_known()
    return StoreFacts(
        version=newest,
        newest=newest,
        device=store.meta("device") or "",
        hall=store.meta("hall") or "",
        hall_name=str(document["hall"]["name"]) if document else "",
        hall_version=store.meta("hall_version") or "",
        standing=store.meta(STORE) or "good",
        numbers=store.numbers_left(case_kind(datetime.now().astimezone().year)),
    )
