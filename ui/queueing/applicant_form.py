"""申请人栏 who applies, as typed at reception: one field must be filled, three may be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from ui.language import tr
from ui.queueing.card_reader import Card
from ui.queueing.view import PersonChoice
from ui.widgets.field import Field
from ui.widgets.key_button import KeyButton
from ui.widgets.pane import Pane

NAME, ID_NUMBER, PHONE, AGENT = "name", "id_number", "phone", "agent"


class ApplicantForm(Pane):
    """申请人栏 Enter goes from field to field; `left_end` after the last one, `edited` on every change."""

    edited = Signal()
    left_end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("申请人"), inner=True, parent=parent)
        self.setObjectName("applicantForm")
        self._fields = {
            NAME: Field(tr("申请人"), placeholder=tr("名称或姓名")),
            ID_NUMBER: Field(tr("证件号或信用代码"), "digits", optional=True),
            PHONE: Field(tr("手机"), "digits", optional=True),
            AGENT: Field(tr("经办人"), optional=True, placeholder=tr("代办的人")),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, (name, field) in enumerate(self._fields.items()):
            field.line.setObjectName(f"applicant-{name}")
            field.edited.connect(self._on_edited)
            field.entered.connect(self._on_entered)
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._persons: tuple[PersonChoice, ...] = ()
        self._same = KeyButton(tr("同某人"), "", "link", icon="person", parent=self)
        self._same.setObjectName("samePerson")
        self._same.chosen.connect(self._offer)
        self.add_to_head(self._same)
        self._menu = QMenu(self)
        self._menu.aboutToHide.connect(self._same.setFocus)
        self.setFocusProxy(self._fields[NAME])

    def value(self, name: str) -> str:
        """What stands in a field, without blanks around it."""
        return self._fields[name].text().strip()

    def clear(self) -> None:
        """A new citizen."""
        for field in self._fields.values():
            field.set_text("")
            field.set_finding("")

    def show_findings(self, findings: tuple[tuple[str, str], ...]) -> None:
        """What is to be mended, at its field; the text stays."""
        said = dict(findings)
        for name, field in self._fields.items():
            field.set_finding(said.get(name, ""))

    def field(self, name: str) -> Field:
        """A field by its name."""
        return self._fields[name]

    def same_button(self) -> KeyButton:
        """同某人."""
        return self._same

    def persons_menu(self) -> QMenu:
        """Who is offered, while 同某人 is open."""
        return self._menu

    def offer_persons(self, persons: tuple[PersonChoice, ...]) -> None:
        """Who this ticket knows already; the agent may always be the applicant himself."""
        self._persons = persons

    def typed(self) -> dict[str, str]:
        """All fields as they stand, for putting them back."""
        return {name: field.text() for name, field in self._fields.items()}

    def put_back(self, typed: dict[str, str]) -> None:
        """As they stood."""
        for name, words in typed.items():
            self._fields[name].set_text(words)

    def take_card(self, card: Card) -> None:
        """What a reader read: of the applicant while he has no number, of the agent once he has."""
        known = self.value(ID_NUMBER).upper()
        if known and known != card.number:
            if card.name:
                self._fields[AGENT].set_text(card.name)
        else:
            self._fields[ID_NUMBER].set_text(card.number)
            if card.name:
                self._fields[NAME].set_text(card.name)
        for name in (NAME, PHONE):
            if not self.value(name):
                self._fields[name].line.setFocus(Qt.FocusReason.OtherFocusReason)
                break
        self.edited.emit()

    @Slot()
    def _offer(self) -> None:
        self._menu.clear()
        for place, person in enumerate(self._persons):
            self._menu.addAction(tr("申请人同{label}", label=person.label)).setData(place)
        self._menu.addAction(tr("经办人就是申请人")).setData(-1)
        self._menu.triggered.connect(self._on_same, Qt.ConnectionType.UniqueConnection)
        self._menu.popup(self._same.mapToGlobal(self._same.rect().bottomLeft()))

    @Slot("QAction*")
    def _on_same(self, action: QAction) -> None:
        place = int(action.data())
        if place < 0:
            self._fields[AGENT].set_text(self.value(NAME))
        else:
            person = self._persons[place]
            for name, words in (
                (NAME, person.name),
                (ID_NUMBER, person.id_number),
                (PHONE, person.phone),
                (AGENT, person.agent),
            ):
                self._fields[name].set_text(words)
                self._fields[name].set_finding("")
        self.edited.emit()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, Field):
            field.set_finding("")
        self.edited.emit()

    @Slot()
    def _on_entered(self) -> None:
        fields = list(self._fields.values())
        place = next((at for at, field in enumerate(fields) if field is self.sender()), -1)
        if 0 <= place < len(fields) - 1:
            fields[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left_end.emit()
