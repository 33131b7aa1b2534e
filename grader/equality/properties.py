"""Answers in words: properties, "causal but unstable", and what is where, "a saddle point at (1, -2)"."""

from __future__ import annotations

import re

from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.patterns import later
from grader.model.records import NamedTuple

_SET = later(r"\\(?:text|textrm|textbf|textit|mathrm|mbox)\s*\{([^{}]*)\}")
_BLANK = later(r"\\[,;:! ]|\\q?quad(?![a-z])|[~$\s]+")
_LONGEST = 120  # characters


class Placed(NamedTuple):
    """What is said to be somewhere, and the text of where that is."""

    kind: str
    scope: str
    place: str


def plain_words(text: str) -> str:
    """The text without the marks of typesetting: words that are set as such are typed, blanks are single."""
    return " ".join(_BLANK.sub(" ", _SET.sub(r" \1 ", text)).split()).rstrip(".! ").strip()


# -- properties ------------------------------------------------------------------------------------------------

_OPPOSED = (
    "linearly independent|linearly dependent", "independent|dependent", "causal|noncausal|anticausal",
    "stable|unstable", "linear|nonlinear", "time invariant|time varying|time variant", "even|odd",
    "convergent|divergent", "absolutely convergent|divergent", "conditionally convergent|divergent",
    "absolutely convergent|conditionally convergent", "continuous|discontinuous", "invertible|singular",
    "nonsingular|singular", "positive definite|negative definite|indefinite", "injective|-injective",
    "surjective|-surjective", "bijective|-bijective", "reflexive|-reflexive", "symmetric|-symmetric|antisymmetric",
    "transitive|-transitive", "convex|concave|-convex", "increasing|decreasing", "bounded|unbounded",
    "consistent|inconsistent", "overdamped|underdamped|critically damped", "biased|unbiased",
    "differentiable|-differentiable", "diagonalizable|-diagonalizable", "periodic|aperiodic", "rational|irrational",
    "prime|composite", "reject|-reject", "planar|-planar", "concave up|concave down", "finite|infinite",
)  # fmt: skip
_OPPOSITES = [frozenset(words.split("|")) for words in _OPPOSED]
_KNOWN = frozenset(word for words in _OPPOSITES for word in words if word[0] != "-")
_SAME = {
    "one to one": "injective", "onto": "surjective", "converges": "convergent", "diverges": "divergent",
    "converges absolutely": "absolutely convergent", "converges conditionally": "conditionally convergent",
    "non causal": "noncausal", "non linear": "nonlinear", "non singular": "nonsingular", "bibo stable": "stable",
    "diagonalisable": "diagonalizable", "time invariant": "time invariant", "non periodic": "aperiodic",
}  # fmt: skip
_NEGATED = {"causal": "noncausal", "stable": "unstable", "linear": "nonlinear", "convergent": "divergent",
            "continuous": "discontinuous", "invertible": "singular", "bounded": "unbounded", "periodic": "aperiodic",
            "consistent": "inconsistent", "linearly independent": "linearly dependent", "unbiased": "biased",
            "linearly dependent": "linearly independent", "independent": "dependent", "prime": "composite",
            "singular": "invertible", "biased": "unbiased", "time invariant": "time varying",
            "unstable": "stable", "dependent": "independent", "rational": "irrational"}  # fmt: skip
_SUBJECT = later(
    r"(?:(?:they|it|these|this|both|the (?:system|vectors?|set|matrix|series|function|relation|map|filter|columns?"
    r"|signal|estimator|graph|number|sequence|events?|variables?)) )?(?:(?:is|are) )?(?:both )?",
    re.IGNORECASE,
)
_REJECTS = later(
    r"(?:we )?(?P<not>fail to |do not |don't |cannot |can't |can not )?reject (?:the )?"
    r"(?:null(?: hypothesis)?(?:,? \(?(?:h_?\{?0\}?|h₀)\)?)?|h_?\{?0\}?|h₀)",
    re.IGNORECASE,
)
_JOINT = later(r" ?, ?(?:and |but )?| and | but ")


def compare_properties(gold: str, answer: str) -> Found | None:
    """The verdict on two lists of properties; None where one of them says anything else."""
    if max(len(gold), len(answer)) > _LONGEST or any(sign in gold + answer for sign in "=+^<>?"):
        return None
    one, other = _properties(gold), _properties(answer)
    if not one or not other:
        return None
    if one == other:
        return Found(EQUAL, "both say the same in words")
    if any({word, against} <= words for words in _OPPOSITES for word in one for against in other if word != against):
        return Found(DIFFERENT, "they say the opposite of each other")
    return Found(UNDECIDED, "these are different words")


