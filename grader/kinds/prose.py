"""Prose, marked by key ideas: each idea that is stated, and not denied, earns its share."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.kinds.kind import Example, Kind, Setup, View, mistake, remark
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Status
from grader.model.rubrics import Mapping, Scalar, Sequence
from grader.model.vocabulary import Field

_NEGATION = re.compile(
    r"\b(not|no|never|neither|nor|without|cannot|can't|won't|don't|doesn't|didn't"
    r"|isn't|aren't|wasn't|hardly|rarely|nothing|instead of|rather than"
    r"|fails? to|lack(s|ing)?|unable|less|least|no longer|opposite of|absence of|(far|free) from"
    r"|free of|unlike|unlikely|exclud\w+|rul(e|es|ed|ing) out|deny|denies|\w+n't|contrary to|other than|but for"
    r"|(false|untrue|wrong|incorrect) that|immun(e|ity) (to|against)|safe from|too (little|few)"
    r"|stopped|ceased?|(reverse|contrary|converse) of|yet to|before (it|they|we|this) (could|can)"
    r"|too (small|simple|weak|short|large|big) (an? \w+ )?to|avoided"
    r"|(some|many|others|people|they) (say|think|claim|believe)s?)\b"
)
# What is fought is not there, or it is what the rest of the answer states: "It overfits. Dropout reduces overfitting."
_FOUGHT = later(
    r"\b(prevents?|avoids?|reduc(es?|ed|ing)|mitigat\w+|suppress\w*|eliminat\w+|remov(es?|ed|ing)|combats?|cures?"
    r"|fights?|counter(s|ed|ing|acts?)?|against|protects? from|decreas(es?|ed|ing)|weaken\w*|relax\w*"
    r"|(lower|drop|disabl|switch|turn)(s|es?|ed|ing|ped|ping)?( off)? (the|its|their|your|this)"
    r"|(switch|turn)(s|es|ed|ing)? off)\b"
)
_DENIED = re.compile(
    r"\b(not|never|impossible|prevented|avoided|ignored|absent|excluded|unlikely|irrelevant|wrong|false|\w*n't"
    r"|can ?not be|would (mean|imply|show|look)|is reduced|but (it|that) (is|was)|but it's"
    r"|(should|must|can|could) be (removed|dropped|reduced|decreased|lowered|(switched|turned) off)"
    r"|ruled out|less|no longer|missing|out of the question|negligible)\b|^\W?free\b"
)
_ASKED = re.compile(r"[^.!?;\n]+\?")
_SUPPOSED = later(r"\b(would|could|might)\b.*\b(if|were|had)\b|\bif\b.*\b(would|could|might)\b")
_OTHER = later(r"^\W*or\W+(\w+)")
# "They cannot be independent since the rank is 3" denies no rank; "not because of the rank" may.
_CLAUSE = re.compile(
    r"(?<!not )(?<!never )(?<!n't )(?<!just )(?<!only )(?:\bsince|,\s*because|\bhence|\bthus|\btherefore|\bwhereas)\b"
)
# "4 vectors in R^3 cannot be independent" says that there are four, and where.
_COUNTED = re.compile(
    r"(?:\d|(?:in|of|on|for|from|with|two|three|four|five|six|seven|eight|nine|ten|more|fewer|too many)\b)"
)
_CANNOT = later(r"\b(?:can ?not|can't|could ?n[o']t)\b", holds=("can", "could"))
_REACH = 5  # words between a negation and what it denies


class Idea(NamedTuple):
    """A key idea: any of its phrases states it."""

    name: str
    phrases: tuple[str, ...]


class Expected(NamedTuple):
    """The ideas, how many of them are enough, and whether an idea that is not found is wrong or for a person."""

    ideas: tuple[Idea, ...]
    enough: int
    strict: bool


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Reads the ideas; records a fault for one without phrases."""
    node = fields.get("prose")
    if not isinstance(node, Mapping) or not node.entries:
        if node is not None:
            setup.fault(node.place, "prose needs a mapping of ideas to phrases", "prose: {idea: [phrase, phrase]}")
        return None
    ideas = []
    for key, value in node.entries:
        items = value.items if isinstance(value, Sequence) else (value,)
        phrases = tuple(item.text.lower().strip() for item in items if isinstance(item, Scalar) and item.text.strip())
        if not phrases:
            setup.fault(value.place, "an idea needs at least one phrase")
            return None
        ideas.append(Idea(key.text, phrases))
    enough, absent = fields.get("enough"), fields.get("absent")
    count = int(enough.text) if isinstance(enough, Scalar) and enough.text.strip().isdigit() else len(ideas)
    if not 1 <= count <= len(ideas):
        setup.fault(node.place, f"`enough` must be from 1 to {len(ideas)}")
        return None
    return Expected(tuple(ideas), count, isinstance(absent, Scalar) and absent.text == "wrong")


