"""领件 finds whose result it is, hands it out once, has the proof of it printed, signed and scanned back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.decision import receiver_words, signed_words
from clerk_app.command import Refusal
from clerk_app.office.counter.handing import acts, looking
from clerk_app.office.counter.handing.looking import HandingDesk, ResultLine
from clerk_app.office.office import Done, Office, Outcome
from ui.background import Background
from ui.handing import telling_pick as words
from ui.handing.pick_page import PickPage
from ui.handing.reading import AtHand, at_hand, here
from ui.handing.signing_pad import PadView, SigningPad
from ui.handing.telling_pick import Draft, first_draft, tell_pick
from ui.handing.view import PAPER
from ui.language import tr
from ui.one_act import OneAct
from ui.widgets.field import fold

_gone = tr("选的件不在了，没有办。换一件再办。")
_other_name = tr("签名以后姓名改过了，没有交出。请他重签，或改回签名的人。")


class PickPresenter(QObject):
    """领件 of one window. `changed()` when something was done."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, page: PickPage) -> None:
        super().__init__(page)
        self._office, self._background, self._page = office, background, page
        self._desk = HandingDesk()
        self._found: tuple[ResultLine, ...] = ()
        self._chosen = self._finding = ""
        self._hand: AtHand | None = None
        self._draft = Draft()
        self._signing = self._signer = ""
        self.pad = SigningPad()
        self.pad.signed.connect(self._on_signed)
        self.acts = OneAct(background, self)
        self.acts.said.connect(self.said)
        self.acts.changed.connect(self._on_changed)
        page.scanned.connect(self._find)
        page.row_chosen.connect(self.open)
        page.left.connect(self._leave)
        page.file_chosen.connect(self._keep)
        page.detail.act.connect(self._act)
        page.detail.picked.connect(self._pick)
        page.detail.refused.connect(self.acts.refused)

    def start(self) -> None:
        """Another person sat down: nothing of the one before stays."""
        self._found, self._chosen, self._finding, self._hand, self._draft = (), "", "", None, Draft()
        self._desk = HandingDesk()
        self._page.scan.set_text("")
        self.close_pad()
        self._show()
        if self._page.isVisible():
            self._page.take_scanner()

    def close_pad(self) -> None:
        """The citizen's screen is covered with the clerk's."""
        self._signing = ""
        self.pad.shut()

    def show_desk(self, desk: HandingDesk) -> None:
        """The shelves as they stand now."""
        self._desk = desk
        self._show()
        if self._chosen:
            self._read(self._chosen)

    def _lines(self) -> Sequence[ResultLine]:
        return self._found or self._desk.shelved

    def _show(self) -> None:
        view = tell_pick(
            self._lines(), self._hand, self._draft, here(self._office), found=bool(self._found), finding=self._finding
        )
        self._page.render(view)

    @Slot(str)
    def _find(self, scanned: str) -> None:
        text = fold(scanned).strip()
        self._background.look(lambda: looking.find(self._office, text), self._on_found)

    def _on_found(self, found: tuple[ResultLine, ...] | Refusal) -> None:
        if isinstance(found, Refusal):
            self._finding = found.sentence
            self._show()
            self._page.take_scanner()
            return
        self._finding = ""
        self._page.scan.set_text("")
        self._found = found if len(found) > 1 else ()
        self._hand, self._chosen = None, ""
        if len(found) == 1:
            self.open(found[0].case.id)
        else:
            self._show()
            self._page.take_hand()

    @Slot(str)
    def open(self, case: str) -> None:
        """This one is at hand."""
        if case != self._chosen or self._hand is None:
            self._chosen = case
            self.close_pad()
            self._read(case)

    def _read(self, case: str) -> None:
        self._background.look(lambda: at_hand(self._office, case), lambda hand: self._landed(case, hand))

    def _landed(self, case: str, hand: AtHand | None) -> None:
        if case != self._chosen:
            return
        if self._hand is None or hand is None or self._hand.line.case.id != hand.line.case.id:
            self._draft = first_draft(hand) if hand is not None else Draft()
        self._hand = hand
        self._show()

    @Slot()
    def _leave(self) -> None:
        self._found, self._finding = (), ""
        self._hand, self._chosen = None, ""
        self._show()
        self._page.take_scanner()

    @Slot(str, str)
    def _pick(self, key: str, word: str) -> None:
        if key == words.WHO:
            who = next(one for one in receiver_words if one == word)
            self._draft = replace(self._draft, who=who, signature="", signer="")
        elif key == words.SIGNED:
            self._draft = replace(self._draft, signed=next(one for one in signed_words if one == word))
        self._show()

    @Slot(str, dict)
    def _act(self, name: str, typed: dict[str, str]) -> None:
        hand = self._hand
        if hand is None:
            self.said.emit(_gone, False)
        elif name == words.GIVE:
            self._give(hand, typed)
        elif name == words.PAD:
            self._ask_signature(hand, typed)
        elif name == words.PROOF:
            case = hand.line.case.id
            self.acts.do(lambda: acts.issue_proof(self._office, case), tr("送达回证在打，请他签了收回来。"))
        elif name == words.SCANNED:
            self._page.ask_file(hand.line.case.id)

    def _give(self, hand: AtHand, typed: dict[str, str]) -> None:
        draft, case = self._draft, hand.line.case
        if draft.signed == "pad" and draft.signer != typed.get(words.NAME, "").strip():
            self.said.emit(_other_name, False)
            return
        out = acts.HandOut(
            receiver=typed.get(words.NAME, "").strip(),
            proof=typed.get(words.SEEN, "").strip(),
            as_who=draft.who,
            letter=typed.get(words.LETTER, ""),
            signed=draft.signed,
            witness=typed.get(words.WITNESS, ""),
            signature=draft.signature if draft.signed == "pad" else "",
            without_slip=typed.get(words.SLIP) == words.WITHOUT,
        )
        self.acts.do(
            lambda: acts.hand_out(self._office, case.id, out),
            tr("{case_no} 交给他了，取件凭证在打。", case_no=case.case_no),
        )

    def _ask_signature(self, hand: AtHand, typed: dict[str, str]) -> None:
        receiver = typed.get(words.NAME, "").strip()
        if not receiver:
            self.said.emit(tr("还没写谁来领，没有请他签。写上姓名再请他签。"), False)
            return
        case = hand.line.case
        item = self._office.hall.items.get(case.item)
        granted = case.decision is not None and case.decision.outcome == "grant"
        paper = item.decision_document if item is not None and granted else ""
        self._signing, self._signer = case.id, receiver
        view = PadView(
            hall=self._office.hall.name, paper=paper or PAPER, number=hand.line.document_no, receiver=receiver
        )
        self.pad.ask(view, self._page.window())

    @Slot(bytes)
    def _on_signed(self, png: bytes) -> None:
        case, self._signing = self._signing, ""
        self._page.window().activateWindow()
        if not case:
            return

        def keep() -> Outcome:
            digest = acts.keep_signature(self._office, case, png)
            return digest if isinstance(digest, Refusal) else Done(digest)

        self.acts.do(keep, tr("签名存下了，可以交给他。"), lambda outcome: self._signed(case, outcome))

    def _signed(self, case: str, outcome: Outcome) -> None:
        if case == self._chosen and isinstance(outcome, Done):
            self._draft = replace(self._draft, signature=outcome.command, signer=self._signer)

    @Slot(str, str)
    def _keep(self, case: str, path: str) -> None:
        def keep() -> Outcome:
            file = Path(path)
            try:
                content = file.read_bytes()
            except OSError:
                return Refusal("file-unreadable", tr("扫描件打不开，没有存，别的都在。看看文件还在不在，再选一次。"))
            return acts.keep_signed_proof(self._office, case, content, file.suffix.lstrip(".").lower())

        self.acts.do(keep, tr("签好的送达回证进档案了。"))

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
