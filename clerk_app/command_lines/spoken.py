"""命令行的样子 what every command line is made of: its words, its one JSON answer, and the one sentence when it cannot work."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Answer = tuple[Any, int]
"""What a command line prints as JSON, and the exit code."""


class UnreadableError(Exception):
    """看不懂 the one Chinese sentence for input that cannot be worked on: exit 2, nothing on stdout."""


@dataclass(frozen=True)
class CommandLine:
    """命令行 one sub-command: how its arguments are declared and what it answers."""

    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    answer: Callable[[argparse.Namespace], Answer]
