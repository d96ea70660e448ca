"""What a program that dies leaves of its memory: nothing."""

from __future__ import annotations


def leave_no_core() -> None:
    """Have the system write no core dump of this process, nor of those it starts: passwords would be in it.

    One byte, not none: where a program of the system's takes dumps, it gets them for a limit of zero too, but not for
    this one (core(5)). Never raises.
    """
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        least = 1 if most == resource.RLIM_INFINITY else min(1, most)
        resource.setrlimit(resource.RLIMIT_CORE, (least, most))
    except (ImportError, OSError, ValueError):
        return  # not a Unix; or a system that lets nobody change it
