"""Distributions with their parameters, `X \\sim N(3, 4)` and "X ~ Normal(mu = 3, sigma = 2)"."""

from __future__ import annotations

import re

from grader.equality.nouns import top_level
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, UNREADABLE, Found
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LONGEST = 200  # characters
_NAMES = {
    "normal": "N|Normal|Gaussian|norm", "binomial": "Bin|Binomial|Binom|B", "poisson": "Poisson|Pois|Poi|Po",
    "exponential": "Exp|Exponential|Expo|Expon", "uniform": "U|Unif|Uniform", "beta": "Beta|Be", "gamma": "Gamma|Ga",
    "geometric": "Geom|Geo|Geometric", "bernoulli": "Bern|Bernoulli|Ber",
}  # fmt: skip
_FAMILIES = {name: family for family, names in _NAMES.items() for name in names.split("|")}
_SHORT = frozenset(["N", "B", "U", "Exp", "norm", "Gamma", "Beta", "Be", "Po", "Ga"])  # also letters and functions
# The place of each parameter that is named, and the power to which it is one.
_PARAMETERS: dict[str, dict[str, tuple[int, int]]] = {
    "normal": {"mu": (0, 1), "mean": (0, 1), "loc": (0, 1), "sigma^2": (1, 1), "sigma2": (1, 1), "var": (1, 1),
               "variance": (1, 1), "sigma": (1, 2), "sd": (1, 2), "std": (1, 2), "scale": (1, 2)},
    "binomial": {"n": (0, 1), "trials": (0, 1), "p": (1, 1), "prob": (1, 1)},
    "poisson": {"lambda": (0, 1), "rate": (0, 1), "mean": (0, 1), "mu": (0, 1), "lam": (0, 1)},
    "exponential": {"lambda": (0, 1), "rate": (0, 1), "mean": (0, -1), "scale": (0, -1)},
    "uniform": {"a": (0, 1), "low": (0, 1), "min": (0, 1), "b": (1, 1), "high": (1, 1), "max": (1, 1)},
    "beta": {"alpha": (0, 1), "a": (0, 1), "beta": (1, 1), "b": (1, 1)},
    "gamma": {"alpha": (0, 1), "shape": (0, 1), "a": (0, 1), "beta": (1, 1), "rate": (1, 1), "scale": (1, -1)},
    "geometric": {"p": (0, 1)}, "bernoulli": {"p": (0, 1)},
}  # fmt: skip
_OVERLAPPING = (
    frozenset(["exponential", "gamma"]),
    frozenset(["bernoulli", "binomial"]),
    frozenset(["beta", "uniform"]),
)
_OTHER_CUSTOM = {"normal": (1, 2, "the second parameter"), "exponential": (0, -1, "the parameter"),
                 "gamma": (1, -1, "the second parameter")}  # fmt: skip
_TELLING = later(
    r"(?:(?P<head>[^=~]{1,30}?)\s*(?:\\sim(?![a-z])|~|∼)\s*)?(?P<set>\\(?:mathrm|text|operatorname|mathcal|mathsf)\s*\{?\s*)?"
    r"(?P<name>[A-Z][a-z]*|norm)\s*\}?\s*(?P<open>[(\[])(?P<inside>.*)[)\]]",
    re.DOTALL,
)
_TIGHT = later(r"\\(?:left|right|bigl|bigr|Bigl|Bigr)(?![a-z])|\\[,!;: ]|\$")
_NAMED = later(r"(?P<name>\\?[A-Za-zα-ω]+(?:\^\{?2\}?|²|2)?)\s*=\s*(?P<value>[^=<>]+)")
_GLYPHS = {"μ": "mu", "σ": "sigma", "λ": "lambda", "α": "alpha", "β": "beta", "²": "^2"}


class Distribution(NamedTuple):
    """A distribution: of what, its family, and its parameters in the order of custom."""

    head: str
    family: str
    parameters: tuple[str, ...]
    named: frozenset[int]  # the places of parameters that were named


def compare_distributions(gold: str, answer: str) -> Found | None:
    """The verdict on two distributions that are told with their parameters; None where not both are."""
    if "(" not in gold + answer and "[" not in gold + answer:
        return None
    surely = any(sign in gold + answer for sign in ("\\sim", "~", "∼", "\\text", "\\mathrm", "\\operatorname"))
    one, other = read_distribution(gold, surely), read_distribution(answer, surely)
    if one is None or other is None or (one.head and other.head and one.head != other.head):
        return None
    if one.family != other.family:
        overlap = {one.family, other.family} in _OVERLAPPING
        return Found(UNDECIDED if overlap else DIFFERENT, f"one is {one.family}, the other {other.family}")
    if len(one.parameters) != len(other.parameters):
        return None
    verdict = _compare(one.parameters, other.parameters)
    if verdict == UNREADABLE:
        return None
    if verdict == DIFFERENT and (doubt := _custom(one, other)):
        return Found(UNDECIDED, doubt)
    reasons = {EQUAL: "both are the same distribution", DIFFERENT: "their parameters differ"}
    return Found(verdict, reasons.get(verdict, "it is not certain that their parameters are equal"))


def _compare(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    from grader.equality.compare import compare_as_typed

    verdicts = [compare_as_typed(a, b).verdict for a, b in zip(one, other, strict=True)]
    return next((found for found in (UNREADABLE, DIFFERENT, UNDECIDED) if found in verdicts), EQUAL)


def _custom(one: Distribution, other: Distribution) -> str:
    """Why a difference may be none: N(3, 2) may be told with a deviation, Exp(2) with a mean."""
    if one.family not in _OTHER_CUSTOM:
        return ""
    place, power, what = _OTHER_CUSTOM[one.family]
    if place in one.named and place in other.named:
        return ""
    for told, plain in ((one, other), (other, one)):
        if place not in told.named:
            raised = list(told.parameters)
            raised[place] = _raised(raised[place], power)
            if _compare(tuple(raised), plain.parameters) == EQUAL:
                return f"{what} may be told by another custom"
    return ""


def _raised(value: str, power: int) -> str:
    return value if power == 1 else f"({value})^{{{power}}}"


def read_distribution(text: str, surely: bool) -> Distribution | None:
    """The distribution that a text tells; None for anything else. `surely`: that a short name is one is certain."""
    if len(text) > _LONGEST:
        return None
    found = _TELLING.fullmatch(_TIGHT.sub(" ", text).strip(" ."))
    family = _FAMILIES.get(found["name"]) if found is not None else None
    if found is None or family is None or (found["name"] in _SHORT and not surely):
        return None
    places = _PARAMETERS[family]
    count = 1 + max(place for place, _ in places.values())
    values: dict[int, str] = {}
    named: set[int] = set()
    for at, part in enumerate(top_level(found["inside"])):
        place, value = at, part
        if (said := _NAMED.fullmatch(part)) is not None:
            name = (
                "".join(_GLYPHS.get(sign, sign) for sign in said["name"].lstrip("\\")).replace("{", "").replace("}", "")
            )
            if name not in places:
                return None
            place, power = places[name]
            value = _raised(said["value"].strip(), power)
            named.add(place)
        if place in values or not value.strip() or place >= count:
            return None
        values[place] = value
    if len(values) != count:
        return None
    head = re.sub(r"[\s{}]", "", found["head"] or "")
    return Distribution(head, family, tuple(values[place] for place in range(count)), frozenset(named))
