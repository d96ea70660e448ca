"""The names that people have for objects, and which object a name means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cotui.catalog.model import Resource
from cotui.catalog.resources import RESOURCES

_BETWEEN = re.compile(r"[\W_]+")
#: names longer than this are not compared with others: no object is called like that
_LONGEST = 64
_MOST_NEAR = 3


def object_named(word: str) -> Resource | None:
    """The object that people call so, in the singular or plural, with or without signs between the words."""
    found = _ids().get(_plain(word))
    return None if found is None else RESOURCES[found]


def kind_named(word: str) -> tuple[str, str]:
    """What some records of an object are called and the filter that gives them, where a name means those: "refunds".

    Both are "" where it means all records, or nothing.
    """
    found, plain = object_named(word), _plain(word)
    kinds = {} if found is None else found.kinds
    fitting = (kind for kind in kinds.items() if plain in (_plain(kind[0]), _plain(_singular(kind[0]))))
    return next(fitting, ("", ""))


def names_of(resource: Resource) -> Iterator[str]:
    """All that an object or some of its records are called, its plural first."""
    yield resource.plural.casefold()
    yield resource.label.casefold()
    yield resource.id
    for name in (*resource.names, *resource.kinds):
        yield name
        yield _singular(name)


def command_word(resource: Resource) -> str:
    """The object as a command line names it."""
    return _BETWEEN.sub("_", resource.plural.casefold())


def near_names(word: str) -> list[str]:
    """Names of objects that are spelled like a word, as a command line has them, the nearest first."""
    plain = _plain(word)
    if not plain or len(plain) > _LONGEST:
        return []
    from difflib import get_close_matches  # only here: most names have no mistake

    ids = _ids()
    spelled = {_plain(name): name for resource in RESOURCES.values() for name in names_of(resource)}
    near = get_close_matches(plain, spelled, n=2 * _MOST_NEAR, cutoff=0.7)
    # one name of each object
    best = {ids[name]: name for name in reversed(near)}
    return [_BETWEEN.sub("_", spelled[name]) for name in near if best[ids[name]] == name][:_MOST_NEAR]


def _ids() -> dict[str, str]:
    """Id of the object, by each of its names without signs between the words."""
    return {_plain(name): id_ for id_, resource in RESOURCES.items() for name in names_of(resource)}


def _plain(name: str) -> str:
    return _BETWEEN.sub("", name.casefold())


def _singular(name: str) -> str:
    """A plural of ours as one: "categories", "branches", "cards"."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name.removesuffix("s")
