"""`grader completion`: the script that teaches a shell our commands."""

from __future__ import annotations

import click

from grader.cli import main

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> None:
    """Print a completion script for SHELL.

    \b
    grader completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    assert completion is not None  # click has these three since 8.0
    click.echo(completion(main, {}, "grader", "_GRADER_COMPLETE").source())
