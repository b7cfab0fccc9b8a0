"""叫号条 one bar over all programs: it is pressed without taking the hand from whoever is writing elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.callbar.handle import Handle
from ui.callbar.mark import Mark
from ui.callbar.place import Area, area_at, inside, read_places, spot, write_places
from ui.callbar.view import BarButton, CallBarView
from ui.habits import Memory
from ui.language import tr
from ui.widgets import paint
from ui.widgets.key_button import KeyButton
from ui.widgets.key_face import Kind
from ui.widgets.one_line import OneLine
from ui.widgets.text import Text, restyle

WIDTH, NARROW, HEIGHT = 720, 420, 56
FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class CallBar(QWidget):
    """叫号条 `pressed(key)`, `refused(reason)`; its place is read from `memory` and kept there."""

    pressed = Signal(str)
    refused = Signal(str)

    def __init__(self, memory: Memory) -> None:
        super().__init__(None, FLAGS)
        self.setObjectName("callBar")
        self.setWindowTitle(tr("叫号条"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        load, self._save = memory
        self._places = read_places(load())
        self._narrow = self._places.narrow
        self._view: CallBarView | None = None
        self._handle = Handle(self)
        self._mark = Mark(self)
        self._number = Text("", "question", parent=self)
        self._line1 = OneLine("", "body", parent=self)
        self._line2 = OneLine("", "note", tone="ink2", parent=self)
        self.buttons: tuple[KeyButton, ...] = ()
        self._lay_out()
        self._handle.dragged.connect(self._drag)
        self._handle.dropped.connect(self._drop)
        self._handle.folded.connect(self.fold)
        self._watch_screens()
        self._measure()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 9, 0)
        row.setSpacing(0)
        row.addWidget(self._handle)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(9)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._line1)
        words.addWidget(self._line2)
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addSpacing(8)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(8)
        row.addLayout(self._keys)

    def render(self, view: CallBarView) -> None:  # type: ignore[override]
        """Show this moment; a button keeps its place under the hand while its words stay."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self._mark.render_mark(view.state, view.window)
        self._number.say(view.number)
        self._show_lines(view)
        if before is None or [_face(one) for one in before.buttons] != [_face(one) for one in view.buttons]:
            self._make_buttons(view.buttons)
        for button, told in zip(self.buttons, view.buttons, strict=True):
            button.set_reason(told.reason)
        self.setAccessibleName(view.spoken)
        self.setAccessibleDescription(view.spoken_keys)
        self.update()

    def _show_lines(self, view: CallBarView) -> None:
        _strengthen(self._line1, view.state in ("paused", "cut"))
        _strengthen(self._line2, view.wave)
        self._line2.set_tone("warn" if view.wave else "ink2")
        if self._narrow and view.wave:  # what must be seen takes the one line there is
            self._line1.say("")
            self._line2.say(view.line2.partition("：")[0])
        else:
            self._line1.say(view.line1)
            self._line2.say("" if self._narrow else view.line2)

    def _make_buttons(self, told: tuple[BarButton, ...]) -> None:
        for old in self.buttons:
            self._keys.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = tuple(self._make_button(one) for one in told)

    def _make_button(self, told: BarButton) -> KeyButton:
        kind: Kind = "next" if told.filled else "plain"
        cap = "" if self._narrow else told.cap
        button = KeyButton(told.words, cap, kind, icon=told.icon, bind=False, parent=self)
        button.setObjectName(f"bar{told.key}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.set_height(40)
        button.setToolTip(told.cap)
        button.chosen.connect(lambda key=told.key: self.pressed.emit(key))
        button.refused.connect(self.refused)
        self._keys.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        button.show()  # at once: the layout would do it a turn later, and the bar would flicker
        return button

    @Slot()
    def fold(self) -> None:
        """窄一些 and back: the second line and the printed keys go."""
        self._set_narrow(not self._narrow)
        self._remember()

    def narrow(self) -> bool:
        """Whether it is the narrow form."""
        return self._narrow

    def _set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        view, self._view = self._view, None
        self._measure()
        if view is not None:
            self.render(view)
        self._settle()

    def put_in_place(self) -> None:
        """Where it stood last, whole in sight; narrow where the screen has no room for more."""
        areas = _areas()
        x, y = spot(self._places, areas, (self.width(), self.height()))
        room = area_at(areas, x, y).width
        if not self._narrow and room < self.width():
            self._set_narrow(True)
            x, y = spot(self._places, areas, (self.width(), self.height()))
        self.move(x, y)

    def _settle(self) -> None:
        """Back in sight after its size or the screens changed."""
        area = area_at(_areas(), self.geometry().center().x(), self.geometry().center().y())
        self.move(*inside(area, (self.width(), self.height()), (self.x(), self.y())))

    @Slot(QPoint)
    def _drag(self, by: QPoint) -> None:
        self.move(self.pos() + by)

    @Slot()
    def _drop(self) -> None:
        self._settle()
        self._remember()

    def _remember(self) -> None:
        area = area_at(_areas(), self.geometry().center().x(), self.geometry().center().y())
        moved = self._places.moved(area, self.x(), self.y())
        self._places = type(moved)(moved.last, moved.at, self._narrow)
        self._save(write_places(self._places))

    def _watch_screens(self) -> None:
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screens)
            app.screenRemoved.connect(self._on_screens)

    @Slot(QScreen)
    def _on_screens(self, screen: QScreen) -> None:
        """Its screen is gone, or back: the place it had there is not forgotten."""
        self.put_in_place()

    def _measure(self) -> None:
        look = theme.current()
        self.setFixedSize(QSize(look.px(NARROW if self._narrow else WIDTH), look.px(HEIGHT)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_keys"):
            self._measure()
            self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, view = theme.current(), self._view
        loud = view is not None and (view.cut or view.wave or view.state == "paused")
        edge = look.colour("warn" if loud else "edge")
        painter = QPainter(self)
        paint.box(painter, QRectF(self.rect()), 5, ground=look.colour("surface"), edge=edge, width=2 if loud else 1)


def _strengthen(line: OneLine, strong: bool) -> None:
    if line.property("strong") != strong:
        line.setProperty("strong", strong)
        restyle(line)


def _face(button: BarButton) -> tuple[str, str, str, bool]:
    return button.key, button.words, button.cap, button.filled


def _areas() -> tuple[Area, ...]:
    """The screens, the main one first."""
    main = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda screen: screen is not main)
    return tuple(_area(screen) for screen in screens)


def _area(screen: QScreen) -> Area:
    room = screen.availableGeometry()
    return Area(screen.name(), room.x(), room.y(), room.width(), room.height())
