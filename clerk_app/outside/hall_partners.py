"""对外的格式 the `outside` section of a hall file: whom the hall tells what. A key never stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clerk_app.cases.telling_outside import KEY_HOW, PARTNER_KEY, TELLINGS, telling_words
from clerk_app.outside.hall_shape import Day, Flag, ListOf, Place, Problem, Record, Text, WebAddress, Word, key_of


@dataclass(frozen=True)
class ShortKey:
    """短代号 names a file and a folder at the centre, so it is plain."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """Small letters, figures and dashes."""
        if not isinstance(value, str) or not PARTNER_KEY.fullmatch(value):
            yield place, f"{key_of(place)} 要写 {KEY_HOW}。"


_SHAPE = Record(
    {
        "id": ShortKey(),
        "name": Text(),
        "way": Word(["http", "folder"]),
        "kinds": ListOf(Word(TELLINGS), 1),
        "since": Day(),
    },
    {"url": WebAddress(), "phones": Flag(), "items": ListOf(Text())},
)


@dataclass(frozen=True)
class PartnerShape:
    """对方 one row: an address where it is told over HTTP, and telephone numbers only where that is said."""

    def problems(self, value: object, place: Place) -> Iterator[Problem]:
        """The fields, then what they say of each other."""
        found = list(_SHAPE.problems(value, place))
        yield from found
        if found or not isinstance(value, dict):
            return
        if (value["way"] == "http") != bool(value.get("url")):
            how = "写上 url" if value["way"] == "http" else "去掉 url，文件放在中心的对外文件夹里"
            yield place, f"{value['name']} 用 {value['way']} 送，{how}。"
        if "message" in value["kinds"] and not value.get("phones", False):
            yield place, f"{value['name']} 要送{telling_words['message']}，得写 phones: true，说明电话可以给它。"


OUTSIDE = Record({}, {"partners": ListOf(PartnerShape())})
