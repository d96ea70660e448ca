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
        if not splash.stands() and list(words) not in (["--version"], ["-V"]):
            from cotui.cli.signals import end_in_order

            end_in_order()
        from cotui.cli import out
        from cotui.cli.quiet import tell_no_values
        from cotui.safety.core_dumps import leave_no_core

        leave_no_core()
        tell_no_values()
        out.begin()
        code = main(words)
    except KeyboardInterrupt:
        code = 130  # as `Exit` has it, which may not be loaded yet
    finally:
        # whatever went wrong, Python tells of it after this
        splash.end()
    # The interpreter would take apart what was loaded, object by object, which takes longer than to say good-bye, and
    # tells of whatever goes wrong there. Nothing is lost: when a command ends asyncio has joined its threads, the
    # account is closed, state and audit file are written and synced, the output is flushed; and what registered with
    # atexit is called here.
    import atexit

    atexit._run_exitfuncs()
    os._exit(code)


def main(words: Sequence[str]) -> int:
    """Run a command line and return its exit code. What is expected to go wrong is told on stderr."""
    from cotui.cli import out

    try:
        code = _told(words)
        out.finish()
    except out.OutputError as error:
        from cotui.cli.exits import Exit

        out.drop()
        if error.gone:
            return Exit.PIPE
        return _fail(f"the output could not be written: {error}", Exit.OUTPUT)
    except KeyboardInterrupt:
        from cotui.cli.exits import Exit

        out.drop()
        return Exit.INTERRUPTED
    return code


def _told(words: Sequence[str]) -> int:
    """Run a command line; what goes wrong, but for the output itself, is told."""
    if list(words) in (["--version"], ["-V"]):
        return _version()
    from cotui.cli import out
    from cotui.cli.exits import CommandError, Exit

    try:
        return _run(words)
    except out.OutputError:
        raise
    except CommandError as error:
        return _fail(str(error), error.code)
    except SystemExit as exit_:
        # argparse has printed its help or its complaint
        return exit_.code if isinstance(exit_.code, int) else Exit.USAGE
    except Exception as error:  # noqa: BLE001 - whatever it is, no command ends in a traceback
        from cotui.cli.fault_report import report

        return _fail(report(error, os.environ), Exit.FAULT)


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
                from cotui.cli.quiet import keep_no_records

                keep_no_records()
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
                from cotui.cli.quiet import keep_no_records

                keep_no_records()
                return run_data_command(command, rest)
    except (SettingsError, FileFault) as error:
        return _fail(str(error), Exit.CONFIG)


def _version(*, verbose: bool = False, driver: str = "") -> int:
    from cotui import __version__
    from cotui.cli import out

    out.line(f"cotui {__version__}")
    if verbose:
        from cotui.cli.version import circumstances

        for name, value in circumstances(driver):
            out.line(f"{name}: {value}")
    return 0


def _fail(message: str, code: Exit) -> int:
    from cotui.cli import out

    splash.end()  # what is said stays on the normal screen
    out.say(message)
    return code
