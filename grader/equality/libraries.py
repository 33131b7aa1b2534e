"""Calls of libraries for arrays, `np.where(x > 0, x, 0)`, `torch.clamp(x, min=0)`, `x.pow(2)`, told as formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from grader.model.patterns import later
from grader.notation.calls import is_function

_LIBRARIES = "np numpy jnp jax torch tf math scipy nn F linalg".split()
_LIBRARY = rf"(?<![\w.\\])(?:{'|'.join(_LIBRARIES)})(?:\.(?:linalg|nn|functional|special|math|numpy))*\."
_CALL = later(rf"{_LIBRARY}(?P<name>[A-Za-z]\w*)\s*(?P<open>\()")
_METHOD = later(
    r"(?<=[\w)\]])\.(?P<name>pow|square|abs|exp|log|sqrt|dot|matmul|clamp|clip|relu|sigmoid|tanh|sum|mean|astype|float)"
    r"\s*(?P<open>\()"
)
_OBJECT = later(r"[A-Za-z_]\w*\Z")
_CHOICE = later(r"(?P<value>.+?)\s+if\s+(?P<condition>.+?)\s+else\s+(?P<rest>.+)", re.DOTALL)
_MOST_CALLS, _LONGEST = 12, 400
_OPENING, _CLOSING = "([{", ")]}"
_READ = frozenset(  # beside the functions of mathematics
    "array asarray tensor linalg norm inv det trace dot outer cross diag eye identity prod transpose sign"
    " maximum minimum float64 float32 int64 comb gcd lcm factorial floor ceil Size einsum matrix sum mean erf".split()
)

_Given = tuple[list[str], Mapping[str, str]]


def without_calls(gold: str, answer: str) -> tuple[str, str] | None:
    """Both texts with their calls of libraries as formulas; None where neither has one that is known."""
    told = _as_formula(gold, answer), _as_formula(answer, gold)
    return None if told == (gold, answer) else told


def _as_formula(text: str, other: str) -> str:
    if len(text) > _LONGEST or not ("." in text or " if " in text or "range(" in text):
        return text
    for _ in range(_MOST_CALLS):
        told = _with_choice(_with_call(_with_method(_with_members(text)), other))
        if told == text or len(told) > 4 * _LONGEST:
            break
        text = told
    return text


def unknown_call(text: str) -> str:
    """The first call of a library in a text about which nothing is known, `np.linalg.pinv`; "" without one."""
    if "." not in text or len(text) > _LONGEST:
        return ""
    for found in _CALL.finditer(text):
        if found["name"] in _VAGUE or not (found["name"] in _READ or is_function(found["name"])):
            return found[0].rstrip("( ")
    return ""


_VAGUE = frozenset(["sum", "mean", "var", "std"])  # of which axis of what, only the formula beside it may say


def _with_method(text: str) -> str:
    """The last `x.pow(2)` as a call of the library with its object for the first argument."""
    for found in reversed(list(_METHOD.finditer(text))):
        start = _start_of_object(text, found.start())
        stop = _closing(text, found.start("open"))
        if start is None or stop is None:
            continue
        inside = text[found.end() : stop].strip()
        joined = ", ".join(one for one in (text[start : found.start()], inside) if one)
        if found["name"] in ("astype", "float"):
            told = _mask(text[start : found.start()])
        else:
            told = f"np.{found['name']}({joined})"
        return text[:start] + told + text[stop + 1 :]
    return text


def _mask(condition: str) -> str:
    inner = condition[1:-1] if condition[:1] == "(" else ""
    return _cases("1", inner, "0") if re.search(r"[<>=]", inner) else condition


def _start_of_object(text: str, stop: int) -> int | None:
    """Where the name, or what stands in brackets, begins that ends at a place."""
    if text[stop - 1] not in _CLOSING:
        found = _OBJECT.search(text[:stop])
        known = found is None or found[0] in _LIBRARIES or text[: found.start()].endswith((".", "\\"))
        return None if known or found is None else found.start()
    depth = 0
    for at in range(stop - 1, -1, -1):
        depth += (text[at] in _CLOSING) - (text[at] in _OPENING)
        if not depth:
            return None if re.search(r"[\w.]\Z", text[:at]) else at
    return None


def _with_call(text: str, other: str) -> str:
    """The last call that has a formula as that formula."""
    for found in reversed(list(_CALL.finditer(text))):
        stop = _closing(text, found.start("open"))
        if stop is None:
            continue
        given = _arguments(text[found.end() : stop])
        told = (
            _over_entries(found["name"], given, other) if found["name"] in ("sum", "mean") else _formula(found, given)
        )
        if told:
            return text[: found.start()] + told + text[stop + 1 :]
    return text


def _formula(found: re.Match[str], given: _Given) -> str:
    rule = _FORMULAS.get(found["name"])
    if rule is None and is_function(found["name"]) and not given[1]:  # LaTeX beside it knows no np.abs
        return f"{found['name']}({', '.join(given[0])})"
    try:
        return "" if rule is None else rule(*given)
    except (IndexError, ValueError):
        return ""


def _with_choice(text: str) -> str:
    """The innermost `(x if x > 0 else 0)` as cases."""
    for at in range(len(text) - 1, -1, -1):
        stop = _closing(text, at) if text[at] == "(" else None
        if stop is None:
            continue
        found = _CHOICE.fullmatch(text[at + 1 : stop])
        if found is not None and " if " not in found["rest"]:
            return text[:at] + _cases(found["value"], found["condition"], found["rest"]) + text[stop + 1 :]
    return text


def _with_members(text: str) -> str:
    """`{n**2 for n in range(1, 4)}` with its members written out."""

    def listed(found: re.Match[str]) -> str:
        numbers = range(*map(int, found["range"].split(",")))
        if not 0 < len(numbers) <= _LONGEST_LIST or found["open"] + found["close"] not in ("{}", "[]"):
            return found[0]
        letter = later(rf"(?<![A-Za-z\\_]){found['letter']}(?![A-Za-z_])")
        members = (letter.sub(f"({number})", found["body"]) for number in numbers)
        return found["open"] + ", ".join(members) + found["close"]

    return _MEMBERS.sub(listed, text) if "range(" in text else text


_MEMBERS = later(
    r"(?P<open>[{\[])(?P<body>[^{}\[\]]{1,60}?)\s+for\s+(?P<letter>[a-z])\s+in\s+range\(\s*"
    r"(?P<range>-?\d+(?:\s*,\s*-?\d+){0,1})\s*\)\s*(?P<close>[}\]])"
)


def _closing(text: str, start: int) -> int | None:
    """Where the bracket that opens at a place is closed."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        if not depth:
            return at
    return None


