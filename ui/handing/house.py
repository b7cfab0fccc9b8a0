"""出件 the views of one page: fetched, taken in, on the shelves, by post."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.handing.pick_page import PickPage
from ui.handing.post_page import PostPage
from ui.handing.shelves_page import ShelvesPage
from ui.handing.taking_page import TakingPage
from ui.language import tr
from ui.widgets.views_house import ViewsHouse

PICK, TAKING, SHELVES, POST = "hand_pick", "hand_taking", "hand_shelves", "hand_post"


class HandingHouse(ViewsHouse):
    """出件 with `pick`, `taking`, `shelves` and `post`, a presenter each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.pick, self.taking, self.shelves, self.post = PickPage(), TakingPage(), ShelvesPage(), PostPage()
        views = (
            (PICK, tr("领件"), self.pick),
            (TAKING, tr("收进来"), self.taking),
            (SHELVES, tr("在架"), self.shelves),
            (POST, tr("邮寄"), self.post),
        )
        super().__init__("handingHouse", tr("出件"), views, parent)
