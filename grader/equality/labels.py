"""Words before a value that only say what it is: "stationary distribution π = (2/3, 1/3)", "the median is 7"."""

from __future__ import annotations

import re

from grader.equality.heads import outside_brackets
from grader.equality.properties import plain_words
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LONGEST = 160  # characters
# Quantities by the words for them, each beside its other names.
_LABELS = (
    "median|sample median", "mean|average|sample mean|arithmetic mean", "mode", "range", "iqr|interquartile range",
    "variance|sample variance|var", "standard deviation|sample standard deviation|std|sd|std dev|st dev",
    "p-value|p value|pvalue", "degrees of freedom|df|dof|d.f.", "ci|confidence interval|conf. interval",
    "test statistic", "z-score|z score|z-statistic", "t-statistic|t statistic|t-score|t score", "standard error|se",
    "margin of error|moe|me", "correlation|correlation coefficient", "slope", "intercept|y-intercept",
    "stationary distribution|steady state|steady-state distribution|equilibrium distribution", "integrating factor",
    "chi-square|chi-squared|chi-square statistic", "f-statistic|f statistic", "expected value|expectation",
    "relative error", "absolute error", "efficiency", "specific heat|specific heat capacity", "step size",
    "truncation error", "condition number", "entropy", "wavelength", "focal length", "magnification", "error",
    "marginal cost", "marginal revenue", "profit", "revenue", "probability", "sample size", "effect size", "power",
)  # fmt: skip
_OWN_NAME = {label: one.split("|")[0] for one in _LABELS for label in one.split("|")}
_WORDS = "|".join(re.escape(label) for label in sorted(_OWN_NAME, key=len, reverse=True))
_LABELLED = later(
    rf"(?:(?:the|its|our|a|an|so|thus|hence) )*(?:(?P<level>\d\d(?:\.\d)?) ?%-? )?(?P<label>{_WORDS})"
    r"(?: \((?:df|CI|IQR|SD|SE)\))?(?: (?:of|for) (?:the )?(?:data|sample|population|mean|set|chain|data set))?"
    r"(?: ?[=:≈]| ?\\approx(?![a-z])| (?:is|equals|was)(?: about| approximately| equal to)?:?|(?= ?[(\[]))"
    r" ?(?P<value>\S.*)",
    re.IGNORECASE,
)
_NAME = (
    r"\\?(?:(?![ei][ ^=])[A-Za-zα-ωΑ-Ω]|[a-zA-Z]{2,7}(?=[_(]))(?:'{1,3})?(?:_(?:\{[^{}=]{1,12}\}|\w{1,3})|[₀-₉]|\d)?"
    r"(?:\^(?:\{\*\}|\*|\d)|\*)?(?:'{1,3})?(?:\([^()=]{1,12}\))?"
)
_GREEK = (
    r"\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|varphi|chi|psi"
    r"|omega|Omega|Phi|Lambda|hat|bar|vec|mathbf)(?:\{[^{}]*\})?(?:_(?:\{[^{}=]{1,12}\}|\w))?(?:\([^()=]{1,12}\))?"
)
_NAMED = later(
    rf"(?P<words>(?:[A-Za-z][A-Za-z'-]*[ :,]+){{1,6}}?)(?P<rest>(?:{_GREEK}|{_NAME}) ?(?:=(?!=)|≈|\\approx(?![a-z])).+)"
)
_TURNING = frozenset(
    "not no minus negative wrong half twice double triple thrice inverse reciprocal square squared root cube cubed log"
    " logarithm if unless never without opposite conjugate times plus third quarter when where for all any every some"
    " exists except but while whereas against or nor neither either transpose adjoint determinant trace rank norm"
    " magnitude modulus absolute expected average mean median maximum minimum max min largest smallest greatest least"
    " change gradient integral and with suppose assume assuming let guess maybe perhaps cannot can't isn't".split()
)
_LINKS = frozenset("is are was be so we get have has then thus hence therefore gives equals by as that our".split())
# What a letter may be called that stands behind the word: "eigenvalue λ = 3"; not "arg z = 3", "median x = 3".
_NOUNS = frozenset(
    "distribution factor constant velocity speed acceleration force work energy power mass time distance displacement"
    " height width area volume radius diameter period frequency wavelength amplitude angle eigenvalue ratio slope"
    " intercept convergence answer result parameter probability statistic rate temperature pressure density charge"
    " current voltage resistance capacitance inductance momentum torque impulse inertia friction light freedom success"
    " trial flight oscillation tension weight cost revenue profit price quantity demand supply count".split()
)
_THINGS = frozenset("solution variable vector matrix function polynomial equation event set eigenvector".split())
_NAMED_BY = {
    "mean": r"\\mu.*|μ.*|\\bar.*", "average": r"\\mu.*|μ.*|\\bar.*", "variance": r"(?:\\sigma|σ|s)(?:\^2|²|\^\{2\}).*",
    "deviation": r"(?:\\sigma|σ|s)(?:_.*)?", "derivative": r".*'.*|\\frac.*", "difference": "d", "size": "n|N",
    "length": "[lL]", "value": r"p", "score": "[zt]", "statistic": r".*",
}  # fmt: skip


