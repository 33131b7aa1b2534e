"""A choice among given options: by letter, by the option's words, or yes and no."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.kinds._choice_adjectives import without_adjectives
from grader.kinds._choice_doubts import hedged, opens_sentence
from grader.kinds._choice_opposites import claims_of, concluded, little_of, with_opposites
from grader.kinds._choice_said import letter_said, without_longer
from grader.kinds._inflections import with_inflections
from grader.kinds.kind import Example, Kind, Setup, View, mistake, remark
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Reason, Status
from grader.model.rubrics import Mapping, Node, Scalar, Sequence
from grader.model.vocabulary import Field

_SAME = (
    frozenset(["true", "yes", "ture", "ja", "wahr", "是", "对"]),
    frozenset(["false", "no", "nein", "falsch", "否", "错"]),
)
_NEGATION = re.compile(
    r"\b(not|(is|was|are|do|does|did|could|would|ca|wo)n.?t|never|neither|nor|cannot|no longer|far from|except"
    r"|rather than|instead of|(anything|everything|all) but|other than|opposite of|unlike|unlikely|against|exclud\w+"
    r"|rul(e|es|ed|ing) out|reject\w*|eliminat\w+|discard\w*)\b((?!\bbut\b)[^.;\n]){0,20}$"
)
_DENIED = re.compile(
    r"^[^.;\n]{0,12}\b((is|are|seems|cannot|can.?t|does)?\s*(not|wrong|incorrect|false|impossible|excluded|ruled out"
    r"|worst|rejected|eliminated|unsuitable|inappropriate|unlikely)\b"
    r"|\w+n.?t (be )?(right|correct|it|true|possible|valid|work)\b)|^\W{0,3}no\b(?! (doubt|question))"
)
_OF_NEXT = re.compile(r"^(\s*,|\W*\b(but|and))\s*(it is |it's |is )?(also )?not\b")  # "convex, but not bounded"
_VERDICTS = later(
    r"(?<![\w'])(?P<letter>[a-z])\s*[)\].:=–—-]*\s*(?:is )?(?P<yes>yes|true|right|correct|ja|richtig|wahr|✓|✔|t\b)?"
    r"(?P<no>no\b|not\b|false|wrong|incorrect|nein|falsch|✗|✘|✕|f\b)?(?!\w)"
)
_TICKED = re.compile(r"\[[xX✓✔]\]\s*(?P<rest>.*)")
_MARKED = re.compile(
    r"(?:\b(?:choose|chose|pick|select|choice|option|answer|ans)\w*\b\s*(?:is|are|:|=)?\s*)?[\(\[（]?\b(?P<letter>[A-Za-z])\b\s*[\)\]）.:]"
)
_LIST = re.compile(r"^\W*[A-Za-z]\W*((,|;|&|\band\b)\W*[A-Za-z]\b\W*)+$")
_LONE = re.compile(r"^\W*(?P<letter>[A-Za-z])\W*$")
_SAID = re.compile(
    r"\b(?:choose|pick|select|choice|option|answer|ans)\w*\s*(?:is|are|:|=)?\s*[\(\[]?(?P<letter>[A-Za-z])\b(?!')"
    r"(?!(?<=[aA])\s+(?!because|since|as\b|for\b|due|so\b|and\b|\w+ing\b)[a-z]{3})"  # choose a smaller model
)

_LEADS = re.compile(r"^\W*(?P<letter>[A-Za-z])\s*[(\[:–—-]")
_OPENS = re.compile(
    r"^\W*(?P<letter>[A-Za-z])(?:\W+(?:because|since|as|for|due|it is|it's|this is)\b"
    r"|(?:,|\s[-–—])\s(?!(?:or|and|but|not|if|maybe|perhaps|rather|think|guess|no|wait)\b)"
    r"(?!.*(?<![\w'’])(?!(?P=letter))[a-h](?![\w'’]|\s+[a-z]{2}))[a-z]{2})",  # b, more data; not "a, changed to b"
    re.IGNORECASE,
)


class Expected(NamedTuple):
    """The right option(s), and every option's words by its letter or word."""

    right: frozenset[str]
    options: tuple[tuple[str, str], ...]


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Reads the options; records a fault for a right one that is not among them."""
    node, listed = fields.get("choice"), fields.get("options")
    items = node.items if isinstance(node, Sequence) else (node,)
    right = [item.text.strip().lower() for item in items if isinstance(item, Scalar)]
    options: list[tuple[str, str]] = []
    if isinstance(listed, Mapping):
        options = [(key.text.strip().lower(), words) for key, value in listed.entries for words in _wordings(value)]
    elif isinstance(listed, Sequence):
        options = [(item.text.strip().lower(), "") for item in listed.items if isinstance(item, Scalar)]
    elif right and all(any(word in same for same in _SAME) for word in right):
        options = [("yes", ""), ("no", "")]
        right = ["yes" if word in _SAME[0] else "no" for word in right]
    else:
        assert node is not None
        setup.fault(node.place, "a choice needs its options", "options: {a: ..., b: ...}")
        return None
    unknown = [word for word in right if word not in dict(options)]
    if unknown and node is not None:
        setup.fault(node.place, f"`{unknown[0]}` is not among the options", f"options: {', '.join(dict(options))}")
        return None
    return Expected(frozenset(right), tuple(options))


def _wordings(node: Node) -> list[str]:
    """The words of an option: one text, or a list of several that mean the same."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item.text for item in items if isinstance(item, Scalar)] or [""]


