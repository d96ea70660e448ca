"""No module imports itself by way of others: lazily, for typing or at the top."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules() -> dict[str, Path]:
    """The package's modules by dotted name."""
    found = {}
    for path in (ROOT / "cotui").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, tree: ast.AST, known: Iterable[str]) -> set[str]:
    """The modules that a module imports, wherever the import stands.

    Importing `a.b.c` from outside of `a.b` runs `a.b` too.
    """
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None, f"{name} imports relatively"
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            named |= {member if member in known else node.module for member in members}
    found = set()
    for module in named:
        parts = module.split(".")
        found.add(module)
        found.update(
            package
            for end in range(1, len(parts))
            if not f"{name}.".startswith(f"{(package := '.'.join(parts[:end]))}.")
        )
    return found.intersection(known) - {name}


def circles(graph: Mapping[str, set[str]]) -> set[frozenset[str]]:
    """Sets of modules that all reach each other."""
    reached = {name: _reach(graph, name) for name in graph}
    return {
        frozenset(other for other in reach if name in reached[other])
        for name, reach in reached.items()
        if name in reach
    }


def _reach(graph: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    ahead = list(graph[start])
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += graph[name]
    return found


def test_no_circles() -> None:
    paths = modules()
    graph = {
        name: imports(name, ast.parse(path.read_text(encoding="utf-8")), paths)
        for name, path in paths.items()
    }
    assert list(circles(graph)) == []
