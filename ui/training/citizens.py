"""来练习的人 scripted citizens of the training hall, as data: who comes to this window, what he says, and what is practised on him."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import yaml

from clerk_app.cases.catalogue import Item
from clerk_app.hall import Hall
from resources import path
from ui.language import tr


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """来练习的人 invented; `item` is the short name of his matter, `lacks` what he has not brought."""

    item: str
    name: str
    says: str
    practise: str
    lacks: tuple[str, ...] = field(default=())
    priority: str = ""


@lru_cache(maxsize=1)
def citizens() -> tuple[Citizen, ...]:
    """All of them, in the order they come."""
    rows = yaml.safe_load(path("training", "citizens.yaml").read_text(encoding="utf-8"))
    return tuple(Citizen(**{**row, "lacks": tuple(row.get("lacks", ()))}) for row in rows)


def comes_to(hall: Hall, window: int) -> tuple[tuple[Citizen, Item], ...]:
    """Those whose matter this window takes in."""
    here = {item.short: item for item in hall.items_at(window)}
    return tuple((one, here[one.item]) for one in citizens() if one.item in here)


def told(citizen: Citizen, item: Item) -> tuple[str, ...]:
    """What the card says: who, what he brings, his words, and what it is good for."""
    brings = [material.name for material in item.materials if material.name not in citizen.lacks]
    lines = [
        tr("{name}，{short}", name=citizen.name, short=item.short),
        tr("“{says}”", says=citizen.says),
        tr("带来：{listed}", listed=_listed(brings)),
    ]
    if citizen.lacks:
        lines.append(tr("没带：{listed}", listed=_listed(citizen.lacks)))
    return (*lines, tr("练：{practise}。", practise=citizen.practise))


def _listed(names: Sequence[str]) -> str:
    return tr("、").join(names) if names else tr("什么都没带")