def _by_tick(lines: list[str], expected: Expected) -> set[str]:
    found: set[str] = set()
    for line in lines:
        ticked = _TICKED.search(line)
        if ticked is not None:
            found |= _by_words(ticked["rest"], expected) or _by_letter(ticked["rest"], expected)
    return found


def _by_letter(text: str, expected: Expected) -> set[str]:
    letters = {key for key, _ in expected.options if len(key) == 1}
    if not letters:
        return set()
    lone = _LONE.match(text)
    opening = _OPENS.match(text)
    hits = [lone or opening] if lone or opening else [*_SAID.finditer(text), *_MARKED.finditer(text)]
    return {
        hit["letter"].lower()
        for hit in hits
        if hit and hit["letter"].lower() in letters and not _negated(text, hit.start(), hit.end())
    }


def _by_bold(blocks: tuple[Block, ...], expected: Expected) -> set[str]:
    """The letter that an answer begins with in bold: "**b** because ..."."""
    runs = [run for block in blocks for run in block.runs if run.text.strip()]
    letter = _LONE.match(runs[0].text) if len(runs) > 1 and "strong" in runs[0].marks else None
    following = runs[1].text if letter else ""
    if letter is None or _DENIED.search(following.lower()) or re.match(r"\W*or\b", following):
        return set()
    return {letter["letter"].lower()} & {key for key, _ in expected.options if len(key) == 1}


def _says_other(text: str, found: str, expected: Expected) -> str:
    """Another option whose words, and no others, stand behind the letter of this one; "" if none does."""
    rest = _plain(re.sub(rf"^\W*(?:\w+ )?{re.escape(found)}\b\W*", "", text, flags=re.IGNORECASE))
    return next((key for key, words in expected.options if words and key != found and _plain(words) == rest), "")


_TURNS = later(
    r"\b(?:rather|hm+|i mean(?:t)?|wait|no|actually|sorry|oops|correction|better|instead|so|thus|hence|therefore|or"
    r"|but also|nein|sondern|oder|also)\b\W*"
    r"(?:it(?:\W?s| is)\W*|the answer(?:\W?s| is)\W*)?\b([a-z])\b(?![\w'’]|\s*[=(^+*/])",
    re.IGNORECASE,
)


