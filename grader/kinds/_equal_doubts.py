"""What makes a right formula another claim: what its letters are said to be, and what it is said to be the value of."""

from __future__ import annotations

import re

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL, Comparison
from grader.kinds._equal_words import sentence_before
from grader.model.patterns import later

_LETTER = r"\\?[A-Za-z]+(?:_(?:\{\w{1,8}\}|\w))?"
# h = 2g, standing for itself: behind neither an operation nor a bracket of a function.
_SAID = re.compile(rf"(?<![\w\\+\-*/^_({{}}=<>|'.])(?P<letter>{_LETTER})\s*=\s*(?P<value>[^=<>$,;.\n]+)")
_SYMBOLS = re.compile(r"\\[A-Za-z]+|(?<![A-Za-z])[A-Za-z]+")
_COMMANDS = frozenset(
    "frac dfrac tfrac sqrt left right cdot times cos sin tan ln log exp pi text mathrm operatorname quad qquad big Big"
    " displaystyle".split()
)
_SPELLED = frozenset(
    "alpha beta gamma delta epsilon theta lambda mu nu xi rho sigma tau phi chi psi omega eta zeta kappa"
    " Gamma Delta Theta Lambda Phi Psi Omega".split()
)
_MOST_LETTERS = 2  # of symbols that are typed side by side
_GIVEN = later(r"\b(?:where|with|for|if|provided|assuming|when|and)(?: the| that)?\W*\Z")
_WHY = later(
    r"\b(?:since|because|as|from|using|use|by|of|insert(?:ing)?|substitut\w+|law|find|get|has|have|is|at)\W*\Z"
)
_CONSTANTS = frozenset("ABCDKck")
_USUAL = frozenset(
    ["omega=2pif", "w=2pif", "T=1/f", "f=1/T", "omega=2pi/T", "T=2pi/omega", "k=2pi/lambda", "f=omega/2pi"]
)


def constrained(gold: str, text: str, place: tuple[int, int]) -> str:
    """What an answer says beside its formula that its letters are, `h = 2g`: the formula then means another one.

    A new letter, as in "let $x = \\sin u$", only renames what is already there. So it counts behind the formula,
    "where $v = 2u$", or if nothing but it leads to the formula.
    """
    if "=" not in text:
        return ""
    known, named = letters_of(gold), text[place[0] : place[1]].partition("=")[0].strip(" \\&")
    beside = [found for found in _SAID.finditer(text) if found.end() <= place[0] or found.start() >= place[1]]
    for found in beside:
        letter, letters = found["letter"].lstrip("\\"), letters_of(found["value"])
        if letter not in known or letter == named or not letters or letter in letters or _is_usual(found):
            continue
        before = text[: found.start()]
        if _WHY.search(before[-_NEAR:].lower()):
            continue
        new = not letters <= known
        alone = found.start() < place[0] and len(beside) == 1 and text.count("=", 0, place[0]) == 1
        if not new or alone or (found.start() >= place[1] and _GIVEN.search(before[-_NEAR:].lower())):
            return " ".join(found[0].replace("$", "").split())
    return ""


def bounded(assume: str, said: str) -> str:
    """What an answer says beside its formula that a constant with any value may only be: `y = C e^x, C > 0`."""
    found = _BOUNDED.search(said) if "constant" in assume else None
    return found[0].strip() if found is not None and found["letter"][0] in _CONSTANTS else ""


_BOUNDED = re.compile(
    r"(?<![\w\\|+\-*/^(])(?P<letter>[A-Za-z](?:_\{?\d\}?)?)\s*(?:[<>≤≥≠]|\\(?:le|ge|leq|geq|lt|gt|neq?)(?![a-z])|!=)\s*-?\d+"
)
_NEAR = 24  # characters before an equation
_ABSORBED = later(r"(?:\\pm|±)?\s*e\s*\^")  # y = C e^x with C = e^c: a constant with any value has a new name


def _is_usual(found: re.Match[str]) -> bool:
    if found["letter"] in _CONSTANTS and _ABSORBED.match(found["value"]):
        return True
    said = re.sub(r"\\(?:[dt]?frac|cdot|[,;:! ])|[\s{}()*$]|_\{?0\}?", lambda one: "", found[0])
    return said.replace("\\", "").strip() in _USUAL


