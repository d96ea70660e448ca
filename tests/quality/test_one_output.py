"""Only one place writes to standard output and standard error: everything else calls `cotui.cli.out`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cotui"
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
#: who else may name a standard stream, and why
ALLOWED = {
    "cli/out.py": "the place itself",
    "cli/splash.py": "the first frame, before anything is loaded; asks for the encoding only",
    "tui/engine/terminal/choice.py": "where the screens are drawn",
    "sandbox/demo/cache.py": "a process of its own, whose output its parent reads from a pipe",
}


def offences(source: str) -> list[str]:
    """What in a module's source could write to a standard stream."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "sys" and node.attr in STREAMS:
            found.append(f"sys.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module == "sys":
            found += [f"imports {alias.name}" for alias in node.names if alias.name in {*STREAMS, "*"}]
        elif isinstance(node, ast.Constant) and node.value in ("/dev/stdout", "/dev/stderr"):
            found.append(str(node.value))
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            first = node.args[0] if node.args else None
            if called in (
                "print",
                "pprint",
                "pprint.pprint",
                "traceback.print_exc",
                "traceback.print_exception",
            ):
                found.append(called)
            elif called in ("os.write", "os.fdopen", "open") and isinstance(first, ast.Constant):
                if first.value in (1, 2):
                    found.append(f"{called}({first.value})")
            elif called in ("ArgumentParser", "argparse.ArgumentParser"):
                found.append(f"{called}, whose help is not written by cotui.cli.out")
    return found


@pytest.mark.long
def test_nobody_else_writes() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): offences(path.read_text()) for path in PACKAGE.rglob("*.py")
    }
    assert {name: what for name, what in found.items() if what and name not in ALLOWED} == {}
    assert [name for name in ALLOWED if not found[name]] == [], "needs no permission any more"


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "import sys\nsys.stdout.write('x')",
        "print('x', file=sys.stderr)",
        "job(api, sys.stdout)",
        "from sys import stderr as e",
        "os.write(2, b'x')",
        "open('/dev/stderr', 'w')",
        "traceback.print_exc()",
        "parser = ArgumentParser()",
    ],
)
def test_the_check_sees(source: str) -> None:
    assert offences(source)


@pytest.mark.parametrize(
    "source", ["sys.stdin.isatty()", "os.write(descriptor, data)", "self.print(x)", "run(stdout=PIPE)"]
)
def test_the_check_lets_pass(source: str) -> None:
    assert offences(source) == []
