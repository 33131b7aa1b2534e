"""Signs of logic and sets as a keyboard or another custom has them: `~p | q`, `A \\ B`, `{x ∈ R : ...}`, `]0, 1[`."""

from __future__ import annotations

import re

from grader.model.patterns import later

_LONGEST = 300  # characters


def signs_alike(gold: str, answer: str) -> tuple[str, str]:
    """Both with the signs of logic, of sets and of open ends that the other side has; as they were without any."""
    if max(len(gold), len(answer)) > _LONGEST:
        return gold, answer
    return _as(gold, answer), _as(answer, gold)


def _as(text: str, other: str) -> str:
    text = _ORIENTED.sub(r"\g<bracket>", text) if "[" in text or "]" in text else text
    text = _ENDS.sub(_with_round_ends, text) if "]" in text or "[" in text else text
    if "\\" not in _BACKSLASH.sub("", text):
        text = _BACKSLASH.sub("∖", text) if _OF_SETS.search(other) else text
        if any(sign in text for sign in "∈i"):
            text = _with_number_sets(text, other)
    if _OF_LOGIC.search(other) and _STATEMENT.fullmatch(text):
        text = _SIGN.sub(lambda found: _MEANT[found.lastgroup or ""], text)
    return text


# -- logic -----------------------------------------------------------------------------------------------------

_OF_LOGIC = later(
    r"\\(?:land|lor|lnot|neg|wedge|vee|to|oplus|(?:[Ll]eft)?[Rr]ightarrow|implies|iff|overline)(?![a-z])|[∧∨¬→⇒↔⇔⊕]"
)
# Letters alone beside the signs: in |x| and f'(x) none of them is a sign of logic.
_STATEMENT = later(
    r"(?:[\s()\[\]~!&|^]|\\/|/\\|[<=-]*[-=]>|[∧∨¬→⇒↔⇔]|(?<![A-Za-z])(?:[A-Za-z]|and|or|xor|not)(?![A-Za-z]))+"
)
_SIGN = later(
    r"(?P<or>\|\|?|\\/|(?<=[a-zA-Z)] )v(?= [a-zA-Z(~!¬]))"
    r"|(?P<and>&&?|/\\|(?<=[a-zA-Z) ])\^(?=[ a-zA-Z(~!¬]))|(?P<not>[~!])|(?P<xor>(?<![A-Za-z])xor(?![A-Za-z]))"
)
_MEANT = {"or": " ∨ ", "and": " ∧ ", "not": "¬", "xor": "⊕"}


# -- sets ------------------------------------------------------------------------------------------------------

_OF_SETS = later(r"\\(?:setminus|smallsetminus|cup|cap|mathbb|triangle)(?![a-z])|[∖∪∩ℝ△]")
_BACKSLASH = later(r"(?<=[A-Z)}\]ℝ])\s?\\\s?(?=[A-Z({\[])")
_NUMBERS = {"R": "ℝ", "Z": "ℤ", "N": "ℕ", "Q": "ℚ", "C": "ℂ"}
_MEMBER = later(r"(?P<sign>∈|(?<![A-Za-z])in(?= ))\s*(?P<set>[RZNQC])(?![A-Za-z0-9_('])")


def _with_number_sets(text: str, other: str) -> str:
    """`x ∈ R` as x ∈ ℝ, where R is nothing else in either text."""

    def told(found: re.Match[str]) -> str:
        letter = found["set"]
        elsewhere = _MEMBER.sub(" ", text) + " " + _BLACKBOARD.sub(" ", other)
        taken = re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", _MEMBER.sub(" ", elsewhere))
        return found[0] if taken else f"∈ {_NUMBERS[letter]}"

    return _MEMBER.sub(told, text)


_BLACKBOARD = later(r"\\(?:mathbb|mathbf)\s*\{?\s*[RZNQC]\s*\}?")

# -- open ends -------------------------------------------------------------------------------------------------

_ORIENTED = later(r"\\(?:left|right|mathopen|mathclose)\s*(?P<bracket>[\[\]])")
_END = r"(?:[^\[\]();,=<>]|\([^()\[\],;=]*\))*?[^\s\[\](),;=<>]"
_ENDS = later(
    rf"(?P<open>[\[(]|(?<![\w)\]}}])\])(?P<low>{_END})(?P<between>\s*[,;]\s*)(?P<high>{_END}\)?)(?P<close>[\])\[])"
)


def _with_round_ends(found: re.Match[str]) -> str:
    """`]a, b[` as (a, b), the brackets turned outwards being open ends; `[a, b]` and `(a, b]` stay."""
    if found["open"] != "]" and found["close"] != "[":
        return found[0]
    opener = "(" if found["open"] == "]" else found["open"]
    closer = ")" if found["close"] == "[" else found["close"]
    return f"{opener}{found['low']}{found['between']}{found['high']}{closer}"
