"""The `cotui` command: decides what to open, and imports nothing heavy until it knows."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cotui.cli.exits import CommandError, Exit


def entry() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        # a name that the terminal's encoding lacks must not end the program
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = Exit.PIPE
    if code == Exit.PIPE:
        _forget_stdout()
    sys.exit(code)


def main(words: Sequence[str]) -> int:
    """Run a command line and return its exit code. What is expected to go wrong is told on stderr."""
    if list(words) in (["--version"], ["-V"]):
        return _version()
    try:
        return _run(words)
    except CommandError as error:
        return _fail(str(error), error.code)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return Exit.PIPE
    except SystemExit as exit_:
        # argparse has printed its help or its complaint
        return exit_.code if isinstance(exit_.code, int) else Exit.USAGE


def _run(words: Sequence[str]) -> int:
    from cotui.cli.arguments import screen_options, split_command
    from cotui.settings.problems import SettingsError

    command, rest = split_command(words)
    try:
        match command:
            case "":
                options = screen_options(rest)
                if options.version:
                    return _version()
                from cotui.cli.launch import open_screens

                return open_screens(options)
            case "sandbox":
                from cotui.cli.sandbox_command import serve

                return serve(rest)
            case "audit":
                from cotui.cli.audit_command import show_audit

                return show_audit(rest)
            case "config":
                from cotui.cli.config_command import configure

                return configure(rest)
            case _:
                from cotui.cli.data_command import run_data_command

                return run_data_command(command, rest)
    except SettingsError as error:
        return _fail(str(error), Exit.CONFIG)


def _version() -> int:
    from cotui import __version__

    print(f"cotui {__version__}")
    return Exit.OK


def _fail(message: str, code: Exit) -> int:
    shown = "".join(
        character if character.isprintable() or character == "\n" else "�" for character in message
    )
    print(f"cotui: {shown}", file=sys.stderr)
    return code


def _forget_stdout() -> None:
    """Keep the interpreter from complaining about the closed pipe while it shuts down."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
