"""大厅资料文件 reading a hall file: one Chinese sentence per wrong line, with its number, or a document that is right.

The text is composed to nodes, not loaded, because only nodes know their lines.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import yaml

from clerk_app.outside.hall_checks import cross_problems
from clerk_app.outside.hall_form import HALL_FILE
from clerk_app.outside.hall_shape import Place, Problem

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT_KEY = "tag:yaml.org,2002:str"
_LONGEST = 4_000_000
_DEEPEST = 20
_EXPIRED_BEFORE = "2026-07-01"


def read_hall_document(text: str) -> tuple[dict[str, Any] | None, list[str]]:
    """The document as plain JSON values, or None and what is wrong with it, line by line."""
    if len(text) > _LONGEST:
        return None, ["第 1 行：这份资料太大了，不像是大厅资料，看看是不是拿错了文件。"]
    reading = _Reading()
    try:
        document = reading.document(text)
    except yaml.YAMLError as error:
        return None, [_syntax_sentence(error)]
    except _TangledError as tangled:
        return None, [f"第 {tangled.line} 行：这里引用了别处的内容，或者套得太深；把内容直接写在这一行。"]
    if not isinstance(document, dict):
        return None, ["第 1 行：这份资料里没有大厅的内容，看看是不是拿错了文件。"]
    findings = reading.sentences([*HALL_FILE.problems(document, ()), *cross_problems(document)])
    return (None, findings) if findings else (document, [])


def document_findings(document: dict[str, Any]) -> list[str]:
    """What the same checks say of a document that was not read from a file: one sentence each, without a line."""
    return [sentence for _, sentence in (*HALL_FILE.problems(document, ()), *cross_problems(document))]


def shift_letters(document: dict[str, Any], today: date) -> dict[str, Any]:
    """A copy for training and tests whose letters live today, whatever today is; the expired one has ended before."""
    shifted = copy.deepcopy(document)
    for letter in shifted["authorisations"]:
        ends = today + timedelta(days=-140 if letter["to"] < _EXPIRED_BEFORE else 365)
        letter["from"] = (today - timedelta(days=300)).isoformat()
        letter["to"] = ends.isoformat()
    return shifted


class _TangledError(Exception):
    """References and deep nesting: no hall needs them, and composing them can eat the memory or the stack."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Reading:
    """One pass over a file: values, the line of every place, and what was wrong before any shape was asked."""

    def __init__(self) -> None:
        self._lines: dict[Place, int] = {}
        self._problems: list[Problem] = []

    def document(self, text: str) -> object:
        _refuse_tangles(text)
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            return None if node is None else self._value(loader, node, ())
        finally:
            loader.dispose()

    def sentences(self, problems: Iterable[Problem]) -> list[str]:
        """One sentence a line, in the order of the lines; the first thing wrong with a line speaks for it."""
        by_line: dict[int, str] = {}
        for place, sentence in [*self._problems, *problems]:
            by_line.setdefault(self._line(place), sentence)
        return [f"第 {line} 行：{by_line[line]}" for line in sorted(by_line)]

    def _line(self, place: Place) -> int:
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def _value(self, loader: yaml.SafeLoader, node: yaml.Node, place: Place) -> object:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(loader, node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(loader, inner, (*place, index)) for index, inner in enumerate(node.value)]
        return self._scalar(loader, node, place)

    def _mapping(self, loader: yaml.SafeLoader, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, inner in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            self._lines.setdefault((*place, key), key_node.start_mark.line + 1)
            if key_node.tag != _TEXT_KEY:
                self._say_at(key_node, place, f"键“{key}”不会当作文字读；换个名字（窗口号用 number），或者加引号。")
            elif key in values:
                self._say_at(key_node, place, f"“{key}”写了两遍，留一个，删一个。")
            values[key] = self._value(loader, inner, (*place, key))
        return values

    def _say_at(self, node: yaml.Node, place: Place, sentence: str) -> None:
        mark: Place = (*place, "\n", len(self._problems))
        self._lines[mark] = node.start_mark.line + 1
        self._problems.append((mark, sentence))

    def _scalar(self, loader: yaml.SafeLoader, node: yaml.Node, place: Place) -> object:
        try:
            value = loader.construct_object(node)
        except (ValueError, yaml.YAMLError):
            self._problems.append((place, f"“{str(node.value)[:40]}”读不出来，看看日期和数字写得对不对。"))
            return None
        return value.isoformat() if isinstance(value, date | datetime) else value


def _refuse_tangles(text: str) -> None:
    # Events come one by one; the C composer would recurse until the process dies.
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise _TangledError(event.start_mark.line + 1 if event.start_mark else 1)


def _syntax_sentence(error: yaml.YAMLError) -> str:
    # What stays open is named by where it was opened; the parser stumbles only further down.
    opened = any(word in (getattr(error, "context", None) or "") for word in ("flow", "quoted"))
    marks = [getattr(error, "context_mark" if opened else "problem_mark", None), getattr(error, "context_mark", None)]
    mark = next((mark for mark in marks if mark is not None), None)
    line = mark.line + 1 if mark is not None else 1
    return f"第 {line} 行：这里的写法读不下去，看看上下几行的缩进、冒号、引号和括号是不是成对。"
