"""What a program that dies leaves of its memory: nothing."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from cotui.safety.core_dumps import leave_no_core
from tests.surroundings import for_programs


@pytest.mark.parametrize(("most", "least"), [(resource.RLIM_INFINITY, 1), (1 << 30, 1), (1, 1), (0, 0)])
def test_the_limit_is_one_byte_and_who_may_raise_it_still_may(
    most: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit of zero does not keep a program of the system's from taking dumps; see core(5)."""
    set_to: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (most, most))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: set_to.append(limits))
    leave_no_core()
    assert set_to == [(least, most)]


@pytest.mark.parametrize("error", [OSError(1, "Operation not permitted"), ValueError("not allowed")])
def test_a_system_that_refuses_is_no_reason_to_stop(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(resource, "setrlimit", refuse)
    leave_no_core()


def test_no_core_is_left() -> None:
    code = (
        "import resource\nfrom cotui.safety.core_dumps import leave_no_core\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)\n"
        "leave_no_core(); leave_no_core()\nprint(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=for_programs()
    )
    assert done.stdout.strip() in ("0", "1"), done.stderr
