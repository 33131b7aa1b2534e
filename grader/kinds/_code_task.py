"""What a rubric asks of a program: the function or the names, the cases, the rules."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from grader.kinds._code_inputs import read_input
from grader.kinds._code_results import read_positions
from grader.kinds._numbers import read_fraction
from grader.kinds.kind import Setup
from grader.model.rubrics import Mapping, Node, Scalar, Sequence
from grader.programs.ban_words import vain
from grader.programs.breaches import LOOPS, NAME, NESTED, OVER
from grader.programs.cases import Ban, Case, Task
from grader.programs.compare import Rule

_SIGNATURE = re.compile(r"\s*([^\W\d]\w*)\s*\(\s*([^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*)?\s*\)\s*")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_BESIDE = ("weight", "hidden", "raises", "times")  # keys of a case that are no inputs
_TIME = re.compile(r"(\d+(?:\.\d+)?)\s*(s|x)?(?:\s*reference)?")
_MEMORY = re.compile(r"(\d+(?:\.\d+)?)\s*(MB|GB|x)(?:\s*reference)?", re.IGNORECASE)
_SECONDS, _LEAST_SECONDS = 2.0, 0.5
_BYTES, _LEAST_BYTES = 1 << 30, 64 << 20
_MOST_CASES, _MOST_TIMES = 200, 50
_HALF = Fraction(1, 2)


def read_task(fields: Mapping, setup: Setup) -> Task | None:
    """Everything but the reference; None after a fault."""
    before = len(setup.faults)
    named = _names(fields, setup)
    cases = _cases(fields, named[1], setup) if named is not None else None
    own = () if named is None or cases is None else named[1] if named[0] else _given(cases[1])
    bans = _bans(fields.get("forbid"), own, setup)
    positions = read_positions(fields, setup)
    shares = _shares(fields.get("weights"), positions or (named[2] if named is not None else ()), setup)
    if named is None or cases is None or len(setup.faults) > before:
        return None
    function, _, results = named
    seconds, memory = absolute(fields, setup)
    return Task(
        function,
        own,
        results,
        cases[0],
        _rule(fields, setup),
        bool(function) and _flag(fields.get("unchanged"), True),
        bans,
        _text(fields.get("setup")),
        seconds,
        memory,
        setup.sandbox,
        _flag(fields.get("show hidden"), False),
        shares=shares,
        positions=positions,
    )


def _shares(node: Node | None, results: tuple[str, ...], setup: Setup) -> tuple[Fraction, ...]:
    """What each name is worth, of 1 together: the same, unless `weights` says otherwise."""
    weights = dict.fromkeys(results, Fraction(1))
    entries = node.entries if isinstance(node, Mapping) else ()
    if node is not None and (not entries or {key.text for key, _ in entries} - set(results)):
        names = ", ".join(results) or "a snippet, or of the `results` of a function"
        setup.fault(node.place, f"`weights` is a mapping of the names of {names}", "such as `{beta: 3, error: 1}`")
        return ()
    for key, value in entries:
        weight = read_fraction(value, setup)
        if weight is not None and weight <= 0:
            setup.fault(value.place, "a weight must be more than 0")
        weights[key.text] = weight or Fraction(1)
    total = sum(weights.values(), Fraction(0))
    return tuple(weight / total for weight in weights.values())


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _flag(node: Node | None, usual: bool) -> bool:
    return node.text == "true" if isinstance(node, Scalar) else usual


def _names(fields: Mapping, setup: Setup) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """Function, arguments and results."""
    node = fields.get("code")
    items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    texts = [item.text.strip() for item in items if isinstance(item, Scalar)]
    found = _SIGNATURE.fullmatch(texts[0]) if len(texts) == 1 else None
    if found:
        arguments = tuple(re.split(r"\s*,\s*", found[2])) if found[2] else ()
        for name in arguments:
            if name in _BESIDE or arguments.count(name) > 1:
                assert node is not None
                setup.fault(node.place, f"an argument cannot be called {name!r} here", "names are only for the rubric")
                return None
        return found[1], arguments, ()
    if texts and all(_IDENTIFIER.fullmatch(text) for text in texts):
        return "", (), tuple(texts)
    if node is not None:
        setup.fault(
            node.place,
            "`code` takes a function with its arguments, or the names that a snippet gives a value",
            "such as `conv2d(X, W)` or `[beta, u]`",
        )
    return None


# -- cases -----------------------------------------------------------------------------------------------------


def _cases(fields: Mapping, arguments: tuple[str, ...], setup: Setup) -> tuple[tuple[Case, ...], Mapping] | None:
    """The cases, and the first as it was written: its keys are the names that a snippet is given."""
    node = fields.get("cases")
    if not isinstance(node, Sequence) or not node.items:
        place = (node or fields.get("code") or fields).place
        setup.fault(place, "`code` needs a list of `cases`", "such as `cases: [{X: [1, 2]}, {X: {normal: 5}}]`")
        return None
    seed = _text(fields.get("seed")) or setup.digest
    found: list[Case] = []
    for number, item in enumerate(node.items):
        if not isinstance(item, Mapping):
            setup.fault(item.place, "a case is a mapping of inputs", "such as `{X: [1, 2], hidden: true}`")
            continue
        names = arguments or _given(item) if not _is_function(fields) else arguments
        found += _repeated(item, names, setup, f"{seed}/{fields.place.path}/{number}")
    if len(found) > _MOST_CASES:
        setup.fault(node.place, f"more than {_MOST_CASES} cases")
    first = next((item for item in node.items if isinstance(item, Mapping)), None)
    if not _is_function(fields) and first is not None:
        _same_names(node, first, setup)
    return (tuple(found), first) if found and first is not None else None


def _is_function(fields: Mapping) -> bool:
    node = fields.get("code")
    return isinstance(node, Scalar) and "(" in node.text


def _given(case: Mapping) -> tuple[str, ...]:
    return tuple(key.text for key, _ in case.entries if key.text not in _BESIDE)


def _same_names(node: Sequence, first: Mapping, setup: Setup) -> None:
    for item in node.items:
        if isinstance(item, Mapping) and set(_given(item)) != set(_given(first)):
            setup.fault(item.place, f"each case gives the same names: {', '.join(_given(first))}")


def _repeated(item: Mapping, names: tuple[str, ...], setup: Setup, seed: str) -> list[Case]:
    """One case as often as is said, each time with other draws."""
    strange = [key for key, _ in item.entries if key.text not in (*names, *_BESIDE)]
    for key in strange:
        setup.fault(key.place, f"`{key.text}` is no argument", f"known: {', '.join((*names, *_BESIDE))}")
    missing = [name for name in names if item.get(name) is None]
    if missing:
        setup.fault(item.place, f"this case has no {', '.join(missing)}")
    weight = read_fraction(item.get("weight"), setup) if item.get("weight") is not None else Fraction(1)
    times = _times(item.get("times"), setup)
    if strange or missing or weight is None or times is None:
        return []
    if weight <= 0:
        setup.fault(item.place, "`weight` must be more than 0")
        return []
    raises, hidden = _raises(item.get("raises"), setup), _hidden(item.get("hidden"), setup)
    cases = []
    for time in range(times):
        inputs = [_input(item, name, setup, f"{seed}/{time}/{name}") for name in names]
        if any(value is None for value in inputs):
            return []
        cases.append(Case(tuple(inputs), weight / times, hidden, raises))
    return cases


def _input(item: Mapping, name: str, setup: Setup, seed: str) -> Any:
    node = item.get(name)
    return None if node is None else read_input(node, setup, seed)


def _times(node: Node | None, setup: Setup) -> int | None:
    if node is None:
        return 1
    if isinstance(node, Scalar) and node.text.isdecimal() and 1 <= int(node.text) <= _MOST_TIMES:
        return int(node.text)
    setup.fault(node.place, f"`times` takes a whole number from 1 to {_MOST_TIMES}")
    return None


def _hidden(node: Node | None, setup: Setup) -> bool:
    if node is None or (isinstance(node, Scalar) and node.text in ("true", "false")):
        return _flag(node, False)
    setup.fault(node.place, "`hidden` takes `true` or `false`")
    return False


def _raises(node: Node | None, setup: Setup) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,) if node is not None else ()
    texts = tuple(item.text for item in items if isinstance(item, Scalar))
    if node is not None and (not texts or not all(_IDENTIFIER.fullmatch(text) for text in texts)):
        setup.fault(node.place, "`raises` takes the name of an exception", "such as `ValueError`, or `any`")
    return texts


# -- rules -----------------------------------------------------------------------------------------------------


def _rule(fields: Mapping, setup: Setup) -> Rule:
    given = fields.get("tolerance")
    tolerance = read_fraction(given, setup) if given is not None else None
    return Rule(
        float(tolerance) if tolerance is not None else Rule().tolerance,
        _text(fields.get("compare")) == "exactly",
        _text(fields.get("dtype")) or "any",
        _text(fields.get("compare")) == "any order",
    )


def _bans(node: Node | None, arguments: tuple[str, ...], setup: Setup) -> tuple[Ban, ...]:
    if node is None:
        return ()
    if isinstance(node, Mapping):
        pairs: list[tuple[Node, Node | None]] = list(node.entries)
    else:
        pairs = [(item, None) for item in (node.items if isinstance(node, Sequence) else (node,))]
    bans: list[Ban] = []
    for what, credit in pairs:
        text = what.text.strip() if isinstance(what, Scalar) else ""
        looped = text in LOOPS or NESTED.fullmatch(text) or OVER.fullmatch(text)
        if not looped and not NAME.fullmatch(text):
            setup.fault(
                what.place,
                f"`forbid` does not know {text!r}",
                "names such as `numpy.dot`; `loops`, `loops over X`, `loops 2 deep`, `comprehensions`, `recursion`",
            )
            continue
        doubt = vain(text, arguments) if arguments or not OVER.fullmatch(text) else None
        if doubt is not None:
            setup.fault(what.place, *doubt)
        usual = _HALF if looped else Fraction(0)
        left = read_fraction(credit, setup) if credit is not None else usual
        if left is not None and not 0 <= left < 1:
            setup.fault((credit or what).place, "what is left of the credit is from 0 to less than 1")
        elif left is not None:
            bans.append(Ban(text, left))
    return tuple(bans)


def absolute(fields: Mapping, setup: Setup, seconds: float = 0.0, memory: int = 0) -> tuple[float, int]:
    """Limits of one call, in seconds and bytes; those that are relative, from what the reference took."""
    time, space = fields.get("time"), fields.get("memory")
    limit, most = _SECONDS, _BYTES
    if time is not None:
        found = _TIME.fullmatch(_text(time).strip())
        if found is None or not 0 < float(found[1]) <= 600:
            setup.fault(time.place, "`time` takes seconds or a multiple of the reference's", "such as `3 s` or `20x`")
        else:
            limit = max(_LEAST_SECONDS, float(found[1]) * seconds) if found[2] == "x" else float(found[1])
    if space is not None:
        found = _MEMORY.fullmatch(_text(space).strip())
        if found is None or not 0 < float(found[1]) <= 1e6:
            setup.fault(space.place, "`memory` takes a size or a multiple of the reference's", "as `200 MB` or `10x`")
        else:
            units = {"mb": 1 << 20, "gb": 1 << 30, "x": memory}
            most = max(_LEAST_BYTES, int(float(found[1]) * units[found[2].lower()]))
    return limit, most
