"""词条 what a catalogue answers: a sentence of the source, or one the rooms have already put together from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

CHINESE = re.compile("[\u3001\u3002\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
_run = re.compile(
    "[\u4e00-\u9fff](?:[\u3001\u3002\u4e00-\u9fff\uff01-\uff1f\u201c\u201d\u2018\u2019]*[\u4e00-\u9fff\u3002\uff1f\uff01])?"
)
_hanzi = re.compile("[一-鿿]")
_sentence = re.compile(r"(?<=[。？！\n])")
_bracket = re.compile("(.+?) ?[（(]([^（()）]+)[）)]([。.]?)")
_counted = re.compile("号窗口| (?:个|张|份|件|次|条|处|天|分钟|页|项|行|枚|笔)")
_joined = re.compile("[。；，：]")
_date = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_none: Mapping[str, str] = {}
_hole = re.compile(r"\{(\w+)(?:![rsa])?(?::[^{}]*)?\}")
_whole_hole, _formats = r"\{\w+(?:![rsa])?(?::[^{}]*)?\}", re.compile(r"\{\w+(?:![rsa])?((?::[^{}]*)?)\}")


JOINTS = (
    *(("；", "; "), ("; ", "; "), ("，", ", "), (", ", ", "), ("：", ": "), (": ", ": "), ("·", "·"), ("、", ", ")),
    *(("　", "  "), ("  ", "  "), (" ", " ")),
)
"""What the rooms join words by, the widest first."""
_HELD = 0xE000
"""A name stands as one character of the private use area while a sentence is taken apart."""
_proper = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
        "Chinese",
        "English",
        "Japanese",
        "Ctrl",
        "Enter",
        "Esc",
    ]
)
_two = re.compile(r"[A-Z][a-z]+ ([A-Z][a-z]+)\b")
_ones = re.compile(
    r"(?<![\w.:/×-])(?<!indow )(?<!age )(?<!o\. )1 (working |calendar |natural |spare |open |other )?"
    r"(cases|items|pages|copies|times|days|weeks|months|years|windows|posts|decisions|tickets|sheets|entries|minutes|hours|"
    r"seconds|people|slips|materials|kits|lines|files|scans|seals|places|steps|fields|points|changes|messages|printers|"
    r"computers|departments|shareholders|numbers|digits|documents|letters|tries|rows|papers|words|working days)\b"
)
_singular = {"copies": "copy", "entries": "entry", "tries": "try", "people": "person"}


def sentences(text: str) -> Iterator[str]:
    """句 one after another, each with the stop it ends in."""
    return (part for part in _sentence.split(text) if part)


def holes(text: str) -> list[str]:
    """占位 the `{name}` a sentence is filled at, in order; `{{` is a brace."""
    return _hole.findall(text.replace("{{", "").replace("}}", ""))


def _says_enough(source: str) -> bool:
    """“{a}、{b}” would be found in every name."""
    return len(_hanzi.findall(_hole.sub("", source))) > 1


def _filling(form: str, after: str) -> str:
    """What may stand in a hole: a date or a number where its format or the word after it says so."""
    if "%" in form:
        return r"[-\d:：/ 年月日]+"
    return r"[\d、.,一二两三四五六七八九十几]+" if _counted.match(after) else ".*?"


class _Shape:
    """句式 a sentence with holes, read back from what it was filled to."""

    def __init__(self, source: str, told: str) -> None:
        parts = re.split(_whole_hole, source)
        self.source, self.names, self.told = source, holes(source), told
        self.anchor = max(parts, key=len)
        fillings = [_filling(*pair) for pair in zip(_formats.findall(source), parts[1:], strict=True)]
        pieces = [f"({one}){re.escape(part)}" for one, part in zip(fillings, parts[1:], strict=True)]
        self._pattern = re.compile(re.escape(parts[0]) + "".join(pieces), re.DOTALL)
        self.weight = sum(map(len, parts)), -len(self.names)

    def read(self, text: str) -> dict[str, str] | None:
        if self.anchor not in text:
            return None
        found = self._pattern.fullmatch(text)
        return dict(zip(self.names, found.groups(), strict=True)) if found else None


class Catalogue:
    """词条 of one language: `own` by the window's own sentences, `rooms` by those of the rooms below it, `form` by the form's data."""

    def __init__(self, own: Mapping[str, str], rooms: Mapping[str, str], form: Mapping[str, str] = _none) -> None:
        self._own = own
        # One character is part of a name more often than a word, but the form has fields and choices of one: 省, 男.
        whole = {source: words for source, words in {**rooms, **own}.items() if len(source) > 1} | {**form}
        self._whole = {**_tails(whole), **whole}
        told = ((source, words) for source, words in self._whole.items() if holes(source) and _says_enough(source))
        # The one that says most is tried first: “{name}离岗” would match nearly everything.
        self._shapes = sorted((_Shape(*pair) for pair in told), key=lambda shape: shape.weight, reverse=True)
        self._bracketed = [shape for shape in self._shapes if shape.source.rstrip("。").endswith("）")]
        self.keep(())

    def keep(self, names: Iterable[str]) -> None:
        """不译 names that are data: they stay whole, alone and within a sentence."""
        self._names = frozenset(one for one in names if len(one) > 2 and CHINESE.search(one))
        alone = "|".join(map(re.escape, sorted(self._names, key=len, reverse=True)))
        self._named = re.compile(alone or "(?!)")
        self.said = lru_cache(maxsize=8192)(self._said)

    def word(self, source: str) -> str:
        """词 the translation of one of the window's own sentences, or the sentence."""
        return self._own.get(source) or source

    def filled(self, source: str, values: Mapping[str, object]) -> str:
        """填好的词 one of the window's own sentences with what stands in its holes, words of the rooms among it."""
        told = self.word(source)
        inside = {
            name: small_in(told, name, self.said(value), value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        return one_of(told.format(**inside))

    def _said(self, text: str) -> str:
        if not CHINESE.search(text) or self._is_name(text):
            return text
        text = _date.sub(lambda day: f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}", text)
        return one_of(min(self._readings(text), key=self._left))

    def _readings(self, text: str) -> Iterator[str]:
        """As it may be read, the likeliest first; the first that leaves nothing untranslated is the last one tried."""
        if (exact := self._whole.get(text)) is not None:
            yield exact
            return
        ways = (self._by_brackets, self._one, self._by_sentences, self._by_clauses, self._by_runs)
        for way in ways:
            if said := way(text):
                yield said
                if not self._left(said):
                    return

    def _left(self, said: str) -> int:
        """How much of it was not translated, names apart."""
        return len(CHINESE.findall(self._named.sub("", said)))

    def _by_sentences(self, text: str) -> str:
        parts = list(sentences(text))
        if len(parts) < 2:
            return ""
        return " ".join(self.said(part).rstrip(" ") for part in parts).replace("\n ", "\n")

    def _is_name(self, text: str) -> bool:
        """A name, or what is left of one that had no room."""
        head, cut, tail = text.partition("…")
        return text in self._names or (
            bool(cut) and len(head) > 1 and any(one.startswith(head) and one.endswith(tail) for one in self._names)
        )

    def _by_brackets(self, text: str) -> str:
        """What stands in brackets behind, for itself."""
        found = _bracket.fullmatch(text) if text.endswith(("）", "）。")) else None
        if found is None or _joined.search(found[1]) or any(shape.read(text) for shape in self._bracketed):
            return ""
        return f"{self.said(found[1])} ({self.said(found[2])}){found[3].replace('。', '.')}"

    def _by_runs(self, text: str) -> str:
        """The words of it that are known, between names that stay."""
        at, said = 0, ""
        for name in self._named.finditer(text):
            said += _run.sub(lambda run: self._one(run[0]) or run[0], text[at : name.start()]) + name[0]
            at = name.end()
        return said + _run.sub(lambda run: self._one(run[0]) or run[0], text[at:])

    def _by_clauses(self, text: str) -> str:
        """What was joined below: each part for itself; empty when none of them is known."""
        stop = "." if text.endswith("。") else ""
        held = list(dict.fromkeys(self._named.findall(text)))
        closed = self._named.sub(lambda name: chr(_HELD + held.index(name[0])), text)
        open_ = re.compile(f"[{chr(_HELD)}-{chr(_HELD + len(held))}]")
        for joint, told in JOINTS:
            parts = [open_.sub(lambda at: held[ord(at[0]) - _HELD], part) for part in closed.rstrip("。").split(joint)]
            if len(parts) > 1 and (said := [self.said(part) for part in parts]) != parts:
                rest = said[1:] if joint == "·" else map(small, said[1:], parts[1:])
                return told.join([said[0], *rest]).strip() + stop
        return ""

    def _one(self, text: str) -> str | None:
        if (found := self._whole.get(text)) is not None:
            return found
        bare, stopped = text.rstrip("。"), f"{text.rstrip('。')}。"
        other = stopped if text == bare else bare
        stop: Callable[[str], str] = (lambda said: said.rstrip(".")) if text == bare else (lambda said: f"{said}.")
        if (found := self._whole.get(other)) is not None:
            return stop(found)
        found_in = [shape for one in (text, other) if (shape := self._shape(one)) is not None]
        if not found_in:
            return None
        _, told, values, read = max(found_in, key=lambda shape: shape[0])
        said = fill(told, {name: small_in(told, name, self.said(value), value) for name, value in values.items()})
        return said.strip(" ") if read == text else stop(said.strip(" "))

    def _shape(self, text: str) -> tuple[tuple[int, int], str, dict[str, str], str] | None:
        """The sentence it was filled from with its weight, its values, and itself; no name is cut in two."""
        names = set(self._named.findall(text))
        for shape in self._shapes:
            values = shape.read(text)
            if values is not None and all(_kept(name, shape, values) for name in names):
                return shape.weight, shape.told, {name: value.strip() for name, value in values.items()}, text
        return None


def _kept(name: str, shape: _Shape, values: Mapping[str, str]) -> bool:
    return name in shape.source or any(name in value for value in values.values())


def _tails(whole: Mapping[str, str]) -> dict[str, str]:
    """A piece written to be put behind another, as it is found once the joint before it is gone."""
    return {
        source[1:]: bare for source, words in whole.items() if source[0] in "，；、" and (bare := words.lstrip(",; "))
    }


def small(said: str, source: str) -> str:
    """小写 a translated word in the middle of a sentence: “Window 2” is “window 2”; “A role”, “Monday”, “Hong Kong” stay."""
    first = said.partition(" ")[0]
    named = first in _proper or ((found := _two.match(said)) is not None and found[1] not in _proper)
    changed = said != source and first[:1].isupper() and first[1:].islower() and not named
    return said[0].lower() + said[1:] if changed else said


def small_in(told: str, name: str, said: str, source: str) -> str:
    """小写 what stands behind a word or a comma of the sentence `told`."""
    return small(said, source) if re.search(rf"[a-z,] \{{{name}[!:}}]", told) else said


def one_of(said: str) -> str:
    """一个 of something is said in the singular; “no.” at the end of a sentence is its stop too."""
    return _ones.sub(lambda one: f"1 {one[1] or ''}{_singular.get(one[2], one[2][:-1])}", said).replace("no..", "no.")


def fill(told: str, values: Mapping[str, str]) -> str:
    """填 a translated sentence with what stood in the original's holes, whatever they were formatted by."""
    return _hole.sub(lambda hole: values.get(hole[1], hole[0]), told).replace("{{", "{").replace("}}", "}")
