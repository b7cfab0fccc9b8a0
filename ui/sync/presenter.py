"""同步 decides what the sync page says of the line, of what the centre has not taken (yet), and does what a person picks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.command import Refusal
from clerk_app.office.line.renewing import renew
from clerk_app.office.office import Office, Outcome
from clerk_app.office.oversight.conflicts import Side as PickedSide
from clerk_app.office.oversight.conflicts import resolve
from clerk_app.office.oversight.settling import drop, hand_over, ratify, reissue
from clerk_app.office.running import Running
from clerk_app.office.store_state import StoreState
from ui.background import Background
from ui.language import kept, tr
from ui.sync.page import SyncPage
from ui.sync.reading import READ_CUT, Loaded, load
from ui.sync.telling import DROP, LEAVE, RENEW, SURE, SURE_DROP, tell_detail, tell_line, tell_row, tell_store
from ui.sync.telling_more import cut_row, tell_conflict, tell_cut
from ui.sync.view import CUT_ROW, CommandRow, Shown, Side, SyncView

SAID = {
    "reissue": tr("已照样重办，原来那一步记为已重办。"),
    SURE_DROP: tr("已作罢，原来那一步还在流水里。"),
    "hand": tr("已交值班长，他的待办里有了。"),
    "ratify": tr("已追认，送到中心就算数。"),
    "resolve": tr("已选定，选的那一个送到中心。"),
}


class SyncPresenter(QObject):
    """同步 from the journal to the page; `waiting(n)` is what waits for a person here."""

    said = Signal(str, bool)
    waiting = Signal(int)

    def __init__(self, office: Office, running: Running, background: Background, page: SyncPage) -> None:
        super().__init__(page)
        self._office, self._running, self._background, self._page = office, running, background, page
        self._key = ""
        self._picked: dict[str, Side] = {}
        self._asked = ""
        """What was pressed that is asked about first."""
        self._loaded: Loaded | None = None
        page.retry_now.connect(self._retry)
        page.hold_wanted.connect(self._hold)
        page.row_chosen.connect(self._choose)
        page.picked.connect(self._pick)
        page.act.connect(self._act)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            key = self._key
            self._background.run(lambda: load(self._office, key), self._show)

    def _show(self, loaded: Loaded) -> None:
        self._loaded = loaded
        if self._asked == DROP and (loaded.chosen is None or loaded.chosen.group.head.id != self._key):
            self._asked = ""  # it was settled elsewhere: nobody agrees to another one
        line = self._running.line.state
        rows: list[CommandRow] = [tell_row(group) for group in loaded.groups]
        if loaded.cut is not None:
            rows.insert(0, cut_row(loaded.cut))
        if line.store:
            store = CommandRow(
                id="store", what=tr("这台机器先不办"), subject=tr("数据不是最新的一份"), state=tr("等您定"), time=""
            )
            rows.insert(0, store)
        person = sum(row.person for row in rows)
        self.waiting.emit(person)
        on_way = len(loaded.groups) - person
        self._page.render(
            SyncView(
                line=tell_line(line, self._running.copies.state),
                title=tr("等着的 {count} 件", count=len(loaded.groups)),
                note="　".join(
                    note
                    for note in (
                        tr("等人 {person}", person=person) if person else "",
                        tr("在路上 {on_way}", on_way=on_way) if on_way else "",
                    )
                    if note
                ),
                rows=tuple(rows),
                detail=self._detail(loaded),
                heads=tr("两边链头一致 {heads_at:%H:%M}", heads_at=line.heads_at)
                if line.heads_at and not line.waiting
                else "",
            )
        )

    def _detail(self, loaded: Loaded) -> Shown:
        line = self._running.line.state
        if line.store and self._key in ("", "store"):
            return tell_store(line.store, asked=self._asked == RENEW, connected=line.connected)
        if loaded.cut is not None and self._key in ("", CUT_ROW):
            return tell_cut(loaded.cut)
        if loaded.chosen is None:
            return None
        if loaded.chosen.conflict is not None:
            return tell_conflict(loaded.chosen, self._picked, self._office.hall)
        session = self._office.session
        roles = session.person.roles if session else ()
        return tell_detail(loaded.chosen, self._office.hall, roles, dropping=self._asked == DROP)

    @Slot()
    def _retry(self) -> None:
        self._running.wake()

    @Slot()
    def _hold(self) -> None:
        """先停下, or go on."""
        wanted = not self._running.line.state.held_off
        self._running.line.hold_off(wanted)
        if not wanted:
            self._running.wake()

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._key:
            self._key, self._picked, self._asked = key, {}, ""
            self.refresh()

    @Slot(str, str)
    def _pick(self, path: str, side: str) -> None:
        self._picked[path] = "mine" if side == "mine" else "theirs"
        if self._loaded is not None:
            self._show(self._loaded)

    @Slot(str)
    def _act(self, name: str) -> None:
        if name in (RENEW, DROP, LEAVE):
            self._ask("" if name == LEAVE else name)
        elif name == SURE:
            self._renew()
        elif name == "read":
            self._put_away()
        elif self._loaded is not None and self._loaded.chosen is not None:
            act = self._acts().get(name)
            if act is not None:
                self._background.run(act, lambda outcome: self._done(name, outcome))

    def _acts(self) -> dict[str, Callable[[], Outcome]]:
        """What each button does to the chosen act."""
        office, loaded = self._office, self._loaded
        chosen = loaded.chosen if loaded else None
        if chosen is None:
            return {}
        row, picked = chosen.group.head, dict(self._picked)
        words = row.sentence or tr("这一步要值班长定。")
        sides: dict[str, PickedSide] = {path: side for path, side in picked.items() if side}
        return {
            "reissue": lambda: reissue(office, row.id),
            SURE_DROP: lambda: drop(office, row.id),
            "hand": lambda: hand_over(office, chosen.group.subject, words, row.id),
            "ratify": lambda: ratify(office, row.id, kept("同步页追认")),
            "resolve": lambda: resolve(office, row.id, sides),
        }

    def _done(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self._key, self._picked, self._asked = "", {}, ""
            self.said.emit(SAID[name], True)
        self.refresh()

    def _put_away(self) -> None:
        cut = self._loaded.cut if self._loaded else None
        if cut is not None:
            self._key = ""
            keep = self._office.parts.vault.keep
            self._background.run(lambda: keep.put_meta(READ_CUT, cut.cut), lambda _: self.refresh())

    def _ask(self, about: str) -> None:
        """What cannot be taken back is asked about first; nothing: the question is left."""
        self._asked = about
        if self._loaded is not None:
            if about == DROP and self._loaded.chosen is not None:
                self._key = self._loaded.chosen.group.head.id
            self._show(self._loaded)

    def _renew(self) -> None:
        """The numbers of the old copy are given up for good."""
        self._asked = ""
        self._background.run_net(lambda: renew(self._office), self._renewed)

    def _renewed(self, outcome: StoreState | Refusal) -> None:
        if isinstance(outcome, Refusal):
            self.said.emit(outcome.sentence, False)
        else:
            self.said.emit(tr("已另起一本流水，接着办。没送到过的几步等您定。"), True)
        self.refresh()
