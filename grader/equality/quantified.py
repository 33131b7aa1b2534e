"""Statements with quantifiers, `\\exists x\\, \\neg P(x)` and `¬∀x P(x)`, after their negations are pushed inwards."""

from __future__ import annotations

import re
from itertools import product

from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LONGEST = 160  # characters
_ANY = later(r"\\(?:forall|exists)(?![a-z])|[∀∃]|\b(?:for all|for every|there exists?|there is an?)\b", re.IGNORECASE)
_SPELLINGS = (
    (later(r"\\forall(?![a-z])|\bfor (?:all|every|each|any)\b", re.IGNORECASE), "∀"),
    (later(r"\\exists(?![a-z])|\bthere (?:exists?|is)(?: an?)?\b", re.IGNORECASE), "∃"),
    (later(r"\\(?:neg|lnot)(?![a-z])|[~!](?!=)|\bnot\b", re.IGNORECASE), "¬"),
    (later(r"\\(?:to|rightarrow|Rightarrow|implies)(?![a-z])|=>|->|⇒|⟹"), "→"),
    (later(r"\\(?:land|wedge)(?![a-z])|\band\b|&&"), "∧"),
    (later(r"\\(?:lor|vee)(?![a-z])|\bor\b|\|\|"), "∨"),
    (later(r"\\[,;:! ]|\\q?quad(?![a-z])|\\(?:left|right)(?![a-z])|\b(?:such that|with|we have|so that)\b|\$"), " "),
)
_QUANTIFIED = later(r"(?P<sign>[∀∃])\s*(?P<name>[a-z])(?![A-Za-z])\s*[,:.|]?\s*")
_ATOM = later(r"[A-Z]\((?P<letters>[a-z](?:,[a-z])*)\)")
_ATOMS = later(r"[A-Z]\([a-z](?:,[a-z])*\)")
_ALIAS = later(r",? i\.? ?e\.?,? ")
_NAMES = "pqrst"


class Quantified(NamedTuple):
    """Quantifiers in order, and the statement behind them, negated or not; bound letters are numbered."""

    signs: str
    body: str
    negated: bool


def compare_quantified(gold: str, answer: str) -> Found | None:
    """The verdict on two statements with quantifiers; None where one has none, or cannot be read as such."""
    if max(len(gold), len(answer)) > _LONGEST or not (_ANY.search(gold) and _ANY.search(answer)):
        return None
    sides = [[read_quantified(part) for part in _ALIAS.split(text)] for text in (gold, answer)]
    if any(not parts or None in parts or len(set(parts)) > 1 for parts in sides):
        return None
    one, other = sides[0][0], sides[1][0]
    if one is None or other is None:
        return None
    if one == other:
        return Found(EQUAL, "both are the same once their negations are pushed inwards")
    if one.signs == other.signs and _same_statement(one, other):
        return Found(EQUAL, "both say the same of the same letters")
    if one.body[0] == other.body[0] and all(_is_generic(side) for side in (one, other)):
        if one.signs == other.signs and one.negated == other.negated:
            return Found(EQUAL, "both say the same of all letters, in another order")
        return Found(DIFFERENT, "they say different things of a property that may be any")
    if _differ_somewhere(one, other):
        return Found(DIFFERENT, "they say different things of a property that may be any")
    return Found(UNDECIDED, "whether these statements say the same is not certain")


def _differ_somewhere(one: Quantified, other: Quantified) -> bool:
    """Whether one is true and the other false for some properties of two things."""
    atoms = sorted({*_ATOMS.findall(one.body), *_ATOMS.findall(other.body)})
    sizes = {(atom[0], atom.count(",") + 1) for atom in atoms}
    facts = [(name, *places) for name, size in sorted(sizes) for places in product("01", repeat=size)]
    if not facts or len(facts) > _MOST_FACTS or len(sizes) != len({name for name, _ in sizes}):
        return False
    try:
        return any(
            _holds(one, set(chosen), {}) != _holds(other, set(chosen), {})
            for number in range(2 ** len(facts))
            for chosen in [[fact for place, fact in enumerate(facts) if number >> place & 1]]
        )
    except ValueError:
        return False


_MOST_FACTS = 8


def _holds(side: Quantified, facts: set[tuple[str, ...]], things: dict[str, str]) -> bool:
    """Whether a statement holds where some facts do, once things are chosen for its first letters."""
    if len(things) < len(side.signs):
        letter = chr(ord("a") + len(things))
        parts = (_holds(side, facts, {**things, letter: thing}) for thing in "01")
        return all(parts) if side.signs[len(things)] == "∀" else any(parts)

    def fact(found: re.Match[str]) -> str:
        letters = found[0][2:-1].split(",")
        if not things.keys() >= set(letters):
            raise ValueError("a letter that no quantifier binds")
        return "p" if (found[0][0], *(things[letter] for letter in letters)) in facts else "q"

    body = _ATOMS.sub(fact, side.body)
    truth = _Truth(body, {"p": True, "q": False}).value() if _STATEMENT.fullmatch(body) else None
    if truth is None:
        raise ValueError("no statement of such properties")
    return truth != side.negated