def _turned_to(text: str, found: set[str], expected: Expected) -> str:
    """The letter of another option to which an answer turns behind its first, "a. Rather b"; "" if it does not."""
    others = {key for key, _ in expected.options if len(key) == 1} - found
    if not found or any(len(key) > 1 for key in found):
        return ""
    turns = (hit for hit in _TURNS.finditer(text) if hit[1].lower() in others)
    return next(
        (hit[1].lower() for hit in turns if not _negated(text, hit.start(1), hit.end(1)) and not _is_a_word(hit)), ""
    )


def _is_a_word(hit: re.Match[str]) -> bool:
    """Whether a letter is an article or "I": "so a mean is moved by it"."""
    behind = hit.string[hit.end() : hit.end() + 12]
    return hit[1] in ("a", "I", "i") and re.match(r"\s+[A-Za-z]", behind) is not None


def _by_words(text: str, expected: Expected) -> set[str]:
    """Options whose words (or whose own word, such as yes) stand in the text and are not negated.

    One that only the next sentence denies is none of them alone, and one beside others: "It is true. False signs vary".
    """
    text = re.sub(r",\s*(and )?not\b", " but not", text)  # the comma is lost
    plain, sentences = _plain(text), " . ".join(map(_plain, _SENTENCES.split(text)))
    found: set[str] = set()
    taken_back: set[str] = set()
    for key, words in expected.options:
        same = next((group for group in _SAME if key in group), frozenset([key] if len(key) > 1 else []))
        for word in [_plain(words)] if words else [word for word in same if len(word) > 1]:
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
            others = [_plain(one or other) for other, one in expected.options if other != key]
            alone = without_longer(plain, word, others)
            if pattern.search(alone) is None:
                continue
            if not all(_negated(alone, *hit.span()) for hit in claims_of(alone, pattern)):
                found.add(key)
            elif (own := pattern.search(sentences)) is not None and not _negated(sentences, *own.span()):
                taken_back.add(key)
    return found | taken_back if found else found


_SENTENCES = re.compile(r"[.;!?](?=\s|$)|\n")


def _negated(text: str, start: int, stop: int) -> bool:
    """Whether what stands before or behind denies an option: "not (b)", "b) is wrong"."""
    behind = text[stop:].lower()
    denied = _DENIED.search(behind) is not None and _OF_NEXT.search(behind) is None
    return denied or _NEGATION.search(text[:start].lower()) is not None


def _by_verdicts(text: str, expected: Expected) -> set[str] | None:
    """Letters with a verdict each, "a: yes, b: no"; None where that is not so, or a letter has two verdicts."""
    letters = {key for key, _ in expected.options if len(key) == 1}
    if len(letters) < 2 or not _VERDICT_WORDS.search(text):
        return None
    hits = [hit for hit in _VERDICTS.finditer(text.lower()) if hit["letter"] in letters and (hit["yes"] or hit["no"])]
    said = {hit["letter"]: bool(hit["yes"]) for hit in hits}
    missing, opened = letters - said.keys(), _OPENS_SAID.match(text)
    if len(missing) == 1 and opened:  # the first letter was read as the question's label: "yes, b: no"
        return {key for key, yes in {**said, missing.pop(): bool(opened["yes"])}.items() if yes}
    if len(said) < 2 or len(said) != len(hits) or (set(said.values()) == {False} and len(said) < len(letters)):
        return None
    return {letter for letter, yes in said.items() if yes}


_OPENS_SAID = later(r"\W*((?P<yes>yes|true|right|correct|ja|wahr|t\b)|no|false|wrong|nein|falsch|f\b)\b", re.IGNORECASE)
_VERDICT_WORDS = re.compile(
    r"\b[a-z]\b\W{0,3}(is )?(yes|true|right|correct|ja|richtig|wahr|t\b|✓|✔|no\b|false|wrong)", re.IGNORECASE
)


def _plain(text: str) -> str:
    return re.sub(r"[\s.;:!?*_`\"',]+", " ", text.lower()).strip()


