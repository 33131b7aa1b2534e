"""Patterns that are asked only where one of their words is: all that they find holds such a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import grader
from grader.model.patterns import _Holding, folded, later, postponed

ROOT = Path(grader.__file__).parent
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
OTHER = "\0"  # any sign that is not known


def patterns() -> Iterator[Any]:
    """Every such pattern of a module, those in tables included."""
    for path in sorted(ROOT.rglob("*.py")):
        if "holds=" not in path.read_text(encoding="utf-8"):
            continue
        name = ".".join(("grader", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        for key, value in vars(import_module(name)).items():
            yield from (pytest.param(one, id=f"{name}.{key}") for one in _within(value))


def _within(value: Any) -> Iterator[_Holding]:
    if isinstance(value, _Holding):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _within(item)


def _after(items: Any, states: set[str], words: tuple[str, ...], folds: bool) -> set[str]:
    """The last signs of what may have been read behind these items, where none of the words was among it."""
    for code, given in items:
        if not states:
            break
        if code is codes.LITERAL:
            states = _with(states, chr(given), words, folds)
        elif code is codes.BRANCH:
            states = set().union(*[_after(branch, states, words, folds) for branch in given[1]])
        elif code is codes.SUBPATTERN:
            states = _after(given[3], states, words, folds)
        elif code in REPEATS:
            low, high, inner = given
            once = _after(inner, states, words, folds)
            more = {OTHER} if high > 1 and once else set()
            states = once | more | (states if low == 0 else set())
        elif code is codes.IN and all(kind is codes.LITERAL for kind, _ in given):
            states = set().union(*[_with(states, chr(sign), words, folds) for _, sign in given])
        elif code is codes.ASSERT and given[0] > 0:  # what must follow
            states = states if _after(given[1], states, words, folds) else set()
        elif code not in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
            states = {OTHER}
    return states


def _with(states: set[str], sign: str, words: tuple[str, ...], folds: bool) -> set[str]:
    longest = max(map(len, words))
    sign = sign.lower() if folds else sign
    return {new[-longest:] for state in states if not (new := state + sign).endswith(words)}


@pytest.mark.parametrize("one", [*patterns()])
def test_all_that_a_pattern_finds_holds_one_of_its_words(one: _Holding) -> None:
    """Asked only about texts with such a word, the pattern finds what it would find anyway."""
    parsed = parser.parse(one.pattern._source, one.pattern._flags)  # type: ignore[attr-defined]
    assert not _after(parsed, {""}, one.words, one.folds)


def test_a_pattern_that_ignores_the_case_is_asked_about_every_letter_it_knows() -> None:
    """Where the case does not count, a long s is an s, a dotless i an i and the sign of a kelvin a k."""
    pattern = later(r"\b(skip|task)\b", re.IGNORECASE, holds=("skip", "task"))
    for text in ("SKIP", "\u017fkip", "s\u212aip", "sk\u0131p", "SK\u0130P", "TA\u017f\u212a"):
        assert pattern.search(text), text
        assert [*pattern.finditer(text)], text
    assert folded("SK\u0130P") == "skip"
    assert pattern.search("none") is None
    assert pattern.match("none") is None
    assert pattern.fullmatch("none") is None
    assert [*pattern.finditer("none")] == []
    assert pattern.sub("", "none") == "none"
    assert pattern.sub("", "skip it") == " it"


def test_what_is_compiled_during_an_import_waits_for_its_use() -> None:
    """Around an import `re.compile` gives stand-ins, which act as patterns do; afterwards it is as it was."""
    usual = re.compile
    with postponed():
        outer = re.compile("(a)(b", re.I)  # a fault, too, is found at first use
        with postponed():
            inner = re.compile(r"(\d+)", flags=re.A)
        given = re.compile(usual("x"))
    assert re.compile is usual
    assert inner.sub(r"<\1>", "a 1") == "a <1>" and inner.groups == 1 and given.match("x")
    with pytest.raises(re.error):
        outer.search("ab")
