"""How deep the tests look: by default a short form of what is random or long, with `-m long` all of it.

`python -m pytest` leaves out what is marked `long`, and tries each property with a few examples that are the same in
every run. `python -m pytest -m long` runs what is marked and every property with many examples.

What chance chooses is the same in every run of the same tree, so that what passed there passes again: a property's
examples follow from its own code, other dice (`seed`) from all of the program's. `TESTS_SEED=any` chooses both anew; a
failure names its example, or the number for `TESTS_SEED` that throws the dice like that again.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

#: what of its examples a property keeps in the short form
SHARE = 5
#: seconds that a test of the long form may take, unless it says otherwise
PATIENCE = 900

#: the environment's word for what chance chooses
CHANCE = os.environ.get("TESTS_SEED", "")

#: what depends on the machine and the dice more than on the test
_UNSTEADY = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.large_base_example,
)
_shared = settings(deadline=None, suppress_health_check=_UNSTEADY)
settings.register_profile("short", _shared, max_examples=40, derandomize=True, database=None)
settings.register_profile("long", _shared, max_examples=200)
_EXAMPLES = Path(".hypothesis")
if not CHANCE:
    settings.register_profile("long", settings.get_profile("long"), derandomize=True, database=None)
elif not os.access(_EXAMPLES if _EXAMPLES.exists() else Path.cwd(), os.W_OK):
    # somebody else's tree: examples that failed are not kept
    settings.register_profile("long", settings.get_profile("long"), database=None)
settings.load_profile("short")


def full() -> bool:
    """Whether this is the long form."""
    return settings.get_current_profile_name() == "long"


def seed() -> int:
    """For the dice of the long form: the code's own number, or what TESTS_SEED says. The short form has 0."""
    if not full():
        return 0
    if CHANCE == "any":
        return random.SystemRandom().randrange(10**6)
    if CHANCE:
        return int(CHANCE)
    code = Path(__file__).parent.parent / "cotui"
    number = 0
    for path in sorted(code.rglob("*.py")):
        number = crc32(path.read_bytes(), number)
    return number


def examples(wanted: int, short: int | None = None) -> int:
    """How many examples to try in this run.

    Args:
        wanted: in the long form.
        short: in the short form; usually its share of the other.
    """
    if full():
        return wanted
    return max(1, wanted // SHARE) if short is None else short


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, and take the form that was asked for before any test is loaded."""
    config.addinivalue_line(
        "markers", "long: random at depth, or long; left out unless `-m long` asks for it"
    )
    config.addinivalue_line("markers", "deep: has both forms; as all properties that are tests themselves")
    config.addinivalue_line("markers", "sample(id, ...): with other parameters than these it is long")
    if "not long" not in config.option.markexpr:
        settings.load_profile("long")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the long form all that has both forms counts as long; what is long has time."""
    for item in items:
        if full() and (
            item.get_closest_marker("deep")
            or getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        ):
            item.add_marker(pytest.mark.long)
        if not all(_sampled(item, marker.args) for marker in item.iter_markers("sample")):
            item.add_marker(pytest.mark.long)
        if item.get_closest_marker("long") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(PATIENCE))


def _sampled(item: pytest.Item, ids: tuple[str, ...]) -> bool:
    """Whether a test has parameters of the sample: all of them together, or one of them."""
    called = getattr(item, "callspec", None)
    return called is None or called.id in ids or not set(ids).isdisjoint(called._idlist)
