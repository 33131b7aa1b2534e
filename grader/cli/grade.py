"""`grader grade`: many hand-ins to a folder of results."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.batch.found import AUTO, PATTERN, Ask
from grader.batch.layouts import LAYOUTS
from grader.cli import BUG, DONE, GATE, UNGRADED, NothingFound
from grader.cli.isolation import SANDBOX, load_isolated
from grader.model.results import GradedSubmission

if TYPE_CHECKING:
    from grader.batch.found import Discovery
    from grader.report.summary import Row

_MOST_LOGS = 5  # tracebacks in one run
_MOST_WAITING = 12  # lines that say what waits for a person


class Tally:
    """What is remembered of a run: a short row of each submission, and what needs a person."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.questions: tuple[str, ...] = ()
        self.unread: list[str] = []
        self.low: list[str] = []
        self.logs: dict[str, None] = {}
        self.waiting: list[tuple[str, str, str]] = []  # submission, question, why
        self.ignored: list[str] = []

    def add(self, graded: GradedSubmission, gate: Fraction) -> None:
        """Counts one; `gate` is a percentage."""
        from grader.batch.run import unreadable
        from grader.report.numbers import percent
        from grader.report.phrases import reviews
        from grader.report.summary import row

        self.rows.append(row(graded))
        self.questions = tuple(mark.id for mark in graded.marks)
        self.logs.update(dict.fromkeys(graded.log))
        self.ignored += graded.ignored
        if len(self.waiting) < _MOST_WAITING:
            self.waiting += [(graded.submission, *pair) for pair in reviews(graded)]
        if unreadable(graded):
            self.unread.append(graded.submission)
        if percent(graded.score, graded.max) < gate:
            self.low.append(graded.submission)

    def left_out(self) -> Iterator[str]:
        """A line on files that are no answers."""
        from grader.cli.arrivals import named

        if self.ignored:
            yield f"No answers, not read: {named(self.ignored)}. They are listed in the results."

    @property
    def failed(self) -> list[str]:
        """Submissions on which the grader itself failed."""
        return [row.submission for row in self.rows if row.error]

    @property
    def code(self) -> int:
        """The exit code; a bug of ours outweighs what could not be read, and that a gate not met."""
        codes = ((self.failed, BUG), (self.unread, UNGRADED), (self.low, GATE))
        return next((code for found, code in codes if found), DONE)


@click.command("grade")
@click.argument("rubric", type=click.Path(path_type=Path))
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    default="results",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of results.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="What to print: a table, or the results as a JSON array.",
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Exit with 1 if any submission earns less; what is undecided counts as not earned.",
)
@click.option(
    "--layout",
    type=click.Choice([AUTO, *LAYOUTS.names]),
    default=AUTO,
    show_default=True,
    metavar="NAME",
    help=f"How a download is laid out: {', '.join(LAYOUTS.names)}; or {AUTO}, if that is certain.",
)
@click.option(
    "--pattern", default="", metavar="REGEX", help="Names of files, with groups student, attempt, late, question."
)
@click.option("--assignment", default="", metavar="NAME", help="Which assignment, where a download holds several.")
@SANDBOX
@click.option("--force", is_flag=True, help="Write even if the folder holds other results.")
@click.pass_context
def command(
    ctx: click.Context,
    rubric: Path,
    submissions: tuple[Path, ...],
    out: Path,
    quiet: bool,
    form: str,
    fail_under: float,
    layout: str,
    pattern: str,
    assignment: str,
    sandbox: str,
    force: bool,
) -> None:
    """Mark SUBMISSIONS (files, folders with one file or folder for each student, or downloads) by RUBRIC.

    \b
    grader grade homework10.yaml submissions/ --out results

    Writes grades.csv, results.jsonl and feedback/ into the folder of results.
    """
    from grader.batch import discover, run, store
    from grader.cli.arrivals import remarks

    prepared = load_isolated(rubric, sandbox)
    ask = _ask(layout, pattern, assignment)
    discovery = discover.discover(submissions, leave_out=(out, rubric), ask=ask)
    for remark in () if quiet else remarks(discovery):
        click.echo(remark, err=True)
    if not discovery.found:
        raise NothingFound(f"nothing to grade in {', '.join(map(str, submissions))}")
    earlier = store.check(out, prepared.rubric.name, force)
    tally, gate = Tally(), Fraction(fail_under)
    if len(discovery.found) > 1:
        gc.freeze()  # the rubric stays; what a hand-in leaves behind is looked for often, and among few things
        gc.set_threshold(50_000, 20, 200)
    with store.opened(out) as add, _progress(len(discovery.found), quiet) as step:
        for graded in run.run(prepared, discovery.found, step):
            add(graded)
            tally.add(graded, gate)
    if not quiet:
        _show(tally, discovery, out, form)
        gone = len(earlier - {found.id for found in discovery.found})
        if gone:
            click.echo(f"No longer in the results: {_count(gone, 'submission')} of an earlier run.", err=True)
    _complain(tally, fail_under)
    ctx.exit(tally.code)


