"""Every benchmark runs to its end in its short form; what it measures then means nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.options import LACKING

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = sorted(
    path.stem
    for path in (ROOT / "tests" / "benchmarks").glob("*.py")
    if "\ndef main() -> None:" in (text := path.read_text())
    and re.search(r"options\.options\(|options_of\(__doc__", text)
)
#: in other forms too
FORMS = {"random_frames": [["--tmux"]]}


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "words",
    [[name, *more] for name in BENCHMARKS for more in ([], *FORMS.get(name, []))],
    ids=" ".join,
)
def test_the_short_form_runs(words: list[str], tmp_path: Path) -> None:
    name, *more = words
    if name == "paging":
        more += ["--cache", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", "--short", *more],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == LACKING:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert done.stdout.strip()


def test_every_benchmark_has_a_short_form() -> None:
    told = (ROOT / "tests" / "benchmarks" / "README.md").read_text()
    for path in (ROOT / "tests" / "benchmarks").glob("*.py"):
        if f"`python -m tests.benchmarks.{path.stem}" in told:
            assert path.stem in BENCHMARKS
        else:
            assert path.stem not in BENCHMARKS, f"{path.stem} is not in the README"
