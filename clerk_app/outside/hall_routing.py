"""分办资料 the shape of the rules by which accepted cases are given out, and what they may not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clerk_app.outside.hall_shape import ListOf, Problem, Record, Text, Word

_words = ListOf(Text(), 1)
ROUTING = ListOf(
    Record({"rule": Word(["fewest_open", "in_turn", "none"])}, {"posts": _words, "items": _words, "department": Text()})
)


def routing_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Each rule says of what, and among which posts; nothing has two rules; a chief's post reviews nothing."""
    posts = [row for row in _listed(document.get("posts")) if isinstance(row, dict)]
    chiefs = {row["id"] for row in posts if row.get("chief") and isinstance(row.get("id"), str)}
    seen: set[str] = set()
    for index, row in enumerate(_listed(document.get("routing"))):
        if isinstance(row, dict):
            yield from ((("routing", index), sentence) for sentence in _of_rule(row, seen, chiefs))


def _of_rule(row: dict[str, Any], seen: set[str], chiefs: set[Any]) -> Iterator[str]:
    named, department = row.get("items"), row.get("department")
    if (named is None) == (department is None):
        yield "分办规则要么写 items（哪几个事项），要么写 department（哪个部门），只写一样。"
    for one in (*_listed(named), department):
        if isinstance(one, str):
            if one in seen:
                yield f"{one} 前面已经有分办规则，删掉一条。"
            seen.add(one)
    if row.get("rule") != "none" and not row.get("posts"):
        yield "分办规则没有写岗位（posts），写上分给哪几个岗，或写 rule: none。"
    for post in _listed(row.get("posts")):
        if isinstance(post, str) and post in chiefs:
            yield f"岗位 {post} 是首席代表岗，只签名二，不分件。换成窗口的岗。"


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
