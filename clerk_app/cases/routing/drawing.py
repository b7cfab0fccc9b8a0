"""抽人 what a rule draws for one case now: the post, the person, the turn and the sentence, as they go into the command."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.routing.books import AssignmentBooks
from clerk_app.cases.routing.choosing import choose, explained
from clerk_app.cases.routing.on_duty import found_on, loads_of, names_of
from clerk_app.cases.routing.rules import RoutingRule


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """抽到的 `to` empty: nobody is there for it, and `words` says why."""

    on: str
    to: str
    for_whom: str
    turn: int
    words: str


def draw(books: AssignmentBooks, item: Item, rule: RoutingRule, at: datetime, without: Container[str] = ()) -> Drawn:
    """Among those who act on the rule's posts at this moment, but `without` these."""
    found = found_on(books, item, rule.posts, at)
    candidates = tuple(one for one in found.candidates if one.person not in without)
    loads, names = loads_of(books, candidates, rule.posts), names_of(books)
    chosen = choose(rule.how, candidates, loads)
    if chosen is None:
        why = "，".join(found.reasons) or "没有别的人能接"
        words = f"没有自动分到人：{why}。件留在{names.get(rule.posts[0], rule.posts[0])}，等值班长分。"
        return Drawn(on=rule.posts[0], to="", for_whom="", turn=0, words=words)
    words = explained(rule.how, chosen, candidates, loads, names)
    return Drawn(on=chosen.post, to=chosen.person, for_whom=chosen.acting_for, turn=loads.next_turn, words=words)
