"""The option that says how students' code is isolated, and what is said before any of it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from grader.model.patterns import postponed

SANDBOX = click.option(
    "--sandbox",
    default="auto",
    show_default=True,
    metavar="NAME",
    help="How students' code is isolated, where a rubric asks for code; see doctor. `none` isolates nothing.",
)


def load_isolated(rubric: Path, sandbox: str) -> Any:
    """A rubric, ready to grade with; where it asks for code, that can be isolated, or it is loud that it is not.

    UsageError, with a sentence that says what to install, if nothing here can isolate.
    """
    with postponed():
        from grader.grade import load_rubric, runs_code

    if sandbox == "none":
        import warnings

        warnings.filterwarnings("ignore", message="backend `none`")  # said once, and loudly, in the next line
        click.echo(
            click.style("NOT ISOLATED: ", fg="red", bold=True)
            + "students' code runs with all your rights: it can read, change and send all that you can.",
            err=True,
        )
    prepared = load_rubric(rubric, sandbox)
    if runs_code(prepared):
        from grader.sandbox.running import choose

        choose(sandbox)
    return prepared
