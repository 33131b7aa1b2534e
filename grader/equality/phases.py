"""Oscillations with an amplitude and a phase as constants: `A cos(2t - phi)` is all of `A cos 2t + B sin 2t`."""

from __future__ import annotations

from grader.model.expressions import Call, Expr, Name, Op, names_in, rebuilt, walk

_AMPLITUDES = frozenset(["A", "B", "C", "R", "K", "C1", "C2", "c1", "c2", "A0"])
_PHASES = frozenset(["phi", "varphi", "delta", "alpha", "theta", "phi0", "psi", "C1", "C2", "c1", "c2"])
_ALONG = frozenset("xt")


def without_phase(expr: Expr) -> Expr:
    """The general solution with two factors for constants; as it was where the two stand in more than one term."""
    found = [node for node in walk(expr) if _oscillation(node) is not None]
    if len(found) != 1:
        return expr
    parts = _oscillation(found[0])
    assert parts is not None
    amplitude, phase, _ = parts
    counts = [sum(isinstance(node, Name) and node.name == name for node in walk(expr)) for name in (amplitude, phase)]
    return _told(expr, found[0]) if counts == [1, 1] else expr


def _oscillation(node: Expr) -> tuple[str, str, Expr] | None:
    """The names of amplitude and phase, and the angle without the phase."""
    factors = _factors(node)
    names = [one.name for one in factors if isinstance(one, Name) and one.name in _AMPLITUDES]
    waves = [one for one in factors if isinstance(one, Call) and one.function in ("sin", "cos")]
    if len(names) != 1 or len(waves) != 1 or len(factors) < 2:
        return None
    (angle,) = waves[0].args
    terms = angle.args if isinstance(angle, Op) and angle.op == "add" else ()
    for term in terms:
        phase = term.args[0] if isinstance(term, Op) and term.op == "neg" else term
        rest = tuple(one for one in terms if one is not term)
        if not isinstance(phase, Name) or phase.name not in _PHASES or phase.name == names[0] or len(rest) != 1:
            continue
        if names_in(rest[0]) & _ALONG and not names_in(rest[0]) & (_AMPLITUDES | {phase.name}):
            return names[0], phase.name, rest[0]
    return None


def _factors(node: Expr) -> list[Expr]:
    if isinstance(node, Op) and node.op == "mul":
        return [factor for arg in node.args for factor in _factors(arg)]
    return [node]


def _told(expr: Expr, wave: Expr) -> Expr:
    """The expression with the oscillation as a sum of a cosine and a sine."""
    if expr is not wave:
        return rebuilt(expr, lambda child: _told(child, wave))
    parts = _oscillation(wave)
    assert parts is not None
    angle = parts[2]
    place = wave.place
    pairs = (("c3", "cos"), ("c4", "sin"))
    terms = [Op("mul", (Name(name, place), Call(wave_of, (angle,), place)), place, "·") for name, wave_of in pairs]
    total: Expr = Op("add", tuple(terms), place, "+")
    for factor in _factors(wave):  # e^{-t} in e^{-t} A cos(2t - phi)
        if not (isinstance(factor, Call) and factor.function in ("sin", "cos")) and factor != Name(
            parts[0], factor.place
        ):
            total = Op("mul", (factor, total), place, "·")
    return total
