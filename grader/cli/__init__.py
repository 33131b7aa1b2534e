"""The commands and what their endings mean; a command's own file is imported only when it is called."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from importlib import import_module
from types import TracebackType

import click

from grader.cli.output import outlive_reader
from grader.version import VERSION

COMMANDS = {
    "grade": "Mark hand-ins; write grades, results and feedback.",
    "check": "Show how one hand-in is read and marked, without the key.",
    "echo": "Show how a file is read: questions, answers, readings.",
    "template": "Print a sheet of empty answers for a rubric.",
    "lint": "Check a rubric and run its own examples.",
    "compare": "Say whether two formulas are equal.",
    "doctor": "Say how students' code is isolated, and prove it.",
    "schema": "Print the JSON Schema of rubrics, for editors.",
    "completion": "Print a completion script for a shell.",
}
DONE, GATE, USAGE, BUG, UNGRADED, NOTHING, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


class Failure(click.ClickException):
    """A sentence on stderr and an exit code."""

    exit_code = USAGE

    def show(self, file: object = None) -> None:
        from grader.report.clean import clean

        click.echo(clean(self.message), err=True)


class NothingFound(Failure):
    """There is nothing to grade."""

    exit_code = NOTHING


class Interrupted(Failure):
    """Somebody pressed Ctrl-C."""

    exit_code = INTERRUPTED


class Commands(click.Group):
    """The commands of the table above. The table also makes the help, so that help imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"grader.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command {name!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        from grader.model.errors import GraderError

        try:
            return super().invoke(ctx)
        except GraderError as error:
            raise Failure(str(error)) from error
        except KeyboardInterrupt:
            raise Interrupted("interrupted; results of earlier runs are as they were") from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", prog_name="grader", message="%(prog)s %(version)s")
def main() -> None:
    """Marks quantitative homework against a rubric, and says why.

    \b
    grader grade rubric.yaml submissions/ --out results
    grader check rubric.yaml my-answers.md

    Exit codes: 0 done, 1 a gate asked for was not met, 2 wrong usage or a faulty rubric, 3 a bug of ours,
    4 some hand-ins could not be read, 5 nothing found, 130 interrupted.
    """


def run() -> None:
    """Runs a command and ends the process."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a terminal that is not UTF-8 shows "\u2211", it does not end the run
            reconfigure(errors="backslashreplace")
    outlive_reader()
    sys.excepthook = crash
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # arrays are small here: threads cost more than they gain
    try:
        main(prog_name="grader")
    except SystemExit as end:
        leave(end)


def leave(end: SystemExit) -> None:
    """Ends at once: taking a process apart, object by object, takes a tenth of its time and serves nobody."""
    if end.code is None or isinstance(end.code, int):
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code or DONE)
    raise end


def crash(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw ends with exit code 3, which Python alone cannot be told."""
    import traceback

    if isinstance(value, OSError) and value.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        with suppress(OSError):
            click.echo(f"the output could not be written ({value.strerror}); free some space and run again", err=True)
        os._exit(UNGRADED)
    with suppress(OSError):
        click.echo("grader itself failed, which is a bug; please report it with these lines:", err=True)
        traceback.print_exception(kind, value, trace)
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(BUG)
