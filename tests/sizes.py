"""The sizes that keep the house liveable, measured: modules, classes, functions, names, and how much test there is.

`python -m tests.sizes` prints the figures and everything that is over; exit 1 if anything is.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("clerk_app", "ui", "printers", "resources")
FORBIDDEN_NAMES = {"utils", "util", "misc", "common", "helpers", "helper", "manager", "managers"}
MODULE_LINES, MODULE_MEDIAN, MODULE_P90 = 500, 120, 300
CLASS_LINES, CLASS_METHODS, FUNCTION_LINES = 250, 20, 40

# AB岗 and A角 are Chinese terms too.
_CHINESE_TERM = re.compile(r"[A-Z]{0,2}[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Sizes:
    """What was measured: line counts of the product's modules, lines of tests, and what is over."""

    modules: tuple[int, ...]
    test_lines: int
    findings: tuple[str, ...]

    def report(self) -> str:
        code = sum(self.modules)
        ratio = self.test_lines / code if code else 0.0
        return (
            f"{len(self.modules)} modules, {code} lines; median {_median(self.modules)} (≤{MODULE_MEDIAN}), "
            f"p90 {_p90(self.modules)} (≤{MODULE_P90}), longest {max(self.modules, default=0)} (≤{MODULE_LINES}); "
            f"tests/code {ratio:.2f}"
        )


def measure(root: Path = ROOT) -> Sizes:
    product = [root / "main.py", *(file for room in ROOMS for file in sorted((root / room).rglob("*.py")))]
    tests = sorted((root / "tests").rglob("*.py"))
    texts = {file: file.read_text("utf-8") for file in (*product, *tests) if file.is_file()}
    # An empty __init__.py is no module to read, and would make every median look good.
    modules = tuple(len(texts[file].splitlines()) for file in product if texts.get(file, "").strip())
    findings: list[str] = []
    for file, text in texts.items():
        findings += _module_findings(file.relative_to(root), text)
        if file in product:
            findings += _inside_findings(file.relative_to(root), ast.parse(text))
    if _median(modules) > MODULE_MEDIAN:
        findings.append(f"the median module has {_median(modules)} lines, over {MODULE_MEDIAN}")
    if _p90(modules) > MODULE_P90:
        findings.append(f"one module in ten has {_p90(modules)} lines or more, over {MODULE_P90}")
    features = sorted((root / "tests").rglob("*.feature"))
    test_lines = sum(len(texts[file].splitlines()) for file in tests)
    test_lines += sum(len(file.read_text("utf-8").splitlines()) for file in features)
    return Sizes(modules, test_lines, tuple(findings))


def _module_findings(file: Path, text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield f"{file}: {lines} lines, over {MODULE_LINES}"
    for part in (*file.parts[:-1], file.stem):
        if part in FORBIDDEN_NAMES:
            yield f"{file}: «{part}» says nothing about what is inside"


def _inside_findings(file: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _class_findings(file, node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > FUNCTION_LINES:
            yield f"{file}:{node.lineno}: {node.name}() has {_lines(node)} lines, over {FUNCTION_LINES}"


def _class_findings(file: Path, node: ast.ClassDef) -> Iterator[str]:
    methods = sum(isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) for inner in node.body)
    if _lines(node) > CLASS_LINES:
        yield f"{file}:{node.lineno}: {node.name} has {_lines(node)} lines, over {CLASS_LINES}"
    if methods > CLASS_METHODS:
        yield f"{file}:{node.lineno}: {node.name} has {methods} methods, over {CLASS_METHODS}"
    if not node.name.startswith("_") and not _CHINESE_TERM.match(ast.get_docstring(node) or ""):
        yield f"{file}:{node.lineno}: the docstring of {node.name} does not open with its Chinese term"


def _lines(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _median(counts: tuple[int, ...]) -> int:
    return int(statistics.median(counts)) if counts else 0


def _p90(counts: tuple[int, ...]) -> int:
    return sorted(counts)[len(counts) * 9 // 10] if counts else 0


def main() -> int:
    sizes = measure()
    for finding in sizes.findings:
        print(finding)
    print(sizes.report())
    return 1 if sizes.findings else 0


if __name__ == "__main__":
    sys.exit(main())