def _arguments(inside: str) -> _Given:
    parts, depth, last = [], 0, 0
    for at, sign in enumerate(inside):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign == "," and not depth:
            parts.append(inside[last:at])
            last = at + 1
    parts.append(inside[last:])
    named = [re.fullmatch(r"\s*([a-z]\w*)\s*=(?!=)\s*(.+)", part, re.DOTALL) for part in parts]
    plain = [part.strip() for part, name in zip(parts, named, strict=True) if name is None and part.strip()]
    return plain, {name[1]: name[2].strip() for name in named if name is not None}


# -- what each call says ---------------------------------------------------------------------------------------


def _cases(value: str, condition: str, rest: str) -> str:
    return rf"\left(\begin{{cases}} {value} & {condition} \\ {rest} & \text{{otherwise}} \end{{cases}}\right)"


def _plainly(pattern: str, count: int) -> Callable[..., str]:
    """A formula with so many arguments put in, and no others."""

    def told(plain: list[str], named: Mapping[str, str]) -> str:
        if len(plain) != count or named:
            raise ValueError(pattern)
        return "(" + pattern.format(*(f"({value})" for value in plain)) + ")"

    return told


def _chosen(plain: list[str], named: Mapping[str, str]) -> str:
    condition, value, rest = plain
    if named:
        raise ValueError(condition)
    return _cases(value, condition, rest)


def _clipped(plain: list[str], named: Mapping[str, str]) -> str:
    """`clip(x, a, b)` and `clamp(x, min=a)`; None bounds nothing."""
    value, *bounds = plain
    low = bounds[0] if bounds else next((named[name] for name in ("min", "a_min") if name in named), "None")
    high = bounds[1] if len(bounds) > 1 else next((named[name] for name in ("max", "a_max") if name in named), "None")
    if set(named) - {"min", "max", "a_min", "a_max"} or len(bounds) > 2:
        raise ValueError(value)
    told = value if low == "None" else f"max({value}, {low})"
    return f"({told})" if high == "None" else f"min({told}, {high})"


def _identity(plain: list[str], named: Mapping[str, str]) -> str:
    size = int(plain[0])
    if named or len(plain) > 1 or not 1 < size <= _MOST_ROWS:
        raise ValueError(plain[0])
    rows = ([str(int(row == column)) for column in range(size)] for row in range(size))
    return "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"


def _repeated(entry: str) -> Callable[..., str]:
    """A list of so many equal numbers."""

    def told(plain: list[str], named: Mapping[str, str]) -> str:
        (size,) = plain
        if set(named) - {"dtype"} or not 1 < int(size) <= _LONGEST_LIST:
            raise ValueError(size)
        return "[" + ", ".join([entry] * int(size)) + "]"

    return told


