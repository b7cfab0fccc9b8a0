"""签字处 who authorises, his PIN, and the acts: the one filled button seals; nothing typed here outlives its case."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.sealing.view import NO_AUTHORITY, AuthorityView
from ui.shortcuts import Key
from ui.widgets.answer import Answer
from ui.widgets.field import Field, fold
from ui.widgets.key_button import KeyButton
from ui.widgets.text import Text

PIN_LENGTH = 6
REFUSING = ("不予的理由", "写明哪一条不符合，原样印进决定书")
ALONE = ("审查意见", "一个人签，写一句为什么可以办，记在件里")


class PinFoot(QFrame):
    """签字处 `authorise_wanted(pin)` wakes only when the PIN has its length; the field is emptied after every try."""

    person_chosen = Signal(str)
    authorise_wanted = Signal(str)
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
        self._asks_absence = False
        self._people: list[Answer] = []
        self._people_box = QVBoxLayout()
        self._people_box.setSpacing(6)
        self.reason = self._field("refusalReason", *REFUSING)
        self.absence = self._field("absenceReason", "离岗原因", "开会、外出核查")
        self.pin = self._field("pin", "PIN", "", password=True)
        self.act = self._button("authorise", "授权并用印", Key.NEXT_STEP, filled=True)
        self.refuse = self._button("refuse", "不予，写明理由", Key.SEND_BACK)
        self.away = self._button("askAbsence", "登记离岗")
        self.absent = self._button("recordAbsence", "登记离岗")
        self.back = self._button("backToCounter", "回到叫号，交给本人", Key.NEXT_STEP, filled=True)
        self._note = Text("", "note", wrap=True)
        self._lay_out()
        self._connect()
        self._judge()

    def _field(self, name: str, label: str, placeholder: str, *, password: bool = False) -> Field:
        field = Field(label, "password" if password else "text", placeholder=placeholder, parent=self)
        field.line.setObjectName(name)
        if password:
            field.line.setMaxLength(PIN_LENGTH)
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
        column.addLayout(self._people_box)
        parts = (self.away, self.absence, self.absent, self.reason, self.pin, self.act, self.refuse, self.back)
        for part in (*parts, self._note):
            column.addWidget(part)

    def _connect(self) -> None:
        self.pin.edited.connect(self._on_pin)
        self.pin.entered.connect(self._to_act)
        self.reason.edited.connect(self.reason_edited)
        self.reason.entered.connect(self._to_pin)
        self.absence.edited.connect(self._judge)
        self.absence.entered.connect(self.absent.click)
        self.act.chosen.connect(self._authorise)
        self.refuse.chosen.connect(self._toggle_refusal)
        self.away.chosen.connect(self.ask_absence)
        self.absent.chosen.connect(self._record_absence)
        self.back.chosen.connect(self.back_wanted)
        for button in (self.act, self.refuse, self.absent):
            button.refused.connect(self.refused)

    def render(self, view: AuthorityView) -> None:  # type: ignore[override]
        """Show this; another case, another person or a judged PIN empties the field."""
        before, self._view = self._view, view
        if view.case != before.case:
            self.reason.set_text("")
            self.absence.set_text("")
        elif "words" in (view.asking, before.asking) and view.asking != before.asking:
            self.reason.set_text("")
        if (view.case, view.chosen, view.tries) != (before.case, before.chosen, before.tries):
            self.clear_pin()
        if view.tries != before.tries and view.pin_finding:
            self.pin.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if not view.absent:
            self._asks_absence = False
        self._show_people(view)
        self.away.set_text(f"登记{view.absent}离岗")
        self.pin.label.setText(view.pin_label)
        self.pin.line.setAccessibleName(f"{view.pin_label}，{PIN_LENGTH} 位数字")
        self.pin.set_hint(view.pin_note)
        self.pin.set_finding(view.pin_finding)
        self.act.set_text(view.act)
        self.refuse.set_text("改回准予" if view.asking == "refuse" else "不予，写明理由")
        self._note.say(view.foot_note)
        self._share()
        if view.asking != before.asking and view.asking == "refuse":
            self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before.absent and not view.absent and view.case == before.case and view.chosen == before.chosen:
            self.pin.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _share(self) -> None:
        """What is not lawful now is absent; nothing is shown while no case lies on the table."""
        view = self._view
        open_, away = bool(view.case) and not view.sealed, bool(view.absent)
        self.away.setVisible(open_ and away and not self._asks_absence)
        self.absence.setVisible(open_ and away and self._asks_absence)
        self.absent.setVisible(open_ and away and self._asks_absence)
        label, placeholder = ALONE if view.asking == "words" else REFUSING
        self.reason.label.setText(label)
        self.reason.line.setAccessibleName(label)
        self.reason.line.setPlaceholderText(placeholder)
        self.reason.setVisible(open_ and bool(view.asking))
        self.pin.setVisible(open_ and not away)
        self.act.setVisible(open_)
        self.refuse.setVisible(open_ and not away and view.may_refuse)
        self.back.setVisible(view.sealed)
        self.setVisible(bool(view.case))
        self._judge()

    def _show_people(self, view: AuthorityView) -> None:
        wanted = [(one.id, one.name, one.note) for one in view.people]
        shown = [(a.objectName(), a.head(), a.accessibleDescription()) for a in self._people]
        if wanted != shown:
            for answer in self._people:
                self._people_box.removeWidget(answer)
                answer.hide()
                answer.deleteLater()
            self._people = [Answer("", name, note, checkable=True, parent=self) for _, name, note in wanted]
            for answer, (key, _, _) in zip(self._people, wanted, strict=True):
                answer.setObjectName(key)
                answer.clicked.connect(self._on_person)
                self._people_box.addWidget(answer)
        for answer in self._people:
            answer.setChecked(answer.objectName() == view.chosen)
            answer.setVisible(not view.sealed)

    def people(self) -> tuple[Answer, ...]:
        """Who may be chosen, in order."""
        return tuple(self._people)

    def clear_pin(self) -> None:
        """Nothing of a PIN stays on the page."""
        self.pin.set_text("")
        self._judge()

    @Slot()
    def ask_absence(self) -> None:
        """Why is the chief away."""
        self._asks_absence = True
        self._share()
        self.absence.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def type_digit(self, digit: str) -> None:
        """A digit typed while the page was read is the PIN's first."""
        if self.pin.isVisible() and not self._view.busy:
            self.pin.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.pin.line.insert(digit)
            self._on_pin(self.pin.text())

    @Slot()
    def _judge(self) -> None:
        view = self._view
        short = len(self.pin.text()) < PIN_LENGTH
        reason = view.reason or ("" if view.busy or not short else f"还没输 PIN，{PIN_LENGTH} 位")
        self.act.set_reason(reason)
        self.absent.set_reason("" if self.absence.text().strip() else "还没写离岗原因")

    @Slot(str)
    def _on_pin(self, text: str) -> None:
        digits = "".join(c for c in fold(text) if c.isascii() and c.isdigit())
        if digits != text:
            self.pin.set_text(digits)
        self.pin.set_finding("")
        self._judge()

    @Slot()
    def _to_act(self) -> None:
        self.act.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _to_pin(self) -> None:
        self.pin.line.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _authorise(self) -> None:
        if not self._view.busy:
            self.authorise_wanted.emit(self.pin.text())

    @Slot()
    def _toggle_refusal(self) -> None:
        refusing = self._view.asking != "refuse"
        self.refusal_toggled.emit(refusing)

    @Slot()
    def _record_absence(self) -> None:
        self.absence_wanted.emit(self.absence.text().strip())

    @Slot()
    def _on_person(self) -> None:
        key = self.sender().objectName()
        for answer in self._people:
            answer.setChecked(answer.objectName() == self._view.chosen)
        if key != self._view.chosen and not self._view.busy:
            self.person_chosen.emit(key)