def states(idea: Idea, text: str) -> tuple[bool, bool]:
    """Whether a text states an idea, and whether it denies it. A word's ending is free: `overfit` finds overfitting."""
    stated = denied = fought = False
    plain = text.lower().replace("’", "'")
    asked = {found.group().strip(" ?") for found in _ASKED.finditer(plain)} if "?" in plain else set()
    for sentence in re.split(r"[.!?;\n]+", plain):
        for phrase in idea.phrases:
            for found in re.finditer(rf"(?<!\w){_pattern(phrase)}", sentence):
                before = " ".join(_CLAUSE.split(sentence[: found.start()])[-1].split(" ")[-_REACH - 1 :])
                own = _NEGATION.search(phrase) is not None
                after = " ".join(_own_clause(sentence, found.start(), found.end()).split(" ")[: _REACH + 1])
                after = _CANNOT.sub(" ", after) if _COUNTED.match(phrase) else after
                denies = not own and (_NEGATION.search(before) or _DENIED.search(after))
                lacks = found.group().endswith("less") and not phrase.endswith("less")  # noiseless
                if denies or lacks or sentence.strip() in asked or _wavers(sentence, found.group(), after):
                    denied = True
                elif not own and _FOUGHT.search(before):
                    fought = True
                else:
                    stated = True
    return stated, denied or (fought and not stated)


def _own_clause(sentence: str, start: int, stop: int) -> str:
    """What follows in the clause of a phrase: of "memoryless, so wear is not modelled" nothing, nor of "Since it is
    memoryless, wear is not modelled"."""
    after = _FOLLOWS.split(sentence[stop:], maxsplit=1)[0]
    return after.partition(",")[0] if _REASON.search(sentence[:start]) else after


_FOLLOWS = later(r",?\s*\b(?:so(?! that\b)|hence|thus|therefore|because|since|whereas)\b")
_REASON = later(r"\b(?:since|because|as)\b[^,]*\Z", holds=("since", "because", "as"))


def _wavers(sentence: str, said: str, after: str) -> bool:
    """Whether a sentence only supposes what it says, or leaves it open: "would overfit if", "overfit or underfit"."""
    other = _OTHER.match(after)
    another = other is not None and other[1] != said and other[1][-3:] == said[-3:]  # a word and its opposite
    return another or _SUPPOSED.search(sentence) is not None


def _only_lists(ideas: tuple[Idea, ...], text: str) -> bool:
    """Whether an answer is nothing but phrases, and more than one of an idea: words that are tried out say nothing."""
    rest, said = text.lower(), 0
    for idea in ideas:
        for phrase in idea.phrases:
            rest, count = re.subn(rf"(?<!\w){_pattern(phrase)}", " ", rest)
            said += count > 0
    return said > max(len(ideas), _MOST_SAID) and not any(map(str.isalnum, rest))


_MOST_SAID = 2  # "overfitting, memorising" may well be an answer


def _pattern(phrase: str) -> str:
    return r"\W+".join(map(_with_endings, phrase.split()))


def _with_endings(word: str) -> str:
    """A word with any ending; the e at the end of a long one goes before ing and ation: memorize, memorizing."""
    if len(word) >= _LONG and word.endswith("e"):
        return re.escape(word[:-1]) + r"(?:e\w*|ing\w*|ation\w*)"
    return re.escape(word) + r"\w*"


_LONG = 6  # letters


