"""Tables of very many short cases, gone through in one test: each test of its own costs more than such a case."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Test = Callable[..., Any]


def every(
    names: str | tuple[str, ...], values: Iterable[Any], *, ids: object = None
) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize`, in a single test; a failure notes whose case it is.

    The cases share the test's fixtures.

    Args:
        names: the test's parameters.
        values: of them: a value, or for several names a sequence of them, for each case.
        ids: not used; so that one can be written for the other.
    """
    fields = (names,) if isinstance(names, str) else tuple(names)
    cases = [(value,) if isinstance(names, str) else tuple(value) for value in values]

    def decorate(test: Test) -> Test:
        run: Test
        if inspect.iscoroutinefunction(test):

            async def run(**fixtures: Any) -> None:
                for case in cases:
                    with _noted(fields, case):
                        await test(**fixtures, **dict(zip(fields, case, strict=True)))
        else:

            def run(**fixtures: Any) -> None:
                for case in cases:
                    with _noted(fields, case):
                        test(**fixtures, **dict(zip(fields, case, strict=True)))

        for name in ("__module__", "__name__", "__qualname__", "__doc__", "pytestmark"):
            if hasattr(test, name):
                setattr(run, name, getattr(test, name))
        asked = inspect.signature(test).parameters.values()
        run.__signature__ = inspect.Signature([each for each in asked if each.name not in fields])  # type: ignore[attr-defined]
        return run

    return decorate


@contextmanager
def _noted(fields: Sequence[str], case: Sequence[Any]) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        error.add_note(", ".join(f"{name} = {value!r}" for name, value in zip(fields, case, strict=True)))
        raise
