"""补正点的主持 tells the points of the form on the page, and does what one says about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal, Slot

from clerk_app.cases.model import Case
from clerk_app.command import Refusal, case_subject
from clerk_app.office.office import Office, Outcome
from clerk_app.office.registration.acts import drop_point, explain_point, make_point, read_point
from clerk_app.office.registration.joint_desk import make_route
from clerk_app.office.registration.rounds import marks_in, place_words
from clerk_app.ports import Books
from clerk_app.registration.departments import LEAD, OTHERS, speaks_for
from clerk_app.registration.document import pointer, rows_at
from clerk_app.registration.model import visible
from clerk_app.registration.usecases import OPEN
from ui.background import Background
from ui.language import tr
from ui.registration.points_view import NewPointView, PointsView
from ui.registration.sheet import Sheet
from ui.registration.side_house import FOUND, SideHouse
from ui.registration.telling_rounds import tell_points
from ui.widgets.strip import StripView

_told = {"read": tr("记了已读。"), "explain": tr("说明记下了。"), "drop": tr("补正点撤了。")}


class PointsPresenter(QObject):
    """补正点 of whatever form is in front: call `show` with each sheet the page shows; `changed` when points are other ones now."""

    said = Signal(str, bool)
    changed = Signal()

    def __init__(self, office: Office, background: Background, side: SideHouse) -> None:
        super().__init__(side)
        self._office, self._background, self._side = office, background, side
        self._sheet: Sheet | None = None
        self._mine: frozenset[str] = frozenset()
        self._handles = False
        self._asked = ""
        self._strip: StripView | None = None
        pane = side.points
        side.turned.connect(self._render)
        pane.acted.connect(self._on_acted)
        pane.made.connect(self._on_made)
        pane.refused.connect(self._on_refused)

    @Slot(object)
    def show(self, sheet: Sheet | None) -> None:
        """The page shows this now."""
        before, self._sheet = self._sheet, sheet
        if sheet is None:
            self._side.show_points(PointsView(), first=False)
            return
        moved = before is None or (before.case.id, before.case.state) != (sheet.case.id, sheet.case.state)
        if moved:
            self._strip = None
            self._side.turn(FOUND)
            if sheet.case.accepted_at is not None:
                case_id = sheet.case.id
                self._background.run(lambda: make_route(self._office, case_id), lambda _: None)
        if moved or self._asked != self._key(sheet):
            self._asked = self._key(sheet)
            case = sheet.case
            self._background.look(lambda: self._rights(case), self._on_rights)
        self._render()

    def _key(self, sheet: Sheet) -> str:
        session = self._office.session
        return f"{sheet.case.id} {sheet.case.state} {sheet.locked} {session.id if session else ''}"

    def _rights(self, case: Case) -> tuple[str, frozenset[str], bool]:
        """For whom one speaks on this case, and whether it is in hand here."""
        stamp = self._office.stamp()

        def ask(books: Books) -> tuple[str, frozenset[str], bool]:
            words = (one.word for one in (LEAD, *OTHERS))
            mine = frozenset(word for word in words if speaks_for(stamp, word, case, books))
            return case.id, mine, books.holder(case_subject(case.id)) == books.device

        return self._office.read(ask)

    def _on_rights(self, found: tuple[str, frozenset[str], bool]) -> None:
        if self._sheet is not None and self._sheet.case.id == found[0]:
            _, self._mine, self._handles = found
            self._render()

    @Slot()
    def _render(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        open_now = sheet.case.state in OPEN
        view = tell_points(
            sheet.case.id,
            marks_in(sheet.case, sheet.document, sheet.points),
            mine=self._mine if open_now else frozenset(),
            handles=self._handles and open_now,
            fresh=self._fresh(sheet) if open_now and self._mine else None,
            strip=self._strip,
        )
        self._side.show_points(view, first=sheet.case.state == "correction")

    def _fresh(self, sheet: Sheet) -> NewPointView:
        words = tuple(one.word for one in (LEAD, *OTHERS) if one.word in self._mine)
        # While nobody looks at them nothing is counted: this goes with every keystroke.
        places = tuple(_places(sheet)) if self._side.points_in_front() else ()
        return NewPointView(place=sheet.now, places=places, departments=words)

    @Slot(str, str, str)
    def _on_acted(self, act: str, point: str, words: str) -> None:
        if self._sheet is None:
            return
        case, office = self._sheet.case.id, self._office
        jobs: dict[str, Callable[[], Outcome]] = {
            "read": lambda: read_point(office, case, point),
            "explain": lambda: explain_point(office, case, point, words),
            "drop": lambda: drop_point(office, case, point),
        }
        self._background.run(jobs[act], lambda outcome: self._done(outcome, _told[act]))

    @Slot(str, str, str, str)
    def _on_made(self, place: str, department: str, opinion: str, ground: str) -> None:
        if self._sheet is None:
            return
        case, office = self._sheet.case.id, self._office
        label = place_words(self._sheet.document, place)
        self._background.run(
            lambda: make_point(office, case, department, place, label=label, opinion=opinion, ground=ground),
            lambda outcome: self._done(
                outcome, tr("“{label}”的补正点记下了，告知的时候一起写上。", label=label), made=True
            ),
        )

    def _done(self, outcome: Outcome, words: str, *, made: bool = False) -> None:
        if isinstance(outcome, Refusal):
            head, _, rest = outcome.sentence.partition("，")
            self._strip = StripView(head, rest)
            self.said.emit(outcome.sentence, False)
            self._render()
            return
        self._strip = None
        if made:
            self._side.points.made_it()
        self.said.emit(words, True)
        self.changed.emit()

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        self.said.emit(reason, False)


def _places(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Every field of the step that is asked for, row by row; of the whole form while it is looked over."""
    step = sheet.steps[sheet.place]
    for field in sheet.form.fields:
        if field.type != "key" and (not step.sections or field.section in step.sections):
            for at in rows_at(sheet.document, field.repeat):
                if visible(field, sheet.document, at):
                    place = pointer(field.id, at)
                    yield place, place_words(sheet.document, place)