def letters_of(text: str) -> frozenset[str]:
    """The symbols of a formula: letters side by side are so many; longer words are none."""
    letters: list[str] = []
    for symbol in _SYMBOLS.findall(text):
        name = symbol.lstrip("\\")
        if name in _COMMANDS:
            continue
        letters += [name] if name in _SPELLED or len(name) == 1 else [*name] if len(name) <= _MOST_LETTERS else []
    return frozenset(letters)


_OF = (
    r"\b(?:derivative|integral|antiderivative|square|root|square root|inverse|reciprocal|logarithm|log|negative|"
    r"gradient|expectation|mean|variance|(?:fourier|laplace) transform)"
)
_ARGUMENT = re.compile(r"[(\[](?P<of>[^()\[\]=]{1,12})[)\]]\s*=")
_VARIABLES = frozenset("xyz")


def other_quantity(name: str, value: str, text: str, place: tuple[int, int], read_as: str) -> str:
    """What an answer says instead of the quantity that is asked for by name: "the integral of f is", `f(2x) =`."""
    if re.match(rf"integral of [^=]*(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", read_as):
        return "integral"
    if re.match(rf"{re.escape(name)}_(?:hat|tilde|bar) =", read_as) and name not in _ESTIMATED:
        return read_as.partition(" = ")[0]
    claimed = text[place[0] : place[1]]
    applied = re.match(rf"\s*\\?{re.escape(name)}\s*(?:\\left\s*)?", claimed)
    argument = _ARGUMENT.match(claimed, applied.end()) if applied is not None else None
    if argument is not None and is_elsewhere(argument["of"].replace("\\right", "").strip(), value):
        return argument[0]
    before = sentence_before(text, place[0])
    of_it = re.search(rf"{_OF} of (?:the )?{re.escape(name.lower())}(?:\([a-z]\))?\W+(?:is|=|equals|:)\W*\Z", before)
    plain = None if name[-1] == "'" or "=" in claimed else _DERIVATIVE.search(before)
    found = of_it or plain
    return found[0].strip() if found else ""


_ESTIMATED = frozenset(["y", "p", "q", "theta", "beta", "mu", "sigma", "lambda"])
_DERIVATIVE = later(r"\bderivative(?: is|:| equals)\W*\Z")


def is_elsewhere(argument: str, value: str) -> bool:
    """Whether a value of a function is taken at another place than its variable: f(2x), and f(y) for x^2."""
    letters = letters_of(value)
    if len(argument) == 1 and argument.isalpha():
        return argument in _VARIABLES and argument not in letters and bool(letters & _VARIABLES)
    return _MOVED.fullmatch(argument) is not None and bool(letters)


_MOVED = later(  # 2j is a place
    r"-?\d+\s*[*·]?\s*(?:[a-hk-zA-Z]|\\?[a-z]{2,7})|-\s*[A-Za-z]|[A-Za-z]\s*[+-]\s*\d+|[A-Za-z]\^\{?\d\}?|-?\d+"
)


def told_difference(found: Comparison) -> str:
    """Why two formulas differ, without the values of letters that only the reference has."""
    if not found.reason.startswith(_DIFFERS_AT):
        return found.reason
    own = set(_LETTERS.findall(found.answer_as))
    points = found.reason.removeprefix(_DIFFERS_AT).split(", ")
    kept = [point for point in points if set(_LETTERS.findall(point.partition(" = ")[0])) <= own]
    return _DIFFERS_AT + ", ".join(kept) if kept else "their values differ"


_DIFFERS_AT = "they differ at "
_LETTERS = re.compile(r"[^\W\d_]+")


def compared_behind(gold: str, assume: str, text: str) -> str | None:
    """What stands behind the last comma, where the formula before it is right: "H(z) = ..., ROC |z| > 1/2"."""
    head, comma, tail = text.rpartition(",")
    if not comma or not _COMPARES.search(tail):
        return None
    return tail.strip(" $") if compare(gold, head, assume=assume).verdict == EQUAL else None


_COMPARES = later(r"[<>≤≥]|\\(?:le|ge|leq|geq|lt|gt|leqslant|geqslant)(?![a-z])")
