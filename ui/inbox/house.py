"""收件箱 the views of one page: online applications, bookings, pre-checks."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtWidgets import QWidget

from clerk_app.cases.inbox.model import InboxKind
from ui.inbox.page import InboxPage
from ui.inbox.telling import CHOOSE, TITLES
from ui.language import tr
from ui.widgets.views_house import ViewsHouse

VIEWS: dict[InboxKind, str] = {"application": "inbox", "booking": "inbox_bookings", "precheck": "inbox_prechecks"}


Pages = dict[InboxKind, InboxPage]


def inbox_pages() -> Generator[None, None, Pages]:
    """A turn for the screen after each."""
    pages: Pages = {}
    for kind, key in VIEWS.items():
        pages[kind] = InboxPage(key, TITLES[kind], CHOOSE[kind])
        yield
    return pages


class InboxHouse(ViewsHouse):
    """收件箱 with a page and a presenter for each kind."""

    def __init__(self, pages: Pages, parent: QWidget | None = None, *, at_once: bool = True) -> None:
        self.pages = pages
        views = tuple((VIEWS[kind], TITLES[kind], page) for kind, page in self.pages.items())
        super().__init__("inboxHouse", tr("收件箱"), views, parent, at_once=at_once)
