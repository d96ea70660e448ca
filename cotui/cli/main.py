"""The `cotui` command: decides what to open, and imports nothing heavy until it knows."""

from __future__ import annotations

import os
import sys

from cotui.cli import splash

TYPE_CHECKING = False  # `typing`, `enum` and the like are loaded when the splash is on the screen
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cotui.cli.exits import Exit


def entry() -> None:
    """The console script."""
    words = sys.argv[1:]
    try:
        splash.show(words)
        code = _run_and_flush(words)
    finally:
        # whatever went wrong, Python tells of it after this
        splash.end()
    if splash.opens_screens(words):
        # The interpreter would take apart what was loaded, object by object, which takes longer than to say good-bye.
        # Nothing is lost: when the app ends asyncio has joined its threads, the account is closed, state and audit
        # file are written and synced; the output is flushed; and what registered with atexit is called here.
        import atexit

        atexit._run_exitfuncs()
        os._exit(code)
    sys.exit(code)


def _run_and_flush(words: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        # a name that the terminal's encoding lacks must not end the program
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = main(words)
    from cotui.cli.exits import Exit

    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = Exit.PIPE
    if code == Exit.PIPE:
        _forget_stdout()
    return code


def main(words: Sequence[str]) -> int:
    """Run a command line and return its exit code. What is expected to go wrong is told on stderr."""
    if list(words) in (["--version"], ["-V"]):
        return _version()
    from cotui.cli.exits import CommandError, Exit

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
    from cotui.cli.exits import Exit
    from cotui.safety.faults import FileFault
    from cotui.settings.problems import SettingsError

    command, rest = split_command(words)
    try:
        match command:
            case "":
                options = screen_options(rest)
                if options.version:
                    return _version(verbose=options.verbose, driver=options.driver)
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
    except (SettingsError, FileFault) as error:
        return _fail(str(error), Exit.CONFIG)


def _version(*, verbose: bool = False, driver: str = "") -> int:
    from cotui import __version__

    print(f"cotui {__version__}")
    if verbose:
        from cotui.cli.version import circumstances

        for name, value in circumstances(driver):
            print(f"{name}: {value}")
    return 0


def _fail(message: str, code: Exit) -> int:
    shown = "".join(
        character if character.isprintable() or character == "\n" else "�" for character in message
    )
    splash.end()  # what is said stays on the normal screen
    print(f"cotui: {shown}", file=sys.stderr)
    return code


def _forget_stdout() -> None:
    """Keep the interpreter from complaining about the closed pipe while it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
