"""`grader schema`: what an editor needs to help with a rubric."""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of rubrics.

    \b
    grader schema > grader.schema.json

    and, as the first line of a rubric: # yaml-language-server: $schema=grader.schema.json
    """
    import json

    from grader.kinds import vocabulary
    from grader.rubric.schema import json_schema

    click.echo(json.dumps(json_schema(vocabulary()), indent=2, ensure_ascii=False))