def _doubt(text: str, found: set[str], by_words: set[str], expected: Expected) -> str:
    """The words for which an option counts neither as right nor as wrong; "" if there are none."""
    named = [_plain(words) for key, words in expected.options if words and key in found]
    little = little_of(_plain(text), named) if found == by_words else ""
    if found == expected.right:
        return little or _hedged(text.lower(), expected)
    return little or (opens_sentence(text.lower()) if found <= {"yes", "no"} else "")


def _hedged(text: str, expected: Expected) -> str:
    words = [word for option in expected.options if option[0] in expected.right for word in option if len(word) > 1]
    return hedged(text, words, any(not same.isdisjoint(expected.right) for same in _SAME), _negated)


def _numbered(expected: Expected) -> dict[str, str]:
    return {f"{key}{place}": words for place, (key, words) in enumerate(expected.options)}


_REASON = later(r"\b(?:since|because|weil|denn)\b", re.IGNORECASE)
_LED = later(r"\W*[^\W\d_]{2,20}\s*:\s*(yes|no|true|false)\b", re.IGNORECASE, holds=(":",))


def judge(expected: Expected, view: View) -> Finding:
    """Compares the chosen option(s) with the right one(s)."""
    blocks = view.answer.blocks
    text = without_adjectives(with_opposites("\n".join(block.text for block in blocks), expected.options))
    lines = text.split("\n")
    spans = tuple((block.span.start, block.span.stop) for block in blocks)
    led = _LED.match(text)  # "verdict: no"
    first = _plain(led[1] if led else text).split(" ")[0]
    opening = {key for key, _ in expected.options for same in _SAME if key in same and same & {first, *concluded(text)}}
    listed = _LIST.match(text)
    listing = set(re.findall(r"[a-z]", text.lower().replace("and", ""))) if listed else set()
    letters = {key for key, _ in expected.options if key in listing}
    judged, by_words = _by_verdicts(text, expected), _by_words(text, expected)
    if opening and len(by_words | opening) > 1:  # "Yes - wait, no."
        return Finding(Status.REVIEW, None, (remark("several-answers"),), "", spans)
    found = (
        judged
        or _by_tick(lines, expected)
        or letters
        or opening
        or _by_bold(view.answer.blocks, expected)
        or _by_letter(text, expected)
        or letter_said(text, {key for key, _ in expected.options}, by_words, _negated)
        or by_words
        or _by_words(with_inflections(text, _numbered(expected)), expected)
    )
    lead = None if judged else _LEADS.match(text)
    if lead and found and lead["letter"].lower() in {key for key, _ in expected.options} - found:  # "a (the median)"
        return Finding(Status.REVIEW, None, (remark("several-answers"),), ", ".join(sorted(found)), spans)
    if len(found) == 1 and (other := _says_other(text, next(iter(found)), expected)):  # "b) mean", where b is median
        return Finding(Status.REVIEW, None, (remark("several-answers"),), f"{next(iter(found))}, {other}", spans)
    if not judged and (other := _turned_to(text, found, expected)):  # "a. Wait: b"
        return Finding(Status.REVIEW, None, (remark("several-answers"),), ", ".join(sorted(found | {other})), spans)
    read_as = ", ".join(sorted(found))
    if not found:
        return Finding(Status.REVIEW, None, (remark("no-answer-found", what="a choice"),), "", spans)
    if said := _doubt(text, found, by_words, expected):
        return Finding(Status.REVIEW, None, (remark("changed-by-words", words=said),), read_as, spans)
    if found == expected.right:
        return Finding(Status.RIGHT, Fraction(1), (), read_as, spans)
    if found == by_words and not _by_words(_REASON.split(text)[0], expected):  # "log-loss, since MSE saturates"
        return Finding(Status.REVIEW, None, (remark("no-answer-found", what="a choice"),), read_as, spans)
    if len(expected.right) == 1 and len(found) > 1:
        return Finding(Status.REVIEW, None, (remark("several-answers"),), read_as, spans)
    hits, extra = len(found & expected.right), len(found - expected.right)
    credit = Fraction(max(0, hits - extra), len(expected.right))
    reason: Reason = mistake("choices-incomplete") if hits else remark("choice-differs")
    status = Status.PARTIAL if credit else Status.WRONG
    return Finding(status, credit, (reason,), read_as, spans)


