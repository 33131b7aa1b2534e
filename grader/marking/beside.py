"""Words before and behind a right value, up to the next one, by which it is denied, changed or given to another."""

from __future__ import annotations

from grader.model.patterns import later

_SCALES = r"(?:twice|double|triple|half|three times) (?:of|the|as|that|this|its|it|what)\b"
_DENIES = (
    r"\b(?:is|are|was|be|seems?|looks?) (?:all |both |certainly |probably |clearly )?(?:wrong|incorrect)\b"
    r"|\b(?:can\W?t|cannot|can not|isn\W?t|is not) (?:be )?(?:right|correct)\b|\bcrossed out\b"
    r"|(?<!not )(?<!n't )(?<!n’t )(?<!dont )\b(?:ignore|disregard|forget|scrap) (?:this|that|it|the|my)\b"
    r"|\bi (?:think i )?forgot (?:to|a factor|the factor|a minus|the minus|the sign)\b|\brejected\b"
)
_TO_BE = r"\b(?:to|must|should|has to|have to|needs? to) be (?:doubled|halved|multiplied|divided|squared|corrected)\b"
_LESS = r"(?:smaller|larger|greater|bigger|lower|higher|less|more|slower|faster|shorter|longer)"
_BEHIND = {
    "number": later(
        rf"{_DENIES}|{_TO_BE}|\b{_SCALES}|(?<!nothing is )(?<!none is )\b{_LESS}\W*\Z|\A[^\w.;]*{_LESS} than\b"
        r"|\A\W*(?:is|was) (?:the|its|an?) (?:average|mean|initial|old)\b|\A\W*(?:one|each) way\b"
        r"|\A\W*in (?:parallel|series) with\b|\bnot (?:of|that of) the\b|\A[\s,]*(?:then |and )*"
        r"(?:times (?:two|three|four|five|ten|the|an?|\d)|plus|minus)\b(?! or minus)",
        holds=(
            "wrong incorrect right correct crossed ignore disregard forg scrap rejected be twice double triple half"
            " times er less more average mean initial old way in not plus minus"
        ).split(),
    ),
    "formula": later(
        rf"{_DENIES}|\A[\s,$.)]*(?:then |and |all )*(?:multiplied|divided) by\b",
        holds=(
            "wrong incorrect right correct crossed ignore disregard forget scrap forgot rejected multiplied divided"
        ).split(),
    ),
    "array": later(
        rf"{_DENIES}|{_TO_BE}|\b(?:entry|element|one|value|number|component|first|second|third|fourth|last|\d+) "
        r"(?:should|must|has to|ought to)\b|\bshould (?:be|read)\b|\A\W*and then\b"
        r"|\A\W*(?:after |before )?sort(?:ed|ing)\b"
        r"|\bthe (?:first|second|third|fourth|last|\d+(?:st|nd|rd|th)) (?:entry|element|one|value|number|component)? ?"
        r"(?:is|are) (?:wrong|different|missing)\b",
        holds=(
            "wrong incorrect right correct crossed ignore disregard forg scrap rejected be should must has ought then"
            " sort missing different"
        ).split(),
    ),
    "set": later(
        rf"{_DENIES}|{_TO_BE}|\band (?:also )?(?:their|its|infinitely|more|others?)\b|\binfinitely many\b"
        r"|\b(?:first|second|latter|former|last) (?:one |root |value )?"
        r"(?:is (?:not|no|rejected|excluded|extraneous|discarded|impossible|invalid)|isn.t|does ?n.t|does not"
        r"|can ?not|can.t)\b",
        holds=(
            "wrong incorrect right correct crossed ignore disregard forg scrap rejected be and infinitely first second"
            " latter former last"
        ).split(),
    ),
}
_VERB = r"(?:chang|ris|grow|drop|fall|increas|decreas|doubl|tripl|halv|miss|differ)(?:e?s|ed|ing)?"
_BEFORE = {
    "number": later(
        rf"\bthan\s*\Z|\b(?:twice|half|times) as \w+ as\s*\Z|\A\W*by\s*\Z|\bnever(?: \w+){{1,2}}\s*\Z"
        rf"|\bwould (?:need|require|take)\s*\Z|\b{_VERB} from\s*\Z"
        rf"|\b(?:{_VERB}|short)(?: \w+){{0,3}} by\s*\Z|\b(?:literature|book|textbook|table) value\W*\Z"
        r"|\b(?:my|our|the) (?:lab )?(?:partner|neighbou?r|friend|book|textbook)(?: \w+)?\W*\Z",
        holds="than as never would from by value partner neighbo friend book".split(),
    ),
    "array": later(r"\binput is\W*\Z", holds=("input is",)),
}


def said_behind(kind: str, words: str) -> str:
    """What the words behind a value take from it; what follows a "because" is the reason and no part of it."""
    pattern = _BEHIND.get(kind)
    told = _REASON.split(words.casefold())[0] if pattern is not None else ""
    found = pattern.search(told) if pattern is not None and told.strip() else None
    return found[0].strip(" ,.;\n") if found is not None else ""


def said_before(kind: str, words: str) -> str:
    """What the words directly before a value make of it."""
    pattern = _BEFORE.get(kind)
    found = pattern.search(words[-_NEAR:].casefold()) if pattern is not None else None
    return found[0].strip(" ,.;\n") if found is not None else ""


_NEAR = 60
_REASON = later(r"\b(?:since|because|as)\b")