def judge(expected: Expected, view: View) -> Finding:
    """Credits each stated idea; an idea only denied, or stated and denied, is for a person."""
    blocks = view.answer.blocks
    text = "\n".join(block.text for block in blocks)
    spans = tuple((block.span.start, block.span.stop) for block in blocks)
    verdicts = {idea.name: states(idea, text) for idea in expected.ideas}
    stated = [name for name, (yes, no) in verdicts.items() if yes and not no]
    unclear = [name for name, (_, no) in verdicts.items() if no]
    read_as = "states: " + ", ".join(stated) if stated else ""
    if _only_lists(expected.ideas, text):
        return Finding(Status.REVIEW, None, (remark("several-answers"),), read_as, spans)
    if unclear:
        return Finding(Status.REVIEW, None, (remark("idea-denied", count=len(unclear)),), read_as, spans)
    if len(stated) >= expected.enough:
        return Finding(Status.RIGHT, Fraction(1), (), read_as, spans)
    if not expected.strict:
        return Finding(
            Status.REVIEW,
            None,
            (remark("idea-not-found", count=expected.enough - len(stated)),),
            read_as,
            spans,
        )
    credit = Fraction(len(stated), expected.enough)
    reason = mistake("idea-missing", count=expected.enough - len(stated))
    return Finding(Status.PARTIAL if credit else Status.WRONG, credit, (reason,), read_as, spans)


KIND = Kind(
    name="prose",
    doc="a short text that must state key ideas",
    fields=(
        Field("prose", "any", "the ideas: a mapping of each to the phrases that state it", required=True),
        Field("enough", "number", "how many of the ideas earn full marks; all by default"),
        Field(
            "absent",
            "text",
            "what an idea that is not found means: a person decides, or it is wrong",
            options=("review", "wrong"),
        ),
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: "; ".join(f"{idea.name}: {' / '.join(idea.phrases)}" for idea in expected.ideas),
    own_words=lambda expected: tuple(phrase for idea in expected.ideas for phrase in idea.phrases),
    model_answer=lambda expected: ". ".join(idea.phrases[0] for idea in expected.ideas) + ".",
    examples=(
        Example("prose: {overfit: [overfit, memorise]}", "The model is overfitting the data.", "right"),
        Example("prose: {overfit: [overfit, memorise]}", "The model is memorising the data.", "right"),
        Example("prose: {overfit: [overfit, memorise]}", "The model is not memorising the data.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It does not overfit.", "review"),
        Example("prose: {age: [memoryless]}", "Since it is memoryless, wear is not modelled.", "right"),
        Example("prose: {age: [memoryless]}", "It is memoryless, which is not true.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It is too slow.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It reduces overfitting.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It overfits. Dropout reduces overfitting.", "right"),
        Example("prose: {penalty: [penalty, regulari]}", "Lower the penalty.", "review"),
        Example("prose: {penalty: [penalty, regulari]}", "The regularisation should be removed.", "review"),
        Example("prose: {simpler: [lower degree, reduce the degree]}", "Reduce the degree.", "right"),
        Example("prose: {overfit: [overfit, memorise]}", "It is immune to overfitting.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "Some say overfitting, but it is the rate.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "overfit memorise", "right"),
        Example("prose: {overfit: [overfit, memorise, noise]}", "overfit memorise noise", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "overfitting", "right"),
        Example("prose: {overfit: [overfit, memorise]}", "It has yet to overfit.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It stopped overfitting.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It is too small a network to overfit.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It cannot be noise, since it overfits.", "right"),
        Example("prose: {overfit: [overfit, memorise]}", "It does not fail because it overfits.", "review"),
        Example("prose: {overfit: [overfit, memorise]}", "It is false that it overfits.", "review"),
        Example("prose: {many: [4 vectors, four vectors]}", "4 vectors can not be independent.", "right"),
        Example("prose: {many: [4 vectors, four vectors]}", "There can not be 4 vectors.", "review"),
        Example("prose: {the sum: [missing, absent]}", "Missing", "right"),
        Example("{prose: {overfit: [overfit]}, absent: wrong}", "It is too slow.", "wrong"),
        Example("{prose: {overfit: [overfit], noise: [noise]}, absent: wrong}", "It overfits.", "partial"),
    ),
)
