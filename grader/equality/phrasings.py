"""What one side says in words told as a formula, as the other side has it: "at least 385" beside `n \\ge 380`."""

from __future__ import annotations

import re

from grader.equality.nouns import told_under_name, top_level
from grader.equality.properties import plain_words
from grader.model.patterns import later
from grader.reference.units import find_unit

_LONGEST = 160  # characters
_SIGNS = (
    (r"\ge", r"at least|no less than|not less than|no fewer than|not fewer than|a minimum of|greater than or equal to"),
    (r"\le", r"at most|no more than|not more than|a maximum of|less than or equal to"),
    (">", r"more than|greater than|larger than|higher than|bigger than|above"),
    ("<", r"less than|fewer than|smaller than|lower than|below"),
)
_COMPARED = "|".join(words for _, words in _SIGNS)
_BOUNDED = later(
    rf"(?P<subject>(?:[A-Za-z][A-Za-z'-]* ){{0,8}}?)(?P<words>{_COMPARED}) (?P<value>[-+\d(\\].*)", re.IGNORECASE
)
_OR_MORE = later(
    r"(?P<value>[-+\d(\\].*?) or (?P<words>more|greater|larger|higher|less|fewer|smaller|lower)(?P<rest>)", re.I
)
_TURNED = later(r"\b(?:not?|never|cannot|neither|nor|unless|if|either|or|but|except|between|and)\b|n't", re.IGNORECASE)
_NAME = r"\\?[A-Za-z]+(?:_\{?\w+\}?)?"
_RELATION = later(rf"[\s$]*(?P<name>{_NAME})\s*(?:\\(?:geq?|leq?|gt|lt|geqslant|leqslant)(?![a-z])|[<>≥≤]=?)[^<>≤≥=]*")
_SCALES = later(  # "at least 3 thousand" is no 3
    r"hundred|thousand|million|billion|dozen|percent|squared?|cubed?|times|hal(?:f|ves)|thirds?|quarters?|minus|plus|degrees?"
)
_TAIL = later(r"(?P<number>.*[\d)}\]])\s*(?P<tail>[A-Za-z]+(?: [A-Za-z]+){0,2})")


def told_as_formula(text: str, other: str) -> str:
    """The text in the words of the other side's formula; "" where nothing in it is said in words."""
    if len(text) > _LONGEST or not any(map(str.isalpha, text)):
        return ""
    said = plain_words(text)
    for telling in (_as_bound, _as_ends, _as_exceptions, _as_numbers, _as_order, _as_normal, told_under_name):
        if found := telling(said, other):
            return found
    return ""


def _as_bound(said: str, other: str) -> str:
    """ "sampling rate must be more than 8000 Hz" as `f_s > 8000 Hz`, where the other side bounds f_s."""
    asked = _RELATION.fullmatch(other)
    found = _BOUNDED.fullmatch(said) or _OR_MORE.fullmatch(said)
    if asked is None or found is None:
        return ""
    subject = found.groupdict().get("subject") or ""
    if _TURNED.search(subject) or _TURNED.search(found["value"]) or re.search(_COMPARED, subject, re.IGNORECASE):
        return ""
    words = found["words"].lower()
    sign = next((sign for sign, said in _SIGNS if words in said.split("|")), "")
    sign = sign or (r"\ge" if words in ("more", "greater", "larger", "higher") else r"\le")
    return f"{asked['name']} {sign} {_value(found['value'])}"


def _value(text: str) -> str:
    """A value without the word for what is counted, `385 people`; a unit stays."""
    found = _TAIL.fullmatch(text.strip())
    if found is None:
        return text
    if find_unit(found["tail"]) is not None:
        return rf"{found['number']}\ \text{{{found['tail']}}}"
    counted = found["tail"].islower() and len(found["tail"]) > 4 and not _SCALES.search(found["tail"])
    return found["number"] if counted else text


