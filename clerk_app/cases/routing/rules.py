"""分办规则 which items are given out by themselves, among which posts, and how; what is not written is given to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from clerk_app.cases.catalogue import Item

RuleHow = Literal["fewest_open", "in_turn", "none"]
rule_words: dict[RuleHow, str] = {"fewest_open": "手上最少的人", "in_turn": "各岗轮流", "none": "不自动分"}


@dataclass(frozen=True, kw_only=True)
class RoutingRule:
    """分办规则 of these items, or of all of a department that have no rule of their own."""

    how: RuleHow
    posts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    department: str = ""


@dataclass(frozen=True, kw_only=True)
class RoutingRules:
    """分办规则 of one hall version; empty: nobody is named, who takes an accepted case in hand reviews it."""

    rules: tuple[RoutingRule, ...] = ()

    def rule_for(self, item: Item) -> RoutingRule | None:
        """The item's own rule goes before its department's; 不自动分 is none."""
        own = next((rule for rule in self.rules if item.code in rule.items), None)
        found = own or next((rule for rule in self.rules if rule.department == item.department), None)
        return found if found is not None and found.how != "none" and found.posts else None

    def routed(self, items: Iterable[Item]) -> tuple[str, ...]:
        """The codes of those that are given out by themselves."""
        return tuple(item.code for item in items if self.rule_for(item) is not None) if self.rules else ()


def read_routing(rows: Iterable[Mapping[str, Any]]) -> RoutingRules:
    """From a checked document."""
    return RoutingRules(
        rules=tuple(
            RoutingRule(
                how=row["rule"],
                posts=tuple(row.get("posts", ())),
                items=tuple(row.get("items", ())),
                department=row.get("department", ""),
            )
            for row in rows
        )
    )
