"""Another process runs a module of this package with next to nothing loaded, and knows no secrets."""

from __future__ import annotations

import sys

import pytest

from cotui.sandbox.demo.own_process import can_start, start


def test_a_module_is_run_with_this_package_on_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COTUI_PASSWORD", "s3cret")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    seen: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr("cotui.safety.children.start", lambda words, env: seen.append((words, env)))
    start("cotui.sandbox.demo.cache", "7", "é")
    ((words, env),) = seen
    assert words == [sys.executable, "-S", "-m", "cotui.sandbox.demo.cache", "7", "é"]
    assert env["PYTHONPATH"].endswith(":/elsewhere")
    assert env["PYTHONIOENCODING"] == "utf-8"
    assert "s3cret" not in str(env)


def test_its_output_comes_through_a_pipe() -> None:
    output, errors = start("platform").communicate(timeout=60)
    assert output.strip()
    assert errors == b""


def test_without_an_interpreter_there_is_none_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_start()
    monkeypatch.setattr(sys, "executable", "")
    assert not can_start()
