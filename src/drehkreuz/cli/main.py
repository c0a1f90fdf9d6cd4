# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where the command line begins, and what it says when something is wrong."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from typing import Final

import click

from drehkreuz import __version__
from drehkreuz.cli.output import examples, speaks
from drehkreuz.cli.verbs import LazyVerbGroup
from drehkreuz.errors import DrehkreuzError, shorten

REFUSED: Final = 2  # bad input, or a command line that cannot be understood
FAULT: Final = 70  # EX_SOFTWARE of sysexits.h: a fault of the software
STOPPED: Final = 130  # 128 + SIGINT, as shells count

DEBUG: Final = "DREHKREUZ_DEBUG"


@click.group(
    cls=LazyVerbGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "drehkreuz region new village          make the region that comes with the software",
        "drehkreuz region show village         see what it holds",
        "drehkreuz paths village --person me.toml",
    ),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@speaks
def drehkreuz() -> None:
    """
    Find the work that people can do, can learn and can reach, and what keeps a region's people and work apart.

    Messages about input go to stderr, one line with file, row, value and remedy, and end with exit code 2.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 findings, 2 bad input, 70 fault of the software, 130 stopped."""
    _forgive_letters()
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _warn
            code = drehkreuz.main(arguments, prog_name="drehkreuz", standalone_mode=False)
    except DrehkreuzError as error:
        code = _say(str(error), REFUSED)
    except click.UsageError as error:
        code = _say(_usage(error), REFUSED)
    except click.ClickException as error:
        code = _say(error.format_message(), REFUSED)
    except (click.Abort, KeyboardInterrupt):
        code = _say("stopped; nothing was changed", STOPPED)
    except BrokenPipeError:  # who read the output has seen enough
        code = _silence()
    except OSError as error:  # a disk that is full, a name that is too long: nothing the software can mend
        code = _say(_system(error), REFUSED)
    except Exception as error:  # the last line of defence: no traceback meets a user
        if os.environ.get(DEBUG):
            raise
        code = _say(_fault(error), FAULT)
    sys.exit(code if isinstance(code, int) else 0)


def _forgive_letters() -> None:
    """Have a terminal that lacks a letter show another in its place."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _say(sentence: str, code: int) -> int:
    click.echo(f"drehkreuz: {' '.join(sentence.splitlines())}", err=True)
    return code


def _warn(message: Warning | str, *_place: object, **_more: object) -> None:
    """Show a warning as one line, without the place in the source that Python names."""
    _say(str(message), 0)


def _usage(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "drehkreuz"
    message = error.format_message().rstrip(".")
    return f"{message}{'' if message.endswith('?') else '.'} See {path} --help."


def _system(error: OSError) -> str:
    where = f"{shorten(error.filename)}: " if error.filename else ""
    return f"{where}{error.strerror or error}. Check the path, the free space and your rights, then try again."


def _silence() -> int:
    """Let nothing be flushed into a pipe that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _fault(error: Exception) -> str:
    what = f"{type(error).__name__}: {shorten(error, 200)}"
    return (
        f"a fault of the software, not of your input ({what}). Please report this line and the command to where you "
        f"have drehkreuz from; {DEBUG}=1 shows the traceback."
    )
