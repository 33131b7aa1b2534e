"""Quantities named by a noun, "radius of convergence 3", under the letter that the other side gives them, `R = 3`."""

from __future__ import annotations

import re
from itertools import pairwise

from grader.equality.heads import outside_brackets
from grader.model.patterns import later

_GREEK = {"μ": "mu", "σ": "sigma", "λ": "lambda", "τ": "tau", "ω": "omega", "ν": "nu", "ρ": "rho", "η": "eta"}
_MEAN = r"(?:E\W?[A-Z]\W?|mu(?:_\w+)?|[xX]_?bar|mean)"
# A noun, and how what it names is written before a sign of equality, without braces and backslashes.
_NOUNS = {
    "radius of convergence": "R", "convergence radius": "R", "fundamental period": "[NT]_?0?", "period": "[NTP]_?0?",
    "expected value": _MEAN, "expectation": _MEAN, "mean": _MEAN, "average": _MEAN,
    "variance": r"(?:Var|V|var)\W?[A-Z]\W?|sigma\^2|s\^2",
    "standard deviation": r"sigma|s|(?:SD|sd|Std)\W?[A-Z]\W?|sigma_\w+",
    "wavelength": "lambda", "angular frequency": "omega_?0?", "amplitude": "A", "slope": "m", "time constant": "tau",
    "sampling rate": "[fF]_?s", "sampling frequency": "[fF]_?s", "sample size": "n", "frequency": "[f]_?0?|nu",
    "acceleration": "a", "velocity": "v", "speed": "v", "mass": "m", "force": "F", "probability": r"p|P(?:r)?\W.*",
    "rank": r"(?:rank|rk)\W?.*", "nullity": r"(?:nullity|null)\W?.*", "determinant": r"det\W?.*", "trace": r"tr\W?.*",
    "dimension": r"dim\W?.*", "resistance": "R", "voltage": "[VU]", "current": "[iI]", "capacitance": "C",
    "area": "A", "volume": "V", "perimeter": "P", "distance": "d", "length": "[lL]", "median": "m|x_?med",
    "stationary distribution": "pi", "integrating factor": r"(?:mu|I|M)(?:\([xt]\))?", "p-value": "p",
    "t-statistic": "t", "t-score": "t", "z-score": "z", "z-statistic": "z",
    "test statistic": r"[tzF]|chi\^2", "chi-square statistic": r"chi\^2",
    "derivative": r"[a-z]'(?:\([a-z]\))?|frac?d[a-z]d[a-z]|d[a-z]/d[a-z]", "spring constant": "k",
    "efficiency": "eta|e", "relative error": "e_r|epsilon_r|delta|e_?rel|epsilon", "emf": "[Ee]|epsilon|mathcalE",
    "focal length": "f", "magnification": "[mM]", "specific heat": "c", "specific heat capacity": "c",
    "entropy": "[SH]",
    "power": "P", "work": "W", "energy": "E|U", "kinetic energy": "K|KE|E_?k|T", "potential energy": "U|PE|E_?p|V",
    "momentum": "p", "torque": "tau", "pressure": "[pP]", "temperature": "T", "charge": "[qQ]", "density": "rho",
    "inductance": "L", "magnetic flux": "Phi(?:_?B)?", "index of refraction": "n", "refractive index": "n",
    "step size": "h", "condition number": r"kappa\W?.*|cond\W?.*",
    "common ratio": "r", "common difference": "d", "order": "[pn]", "degree": r"deg\W?.*|n",
}  # fmt: skip
_NOUN = later(
    rf"(?:^|(?<=[ ,;]))(?:the |its )?(?P<noun>{'|'.join(sorted(_NOUNS, key=len, reverse=True))})(?: of [A-Za-z])?"
    r"(?: is| are| equals)?(?: ?[=:≈] ?| )(?=[-+\w(\\{])", re.IGNORECASE,
)  # fmt: skip
_COUNTED = later(r"(?<=[\d)}\]]) (?:samples|points|terms|trials|people|students|steps|times|items|successes)")
_WORD = later(r"(?<![\\A-Za-z{])[A-Za-z]{4,}")


def told_under_name(said: str, other: str) -> str:
    """What a text says in nouns as equations of the other side's names, in their order; "" where they do not fit."""
    found = list(_NOUN.finditer(said))
    named = [part.split("=", 1)[0] for part in top_level(other.replace("$", "")) if part.count("=") == 1]
    if not found or found[0].start() != 0 or len(named) != len(found) or len(named) != len(top_level(other)):
        return ""
    stops = [one.start() for one in found[1:]] + [len(said)]
    values: dict[int, str] = {}
    for noun, stop in zip(found, stops, strict=True):
        value = re.sub(r"[ ,;]*(?:\band\b)?[ ,;]*$", "", _COUNTED.sub("", said[noun.end() : stop].strip()))
        pattern = _NOUNS[noun["noun"].lower()]
        places = [at for at, name in enumerate(named) if re.fullmatch(pattern, _bare(name)) and at not in values]
        if len(places) != 1 or not value or ("=" in value and len(found) > 1) or _WORD.search(value):
            return ""
        values[places[0]] = value
    return ", ".join(f"{name.strip()} = {values[at]}" for at, name in enumerate(named))


def _bare(name: str) -> str:
    """A name without what only sets it: `\\operatorname{Var}(X)` is Var(X), `\\sigma^2` sigma^2."""
    plain = re.sub(r"\\(?:operatorname|mathrm|text|mathbb|left|right)(?![a-z])|[{} $]", "", name)
    plain = re.sub(r"\\bar([A-Za-z])", r"\1_bar", plain).replace("\\", "").replace("²", "^2")
    return "".join(_GREEK.get(sign, sign) for sign in plain)


def top_level(text: str) -> list[str]:
    """The parts of a text between the commas that stand in no brackets."""
    plain = outside_brackets(text)
    cuts = [-1, *(place for place, sign in enumerate(plain) if sign in ",;" and plain[place - 1] != "\\"), len(text)]
    return [text[a + 1 : b].strip() for a, b in pairwise(cuts)]