def _ask(layout: str, pattern: str, assignment: str) -> Ask:
    """What was asked for. A pattern is a layout of its own, and is checked before anything is read."""
    if pattern and layout not in (AUTO, PATTERN):
        raise click.UsageError(f"--pattern describes a layout of its own; leave out --layout {layout}.")
    if pattern or layout == PATTERN:
        from grader.batch.layouts.pattern import compiled

        compiled(pattern)
        return Ask(PATTERN, pattern)
    return Ask(layout, "", assignment)


@contextmanager
def _progress(count: int, quiet: bool) -> Iterator[Callable[[], None]]:
    from grader.cli.screen import is_terminal

    if quiet or not is_terminal(sys.stderr):
        yield lambda: None
        return
    with click.progressbar(length=count, label="Grading", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _show(tally: Tally, discovery: Discovery, out: Path, form: str) -> None:
    """With JSON on stdout, the sentences for people go to stderr."""
    from grader.batch.store import FEEDBACK, GRADES, RESULTS
    from grader.cli.arrivals import attempts
    from grader.cli.screen import show_table

    if form == "json":
        _show_json(out / RESULTS)
    else:
        show_table(tally.rows, tally.questions)
    aside = form == "json"
    count = sum(row.review + row.error for row in tally.rows)
    hand_ins = sum(bool(row.review or row.error) for row in tally.rows)
    text = f"{_count(count, 'question')} in {_count(hand_ins, 'submission')}" if count else "nothing"
    click.echo(f"\nNeeds a person: {text}.", err=aside)
    for line in (*_waiting(tally, count), *attempts(discovery.found), *tally.left_out()):
        click.echo(line, err=aside)
    click.echo(f"Results: {out / GRADES}, {out / RESULTS}. Feedback: {out / FEEDBACK}.", err=aside)


def _waiting(tally: Tally, count: int) -> Iterator[str]:
    """The first questions that wait, with the reason in the instructor's words."""
    from grader.report.clean import one_line

    shown = [(one_line(id, 40), one_line(question), why) for id, question, why in tally.waiting[:_MOST_WAITING]]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for id, question, why in shown:
        yield f"  {id:<{widths[0]}}  {question:<{widths[1]}}  {one_line(why, 120)}"
    if count > len(shown):
        yield f"  and {count - len(shown)} more; their status in the results is `review` or `error`"


def _show_json(results: Path) -> None:
    with results.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines):
            click.echo((",\n" if number else "[\n") + line.rstrip("\n"), nl=False)
    click.echo("\n]")


def _complain(tally: Tally, gate: float) -> None:
    from grader.cli.arrivals import named
    from grader.report.clean import clean

    for log in list(tally.logs)[:_MOST_LOGS]:
        click.echo(clean(log).rstrip("\n"), err=True)
    if tally.failed:
        click.echo(f"The grader itself failed (a bug of ours, please report it): {named(tally.failed)}.", err=True)
    if tally.unread:
        click.echo(f"Could not be read: {named(tally.unread)}.", err=True)
    if tally.low:
        click.echo(f"Below {gate:g} percent: {named(tally.low)}.", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
