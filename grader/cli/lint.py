"""`grader lint`: a rubric and its own examples."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli import DONE, GATE
from grader.cli.isolation import SANDBOX, load_isolated


@click.command("lint")
@click.argument("rubric", type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Print only what fails.")
@SANDBOX
@click.pass_context
def command(ctx: click.Context, rubric: Path, quiet: bool, sandbox: str) -> None:
    """Check RUBRIC: its examples come out as said, the reference earns full marks, a blank earns none."""
    from grader.grade import lint
    from grader.report.clean import one_line
    from grader.report.sentences import explain

    results = lint(load_isolated(rubric, sandbox))
    failed = [result for result in results if not result.ok]
    for result in results:
        if not (quiet and result.ok):
            tail = f": {one_line(result.message)}" if result.message else ""
            verdict = "ok  " if result.ok else "FAIL"
            tail += "".join(f" | {one_line(explain(reason, 'instructor'))}" for reason in dict.fromkeys(result.reasons))
            click.echo(f"{verdict}  {one_line(result.id)}  {one_line(result.what)}{tail}")
    if failed or not quiet:
        click.echo(f"{rubric}: {len(results) - len(failed)} of {len(results)} checks passed")
    ctx.exit(GATE if failed else DONE)
