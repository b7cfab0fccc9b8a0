"""同步 decides what the sync page says of the line and of what the centre has not taken (yet)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from clerk_app.cases.model import Case
from clerk_app.office.events import LineState
from clerk_app.office.office import Office
from clerk_app.office.running import Running
from clerk_app.ports import Books, JournalRow
from clerk_app.queueing.model import Ticket
from clerk_app.sync.verdicts import not_done, undecided, verdict_words
from ui.background import Background
from ui.lamps import line_sentence
from ui.sync.page import SyncPage
from ui.sync.view import CommandDetail, CommandRow, LineView, SyncView
from ui.widgets.lamp import LampKind
from ui.widgets.strip import StripView

SHOWN = 200

kind_words = {
    "take_ticket": "取号",
    "call_ticket": "叫号",
    "arrive_ticket": "到窗",
    "pass_ticket": "过号",
    "finish_ticket": "办结本号",
    "receive_case": "收件",
    "tick_material": "收材料",
    "accept_case": "受理",
    "record_reveal": "显示证件号",
    "record_paper": "出纸记录",
    "record_sign_in": "签到",
    "record_sign_out": "签退",
}

_lamps: dict[str, LampKind] = {"pending": "waiting", "held": "paused", "set_aside": "paused"}

Loaded = tuple[tuple[JournalRow, ...], dict[str, str]]


class SyncPresenter(QObject):
    """同步 from the journal to the page."""

    def __init__(self, office: Office, running: Running, background: Background, page: SyncPage) -> None:
        super().__init__(page)
        self._office, self._running, self._background, self._page = office, running, background, page
        self._chosen = ""
        page.retry_now.connect(self._retry)
        page.row_chosen.connect(self._choose)

    @Slot()
    def refresh(self) -> None:
        """Read and show again."""
        if self._office.session is not None:
            self._background.run(self._load, self._show)

    def _load(self) -> Loaded:
        rows = self._office.parts.vault.journal.rows(tuple(undecided | not_done), SHOWN)
        return rows, self._office.read(lambda books: {row.id: _subject(row, books) for row in rows})

    def _show(self, loaded: Loaded) -> None:
        rows, names = loaded
        ordered = sorted(rows, key=lambda r: (r.state not in not_done, r.seq))
        chosen = next((r for r in ordered if r.id == self._chosen), ordered[0] if ordered else None)
        line = self._running.line.state
        self._page.render(
            SyncView(
                line=tell_line(line),
                title=f"等着的 {len(rows)} 条",
                rows=tuple(_row(row, names[row.id]) for row in ordered),
                detail=_detail(chosen, names[chosen.id], self._office) if chosen else None,
                heads=f"两边链头一致 {line.heads_at:%H:%M}" if line.heads_at and not line.waiting else "",
            )
        )

    @Slot()
    def _retry(self) -> None:
        self._running.wake()

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self.refresh()


def tell_line(line: LineState) -> LineView:
    """线路 one sentence."""
    if line.connected:
        head = f"线路 {line.since:%H:%M} 起连着，办的事马上到中心。" if line.since else "线路已连接。"
        return LineView(kind="ok", head=head, retry=False)
    head, _, rest = line_sentence(line).partition("。")
    return LineView(kind="cut", head=f"{head}。" if head else "正在连中心。", rest=rest, retry=True)


def _subject(row: JournalRow, books: Books) -> str:
    """A number people know: the ticket's, the case's; nothing of a person."""
    for subject in row.subjects:
        word, _, key = subject.partition(":")
        value: Ticket | Case | None = None
        if word == "ticket":
            value = books.ticket(key)
        elif word in ("case", "reveal"):
            value = books.case(key)
        if isinstance(value, Ticket):
            return value.number
        if isinstance(value, Case):
            return value.case_no or f"查询码 {value.query_code}"
    return ""


def _row(row: JournalRow, name: str) -> CommandRow:
    person = row.state in not_done
    return CommandRow(
        id=row.id,
        what=kind_words.get(row.kind, row.kind),
        subject=name,
        state=verdict_words[row.state],
        time=f"{row.at:%H:%M}",
        lamp=_lamps.get(row.state, "unknown"),
        person=person,
    )


def _detail(row: JournalRow, name: str, office: Office) -> CommandDetail:
    actor = office.hall.roster.people.get(row.actor)
    message = None
    if row.sentence:
        head, _, rest = row.sentence.partition("。")
        message = StripView(head=f"{head}。", rest=rest, kind="warn")
    return CommandDetail(
        id=row.id,
        title=kind_words.get(row.kind, row.kind),
        subject=name,
        message=message,
        facts=(
            ("经手人", actor.name if actor else row.actor),
            ("时间", f"{row.at:%m-%d %H:%M:%S}"),
            ("流水号", str(row.seq)),
            ("送过", f"{row.attempts} 次"),
            ("现在", verdict_words[row.state]),
        ),
    )
