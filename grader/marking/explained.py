"""An answer that is given first and explained behind a word for that: "1820. Explanation: W has 1800 entries"."""

from __future__ import annotations

from grader.model.answers import Answer
from grader.model.documents import Block, Run, Span
from grader.model.patterns import later

_WORD = later(
    r"(?:\A|(?<=[\s.;:!)\]}$*]))[(*_]{0,3}(?:explanations?|explained|reason(?:ing|s)?|justification|derivation|details"
    r"|begründung|erklärung|explication|explicación|说明|解释)[*_]{0,3}\s?[:：]",
    2,  # re.IGNORECASE
)
_MAY = ("xpla", "eason", "ustifica", "erivation", "etails", "egründung", "rklärung", "xplic", "说明", "解释")


def before_explanation(answer: Answer) -> Answer | None:
    """The answer without its explanation; None if nothing of the kind stands behind it."""
    whole = answer.text
    if not any([word in whole for word in _MAY]):
        return None
    for number, block in enumerate(answer.blocks):
        text = block.text
        found = _WORD.search(text)
        if found is None:
            continue
        head = (*answer.blocks[:number], _until(block, found.start()))
        if any(one.text.strip() for one in head) and answer.text.strip() != text[: found.start()].strip():
            return answer._replace(blocks=tuple(one for one in head if one.text.strip()), rivals=())
        return None
    return None


def _until(block: Block, at: int) -> Block:
    runs: list[Run] = []
    start = 0
    for run in block.runs:
        left = at - start
        if left <= 0:
            break
        start += len(run.text)
        cut = run.text[:left]
        runs.append(
            run if cut == run.text else run._replace(text=cut, span=Span(run.span.start, run.span.start + left))
        )
    span = Span(block.span.start, max((run.span.stop for run in runs), default=block.span.start))
    return block._replace(runs=tuple(runs), span=span)
