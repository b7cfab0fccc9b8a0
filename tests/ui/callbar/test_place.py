"""叫号条的地方: remembered by screen, and always whole in sight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.callbar.place import Area, Places, area_at, inside, read_places, spot, write_places

LEFT, RIGHT = Area("LVDS-1", 0, 0, 1366, 728), Area("HDMI-1", 1366, 0, 1920, 1040)
SIZE = (720, 56)


def whole_in(area: Area, x: int, y: int) -> bool:
    return area.holds(x, y) and area.holds(x + SIZE[0] - 1, y + SIZE[1] - 1)


def test_it_begins_at_the_foot_of_the_main_screen() -> None:
    assert spot(Places(), (LEFT, RIGHT), SIZE) == (323, 660)


def test_it_stands_where_it_was_put_also_after_a_restart() -> None:
    places = read_places(write_places(Places().moved(RIGHT, 1500, 300)))
    assert spot(places, (LEFT, RIGHT), SIZE) == (1500, 300)


def test_when_its_screen_is_gone_it_comes_to_one_that_is_there_and_goes_back_when_it_is() -> None:
    places = Places().moved(LEFT, 40, 500).moved(RIGHT, 1500, 300)
    assert spot(places, (LEFT,), SIZE) == (40, 500)
    assert spot(places, (LEFT, RIGHT), SIZE) == (1500, 300)


def test_a_screen_that_stands_elsewhere_now_keeps_the_place_on_it() -> None:
    places = Places().moved(RIGHT, 1500, 300)
    assert spot(places, (Area("HDMI-1", 0, 0, 1920, 1040),), SIZE) == (134, 300)


def test_a_smaller_screen_shows_it_whole() -> None:
    places = Places().moved(RIGHT, 2500, 1000)
    small = Area("HDMI-1", 1366, 0, 1024, 700)
    assert whole_in(small, *spot(places, (LEFT, small), SIZE))


@given(st.integers(-5000, 5000), st.integers(-5000, 5000))
def test_wherever_it_is_dropped_it_is_whole_in_sight(x: int, y: int) -> None:
    area = area_at((LEFT, RIGHT), x, y)
    assert whole_in(area, *inside(area, SIZE, (x, y)))


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "nonsense", '{"last": "a", "at": {"a": [1]}, "narrow": true}', '{"at": 3}']
)
def test_what_is_unreadable_is_forgotten(text: str) -> None:
    assert read_places(text) == Places()


def test_the_narrow_form_is_remembered() -> None:
    assert read_places(write_places(Places("LVDS-1", {}, True))).narrow