def _counted(plain: list[str], named: Mapping[str, str]) -> str:
    """`arange(1, 4)`: whole numbers without the last."""
    numbers = list(range(*map(int, plain)))
    if named or not 1 < len(numbers) <= _LONGEST_LIST:
        raise ValueError(plain)
    return f"[{', '.join(map(str, numbers))}]"


_MOST_ROWS, _LONGEST_LIST = 5, 20
_FORMULAS: dict[str, Callable[..., str]] = {
    "where": _chosen,
    "clip": _clipped,
    "clamp": _clipped,
    "relu": _plainly("max(0, {})", 1),
    "square": _plainly("{}^2", 1),
    "power": _plainly("{}^{}", 2),
    "pow": _plainly("{}^{}", 2),
    "multiply": _plainly("{} ⊙ {}", 2),
    "add": _plainly("{} + {}", 2),
    "subtract": _plainly("{} - {}", 2),
    "divide": _plainly("{} / {}", 2),
    "true_divide": _plainly("{} / {}", 2),
    "negative": _plainly("-{}", 1),
    "reciprocal": _plainly("1 / {}", 1),
    "hypot": _plainly("sqrt({}^2 + {}^2)", 2),
    "absolute": _plainly("abs({})", 1),
    "fabs": _plainly("abs({})", 1),
    "exp": _plainly("exp{}", 1),
    "exp2": _plainly("2^{}", 1),
    "log": _plainly("log{}", 1),
    "log1p": _plainly("log(1 + {})", 1),
    "expm1": _plainly("exp{} - 1", 1),
    "logaddexp": _plainly("log(exp{} + exp{})", 2),
    "softplus": _plainly("log(1 + exp{})", 1),
    "sigmoid": _plainly("1 / (1 + exp(-{}))", 1),
    "expit": _plainly("1 / (1 + exp(-{}))", 1),
    "matmul": _plainly("{} @ {}", 2),
    "mm": _plainly("{} @ {}", 2),
    "mv": _plainly("{} @ {}", 2),
    "dot": _plainly("{} @ {}", 2),
    "inner": _plainly("{} @ {}", 2),
    "vdot": _plainly("{} @ {}", 2),
    "cross": _plainly("{} × {}", 2),
    "solve": _plainly("{}^{{-1}} @ {}", 2),
    "deg2rad": _plainly("{} * pi / 180", 1),
    "radians": _plainly("{} * pi / 180", 1),
    "eye": _identity,
    "identity": _identity,
    "zeros": _repeated("0"),
    "ones": _repeated("1"),
    "arange": _counted,
}

# -- over the entries of arrays --------------------------------------------------------------------------------

_SUM = later(
    r"(?:\\sum|[Σ∑]|(?<![A-Za-z\\])sum)\s*_\s*\{?\s*(?P<index>[a-z])\s*=\s*1\s*\}?\s*\^\s*\{?\s*(?P<last>[A-Za-z])\s*\}?"
)
_WORD = later(r"(?<![\w.\\])[A-Za-z][A-Za-z_]*\d?(?!\w)(?!\s*\()")


def _over_entries(name: str, given: _Given, other: str) -> str:
    """`np.mean((y - y_hat)**2)` beside a sum over the entries of y, over which it is one as well; "" beside none."""
    plain, named = given
    sums = {(found["index"], found["last"]) for found in _SUM.finditer(other)}
    if len(plain) != 1 or named or len(sums) != 1 or "@" in plain[0]:
        return ""
    ((index, last),) = sums
    arrays = {word for word in _WORD.findall(plain[0]) if _is_indexed(word, index, other)}
    if not arrays:
        return ""
    told = _WORD.sub(lambda word: f"{_accented(word[0])}_{{{index}}}" if word[0] in arrays else word[0], plain[0])
    factor = rf"\frac{{1}}{{{last}}} " if name == "mean" else ""
    return rf"({factor}\sum_{{{index}=1}}^{{{last}}} ({told}))"


def _is_indexed(word: str, index: str, other: str) -> bool:
    plain = re.sub(r"\\hat\s*\{?\s*\\?([A-Za-z]+)\s*\}?", r"\1_hat", other.replace("ŷ", "y_hat"))
    return re.search(rf"(?<![A-Za-z]){re.escape(word)}\s*_\s*\{{?\s*{index}(?![A-Za-z])", plain) is not None


def _accented(word: str) -> str:
    return rf"\hat{{{word[:-4]}}}" if word.endswith("_hat") else word
