"""签字处 who authorises, the PINs, and the acts: the one filled button seals; nothing typed here outlives its case."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.language import tr
from ui.sealing.authorisers import Authorisers
from ui.sealing.pair_row import PairRow
from ui.sealing.pins import Pins, PinsView
from ui.sealing.view import NO_AUTHORITY, AuthorityView
from ui.shortcuts import Key
from ui.widgets.answer import Answer
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

REFUSING = (tr("不予的理由"), tr("写明哪一条不符合，原样印进决定书"))
ALONE = (tr("审查意见"), tr("一个人签，写一句为什么可以办，记在件里"))


class PinFoot(QFrame):
    """签字处 `authorise_wanted(pin, seal's pin)` wakes only when each has its length; they are emptied after every try."""

    person_chosen = Signal(str)
    authorise_wanted = Signal(str, str)
    other_wanted = Signal()
    refusal_toggled = Signal(bool)
    reason_edited = Signal(str)
    absence_wanted = Signal(str)
    back_wanted = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pinFoot")
        self.setProperty("nextbar", True)
        self._view = NO_AUTHORITY
        self._asks_absence, self._held_back = False, ""
        self._people = Authorisers(self)
        self.reason = self._field("refusalReason", *REFUSING)
        self.absence = self._field("absenceReason", tr("离岗原因"), tr("开会、外出核查"))
        self.pins = Pins(self)
        self.pin, self.seal_pin = self.pins.pin, self.pins.seal_pin
        self.act = self._button("authorise", tr("授权并用印"), Key.NEXT_STEP, filled=True)
        self.other = self._button("otherWay", tr("盖实体章"), Key.RUBBER)
        self.refuse = self._button("refuse", tr("写不予理由"), Key.SEND_BACK)
        self.away = self._button("askAbsence", tr("登记离岗"))
        self.absent = self._button("recordAbsence", tr("登记离岗"))
        self.back = self._button("backToCounter", tr("回到叫号，交给本人"), Key.NEXT_STEP, filled=True)
        self._note = Text("", "note", wrap=True)
        self._lay_out()
        self._connect()
        self._judge()

    def _field(self, name: str, label: str, placeholder: str) -> Field:
        field = Field(label, placeholder=placeholder, parent=self)
        field.line.setObjectName(name)
        return field

    def _button(self, name: str, text: str, key: str = "", *, filled: bool = False) -> KeyButton:
        button = KeyButton(text, key, "next" if filled else "plain", parent=self)
        button.setObjectName(name)
        if filled:
            button.set_height(44)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        asked = (self._people, self.away, self.absence, self.absent, self.reason, self.pins)
        self._seconds = PairRow(self.other, self.refuse)
        for part in (*asked, self.act, self._seconds, self.back, self._note):
            column.addWidget(part)

    def _connect(self) -> None:
        self._people.person_chosen.connect(self.person_chosen)
        self.pins.edited.connect(self._judge)
        self.pins.entered.connect(self._after_pins)
        self.reason.edited.connect(self.reason_edited)
        self.reason.entered.connect(self._to_pin)
        self.absence.edited.connect(self._judge)
        self.absence.entered.connect(self.absent.click)
        self.act.chosen.connect(self._authorise)
        self.other.chosen.connect(self.other_wanted)
        self.refuse.chosen.connect(self._toggle_refusal)
        self.away.chosen.connect(self.ask_absence)
        self.absent.chosen.connect(self._record_absence)
        self.back.chosen.connect(self.back_wanted)
        for button in (self.act, self.other, self.refuse, self.absent):
            button.refused.connect(self.refused)

    def render(self, view: AuthorityView) -> None:  # type: ignore[override]
        """Show this; another case, another person or a judged PIN empties the fields."""
        before, self._view = self._view, view
        if view.case != before.case:
            self.reason.set_text("")
            self.absence.set_text("")
        elif "words" in (view.asking, before.asking) and view.asking != before.asking:
            self.reason.set_text("")
        if not view.absent:
            self._asks_absence = False
        self._people.render(view.people, view.chosen, busy=view.busy)
        self.pins.render(_pins(view))
        self.away.set_text(tr("登记{absent}离岗", absent=view.absent))
        self.act.set_text(view.act)
        self.other.set_text(view.other)
        self.other.set_reason(view.other_reason)
        self.refuse.set_text(tr("改回准予") if view.asking == "refuse" else tr("写不予理由"))
        self.back.set_text(view.back)
        self._note.say(view.foot_note)
        self._share()
        if view.asking != before.asking and view.asking == "refuse":
            self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before.absent and not view.absent and view.case == before.case and view.chosen == before.chosen:
            self.pin.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share(self) -> None:
        """What is not lawful now is absent; nothing is shown while no case lies on the table."""
        view = self._view
        open_, away = bool(view.case) and not view.sealed and not view.pending, bool(view.absent)
        self._people.setVisible(open_ and bool(view.people))
        self.away.setVisible(open_ and away and not self._asks_absence)
        self.absence.setVisible(open_ and away and self._asks_absence)
        self.absent.setVisible(open_ and away and self._asks_absence)
        label, placeholder = ALONE if view.asking == "words" else REFUSING
        self.reason.label.setText(label)
        self.reason.line.setAccessibleName(label)
        self.reason.line.setPlaceholderText(placeholder)
        self.reason.setVisible(open_ and bool(view.asking))
        self.pins.setVisible(open_ and not away)
        self.act.setVisible(open_)
        self.other.setVisible(open_ and bool(view.other))
        self.refuse.setVisible(open_ and not away and view.may_refuse)
        self._seconds.share()
        self.back.setVisible(view.sealed or view.pending)
        self.setVisible(bool(view.case))
        self._judge()

    def people(self) -> tuple[Answer, ...]:
        """Who may be chosen, in order."""
        return self._people.answers()

    def fields(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        absence = (self.away, self.absence.line, self.absent, self.reason.line)
        acts = (self.act, self.other, self.refuse, self.back)
        return (*self.people(), *absence, self.pin.line, self.seal_pin.line, *acts)

    def hold_back(self, why: str) -> None:
        """Nothing is signed before the paper was read to its end, or while another lies over it."""
        self._held_back = why
        self._judge()

    def clear_pin(self) -> None:
        """Nothing of a PIN stays on the page."""
        self.pins.clear()

    @Slot()
    def ask_absence(self) -> None:
        """Why is the chief away."""
        self._asks_absence = True
        self._share()
        self.absence.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def type_digit(self, digit: str) -> None:
        """A digit typed while the page was read is the PIN's first."""
        if not self._view.busy:
            self.pins.type_digit(digit)

    @Slot()
    def _judge(self) -> None:
        view = self._view
        missing = self._held_back or self.pins.missing()
        self.act.set_reason(view.reason or ("" if view.busy else missing))
        self.absent.set_reason("" if self.absence.text().strip() else tr("还没写离岗原因"))

    @Slot()
    def _after_pins(self) -> None:
        """At the seal seat Enter seals, nothing else is asked there; elsewhere it seals nothing yet."""
        if self._view.asks_pin:
            self.act.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.act.click()

    @Slot()
    def _to_pin(self) -> None:
        self.pin.line.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _authorise(self) -> None:
        if not self._view.busy:
            self.authorise_wanted.emit(*self.pins.texts())

    @Slot()
    def _toggle_refusal(self) -> None:
        refusing = self._view.asking != "refuse"
        self.refusal_toggled.emit(refusing)

    @Slot()
    def _record_absence(self) -> None:
        self.absence_wanted.emit(self.absence.text().strip())


def _pins(view: AuthorityView) -> PinsView:
    return PinsView(
        identity=(view.case, view.chosen, view.tries),
        label=view.pin_label if view.asks_pin else "",
        note=view.pin_note,
        finding=view.pin_finding,
        seal_label=view.seal_pin_label,
        seal_note=view.seal_pin_note,
        seal_finding=view.seal_pin_finding,
    )