def read_quantified(text: str) -> Quantified | None:
    """A statement with its quantifiers in front, all negations behind them; None for anything else."""
    for pattern, sign in _SPELLINGS:
        text = pattern.sub(sign, text)
    rest, negated, signs = text.strip(" ."), False, ""
    names: list[str] = []
    while True:
        if rest.startswith("¬") and _is_single(rest[1:].lstrip()):
            negated, rest = not negated, rest[1:].lstrip()
        elif (found := _QUANTIFIED.match(rest)) is not None and found["name"] not in names:
            signs += found["sign"] if not negated else "∃" if found["sign"] == "∀" else "∀"
            names.append(found["name"])
            rest = rest[found.end() :]
        elif rest.startswith(("(", "[")) and _closes_last(rest):
            rest = rest[1:-1].strip()
        else:
            break
    body = re.sub(r"\s+", "", rest)
    if not signs or not body or any(sign in body for sign in "∀∃") or re.search(r"[A-Za-z]{3,}", body):
        return None
    for place, name in enumerate(names):
        body = re.sub(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])", chr(0x1D5BA + place), body)
    plain = "".join(chr(ord(sign) - 0x1D5BA + ord("a")) if 0x1D5BA <= ord(sign) < 0x1D5D4 else sign for sign in body)
    return Quantified(signs, plain, negated)


def _is_single(text: str) -> bool:
    """Whether a negation in front is that of all that follows: not where "and", "or" or an arrow joins it to more."""
    depth = 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and sign in "∧∨→":
            return False
    return True


def _closes_last(text: str) -> bool:
    """Whether the bracket at the beginning is closed at the end."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return place == len(text) - 1
    return False


def _is_generic(side: Quantified) -> bool:
    """Whether a statement is a property of all its letters, each once, in the order of its quantifiers."""
    found = _ATOM.fullmatch(side.body)
    letters = found["letters"].split(",") if found is not None else []
    alike = len(set(side.signs)) == 1 or sorted(letters) == letters
    bound = {chr(ord("a") + place) for place in range(len(side.signs))}
    return alike and set(letters) == bound and len(letters) == len(bound)


def _same_statement(one: Quantified, other: Quantified) -> bool:
    """Whether what stands behind the quantifiers is the same, properties being any: P(x) → Q(x) is ¬P(x) ∨ Q(x)."""
    atoms = sorted({*_ATOMS.findall(one.body), *_ATOMS.findall(other.body)})
    if not atoms or len(atoms) > len(_NAMES):
        return False
    bodies = []
    for side in (one, other):
        body = side.body
        for atom, name in zip(atoms, _NAMES, strict=False):
            body = body.replace(atom, name)
        if not _STATEMENT.fullmatch(body):
            return False
        bodies.append(body)
    for choice in product((True, False), repeat=len(atoms)):
        values = dict(zip(_NAMES, choice, strict=False))
        truths = [_Truth(body, values).value() for body in bodies]
        if None in truths or (truths[0] != one.negated) != (truths[1] != other.negated):
            return False
    return True


_STATEMENT = later(r"[pqrst¬∧∨→()]+")


class _Truth:
    """The truth of a statement of letters: a negation binds most, then "and", then "or", then an arrow."""

    def __init__(self, text: str, values: dict[str, bool]) -> None:
        self.text, self.values, self.at = text, values, 0

    def value(self) -> bool | None:
        """Whether the statement is true; None if it is none."""
        try:
            found = self._arrow()
        except (IndexError, KeyError):
            return None
        return found if self.at == len(self.text) else None

    def _next(self, sign: str) -> bool:
        if self.text[self.at : self.at + 1] != sign:
            return False
        self.at += 1
        return True

    def _arrow(self) -> bool:
        left = self._either()
        if not self._next("→"):
            return left
        right = self._arrow()
        return not left or right

    def _either(self) -> bool:
        found = self._both()
        while self._next("∨"):
            found = self._both() or found
        return found

    def _both(self) -> bool:
        found = self._single()
        while self._next("∧"):
            found = self._single() and found
        return found

    def _single(self) -> bool:
        if self._next("¬"):
            return not self._single()
        if self._next("("):
            found = self._arrow()
            if not self._next(")"):
                raise IndexError
            return found
        self.at += 1
        return self.values[self.text[self.at - 1]]
