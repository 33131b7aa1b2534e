"""`python -m grader` is `grader`."""

from __future__ import annotations

import gc


def main() -> None:
    """The entry point of the program."""
    gc.set_threshold(200_000, 20, 20)  # start-up makes many objects and almost no garbage, from the first import on
    from grader.cli import run

    run()


if __name__ == "__main__":
    main()
