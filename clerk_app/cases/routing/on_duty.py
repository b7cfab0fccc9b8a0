"""能接的人 who acts on a post at this moment, has what the item asks for, and would not have to sign the same case twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clerk_app.cases.catalogue import Item
from clerk_app.cases.routing.books import AssignmentBooks
from clerk_app.cases.routing.choosing import Candidate, Loads
from clerk_app.cases.routing.rules import RoutingRule, RoutingRules
from clerk_app.duty.model import Post, Roster
from clerk_app.duty.standing import acting


@dataclass(frozen=True, kw_only=True)
class Found:
    """找到的人 those who can have it, and why those who act and cannot."""

    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[str, ...] = ()


def found_on(books: AssignmentBooks, item: Item, posts: Iterable[str], at: datetime) -> Found:
    """In the order of the posts."""
    candidates, reasons = list[Candidate](), list[str]()
    for post in _known(books, posts):
        now = acting(books, post, at)
        if not now.person:
            reasons.append(f"{post.name}现在没有人当班")
        elif why := unfit(books, item, post, now.person, at):
            reasons.append(why)
        else:
            stands_for = now.substitution.a if now.substitution else ""
            candidates.append(Candidate(post=post.id, person=now.person, acting_for=stands_for))
    return Found(candidates=tuple(candidates), reasons=tuple(reasons))


def cannot_have(books: AssignmentBooks, item: Item, to: Candidate, at: datetime) -> str:
    """Why this person on this post cannot have a case of this item at this moment; empty when he can."""
    post, name = books.roster.posts.get(to.post), books.roster.name_of(to.person)
    if post is None:
        return f"没有岗位 {to.post}"
    now = acting(books, post, at)
    if now.person != to.person:
        return f"{name} 现在不在{post.name}当班"
    if (now.substitution.a if now.substitution else "") != to.acting_for:
        return f"{name} 在{post.name}代谁办对不上"
    return unfit(books, item, post, to.person, at)


def unfit(books: AssignmentBooks, item: Item, post: Post, person: str, at: datetime) -> str:
    """What keeps him from it although he acts: a qualification, another work, the second signature."""
    known, name = books.roster.people.get(person), books.roster.name_of(person)
    if known is None or "clerk" not in known.roles:
        return f"{name} 不是窗口人员"
    lacking = next((skill for skill in (*item.skills, *post.qualifications) if skill not in known.skills), "")
    if lacking:
        return f"{name} 没有{lacking}的资格"
    if _would_sign_twice(books, item, person, at):
        return f"{name} 现在是签名二，同一件不能签两次"
    return ""


def _would_sign_twice(books: AssignmentBooks, item: Item, person: str, at: datetime) -> bool:
    """Who reviews a case gives its first signature; the second is another's (北京市优化营商环境条例 35)."""
    if item.signatures == 1:
        return False
    chief = books.roster.chief_posts.get(item.department)
    return item.decider == person or (chief is not None and acting(books, chief, at).person == person)


def posts_for(
    books: AssignmentBooks, item: Item, rule: RoutingRule | None, beside: Sequence[str] = ()
) -> tuple[str, ...]:
    """Where a case of this item may be given by hand: the rule's posts, its windows', its department's own."""
    roster = books.roster
    here = (post for number in item.windows if number in roster.windows for post in roster.windows[number].posts)
    own = (post.id for post in roster.posts.values() if post.department == item.department)
    named = rule.posts if rule is not None else ()
    found = dict.fromkeys((*named, *here, *own, *beside))
    return tuple(post for post in found if post in roster.posts and not roster.posts[post].chief)


def window_heads(roster: Roster, post: str) -> frozenset[str]:
    """窗口负责人 of the window where a post is, by its queue letters."""
    window, heads = roster.window_of_post.get(post), roster.rules.ranks.window_head
    return frozenset(heads[letter] for letter in (window.letters if window else ()) if letter in heads)


def headed_posts(roster: Roster, rules: RoutingRules, person: str) -> frozenset[str]:
    """The posts cases are given out to at whose windows this person is the head."""
    posts = {post for rule in rules.rules for post in rule.posts}
    return frozenset(post for post in posts if person in window_heads(roster, post))


def loads_of(books: AssignmentBooks, candidates: Sequence[Candidate], posts: Sequence[str]) -> Loads:
    """The figures the choice rests on."""
    people = tuple(dict.fromkeys(one.person for one in candidates))
    return Loads(open=books.open_assigned(people) if people else {}, turns=books.last_turns(posts))


def names_of(books: AssignmentBooks) -> Mapping[str, str]:
    """People and posts by number, for sentences."""
    roster = books.roster
    return {
        **{key: person.name for key, person in roster.people.items()},
        **{key: post.name for key, post in roster.posts.items()},
    }


def _known(books: AssignmentBooks, posts: Iterable[str]) -> Iterator[Post]:
    return (books.roster.posts[post] for post in posts if post in books.roster.posts)
