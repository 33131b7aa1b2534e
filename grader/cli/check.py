"""`grader check`: the student's view of one hand-in."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from grader.cli import BUG, DONE, GATE, UNGRADED
from grader.cli.isolation import SANDBOX, load_isolated


@click.command("check")
@click.argument("rubric", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Exit with 1 if an answer is wrong, partly right or missing.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Exit with 1 if less is earned; what is undecided counts as not earned.",
)
@SANDBOX
@click.pass_context
def command(ctx: click.Context, rubric: Path, file: Path, strict: bool, fail_under: float, sandbox: str) -> None:
    """Show how each answer of FILE is read and whether it is right, with hints; never the key."""
    from grader.batch.discover import single
    from grader.batch.run import run, unreadable
    from grader.cli.screen import columns, paint
    from grader.model.results import Status
    from grader.report.numbers import percent
    from grader.report.sections import NOT_YET
    from grader.report.terminal import view

    prepared = load_isolated(rubric, sandbox)
    (graded,) = run(prepared, [single(file)])
    click.echo(view(graded, paint, columns()), nl=False)
    low = percent(graded.score, graded.max) < Fraction(fail_under)
    missed = strict and any(mark.status in NOT_YET for mark in graded.marks)
    endings = ((graded.count(Status.ERROR), BUG), (unreadable(graded), UNGRADED), (low or missed, GATE))
    ctx.exit(next((code for found, code in endings if found), DONE))
