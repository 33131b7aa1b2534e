"""What is said of hand-ins before their marks: how they were found, which attempts count, which were late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.batch.found import Discovery, Found
from grader.report.clean import one_line

_MOST_NAMED = 5  # names in one sentence


def named(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(map(one_line, names[:_MOST_NAMED])) + more


def remarks(discovery: Discovery) -> Iterator[str]:
    """How folders were read, and what of them is no hand-in or does not look like one."""
    for path, layout in discovery.layouts:
        yield f"Read as {layout}: {one_line(str(path))}."
    if discovery.unplaced:
        yield f"Not named as the others are, so each by itself: {named([str(path) for path in discovery.unplaced])}."
    if discovery.skipped:
        yield f"Skipped {named([str(path) for path in discovery.skipped])}."


def attempts(found: Sequence[Found]) -> Iterator[str]:
    """Every student with several attempts, and every late one: nobody is left out of these lists."""
    several = [one for one in found if one.hand_in and len(one.hand_in.attempts) > 1]
    if several:
        yield "Several attempts; the last one counts:"
        yield from (f"  {one_line(one.id, 40)}: {_labels(one)}" for one in several)
    late = [one_line(one.id, 40) for one in found if one.hand_in and one.hand_in.late]
    if late:
        yield f"Late: {', '.join(late)}."


def _labels(one: Found) -> str:
    labels = [attempt.label or "(first)" for attempt in one.hand_in.attempts] if one.hand_in else []
    return ", ".join(one_line(label, 40) for label in labels)
