"""源句 every Chinese sentence that can reach the window: those in `tr()`, and those of the rooms below, a sentence each."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from resources import path
from ui.catalogue import CHINESE, sentences

ROOT = Path(__file__).parent.parent.parent
_no_sentence = re.compile(r"[\\[\]]|\(\?|%[mdHM]|\.(txt|csv|json|pdf|yaml|zip)$|^\W+$|\w\|")
NOT_SAID_HERE = (
    "clerk_app/__main__.py",
    "clerk_app/command_lines",
    "clerk_app/server/__main__.py",
    "clerk_app/server/citizen",
    "clerk_app/server/chores.py",
    "clerk_app/server/name_file.py",
    "clerk_app/server/migrations",
    "clerk_app/receipts/intake_slips.py",
    "clerk_app/receipts/slips.py",
    "clerk_app/receipts/send_out.py",
    "clerk_app/receipts/ticket_slips.py",
    "clerk_app/receipts/waiting_list_slip.py",
    "clerk_app/receipts/fees/day_sheet.py",
    "clerk_app/receipts/fees/slips.py",
    "clerk_app/receipts/handing/slips.py",
    "printers/__main__.py",
    "printers/layout.py",
    "printers/pages",
    "printers/show.py",
    "printers/test_page.py",
    "printers/transports.py",
    "printers/wrapping.py",
)
"""Papers, the centre's own commands and pages, messages to citizens: Chinese in every language."""


@dataclass(frozen=True)
class Found:
    """一处 a sentence and the file it stands in."""

    source: str
    file: str
    line: int


def own() -> Iterator[Found]:
    """界面 what stands in `tr("…")` or `kept("…")` under `ui/`."""
    for file, tree in _trees("ui"):
        for node in ast.walk(tree):
            if _is_tr(node):
                assert isinstance(node, ast.Call)
                yield Found(_literal(node), file, node.lineno)


def rooms() -> Iterator[Found]:
    """下层 each sentence a room can put together; what it is filled with stands as `{a}`, `{b}` …"""
    for folder in ("clerk_app", "printers"):
        for file, tree in _trees(folder):
            if not file.startswith(NOT_SAID_HERE):
                for text, line in _texts(tree):
                    yield from (Found(part, file, line) for part in sentences(text.strip()) if _is_said(part))


def form() -> Iterator[Found]:
    """登记表 what the company form's own data says: its parts and fields, the law's sentences, the cards for other systems."""
    for names, keys in _form_words.items():
        for file in sorted(path("forms", "company").glob(names)):
            read = json.loads if file.suffix == ".json" else yaml.safe_load
            said = (part for text in _told(read(file.read_text("utf-8")), keys) for part in sentences(text))
            yield from (Found(one, str(file.relative_to(ROOT)), 0) for one in said if CHINESE.search(one))


_form_words = {
    "form.json": ("name", "label", "help", "tick", "choices", "basis", "departments"),
    "law.json": ("basis", "message", "allowed", "banned", "names"),
    "copy_cards.json": ("label", "system", "department"),
    "short.json": ("name",),
    "name_words.json": ("category", "org_forms"),
    "papers/*.yaml": ("name", "why_not"),
}


def _told(node: object, keys: tuple[str, ...], key: str = "") -> Iterator[str]:
    """The texts under `keys`; a row as it is counted, a ground for each law, a paper without its number."""
    if isinstance(node, dict):
        if "unit" in node:
            yield from (f"{node['unit']}{node['name']}", f"第 {{number}} {node['unit']}{node['name']}")
        for name, inside in node.items():
            yield from _told(inside, keys, key if key == "org_forms" else name)
    elif key == "org_forms" and isinstance(node, list):
        yield "或".join(node)
    elif isinstance(node, list):
        for inside in node:
            yield from _told(inside, keys, key)
    elif isinstance(node, str) and key in keys:
        yield from node.split("；") if key == "basis" else [node.split(" ", 1)[-1] if key == "names" else node]


def _is_said(text: str) -> bool:
    """No pattern, no form of a date, no name of a file."""
    return bool(CHINESE.search(text)) and not _no_sentence.search(text)


def loose() -> Iterator[Found]:
    """漏网 Chinese text under `ui/` that nobody translates."""
    for file, tree in _trees("ui"):
        told = {id(part) for node in ast.walk(tree) if _is_tr(node) for part in ast.walk(node.args[0])}  # type: ignore[attr-defined]
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Compare) for part in ast.walk(node)}
        for text, line, node in _literals(tree):
            if id(node) not in told and id(node) not in inside and CHINESE.search(text):
                yield Found(text, file, line)


@cache
def _trees(folder: str) -> tuple[tuple[str, ast.Module], ...]:
    files = sorted((ROOT / folder).rglob("*.py"))
    return tuple((str(file.relative_to(ROOT)), ast.parse(file.read_text("utf-8"))) for file in files)


def _is_tr(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "kept")


def _literal(call: ast.Call) -> str:
    words = call.args[0]
    if not isinstance(words, ast.Constant):
        raise TypeError(f"tr() of no literal, line {call.lineno}")
    return str(words.value)


def _texts(tree: ast.Module) -> Iterator[tuple[str, int]]:
    yield from ((text, line) for text, line, _ in _literals(tree) if CHINESE.search(text))


def _literals(tree: ast.Module) -> Iterator[tuple[str, int, ast.AST]]:
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told | parts:
            yield node.value, node.lineno, node
        elif isinstance(node, ast.JoinedStr):
            yield _shape(node), node.lineno, node


def _shape(node: ast.JoinedStr) -> str:
    """`f"{ticket.number} 号"` as `{a} 号`: what it is filled with has no name that a translator would know."""
    said, names = "", iter("abcdefghijklmnopqrstuvwxyz")
    for part in node.values:
        said += str(part.value) if isinstance(part, ast.Constant) else f"{{{next(names)}}}"
    return said
