"""What a cell printed for parts that its comments name, where nobody knows which line is whose: of no part above."""

from __future__ import annotations

from collections.abc import Sequence

from grader.locate.assign import Cut
from grader.locate.printed import labels_in_comments
from grader.model.documents import Document


def with_unsure(document: Document, cuts: Sequence[Cut], questions: Sequence[str]) -> list[Cut]:
    """The cuts, and one of nobody where an output begins that may answer other parts than the one above it.

    "**b)** see above", and in the next cell `# c`, `for ..: print(..)`: what it prints is no answer to b.
    """
    if not any(block.info.startswith("cell ") for block in document.blocks):
        return list(cuts)
    found = list(cuts)
    begun = {cut.block for cut in cuts}
    claimed = {cut.question for cut in cuts}
    for number, cell in enumerate(document.blocks[:-1]):
        output = document.blocks[number + 1]
        if not cell.info.startswith("cell ") or not output.info.startswith("output") or number + 1 in begun:
            continue
        above = next((cut for cut in reversed(cuts) if cut.block <= number), None)
        if above is None or not above.question:
            continue
        paths = labels_in_comments(cell.text)
        named = ["".join(path) if len(path) > 1 else above.question[:-1] + path[0] for path in paths]
        if named and claimed.isdisjoint(named) and set(named) <= set(questions):
            found.append(Cut(number + 1, 0, 0, "", parts=True, among=tuple(named)))
    return sorted(found, key=lambda cut: (cut.block, cut.at))
