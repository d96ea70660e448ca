"""Only one place starts other programs: everything else asks `cotui.safety.children`, which hands on no secret."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.tables import every

PRODUCT = Path(__file__).resolve().parents[2] / "cotui"
STARTER = PRODUCT / "safety" / "children.py"
#: modules that start programs; naming one for a type, or for an error of it, starts none
MODULES = {"subprocess", "asyncio.subprocess", "multiprocessing", "pty", "webbrowser", "commands", "popen2"}
HARMLESS = {"TimeoutExpired", "CalledProcessError", "Process"}
#: functions that do, by the last part of their name
FUNCTIONS = {
    "system", "popen", "fork", "forkpty", "startfile", "create_subprocess_exec", "create_subprocess_shell",
    "subprocess_exec", "subprocess_shell", "ProcessPoolExecutor", "open_url", "posix_spawn", "posix_spawnp",
    *(f"{kind}{end}" for kind in ("exec", "spawn") for end in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
}  # fmt: skip
#: owners of functions that are called the same and start nothing
OTHERS = {"log", "platform"}


def offences(source: str) -> list[str]:
    """What in a module's source could start a program."""
    tree = ast.parse(source)
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            found += [f"imports {item.name}" for item in node.names if item.name.split(".")[0] in MODULES]
        elif isinstance(node, ast.ImportFrom):
            names = {item.name for item in node.names}
            if node.module in MODULES and names - HARMLESS:
                found.append(f"imports from {node.module}")
            found += [f"imports {name}" for name in names & FUNCTIONS if node.module in ("os", "asyncio")]
            found += [f"imports {node.module}" for _ in names & {"ProcessPoolExecutor"}]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, name = ast.unparse(node.func.value), node.func.attr
            if name in FUNCTIONS and owner.split(".")[-1] not in OTHERS:
                found.append(f"{owner}.{name}()")
    return found


@every("path", sorted(PRODUCT.rglob("*.py")))
@pytest.mark.long
def test_nobody_else_starts_programs(path: Path) -> None:
    found = offences(path.read_text())
    if path == STARTER:
        assert found, "the one that does"
    else:
        assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess",
        "import subprocess as s",
        "from subprocess import run, TimeoutExpired",
        "def f():\n    import subprocess",
        "import os\nos.system('x')",
        "import os\nos.execvp('x', [])",
        "from os import posix_spawn",
        "import os as o\no.spawnlp(0, 'x')",
        "import asyncio\nasyncio.create_subprocess_shell('x')",
        "loop.subprocess_exec(f, 'x')",
        "from concurrent.futures import ProcessPoolExecutor",
        "import multiprocessing.pool",
        "import webbrowser",
        "app.open_url('x')",
        "import pty",
    ],
)
def test_the_check_sees(source: str) -> None:
    assert offences(source)


@pytest.mark.parametrize(
    "source",
    [
        "if TYPE_CHECKING:\n    import subprocess",
        "from subprocess import TimeoutExpired",
        "self.log.system('x')",
        "connection.execute('x')",
        "list.pop()",
    ],
)
def test_the_check_lets_pass(source: str) -> None:
    assert offences(source) == []
