"""Only one place of the terminal UI writes: everything else hands its writes to `cotui.tui.base.writer`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.tables import every

ROOT = Path(__file__).resolve().parents[2]
TUI = ROOT / "cotui" / "tui"
WRITER = TUI / "base/writer.py"
#: functions of `cotui.api.calls` that make requests which change something
CHANGING = {"create", "update", "delete", "act", "bulk"}
#: modules that show a request before it is sent, and what they make for it
SHOWN = {"bulk/bulk_confirm.py": ["imports bulk", "write.bulk_request()"]}


def offences(source: str) -> list[str]:
    """What in a module's source could send a write."""
    tree = ast.parse(source)
    calls = {"calls"}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "cotui.api.calls":
            found += [f"imports {alias.name}" for alias in node.names if alias.name in {*CHANGING, "*"}]
        elif isinstance(node, ast.ImportFrom) and node.module == "cotui.api":
            calls |= {alias.asname or alias.name for alias in node.names if alias.name == "calls"}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, name = ast.unparse(node.func.value), node.func.attr
            last = owner.split(".")[-1]
            if (
                (last in calls and name in CHANGING)
                or (last in {"api", "_api"} and name in {"write", "call"})
                or (last in {"write", "_write"} and name in {"bulk_request", "call"})
                or name == "submit"
            ):
                found.append(f"{owner}.{name}()")
    return found


@every("path", sorted(TUI.rglob("*.py")))
@pytest.mark.long
def test_nobody_else_writes(path: Path) -> None:
    found = offences(path.read_text())
    if path == WRITER:
        assert found, "the writer writes"
    else:
        shown = SHOWN.get(path.relative_to(TUI).as_posix(), [])
        assert [offence for offence in found if offence not in shown] == []


@pytest.mark.parametrize(
    "source",
    [
        "from cotui.api.calls import delete",
        "from cotui.api.calls import *",
        "from cotui.api import calls as c\nc.update('x', 1, {})",
        "from cotui.api import calls\ncalls.bulk([])",
        "async def f(self): await self._api.write(w)",
        "async def f(session): await session.api.call(c)",
        "async def f(api): await api.worker.submit(c)",
        "def f(self): return self._write.call('path')",
    ],
)
def test_the_check_sees(source: str) -> None:
    assert offences(source)


@pytest.mark.parametrize(
    "source", ["file.write('x')", "self.call_later(f)", "items.update(x)", "api.get(r, 1)"]
)
def test_the_check_lets_pass(source: str) -> None:
    assert offences(source) == []
