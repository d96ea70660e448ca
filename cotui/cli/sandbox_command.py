"""`cotui sandbox`: the local ChargeOver over real HTTP."""

from __future__ import annotations

from collections.abc import Sequence


def serve(words: Sequence[str]) -> int:
    """Serve until interrupted; returns the exit code."""
    from argparse import ArgumentParser

    from cotui.sandbox.options import add_arguments

    parser = ArgumentParser(
        prog="cotui sandbox",
        description="Serve a local ChargeOver over HTTP. Prints one line of JSON when it is ready.",
        allow_abbrev=False,
    )
    add_arguments(parser)
    options = parser.parse_args(words)

    from cotui.sandbox.serve import run

    return run(options)