_TEST = "{choice: keep, options: {reject: [reject], keep: [keep, fail to reject]}}"

KIND = Kind(
    name="choice",
    doc="one or several of given options",
    fields=(
        Field(
            "choice",
            "texts",
            "the right option: its letter, or yes/no/true/false; a list if several are right",
            required=True,
        ),
        Field("options", "any", "every option: a mapping of letters to words, or a list of words"),
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: ", ".join(sorted(expected.right)),
    own_words=lambda expected: tuple(word for option in expected.options for word in option),
    model_answer=lambda expected: ", ".join(f"({key})" if len(key) == 1 else key for key in sorted(expected.right)),
    examples=(
        Example(_TEST, "We fail to reject H0.", "right"),
        Example(_TEST, "We reject H0.", "wrong"),
        Example("{choice: b, options: {a: mean, b: median}}", "**(b)** because it is robust", "right"),
        Example("{choice: b, options: {a: mean, b: median}}", "the median", "right"),
        Example("{choice: b, options: {a: mean, b: median}}", "**b** because the mean is sensitive", "right"),
        Example("{choice: b, options: {a: mean, b: median}}", "b) mean", "review"),
        Example("{choice: b, options: {a: mean, b: median}}", "a (the median)", "review"),
        Example("{choice: b, options: {a: mean, b: median}}", "a)", "wrong"),
        Example("{choice: b, options: {a: mean, b: median}}", "a or b, I think: (a), (b)", "review"),
        Example("{choice: b, options: {a: mean, b: median}}", "b, it is a robust one", "right"),
        Example("{choice: a, options: {a: mean, b: median}}", "a, changed to b", "review"),
        Example("{choice: b, options: {a: underfitting, b: overfitting}}", "It overfits.", "right"),
        Example("{choice: b, options: {a: underfitting, b: overfitting}}", "overfit -> dropout", "right"),
        Example("{choice: b, options: {a: underfitting, b: overfitting}}", "It underfits the data", "wrong"),
        Example("{choice: b, options: {a: underfitting, b: overfitting}}", "It does not overfit.", "review"),
        Example("{choice: b, options: {a: bias, b: variance}}", "The variance is low.", "review"),
        Example("{choice: b, options: {a: bias, b: variance}}", "The bias is low.", "review"),
        Example("{choice: b, options: {a: bias, b: variance}}", "The variance is small, the bias is large.", "review"),
        Example("{choice: b, options: {a: low variance, b: variance}}", "Variance", "right"),
        Example("{choice: b, options: {a: bias, b: variance}}", "Low bias, high variance.", "review"),
        Example("{choice: b, options: {a: underfitting, b: overfitting}}", "It might overfit", "review"),
        Example("{choice: b, options: {a: underfitting, b: overfitting}}", "It underfits; it overfits", "review"),
        Example(
            "{choice: b, options: {a: converges absolutely, b: converges conditionally}}", "conditionally", "right"
        ),
        Example("{choice: b, options: {a: stays absolutely, b: stays conditionally}}", "only absolutely", "wrong"),
        Example("{choice: missing, options: [missing, present, blank]}", "Missing.", "right"),
        Example("{choice: missing, options: [missing, present, blank]}", "blank", "wrong"),
        Example("{choice: a, options: {a: mean, b: median}}", "a. Rather b", "review"),
        Example("{choice: a, options: {a: mean, b: median}}", "a, since so a mean is told", "right"),
        Example("choice: 'no'", "No, it diverges.", "right"),
        Example("choice: 'no'", "hard to say", "review"),
        Example("choice: 'no'", "False, since aliases and true tones look alike.", "right"),
        Example("choice: 'no'", "True, since a false tone looks alike.", "wrong"),
        Example("choice: 'no'", "False. It is a true statement.", "review"),
        Example("choice: 'no'", "It is true. False vacua exist.", "review"),
    ),
)