def _properties(text: str) -> frozenset[str] | None:
    """The properties that a text lists, `not stable` as unstable; None where it holds other words."""
    said = plain_words(text).lower().replace("-", " ")
    if (rejected := _REJECTS.fullmatch(said)) is not None:
        return frozenset(["-reject" if rejected["not"] else "reject"])
    begun = _SUBJECT.match(said)
    found: set[str] = set()
    for word in _JOINT.split(said[begun.end() :] if begun is not None else said):
        word = word.removeprefix("is ").removeprefix("are ")
        negated = word.startswith("not ")
        plain = word.removeprefix("not ")
        plain = _SAME.get(plain, plain)
        if plain not in _KNOWN:
            return None
        found.add(_NEGATED.get(plain, f"-{plain}") if negated else plain)
    return frozenset(found)


# -- what is where ---------------------------------------------------------------------------------------------

_KIND = (
    r"(?:(?P<scope>local|relative|global|absolute) )?"
    r"(?P<kind>min(?:imum|ima)?|max(?:imum|ima)?|saddle(?: point)?|(?:point of )?inflection(?: point)?|critical point)"
)
_AT = later(
    rf"(?:(?:there is|it has|f has|we have) )?(?:an? |the )?{_KIND}(?: point)?(?: is)?(?: at| in|:) ?(?P<place>\S.*)",
    re.I,
)
_IS = later(rf"(?P<place>\S.*?),?(?: is|:| gives)? (?:an? |the )?{_KIND}(?: point)?", re.I)
_ON = later(
    r"(?:(?:f|it|the function|f\(x\)) )?(?:is )?(?:strictly )?(?P<kind>increasing|decreasing|concave up|concave down"
    r"|concave|convex|positive|negative)(?: on| for| in| over| when)(?: the interval)? (?P<place>\S.*)",
    re.I,
)
_DIRECTED = later(
    r"(?P<place>\S.*?),? ?(?:to the |toward(?:s)? the |due |directed )?"
    r"(?P<kind>left|right|upwards?|downwards?|up|down|north|south|east|west|clockwise|(?:counter|anti)clockwise)",
    re.IGNORECASE,
)
_COORDINATES = later(r"\(?\s*x\s*(?:,\s*y\s*)?(?:,\s*z\s*)?\)?\s*=\s*(?=\()")
_WORDS = later(r"(?<![\\A-Za-z{])[A-Za-z]{3,}")
_SCOPES = {"relative": "local", "absolute": "global"}
_ONE_KIND = {"anticlockwise": "counterclockwise", "upwards": "up", "downwards": "down", "upward": "up",
             "downward": "down", "concave": "concave down", "convex": "concave up"}  # fmt: skip


def placed_alike(gold: str, answer: str) -> tuple[Found | None, str, str] | None:
    """A verdict, or else where both say that something is; None where they say no such thing of two places."""
    if max(len(gold), len(answer)) > _LONGEST:
        return None
    one, other = plain_words(gold), plain_words(answer)
    for patterns in ((_AT, _IS), (_ON,), (_DIRECTED,)):
        placed = [_placed(text, patterns) for text in (one, other)]
        if placed[0] is None or placed[1] is None:
            continue
        first, second = placed[0], placed[1]
        if first.kind != second.kind:
            general = "critical" in (first.kind, second.kind)
            verdict = UNDECIDED if general else DIFFERENT
            return Found(verdict, f"one says {first.kind}, the other {second.kind}"), "", ""
        if first.scope and second.scope and first.scope != second.scope:
            return Found(UNDECIDED, f"one is {first.scope}, the other {second.scope}"), "", ""
        return None, first.place, second.place
    return None


def _placed(text: str, patterns: tuple[re.Pattern[str], ...]) -> Placed | None:
    for pattern in patterns:
        found = pattern.fullmatch(text)
        if found is None or _WORDS.search(found["place"]):
            continue
        kind = found["kind"].lower()
        kind = (
            _ONE_KIND.get(kind, kind)
            if pattern not in (_AT, _IS)
            else re.sub(r"^(?:point of )?(\w{3})\w*.*", r"\1", kind)
        )
        scope = (found["scope"] or "").lower() if pattern in (_AT, _IS) else ""
        place = _COORDINATES.sub("", found["place"]).strip(" ,")
        return Placed(_LONG.get(kind, kind), _SCOPES.get(scope, scope), place)
    return None


_LONG = {"min": "minimum", "max": "maximum", "sad": "saddle", "inf": "inflection", "cri": "critical"}
