"""出件 the views of one page: fetched, taken in, on the shelves, by post."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from ui.handing.pick_page import PickPage
from ui.handing.post_page import PostPage
from ui.handing.shelves_page import ShelvesPage
from ui.handing.taking_page import TakingPage
from ui.language import tr
from ui.widgets.views_house import ViewsHouse

PICK, TAKING, SHELVES, POST = "hand_pick", "hand_taking", "hand_shelves", "hand_post"


@dataclass(frozen=True)
class HandingViews:
    """出件的几页 made all at once, or one after another by `handing_views`."""

    pick: PickPage = field(default_factory=PickPage)
    taking: TakingPage = field(default_factory=TakingPage)
    shelves: ShelvesPage = field(default_factory=ShelvesPage)
    post: PostPage = field(default_factory=PostPage)


def handing_views() -> Generator[None, None, HandingViews]:
    """A turn for the screen after each."""
    pick = PickPage()
    yield
    taking = TakingPage()
    yield
    shelves = ShelvesPage()
    yield
    post = PostPage()
    yield
    return HandingViews(pick, taking, shelves, post)


class HandingHouse(ViewsHouse):
    """出件 with `pick`, `taking`, `shelves` and `post`, a presenter each."""

    def __init__(self, made: HandingViews, parent: QWidget | None = None, *, at_once: bool = True) -> None:
        self.pick, self.taking, self.shelves, self.post = made.pick, made.taking, made.shelves, made.post
        views = (
            (PICK, tr("领件"), self.pick),
            (TAKING, tr("收进来"), self.taking),
            (SHELVES, tr("在架"), self.shelves),
            (POST, tr("邮寄"), self.post),
        )
        super().__init__("handingHouse", tr("出件"), views, parent, at_once=at_once)
