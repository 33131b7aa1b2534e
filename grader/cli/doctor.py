"""`grader doctor`: how students' code would be isolated here, and the proof that it is."""

from __future__ import annotations

import click

from grader.cli import DONE, GATE


@click.command("doctor")
@click.option("--backend", default="auto", show_default=True, metavar="NAME", help="The way to isolate to look at.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what does not hold.")
@click.pass_context
def command(ctx: click.Context, backend: str, quiet: bool) -> None:
    """Say how students' code is isolated on this machine, and prove it.

    \b
    grader doctor
    grader doctor --backend bubblewrap

    The exit code is 0 if every probe holds, 1 if one does not or nothing here can isolate.
    """
    from grader.model.errors import UsageError
    from grader.report.clean import one_line
    from grader.sandbox.backends import BACKENDS, UNSAFE
    from grader.sandbox.probes import prove
    from grader.sandbox.running import AUTO, choose

    if backend not in (AUTO, *BACKENDS.names):
        raise UsageError(f"there is no way to isolate called {backend!r}; there are {', '.join(BACKENDS.names)}")
    try:
        chosen = choose(backend)
    except UsageError as error:
        click.echo(one_line(str(error), 600), err=True)
        ctx.exit(GATE)
    if chosen.name == UNSAFE:
        click.echo(
            "NOT ISOLATED: this way runs students' code with all your rights; nothing is tried with it.", err=True
        )
        ctx.exit(GATE)
    if not quiet:
        click.echo(f"{chosen.name}: {chosen.doc}")
        for sentence in chosen.protects:
            click.echo(f"  {sentence}")
    failed = count = 0
    for result in prove(chosen.name):
        count, failed = count + 1, failed + (not result.held)
        if not (quiet and result.held):
            tail = "" if result.held else f": {one_line(result.found, 120)}"
            verdict = "ok  " if result.held else "FAIL"
            click.echo(f"{verdict}  {result.probe.name}: {result.probe.what}{tail}")
    if failed or not quiet:
        click.echo(f"{count - failed} of {count} probes held")
    ctx.exit(GATE if failed else DONE)
