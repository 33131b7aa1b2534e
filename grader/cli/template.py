"""`grader template`: a sheet of empty answers, which is read back without any doubt."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli import DONE, Failure

_FORMS = ("md", "tex", "ipynb", "yaml")  # those of `report.sheet`, which is imported when it is needed


@click.command("template")
@click.argument("rubric", type=click.Path(path_type=Path))
@click.option("--to", "form", type=click.Choice(_FORMS), help="Format of the sheet: that of FILE, or else md.")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to a new file.")
@click.pass_context
def command(ctx: click.Context, rubric: Path, form: str | None, out: Path | None) -> None:
    """Print a sheet of empty answers for RUBRIC: a heading for each question, and nothing of the key.

    \b
    grader template homework10.yaml --to ipynb > answers.ipynb

    What is written below a heading answers that question, whatever it is called. The headings must stay as they are.
    """
    from grader.grade import load_rubric
    from grader.report.sheet import sheet

    suffix = out.suffix.lower().removeprefix(".") if out else ""
    text = sheet(load_rubric(rubric).rubric, form or (suffix if suffix in _FORMS else "md"))
    if out is None:
        click.echo(text, nl=False)
        ctx.exit(DONE)
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Failure(f"{out} is there already, and may hold answers: choose another name") from None
    except OSError as error:
        raise Failure(f"cannot write {out}: {(error.strerror or str(error)).lower()}") from None
    ctx.exit(DONE)
