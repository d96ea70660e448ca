"""`cotui sandbox`: the local ChargeOver over real HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from cotui.cli import out
from cotui.cli.exits import Exit


def serve(words: Sequence[str]) -> int:
    """Serve until interrupted; returns the exit code."""
    from cotui.cli.parser import Parser
    from cotui.sandbox.http.server.options import add_arguments

    parser = Parser(
        prog="cotui sandbox",
        description="Serve a local ChargeOver over HTTP. Prints one line of JSON when it is ready.",
    )
    add_arguments(parser)
    options = parser.parse_args(words)

    from cotui.sandbox.http.server.serve import ServeError, run

    def announce(line: str) -> None:
        out.data(f"{line}\n")
        out.flush()

    def warn(text: str) -> None:
        out.note(f"cotui sandbox: {text}")

    try:
        run(options, announce, warn, out.message_file())
    except ServeError as error:
        warn(str(error))
        return Exit.USAGE
    return Exit.OK