_BETWEEN = later(
    r"(?:it is |lies |the interval |the interval is )?(?:between (?P<low>[-+\d.]+) and (?P<high>[-+\d.]+)"
    r"|from (?P<first>[-+\d.]+) to (?P<last>[-+\d.]+))", re.IGNORECASE,
)  # fmt: skip
_ENDS = later(r"[\s$]*(?:\\left)?(?P<opens>[(\[])[^()\[\],]+,[^()\[\],]+(?:\\right)?(?P<closes>[)\]])[\s$]*")


def _as_ends(said: str, other: str) -> str:
    """ "between 4.2 and 5.8" as the interval with these ends, open or closed as the other side has it."""
    found, asked = _BETWEEN.fullmatch(said), _ENDS.fullmatch(other)
    if found is None or asked is None:
        return ""
    low, high = found["low"] or found["first"], found["high"] or found["last"]
    return f"{asked['opens']}{low}, {high}{asked['closes']}"


_PLUS_MINUS = later(rf"[\s$]*(?P<name>{_NAME})\s*(?:\\neq?|≠|!=)\s*(?:\\pm(?![a-z])|±)\s*(?P<value>\S+?)[\s$]*")
_EXCEPT = later(
    rf"(?:all|any|every)(?: real)?(?: values? of| numbers?)? (?P<name>{_NAME}),? "
    rf"(?:except|but|other than|besides|apart from)(?: for)? (?P<values>\S.*)",
    re.IGNORECASE,
)


def _as_exceptions(said: str, other: str) -> str:
    """`k \\neq \\pm 2`, and "all k except k = 2 and k = -2", as what k is not."""
    if (both := _PLUS_MINUS.fullmatch(said)) is not None:
        name, values = both["name"], [both["value"], f"-{both['value']}"]
    elif (found := _EXCEPT.fullmatch(said)) is not None:
        name = found["name"]
        values = [
            re.sub(rf"^{re.escape(name)}\s*=\s*", "", one) for one in re.split(r", and |, | and | or ", found["values"])
        ]
    else:
        return ""
    if not all(values) or any(sign in value for value in values for sign in "=<>") or _SAID.search(" ".join(values)):
        return ""
    return r" \text{ and } ".join(rf"{name} \neq {value}" for value in values)


_SAID = later(r"(?<!\\)[A-Za-z]{3,}")
_MULTIPLES = {
    "even integers": r"\{2k : k \in \mathbb{Z}\}", "even numbers": r"\{2k : k \in \mathbb{Z}\}",
    "odd integers": r"\{2k+1 : k \in \mathbb{Z}\}", "odd numbers": r"\{2k+1 : k \in \mathbb{Z}\}",
    "integers": r"\mathbb{Z}", "natural numbers": r"\mathbb{N}", "rational numbers": r"\mathbb{Q}",
}  # fmt: skip
_OF_ALL = later(
    r"(?:the )?(?:set of )?(?:all )?(?:the )?(?P<what>[a-z]+ ?[a-z]+|multiples of (?P<factor>\d{1,3}))", re.I
)


def _as_numbers(said: str, other: str) -> str:
    """ "the even integers" as {2k : k in Z}, where the other side is such a set."""
    found = _OF_ALL.fullmatch(said)
    if found is None or "{" not in other:
        return ""
    if found["factor"]:
        return rf"\{{{found['factor']}k : k \in \mathbb{{Z}}\}}"
    return _MULTIPLES.get(found["what"].lower(), "")


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "fifth": 5}
_ORDER = later(
    rf"(?:(?:it|the method|the error) is )?(?P<ordinal>{'|'.join(_ORDINALS)})[- ]order(?: accura(?:te|cy))?"
    r"(?: ?[,:(]| i\.?e\.?,?| that is,?)+ ?(?P<order>O ?\(.*?\))\)?", re.IGNORECASE,
)  # fmt: skip
_POWER = later(r"O ?\(\s*\(?\\?[A-Za-z]+( ?[a-z])?\)?\s*(?:(?:\^|\*\*)\s*\{?(?P<power>\d)\}?|(?P<glyph>[²³⁴⁵]))?\s*\)")


