"""Files that go when they are not needed any more."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from cotui.safety.faults import FileFault, fault_of
from cotui.safety.places import usable

if TYPE_CHECKING:
    import os
    from tempfile import TemporaryDirectory


def temporary_directory(prefix: str, beside: str | os.PathLike[str] | None = None) -> TemporaryDirectory[str]:
    """A directory of one's own that goes when it is closed.

    Args:
        prefix: what its name begins with.
        beside: the directory to make it in; None for the system's choice (TMPDIR, /tmp …).

    Raises:
        FileFault: it cannot be made.
    """
    import tempfile

    deed = "cannot hold a temporary directory"
    inside = None if beside is None else usable(beside, deed)
    try:
        return tempfile.TemporaryDirectory(prefix=prefix, dir=inside, ignore_cleanup_errors=True)
    except OSError as error:
        if inside is None and tempfile.tempdir is None:  # it has found none
            reason = "no directory for temporary files can be written"
            raise FileFault("TMPDIR", deed, errno.ENOENT, reason, "set it to one that can") from None
        raise fault_of(error, inside or tempfile.tempdir or "TMPDIR", deed) from None
