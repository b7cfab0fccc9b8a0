"""分给谁 the choice: the same people in the same order with the same figures give the same one, and one sentence why. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clerk_app.cases.routing.rules import RuleHow


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """在岗的一人 who acts on one of the rule's posts now, and may have the case; `acting_for` is the A角 he stands in for."""

    post: str
    person: str
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Loads:
    """各人手上 how many cases each person has, and the last turn each post had."""

    open: Mapping[str, int]
    turns: Mapping[str, int]

    @property
    def next_turn(self) -> int:
        """The number of the turn that comes."""
        return max(self.turns.values(), default=0) + 1


def choose(how: RuleHow, candidates: Sequence[Candidate], loads: Loads) -> Candidate | None:
    """Nobody: nobody is there. Equal ones go by whose turn is longest ago, then one's own post, then the rule's order."""

    def place(candidate: Candidate) -> tuple[int, int, bool]:
        turn = loads.turns.get(candidate.post, 0)
        if how == "in_turn":
            return turn, 0, False
        return loads.open.get(candidate.person, 0), turn, bool(candidate.acting_for)

    return min(candidates, key=place, default=None)


def explained(
    how: RuleHow, chosen: Candidate, candidates: Sequence[Candidate], loads: Loads, names: Mapping[str, str]
) -> str:
    """自动分给 许可心：… in one sentence."""
    who, post = names.get(chosen.person, chosen.person), names.get(chosen.post, chosen.post)
    if chosen.acting_for:
        who = f"{who} 代 {names.get(chosen.acting_for, chosen.acting_for)}"
    posts = "、".join(names.get(one.post, one.post) for one in candidates)
    people = {one.person for one in candidates}
    if how == "in_turn":
        why = f"{posts}轮流，这一件轮到{post}" if len(candidates) > 1 else f"现在只有{post}有人当班"
    elif len(people) > 1:
        many = loads.open.get(chosen.person, 0)
        least = [one for one in people if loads.open.get(one, 0) == many]
        word = "手上最少" if len(least) == 1 else "手上不比别人多"
        why = f"{posts}在岗 {len(people)} 人，这一位{word}（{many} 件）"
    else:
        why = f"{posts}现在只有这一位当班"
    return f"自动分给 {who}：{why}。"
