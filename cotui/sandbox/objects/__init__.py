"""What the sandbox serves, by names in URLs. Each object has a folder here, and no other place names it.

A folder says in its `ENDPOINTS` what stands at which name; most hold `serve.py` (records as they are stored,
filtered and served), `write.py` (create, update, delete) and `act.py` (actions). They are looked for when the
first of them is asked for. A folder's `tables.sql`, `indexes.sql` and `demo.sql` are the schema's and the demo's to find.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from cotui.sandbox.database.object_model import SandboxObject
from cotui.sandbox.objects.endpoint import Endpoint


@cache
def endpoints() -> Mapping[str, Endpoint]:
    """All there are, by name."""
    folders = (found.name for found in iter_modules(__path__, f"{__name__}.") if found.ispkg)
    return {endpoint.name: endpoint for name in folders for endpoint in import_module(name).ENDPOINTS}


def endpoint(name: str) -> Endpoint | None:
    """What stands at a name in URLs, which may be an older one; None for a name that is not served."""
    found = endpoints()
    return found.get(name) or next((each for each in found.values() if name in each.older_names), None)


def served_objects() -> Mapping[str, SandboxObject]:
    """The objects that can be listed, by name."""
    return {name: each.served for name, each in endpoints().items() if each.served is not None}


def served(name: str) -> SandboxObject:
    """How the object of this name is listed. Raises KeyError where it is none that can be listed."""
    found = endpoints()[name].served
    if found is None:
        raise KeyError(name)
    return found
