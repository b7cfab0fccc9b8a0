"""补齐 pulling what is new, or everything as it stands when the cursor is of another book; page by page, resumed where it stopped."""

from __future__ import annotations

from clerk_app.ports import Centre, CentreProblem, Vault

CURSOR, SNAPSHOT = "cursor", "snapshot_page"
"""How far changes were pulled, and the page of the snapshot being taken: `NONE` when none is wanted, empty for the first."""
NONE = "-"
NEWS = "news"
"""What the centre's last page said of news: another word, and hello is said again."""
EPOCH, EPOCH_COMING = "epoch", "epoch_coming"
"""The centre's epoch our verdicts are of, and another one it has told while we send it again what it lost."""
STORE = "store_state"

GONE = 410


def wants_snapshot(vault: Vault) -> bool:
    """Whether pulling must begin with a snapshot."""
    page = vault.keep.meta(SNAPSHOT)
    return page is not None and page != NONE


def take_snapshot(vault: Vault, centre: Centre) -> tuple[int, tuple[str, ...]]:
    """Rows and the next page's name move together; nothing is deleted because it is not there."""
    taken, subjects = 0, set[str]()
    while True:
        name = vault.keep.meta(SNAPSHOT) or ""
        try:
            page = centre.snapshot(name)
        except CentreProblem as problem:
            if problem.status != GONE or not name:
                raise
            vault.keep.put_meta(SNAPSHOT, "")
            continue
        subjects.update(vault.journal.take_page(page))
        taken += len(page.changes)
        if not page.next:
            return taken, tuple(subjects)


def pull(vault: Vault, centre: Centre, limit: int = 500) -> tuple[int, tuple[str, ...]]:
    """拉取 until the centre has no more; a cursor it no longer knows asks for a snapshot and raises."""
    pulled, subjects = 0, set[str]()
    if wants_snapshot(vault):
        pulled, seen = take_snapshot(vault, centre)
        subjects.update(seen)
    while True:
        try:
            page = centre.changes(vault.keep.meta(CURSOR) or "", limit)
        except CentreProblem as problem:
            if problem.status == GONE:
                vault.keep.put_meta(SNAPSHOT, "")
            raise
        if page.changes or page.cursor != vault.keep.meta(CURSOR):
            subjects.update(vault.journal.apply(page))
        if page.news and page.news != vault.keep.meta(NEWS):
            vault.keep.put_meta(NEWS, page.news)
        pulled += len(page.changes)
        if not page.more:
            return pulled, tuple(subjects)
