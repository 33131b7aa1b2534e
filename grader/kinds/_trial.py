"""One formula of a student on trial: its letters, its value at samples, and the slips that may explain it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar, cast

import numpy as np

from grader.kinds._expected import ANONYMOUS, Expected
from grader.kinds._few_elements import AXIS, COUNT, LOOSE, are_near, letters_at, taken_from
from grader.kinds._own_letters import own_letters, with_rows
from grader.kinds._slips import CREDIT, EXCHANGED_SUM, Slip, fitting, in_one_place, of_another_array
from grader.kinds.kind import mistake, remark
from grader.maths import backwards, customs, repairs
from grader.maths.agreement import agree
from grader.maths.conditioned import resolved
from grader.maths.evaluation import CONSTANTS, evaluate
from grader.maths.indices import only_indices, repeated_indices
from grader.maths.ranges import free_indices
from grader.maths.scope import Accesses, Gathered, Written
from grader.maths.values import Value
from grader.maths.worlds import Definition, World
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Expr, Num, Op, names_in, spelled
from grader.model.results import Reason
from grader.notation.printing import show
from grader.notation.reading import Claim

_Made = TypeVar("_Made")
Points = list[float] | None  # the values at a few elements; None if nobody can tell
_LARGEST = 4  # of a factor that is lost, or one too many
_FACTORS = tuple(Fraction(factor) for size in range(2, _LARGEST + 1) for factor in (size, Fraction(1, size)))


@dataclass(slots=True, eq=False, repr=False)
class Trial:
    """A student's formula, read in the student's own letters; truths to compare with come one at a time."""

    frame: Expected
    left: Expr | None
    body: Expr
    local: dict[str, Definition]
    claim: Claim
    letters: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[Reason, ...] = ()
    problem: Unreadable | None = None
    whole: Expr | None = None  # the formula as written, if it is one of whole arrays: 2 X^T (X w - y)
    matrix: Expr | None = None  # the same, where a number is asked too
    alike: dict[Any, Written] = field(default_factory=dict)  # what formulas of other answers took out of arrays
    points: dict[Any, Points] = field(default_factory=dict)  # what they, and variants of them, are at a few elements
    _samples: tuple[World, ...] = ()
    _accesses: tuple[Accesses, ...] = ()  # one for each sample
    _gathered: tuple[Gathered, ...] = ()  # the same
    _known: frozenset[str] = frozenset()
    _lengths: Expr | None = None  # the formula with bars around arrays read as their lengths
    _customs: list[tuple[str, Expr]] | None = None
    _known_of: dict[str, Any] = field(default_factory=dict)
    _wanted: dict[int, tuple[Value, list[float]]] = field(default_factory=dict)
    _quick: dict[int, tuple[Expr, Points]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        samples = self.frame.samples
        self.body, self.local = with_rows(self.left, self.body, self.local, self.frame)
        self._samples = tuple(world.with_definitions(self.local) for world in samples) if self.local else samples
        self._accesses, self._gathered = tuple({} for _ in samples), tuple(Gathered() for _ in samples)
        self._known = (frozenset(self.frame.names) | CONSTANTS.keys() | self.local.keys()) - {self.frame.target}
        self.body = resolved(repairs.split_letters(self.body, self.frame.letters))
        self._known -= only_indices(self.body) & {name for name, axes in self.frame.names.items() if axes}
        scope = self._samples[0].student_scope(None, None, self._known, self._accesses[0])
        self.letters = own_letters(self.left, self.body, self._known, self.frame, scope)
        self.matrix = None if repairs.has_indices(self.body) else self.body
        self.whole = self.matrix if self.frame.letters else None
        self._lengths = self._filled(repairs.with_lengths(self.body))[0]
        self.body, self.remarks = self._filled(self.body)
        self.free = self._free_in(self.body)
        if self.free and any(not node.bounds for node in repairs.reductions(self.body)):
            self.body, self.free = repairs.close_sums(self.body, self.free), ()
            self.remarks = (*self.remarks, remark("sum-without-limits"))
        positions = repairs.index_positions(self.body)
        undeclared = self.letters[:1] == ANONYMOUS[:1] and bool(self.free)  # no letter says which axis is which
        self.unknown = tuple(name for name in self.free if undeclared or name not in positions)

    def read_as(self) -> str:
        """The claim as it was understood, printed once."""
        return self.once("read as", lambda: show(self.claim.expr))

    def once(self, what: str, make: Callable[[], _Made]) -> _Made:
        """What follows from the formula alone, made once for all the truths that it is compared with."""
        if what not in self._known_of:
            self._known_of[what] = make()
        made: _Made = self._known_of[what]
        return made

    # -- the student's letters -----------------------------------------------------------------------------

    def _usual(self) -> dict[str, tuple[str, ...]]:
        """The usual indices of each array, in the student's letters."""
        names = dict(zip(self.frame.letters, self.letters, strict=True))
        taken = {*self.letters, *repairs.bound_indices(self.body)}
        return {
            name: tuple(names.get(letter, letter) for letter in letters)
            for name, letters in self.frame.samples[0].usual_letters().items()
            if name in self._known and name not in taken
        }

    def _filled(self, body: Expr) -> tuple[Expr, tuple[Reason, ...]]:
        """Arrays without indices, where the answer has indices, get their usual ones."""
        if not self.frame.letters:
            return body, ()
        filled = repairs.fill_indices(body, self._usual())
        return filled, () if filled == body else (remark("indices-omitted"),)

    def _free_in(self, body: Expr) -> tuple[str, ...]:
        return tuple(free_indices(body, self._known | set(self.letters)))

    def without_limits(self) -> Expr:
        """The formula with its sums over whole axes, made once: what is computed of it is remembered with it."""
        return self.once("unlimited", lambda: repairs.without_numeric_limits(backwards.forwards(self.body)))

    def counted_from_zero(self) -> Expr | None:
        """The formula as it is if its author counts from 1 without a word; None if nothing looks so. Made once."""
        return self.once("counted", lambda: customs.one_based_throughout(self.body, frozenset(self.letters)))

    # -- slips -----------------------------------------------------------------------------------------------

    def slips(self) -> list[Slip]:
        """Slips that may explain the formula, likeliest first."""
        return self.once("slips", lambda: list(self._all_slips()))

    def _all_slips(self) -> Iterator[Slip]:
        fits = fitting(self._samples[0], self.letters, [*map(self.frame.coordinates[0].get, self.frame.letters)])
        for version, typos in self._respelled():
            rest = self._free_in(version)
            summed = repairs.sum_over(version, rest) if rest else version
            missing = "missing-some-sums" if repairs.reductions(version) else "missing-sum"
            base = CREDIT[missing] if rest else Fraction(1)
            worth = {slip: base * credit for slip, credit in CREDIT.items()} if rest else CREDIT
            reasons = ((mistake(missing, indices=", ".join(rest)),) if rest else ()) + typos
            if rest or typos:
                yield Slip(summed, base, reasons)
            if extra := repairs.bound_indices(version) & frozenset(self.letters):
                reason = mistake("sum-too-many", indices=", ".join(sorted(extra)))
                credit = EXCHANGED_SUM if len(extra) == len(rest) else worth["sum-too-many"]
                yield Slip(repairs.drop_bounds(summed, extra), credit, (reason, *reasons))
            for slip, changed in repairs.variants(summed, fits) if not typos else ():
                if changed != summed:
                    yield Slip(changed, worth[slip], (mistake(slip), *reasons))
            absent = [letter for letter in self.letters if letter not in names_in(summed)]
            for changed in repairs.with_index_put_in(summed, absent[0], fits) if len(absent) == 1 and not typos else ():
                yield Slip(changed, worth["wrong-index"], (mistake("wrong-index", index=absent[0]), *reasons))
            if not typos:
                yield from in_one_place(summed, self.letters, self._samples[0], self.frame.names, worth, reasons)
                yield from of_another_array(version, rest, self.letters)

    def _respelled(self) -> Iterator[tuple[Expr, tuple[Reason, ...]]]:
        """The formula as it stands, then with a letter that nobody uses read as one that begins alike: j for j1."""
        strangers = self._strangers()
        own = {*self.letters}.isdisjoint(self.frame.letters[1:]) or set(strangers) <= repeated_indices(self.body)
        if len(strangers) > 1 and not own:
            return  # letters that nobody uses: no single slip explains this
        yield self.body, ()
        for letter in sorted(self._usual_letters()) if len(strangers) == 1 else ():
            if letter[0] == strangers[0][0]:
                reason = remark("letter-read-as", found=strangers[0], letter=letter)
                yield repairs.rename(self.body, {strangers[0]: letter}), (reason,)

    def _usual_letters(self) -> set[str]:
        world = self.frame.samples[0]
        usual = {letter for letters in world.usual_letters().values() for letter in letters}
        return usual | set(self.letters) | world.letters.keys()

    def _strangers(self) -> list[str]:
        return [name for name in self.free if name not in self._usual_letters()]

    # -- comparing -------------------------------------------------------------------------------------------

    def verdict(self, truths: Sequence[Value]) -> bool | None:
        """Whether the formula as it stands equals the truth; False if it leaves indices free."""
        if self.free:
            return False
        if self.frame.likely and self.letters and self._agrees(truths):
            return True
        equal = self.is_equal(self.body, truths)
        if not equal and self._lengths is not None and self._lengths != self.body:
            return self.is_equal(self._lengths, truths) or equal
        return equal

    def by_other_custom(self, truths: Sequence[Value]) -> Reason | None:
        """The custom under which the formula equals the truth; None if there is none."""
        if self._customs is None:  # made once: what is computed of them is remembered with them
            changed = customs.with_kronecker(self.body), customs.one_based(self.body, frozenset(self.letters))
            self._customs = [
                (name, body)
                for name, body in zip(("kronecker-delta", "counted-from-one"), changed, strict=True)
                if body is not None and body != self.body and not self._free_in(body)
            ]
        return next((remark(name) for name, body in self._customs if self.is_equal(body, truths)), None)

    def is_equal(self, body: Expr, truths: Sequence[Value]) -> bool | None:
        """Whether a formula equals the truth at every sample; None if that cannot be decided."""
        if self.letters and not self._may_be_equal(body, truths[0]):
            return False
        verdict: bool | None = True
        for sample, truth in enumerate(truths):
            try:
                found = self.value(body, sample)
            except Unreadable as error:
                self.problem = self.problem or error
                return False if _is_shape_error(error) else None
            if set(found.axes) - set(truth.axes) - set(self.frame.letters):
                return False
            same = agree(found, truth)
            if same is False:
                return False
            verdict = None if same is None else verdict
        return verdict

    def value(self, body: Expr, sample: int) -> Value:
        """The value of a formula at a sample, in the letters of the truth."""
        coordinates, back = self.frame.coordinates[sample], dict(zip(self.letters, self.frame.letters, strict=True))
        indices = {mine: coordinates[theirs] for mine, theirs in back.items()}
        known = (self._known, self._accesses[sample], self._gathered[sample])
        value = evaluate(body, self._samples[sample].student_scope(indices, None, *known))
        return Value(tuple(back.get(axis, axis) for axis in value.axes), value.data)

    def _agrees(self, truths: Sequence[Value]) -> bool:
        """Whether the formula is the truth, at a few elements as in full; False also where another look must tell."""
        try:
            found = [self.value(self.body, sample) for sample in range(len(truths))]
        except Unreadable:
            return False
        known = {*self.frame.letters}
        if any(value.rank or not known.issuperset(value.axes) for value in (*found, *truths)):
            return False
        if any(np.iscomplexobj(value.data) for value in found):
            return False
        few, wanted = self._few_of(found[0]), self._few_of(truths[0])
        return are_near(few, wanted) and all(agree(*pair) for pair in zip(found, truths, strict=True))

    def whole_value(self, body: Expr, sample: int) -> Value:
        """The value of a formula of whole arrays at a sample, over the letters of the truth."""
        value = evaluate(body, self._samples[sample].student_scope(None, None, self._known))
        return Value(self.frame.letters, value.data) if value.rank == len(self.frame.letters) else value

    def whole_verdict(self, truths: Sequence[Value], body: Expr | None = None) -> bool | None:
        """Whether a formula of whole arrays has the truth's elements in their order; None as `whole_equal` says, or
        if it is no such formula."""
        body = self.whole if body is None else body
        if body is None:
            return None
        from grader.maths.wholes import whole_equal

        scopes = [world.student_scope(None, None, self._known) for world in self._samples]
        return whole_equal(body, truths, self.frame.letters, self.frame.coordinates, scopes)

    def is_other_layout(self, truths: Sequence[Value]) -> bool:
        """Whether a formula of whole arrays is the truth transposed: some courses lay out derivatives so."""
        turned = None if self.whole is None else Op("transpose", (self.whole,), self.whole.place)
        return len(self.frame.letters) > 1 and turned is not None and bool(self.whole_verdict(truths, turned))

    def whole_slip(self, truths: Sequence[Value]) -> Slip | None:
        """The slip of matrix algebra that explains the formula: its sign, or a transpose."""
        if self.whole is None:
            return None
        arrays = frozenset(name for name in names_in(self.whole) if self.frame.names.get(name, 0) >= 2)
        for slip, changed in repairs.matrix_variants(self.whole, arrays):
            if self.whole_verdict(truths, changed):
                return Slip(changed, CREDIT[slip], (mistake(slip),))
        for factor in _FACTORS:
            scaled = _scaled(self.whole, factor)
            if self.whole_verdict(truths, scaled):
                return Slip(scaled, CREDIT["wrong-factor"], (mistake("wrong-factor", factor=str(factor)),))
        return None

    def without_factor(self, truths: Sequence[Value]) -> tuple[Fraction, Expr] | None:
        """The constant by which a formula with indices is too large, and the formula without it; None for none.

        Only halves, thirds, quarters and their inverses: another one is no slip.
        """
        if not self.letters or self._may_be_equal(self.body, truths[0]):
            return None
        found, wanted = self._quick[id(self.body)][1], self._wanted[id(truths[0])][1]
        ratios = [f / w for f, w in zip(found or (), wanted, strict=False) if abs(w) > LOOSE]
        factor = Fraction(ratios[0]).limit_denominator(_LARGEST) if ratios and abs(ratios[0]) < _LARGEST + 1 else None
        if not factor or abs(factor) not in _FACTORS:
            return None
        scaled = _scaled(self.body, factor)
        return (factor, scaled) if self.is_equal(scaled, truths) else None

    def _may_be_equal(self, body: Expr, truth: Value) -> bool:
        """Whether the formula agrees with the truth at a few elements of the first sample (or cannot be told)."""
        if id(body) not in self._quick:
            turned = self._quick.get(id(body.args[0])) if isinstance(body, Op) and body.op == "neg" else None
            known = [-value for value in turned[1] or ()] if turned is not None else None
            self._quick[id(body)] = (body, known or self._recalled(body))
        found = self._quick[id(body)][1]
        if found is None:
            return True
        if id(truth) not in self._wanted:
            self._wanted[id(truth)] = (truth, self._few_of(truth))
        wanted = self._wanted[id(truth)][1]
        return are_near(found, wanted)

    def _few_of(self, value: Value) -> list[float]:
        return taken_from(value, self.frame.letters, self.frame.coordinates[0])

    def _recalled(self, body: Expr) -> Points:
        """The same as of a formula that is written alike: one slip, tried as another, is what many others wrote."""
        if self.local:
            return self._at_points(body)
        known = self.once("known", lambda: (self.letters, self.frame.letters, frozenset(self._known)))
        key = (known, spelled(body))
        if key not in self.points:
            self.points[key] = self._at_points(body)
        return self.points[key]

    def _at_points(self, body: Expr) -> Points:
        world = self._samples[0]
        at = self.once("at", lambda: letters_at(self.letters, self.frame.letters, self.frame.coordinates[0]))
        try:
            scope = world.student_scope({}, at, self._known, self._accesses[0], self.once("taken", self._taken))
            value = evaluate(body, scope)
        except Undecided:
            return None  # the full computation will say why
        if value.rank or set(value.axes) - {AXIS}:
            return None
        found = np.asarray(value.data, dtype=float)
        return cast("list[float]", (found if found.shape == (COUNT,) else np.full(COUNT, found)).tolist())

    def _taken(self) -> Gathered:
        return Gathered(None if self.local else self.alike.setdefault((self.letters, frozenset(self._known)), {}))


def _scaled(body: Expr, factor: Fraction) -> Expr:
    """A formula without a factor."""
    return Op("mul", (Num(1 / factor, body.place, str(1 / factor)), body), body.place, "·")


def _is_shape_error(error: Unreadable) -> bool:
    return "does not exist" in error.message or "do not fit" in error.message
