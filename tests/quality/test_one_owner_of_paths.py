"""Only `cotui.safety` opens, writes, locks and looks at files: a path from outside meets its policy wherever it goes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: functions and methods that do something to a file by its name
TOUCHING = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "makedirs", "expanduser", "expandvars",
    "rename", "unlink", "rmdir", "symlink", "is_file", "is_dir", "exists", "lstat", "listdir",
    "scandir", "glob", "rglob", "iterdir", "cwd", "getcwd", "home", "chmod", "utime", "flock", "lockf", "mkstemp",
    "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "load_cert_chain", "load_verify_locations",
}  # fmt: skip
#: modules whose names are their own, or the system's, with what they do to them
OWN = {
    "api/transport/tls.py": {"load_verify_locations"},  # after it was read
    "audit/log.py": {"rename", "unlink", "open", "lstat", "chmod", "listdir"},
    "catalog/field.py": {"listdir"},  # its own files
    "catalog/resources.py": {"listdir"},
    "cli/out.py": {"open"},  # the null device
    "sandbox/demo/cache.py": {"glob", "read_bytes", "listdir", "utime", "open"},
    "sandbox/http/resetting.py": {"rename"},
    "sandbox/database/schema.py": {"read_text", "glob"},  # its own files, and those of the objects
    "sandbox/http/server/tls.py": {"write_bytes", "load_cert_chain"},
    "tui/access/password_words.py": {"read_text"},  # the package's own list
    "tui/lists/browse.py": {"open"},  # the line to find something with
    "tui/lists/find.py": {"open"},
    "tui/engine/terminal/outlet.py": {"open"},  # terminals
}


#: calls of `cotui.safety` have the same names as methods elsewhere
POLICY = "cotui.safety"


def touched(source: str) -> set[str]:
    """What a module calls that could take a path past the policy."""
    tree = ast.parse(source)
    policy = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(POLICY)
        for alias in node.names
    }
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in TOUCHING - policy:
            found.add(node.func.id)
        elif isinstance(node.func, ast.Attribute) and node.func.attr in TOUCHING:
            found.add(node.func.attr)
    return found


MODULES = sorted(
    str(path.relative_to(ROOT / "cotui"))
    for path in (ROOT / "cotui").rglob("*.py")
    if "safety" not in path.relative_to(ROOT / "cotui").parts
)


@pytest.mark.long
def test_no_module_takes_a_path_past_the_policy() -> None:
    past = {name: touched((ROOT / "cotui" / name).read_text()) - OWN.get(name, set()) for name in MODULES}
    assert {name: calls for name, calls in past.items() if calls} == {}


@pytest.mark.parametrize("name", OWN)
def test_the_exceptions_are_needed(name: str) -> None:
    assert OWN[name] <= touched((ROOT / "cotui" / name).read_text())


@pytest.mark.parametrize(
    "source",
    [
        "open('x')",
        "Path('x').expanduser()",
        "path.mkdir(parents=True)",
        "os.open(path, 0)",
        "import tempfile; tempfile.mkdtemp()",
    ],
)
def test_it_finds_them(source: str) -> None:
    assert touched(source)


def test_calls_of_the_policy_are_none() -> None:
    assert touched("from cotui.safety.reading import exists\nexists('x')") == set()
