"""登记类型 as data: which places are registered, filed with, or the application's own, and what each type of application asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Plain = Mapping[str, Any]
Standing = Literal["registered", "filed", "own", "other"]
_standings: tuple[Standing, ...] = ("registered", "filed", "own")


@dataclass(frozen=True, kw_only=True)
class TypeRules:
    """一类登记 of 变更, 备案 or 注销: `fixed` places are not typed, `steps` other steps than usual, `asked` all that is asked.

    An empty `asked` asks for everything. `materials` are the usual rows of papers.
    """

    fixed: tuple[str, ...] = ()
    steps: tuple[Plain, ...] = ()
    asked: tuple[str, ...] = ()
    materials: tuple[Plain, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Types:
    """登记类型 `places` say how a place stands, the longest name wins; `kept` are own places that go on with the record."""

    places: Mapping[str, Standing] = field(default_factory=dict)
    bases: Mapping[Standing, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    of: Mapping[str, TypeRules] = field(default_factory=dict)

    def standing(self, place: str) -> Standing:
        """Registered (登记事项), filed (备案事项), of this application alone, or what only departments need."""
        name = place
        while name:
            if name in self.places:
                return self.places[name]
            name = name.removesuffix("[]") if name.endswith("[]") else name.rpartition(".")[0]
        return "other"

    def fixed(self, registration_type: str, place: str) -> bool:
        """Whether an application of this type cannot change it."""
        rules = self.of.get(registration_type)
        if rules is None:
            return False
        return within(place, rules.fixed) or ("@registered" in rules.fixed and self.standing(place) == "registered")

    def asked(self, registration_type: str, place: str) -> bool:
        """Whether an application of this type asks for it."""
        rules = self.of.get(registration_type)
        return rules is None or not rules.asked or within(place, rules.asked)


def within(place: str, names: tuple[str, ...]) -> bool:
    """Whether a place is one of these, or inside one."""
    return any(place == name or place.startswith((f"{name}.", f"{name}[]")) for name in names)


def read_types(document: Plain) -> Types:
    """From the file's content; raises KeyError on one of another shape."""
    if not document:
        return Types()
    return Types(
        places={place: standing for standing in _standings for place in document[standing]["places"]},
        bases={standing: document[standing]["basis"] for standing in _standings},
        kept=tuple(document["own"]["kept"]),
        of={
            name: TypeRules(**{key: tuple(value) for key, value in rules.items()})
            for name, rules in document["of"].items()
        },
    )