class _Labelled(NamedTuple):
    """What a value is, in words, at which level of confidence, and the value."""

    label: str
    level: str
    value: str


def without_labels(gold: str, answer: str) -> tuple[str, str]:
    """Both without words that only say what their values are; as they were where words may say more."""
    if max(len(gold), len(answer)) > _LONGEST:
        return gold, answer
    gold, answer = (_P_VALUE.sub("p-value", text) for text in (gold, answer))
    one, other = _without_words(gold), _without_words(answer)
    mine, theirs = _labelled(gold), _labelled(answer)
    if mine is not None and theirs is not None:
        same = mine.label == theirs.label and (mine.level == theirs.level or "" in (mine.level, theirs.level))
        return (_last_step(mine.value), _last_step(theirs.value)) if same else (gold, answer)
    if mine is not None and _is_bare(other):
        return _last_step(mine.value), other
    if theirs is not None and _is_bare(one):
        return one, _last_step(theirs.value)
    return one, other


def _without_words(text: str) -> str:
    """`spring constant k = 5` as `k = 5`: nothing but a noun for the letter stands before it."""
    said = plain_words(text)
    found = _NAMED.fullmatch(said)
    if found is None:
        return text
    words = re.split(r"[ :,]+", found["words"].strip(" :,").lower())
    while words and words[-1] in _LINKS:
        words.pop()
    if not words:
        return found["rest"]
    noun, name = words[-1], re.split(r" ?(?:=|≈|\\approx)", found["rest"])[0]
    if (pattern := _NAMED_BY.get(noun)) is not None:
        others = words[:-1] if noun != "deviation" else words[:-2]
        return found["rest"] if re.fullmatch(pattern, name) and _TURNING.isdisjoint(others) else text
    plain = noun.removesuffix("s") not in _THINGS or "of" not in words
    fits = noun in _NOUNS or noun.removesuffix("s") in _NOUNS | _THINGS
    return found["rest"] if fits and plain and _TURNING.isdisjoint(words) else text


def _labelled(text: str) -> _Labelled | None:
    """A text that gives a value to a quantity in words; None for any other."""
    said = plain_words(text).replace(r"\%", "%")
    found = _LABELLED.fullmatch(said)
    if found is None or found["value"].startswith(("not ", "no ")):
        return None
    tight = said[found.end("label") :].lstrip().startswith("(")
    if tight and "=" in outside_brackets(found["value"]):  # Var(2X) = 4 a^2
        return None
    label = _OWN_NAME[found["label"].lower()]
    if label not in ("variance", "chi-square") and _SQUARED.match(found["value"]):  # standard deviation: s^2 = 4
        return None
    return _Labelled(label, found["level"] or "", found["value"])


def _is_bare(text: str) -> bool:
    """Whether a text is a value without a name or a word."""
    plain = outside_brackets(text)
    return "=" not in plain and _SAID.search(re.sub(r"\\[A-Za-z]+", " ", text)) is None


_SQUARED = later(r"[^-+*/\d()=]*(?:\^|²|³)[^-+*/()=]*=")
_P_VALUE = later(r"\$?p\$?\s*(?:-\s*)?\\text\s*\{\s*-?\s*value\s*\}")
_SAID = later(r"[A-Za-z]{3,}")


def _last_step(value: str) -> str:
    """`Q3 - Q1 = 12 - 7 = 5` without the steps in letters that lead to numbers; what is computed stays."""
    plain = outside_brackets(value)
    cuts = [place for place, sign in enumerate(plain) if sign == "="]
    if not cuts:
        return value
    steps = [value[a:b].strip() for a, b in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(value)], strict=True)]
    if _in_letters(steps[-1]):
        return value
    return " = ".join(step for step in steps if not _in_letters(step))


def _in_letters(text: str) -> bool:
    return any(map(str.isalpha, re.sub(r"\\(?:[dt]?frac|cdot|times|left|right|sqrt)(?![a-z])|sqrt", "", text)))
