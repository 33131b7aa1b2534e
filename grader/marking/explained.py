"""An answer that is given first and explained behind a word for that: "1820. Explanation: W has 1800 entries"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.marking.attempts import taken_back
from grader.marking.cuts import since, starts, until
from grader.marking.second_thoughts import thought_again
from grader.model.answers import Answer
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedPart

_WORD = later(
    r"(?:\A|(?<=[\s.;:!)\]}$*]))[(*_]{0,3}(?:explanations?|explained|reason(?:ing|s)?|justification|derivation|details"
    r"|(?:my )?workings?|rechnung|rechenweg|calculations?"
    r"|begründung|erklärung|explication|explicación|说明|解释)[*_]{0,3}\s?[:：]",
    re.IGNORECASE,
)
_MAY = (
    "orking",
    "echnung",
    "echenweg",
    "alculation",
    "xpla",
    "eason",
    "ustifica",
    "erivation",
    "etails",
    "egründung",
    "rklärung",
    "xplic",
    "说明",
    "解释",
)


class Explained(NamedTuple):
    """An answer without its explanation, and the explanation alone."""

    head: Answer
    tail: Answer
    leads: bool = False  # set in bold before its explanation, which then is none of it
    unsure: bool = False  # set in bold, but what follows may change it


def without_explanation(answer: Answer) -> Explained | None:
    """An answer and what explains it; None if nothing says that it does."""
    return _by_column(answer) or _by_word(answer) or _by_weight(answer)


def concludes(explanation: Answer, in_words: bool = False) -> bool:
    """Whether an explanation ends in a value of its own, "Explanation: it is 13"; `in_words`: an equation is none."""
    text = explanation.text
    return says_conclusion(text.replace("=", " ") if in_words else text)


def says_otherwise(prepared: PreparedPart, explanation: Answer, mark: Mark, leads: bool = False) -> bool:
    """Whether an explanation is another answer by itself: "10 and 20. Explanation: 20 go in, 10 come out".

    Where words are the answer, those of an explanation are no others.
    """
    worded = prepared.kind is not None and prepared.kind.own_words(prepared.expected)
    if worded or taken_back(f"; {explanation.text.strip()}"):
        return True
    if mark.status is Status.PARTIAL and any(part.status is Status.BLANK for part in mark.parts):
        return False
    return mark.status in (Status.WRONG, Status.PARTIAL) and (bool(prepared.parts) or concludes(explanation, leads))


def says_conclusion(text: str) -> bool:
    """Whether words end in a value of their own, "so it is 13"."""
    return _CONCLUDES.search(text) is not None


_CONCLUDES = later(
    r"(?:\b(?:it is|it['’]s|its(?=\s*[-−$\d(])|so|thus"
    r"|hence|therefore|(?:answer|result|value|total) is|(?:we|i) (?:get|have)|gives|that is"
    r"|es ist|also|daher|ergibt)\b|=)[^.;=]{0,20}?\d[^=;]{0,20}\Z",
    re.IGNORECASE,
)


def _by_word(answer: Answer) -> Explained | None:
    whole = answer.text
    if not any([word in whole for word in _MAY]):
        return None
    for number, block in enumerate(answer.blocks):
        text = block.text
        found = _WORD.search(text)
        if found is None:
            continue
        head = (*answer.blocks[:number], until(block, found.start()))
        if any(one.text.strip() for one in head) and answer.text.strip() != text[: found.start()].strip():
            tail = (since(block, found.end()), *answer.blocks[number + 1 :])
            return Explained(_only(answer, head), _only(answer, tail))
        return None
    return None


def _only(answer: Answer, blocks: Iterable[Block]) -> Answer:
    return answer._replace(blocks=tuple(one for one in blocks if one.text.strip()), rivals=())


def _by_weight(answer: Answer) -> Explained | None:
    """An answer in bold that opens a paragraph, "**The interval is [1, 2].** The standard error is 0.8"."""
    block = next((one for one in answer.blocks if one.text.strip()), None)
    if block is None or block is not answer.blocks[0] or block.kind == "row":
        return None
    stop, weighty = 0, False
    for at, run in starts(block):
        if "strong" not in run.marks and (run.text.strip() or run.kind == "cell"):
            break
        weighty = weighty or ("strong" in run.marks and (run.kind == "math" or _SAYS.search(run.text) is not None))
        stop = at + len(run.text) if "strong" in run.marks else stop
    if not until(block, stop).text.rstrip().endswith(".") and block.text[stop : stop + 1] == ".":
        stop += 1  # "**2x exp(x^2)**. The inner function is"
    head, tail = until(block, stop), since(block, stop)
    if not weighty or not head.text.rstrip().endswith(".") or not _OPENS.match(tail.text) or _STEP.match(head.text):
        return None
    told = Explained(_only(answer, [head]), _only(answer, [tail, *answer.blocks[1:]]), leads=True)
    return told._replace(leads=False, unsure=True) if _comes_back(told.head.text, told.tail.text) else told


def _comes_back(head: str, tail: str) -> bool:
    """Whether what follows an answer in bold may change it: it turns, hedges, or speaks of the same thing again."""
    said = {word for word in _CONTENT.findall(head.casefold()) if not word.startswith("\\")}
    again = said & set(_CONTENT.findall(tail.casefold()))
    name = head.partition("=")[0].strip(" $\n") if "=" in head else ""
    bare = re.sub(r"\(.*\)", "", name)
    renamed = bool(bare) and re.search(rf"(?<![\w\\]){re.escape(bare)}(?:\([^()]*\))?\s*(?:=|\bis\b)", tail) is not None
    return bool(again) or renamed or _CHANGES.search(tail) is not None or bool(thought_again(head, tail))


_CONTENT = later(r"\\?[^\W\d_]{4,}")
_CHANGES = later(
    r"\b(?:not?|never|actually|wait|wrong|sure|could|should|would|might|may|maybe|perhaps|instead|rather|but|however|or|if"
    r"|correct\w*|twice|half|double|only|otherwise|except|unless|mistake|sorry|better|although|still|it goes|it is)\b"
    r"|n['’]t\b|\bfor \$?\d+\s*\\?%|\?",
    re.IGNORECASE,
)


_SAYS = later(r"[=<>≤≥∈^]|\d|[a-z]\s?\(|[(\[]\s*[-−]?\d|\b(?:is|are|from|for|yes|no|true|false)\b[^.]*", re.IGNORECASE)
_OPENS = later(r"\s+(?:[A-Z]|I\b)")
_STEP = later(
    r"\W*(?:step|part|case|problem|question|task|exercise|claim|proof|schritt|teil|aufgabe|note|hint|given)\b", re.I
)


_HOW = later(
    r"\W*(?:how(?: (?:so|i got it|i did it))?|why|workings?|explanations?|reason(?:ing|s)?|justification|derivation"
    r"|calculation|rechnung|rechenweg|begründung|erklärung|explication|explicación)\W*",
    re.IGNORECASE,
)


def _by_column(answer: Answer) -> Explained | None:
    """An answer in a table whose last column says how it was found, "| 5133600 | 46*62*20 outputs times 90 |"."""
    row = answer.blocks[0] if len(answer.blocks) == 1 and answer.blocks[0].kind == "row" else None
    if row is None:
        return None
    number = next((n for n, block in enumerate(answer.document.blocks) if _holds(block, row)), 0)
    head = number
    while head > 0 and answer.document.blocks[head - 1].kind == "row":
        head -= 1
    titles = _cells(answer.document.blocks[head])
    if head == number or len(titles) < _FEWEST_COLUMNS or not _HOW.fullmatch(titles[-1]):
        return None
    ends = [at for at, run in starts(row) if run.kind == "cell"]
    last = ends[-2] if len(ends) > 1 and not _behind(row, ends[-1]) else ends[-1] if ends else 0
    first, told = until(row, last), since(row, last)
    if not first.text.strip() or not told.text.strip() or _TAKES_BACK.search(told.text):
        return None
    return Explained(_only(answer, [first]), _only(answer, [told]))


_TAKES_BACK = later(r"\b(?:no|not|wrong|actually|wait|correct\w*|instead|or|should|maybe|perhaps|nein|falsch)\b", re.I)


_FEWEST_COLUMNS = 3  # the label, the answer, and how


def _holds(block: Block, row: Block) -> bool:
    return block.kind == "row" and block.span.start <= row.span.start and row.span.stop <= block.span.stop


def _cells(block: Block) -> list[str]:
    cells = [""]
    for run in block.runs:
        if run.kind == "cell":
            cells.append("")
        else:
            cells[-1] += run.text
    return cells if cells[-1].strip() else cells[:-1]


def _behind(block: Block, at: int) -> str:
    return "".join(run.text for start, run in starts(block) if start >= at).strip()
