"""Changing a file that other programs change as well: read, change and write under one lock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cotui.safety.locking import locked
from cotui.safety.places import usable
from cotui.safety.writing import make_directory, remove_left_behind

#: seconds to wait for another program, which holds the lock for as long as it takes to write a small file
PATIENCE: Final = 5.0


@contextmanager
def exclusive_access(path: str | os.PathLike[str], *, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other programs from changing a file; whoever reads it needs no lock, for it is replaced in one piece.

    What must not be lost is read inside, changed, and written with `write_atomically`. What killed programs left
    behind is removed. The lock is a file of its own beside it, since the file itself is replaced.

    Args:
        path: the file, which need not be there; where it is a link, the file that it leads to.
        patience: seconds to wait for another program.

    Raises:
        FileFault: another program keeps the lock for longer, or there can be none.
    """
    target = Path(os.path.realpath(usable(path, "cannot be written")))
    make_directory(target.parent)
    with locked(target.with_name(f".{target.name[:40]}.lock"), patience=patience):
        remove_left_behind(target)
        yield
