"""`grader compare`: whether two formulas are equal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli import DONE, GATE, Failure


@click.command("compare", context_settings={"ignore_unknown_options": True})  # -1/2 is a formula
@click.argument("gold", required=False)
@click.argument("answer", required=False)
@click.option(
    "--jsonl", type=click.Path(path_type=Path), help="A file of pairs, one JSON object with gold and answer a line."
)
@click.option(
    "--let", "lets", multiple=True, help="What letters stand for, as in 'A, B: symmetric matrix'; may be repeated."
)
@click.option("--latex", "typeset", is_flag=True, help="Show the readings as LaTeX.")
@click.pass_context
def command(
    ctx: click.Context, gold: str | None, answer: str | None, jsonl: Path | None, lets: tuple[str, ...], typeset: bool
) -> None:
    """Say whether ANSWER equals GOLD: equal, different, undecided or unreadable, and why.

    \b
    grader compare 'n(n+1)/2' '\\sum_{i=1}^n i'
    grader compare --let 'A: symmetric matrix' 'A^T' 'A'
    grader compare --jsonl pairs.jsonl

    With --jsonl, prints each line with its verdict, reason, gold_as and answer_as; `"gold_syntax": "sympy"` in a line
    makes E and I constants, `"assume"` says what letters stand for. Exit code 1 if a single pair is not equal.
    """
    if jsonl is not None:
        if gold is not None:
            raise click.UsageError("give either two formulas or --jsonl, not both", ctx)
        for line in _compared(jsonl, "; ".join(lets), typeset):
            click.echo(line)
        ctx.exit(DONE)
    if gold is None or answer is None:
        raise click.UsageError("give two formulas, or a file of pairs with --jsonl", ctx)
    from grader.equality.answers import compare
    from grader.report.clean import clean

    try:
        found = compare(gold, answer, assume="; ".join(lets), typeset=typeset)
    except ValueError as error:
        raise click.UsageError(str(error), ctx) from None
    click.echo(clean(f"{found.verdict}: {found.reason}"))
    for which, shown in (("gold", found.gold_as), ("answer", found.answer_as)):
        if shown:
            click.echo(clean(f"  {which + ' read as':<15} {shown}"))
    ctx.exit(DONE if found.verdict == "equal" else GATE)


def _compared(path: Path, assume: str, typeset: bool) -> list[str]:
    """Each line of a file of pairs with what was found. Raises Failure, naming the line, for what is no pair."""
    from grader.equality.answers import compare

    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path} cannot be read: {error}") from None
    found: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = _pair(path, number, line)
        python, said = row.get("gold_syntax") == "sympy", f"{assume}; {row.get('assume', '')}"
        try:
            verdict, reason, gold_as, answer_as, _ = compare(row["gold"], row["answer"], python, said, typeset)
        except ValueError as error:
            raise Failure(f"{path}:{number}: {error}") from None
        told = row | {"verdict": verdict, "reason": reason, "gold_as": gold_as, "answer_as": answer_as}
        found.append(json.dumps(told, ensure_ascii=False))
    return found


def _pair(path: Path, number: int, line: str) -> dict[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise Failure(f"{path}:{number}: this line is no JSON") from None
    if not (isinstance(row, dict) and isinstance(row.get("gold"), str) and isinstance(row.get("answer"), str)):
        raise Failure(f"{path}:{number}: a pair needs the texts `gold` and `answer`")
    if not isinstance(row.get("assume", ""), str):
        raise Failure(f"{path}:{number}: `assume` is a text such as A: symmetric matrix")
    return row