def _as_order(said: str, other: str) -> str:
    """ "second order, O(h²)" as O(h²); "first order, O(h²)" contradicts itself and stays as it is."""
    found = _ORDER.fullmatch(said)
    power = _POWER.fullmatch(found["order"]) if found is not None else None
    if found is None or power is None:
        return ""
    size = int(power["power"] or {"²": 2, "³": 3, "⁴": 4, "⁵": 5}.get(power["glyph"] or "", 1))
    return found["order"] if _ORDINALS[found["ordinal"].lower()] == size else ""


_NORMAL = later(
    r"(?:(?:it|X|Y|Z|X ?\+ ?Y|the sum|the mean) )?(?:is )?(?:a |an )?(?:normal|gaussian)(?:ly)?"
    r"(?: distribut(?:ed|ion))?,? with (?:a )?mean (?P<mean>\S.*?)(?:,| and) (?:a )?"
    r"(?P<spread>variance|standard deviation|std|sd) (?P<value>\S.*)",
    re.IGNORECASE,
)
_DISTRIBUTED = later(
    r"(?P<head>[\s$]*[^~=]{1,30}?(?:\\sim(?![a-z])|~))?\s*(?:\\mathcal\s*\{?N\}?|N)\s*(?:\\!|\\left)*\s*\(.*"
)


def _as_normal(said: str, other: str) -> str:
    """ "normal with mean μ and variance σ²" as N(μ, σ²), under the other side's name."""
    found, asked = _NORMAL.fullmatch(said), _DISTRIBUTED.fullmatch(other)
    if found is None or asked is None:
        return ""
    mean, value = (re.sub(r"^(?:=|of|is) ?", "", found[name]) for name in ("mean", "value"))
    spread = value if found["spread"].lower() == "variance" else f"({value})^2"
    return f"{(asked['head'] or '').lstrip(' $')} N({mean}, {spread})"


_SEVERAL = later(
    r"(?:(?:the |its |there are )?(?:(?:two|three|four|both) )?"
    r"(?:eigenvalues?|singular values?|roots?|zeros?|poles?|solutions?"
    r"|(?:critical|stationary|fixed|equilibrium) points?|equilibria"
    r"|points? of intersection|intersections?|intersection points?|vertices|foci|intercepts?)"
    r"(?: are at| is at| are| is| at)? ?:? ?(?=[-+\d(\\±λσ])|(?=\([^()]*,[^()]*\)(?:, ?\([^()]*\))*,? and \())"
    r"(?P<values>[-+\d(\\±λσ].*)",
    re.IGNORECASE,
)


def told_as_values(text: str, other: str) -> tuple[str, str] | None:
    """ "eigenvalues are -2, 1 and 4" as the values alone, and those that the other side names; None for other words."""
    said = _SEVERAL.fullmatch(plain_words(text)) if len(text) <= _LONGEST else None
    if said is None or "=" in said["values"] or _SAID.search(said["values"].replace(" and ", " ")):
        return None
    values = re.sub(r",? and ", ", ", said["values"])
    alone = values_alone(other)
    return (values, alone) if alone else (values, other) if "=" not in other else None


_NUMBERED = later(r"(?:\s|\\[ ,;])*\\?[A-Za-zλσ]+_\{?(?P<place>\d)\}?\s*=\s*(?P<value>[^=]+)")
_LISTED = later(r"[\s$]*(?:\\lambda|λ|\\sigma|σ|x|z|s)\s*=\s*(?P<values>[^=]+)")


def values_alone(text: str) -> str:
    """`\\sigma_1 = 5, \\sigma_2 = 3` as "5, 3", and `\\lambda = 1, 4` as "1, 4"; "" for anything else."""
    if (listed := _LISTED.fullmatch(text.replace("$", ""))) is not None:
        return listed["values"].replace(r"\,", " ")
    members = [_NUMBERED.fullmatch(one) for one in top_level(text.replace("$", ""))]
    values = [one["value"].strip(" \\;") for one in members if one is not None]
    return ", ".join(values) if len(values) == len(members) > 1 else ""
