"""The order in which definitions are applied: DuckDB checks a view's references when it is created."""

from __future__ import annotations

import re
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Files named after what they define: each behind those that it names, otherwise by name."""
    named = {path.stem: path for path in sorted(paths)}
    words = {name: set(re.findall(r"\w+", _code(path))) for name, path in named.items()}
    order = TopologicalSorter({name: sorted(words[name] & (set(named) - {name})) for name in named})
    return [named[name] for name in order.static_order()]


def _code(path: Path) -> str:
    return re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
