"""A formula, number, set, interval or statement in any notation, where no symbols need to be declared."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from grader.equality.answers import compare
from grader.equality.compare import LONGEST_TEXT
from grader.equality.rounding import agree_when_rounded
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, UNREADABLE, Comparison
from grader.kinds._equal_beside import member_alone, right_elsewhere
from grader.kinds._equal_conclusions import TURNED, concluded, ends_in, is_named_otherwise, said_again
from grader.kinds._equal_doubts import (
    bounded,
    compared_behind,
    constrained,
    is_elsewhere,
    letters_of,
    other_quantity,
    told_difference,
)
from grader.kinds._equal_found import formulas_in
from grader.kinds._equal_given import given_numbers, with_given
from grader.kinds._equal_integrals import is_false_integral, is_value
from grader.kinds._equal_intervals import explained
from grader.kinds._equal_lasts import last_of, without_domain
from grader.kinds._equal_lines import below_working
from grader.kinds._equal_values import all_values, is_list_of_values, left_to_do, says_all_of
from grader.kinds._equal_words import are_words, changed_beside, changed_somewhere
from grader.kinds._typed_line import DELIMITED, Typed, typed
from grader.kinds._unit_steps import Asked, is_said_positive, stepped
from grader.kinds.kind import Example, Kind, Setup, View, remark, review, right, wrong
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Status
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import QUANTITY, Field
from grader.notation.parities import by_parity
from grader.notation.reading import Claim


class Expected(NamedTuple):
    """The reference, as the instructor typed it and as it was read; `value` is its right side where it has a name."""

    text: str
    read_as: str
    assume: str = ""  # what its letters stand for
    value: str = ""
    is_mistake: bool = False  # which an answer may well take for the integral
    given: tuple[tuple[str, str], ...] = ()  # the names in it to which the rubric gives a number


_STATEMENTS = ("the other a statement", "one is a statement")
_NAMED = re.compile(r"\\?[A-Za-z]\w*'*(?:\([A-Za-z]\))?\s*=(?P<value>[^=<>]+)")  # f = x^2, H(s) = 2/(s + 2)
_CALLED = re.compile(r"(?P<name>\w+)\((?P<of>[\w·^]+)\) = ")  # f(x) = , H(j·omega) =
_JOINED = re.compile(r"\b(and also|together with|as well as|along with|including)\b", re.IGNORECASE)  # and also x = -1


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Reads the reference; a fault where it cannot be read, or has no value."""
    node = fields.get("equals")
    if not isinstance(node, Scalar):
        return None
    said = fields.get("assume")
    assume = said.text if isinstance(said, Scalar) else setup.assume
    try:
        found = compare(node.text, node.text, assume=assume)
    except ValueError as error:
        setup.fault(said.place if said is not None else node.place, str(error), "A, B: symmetric matrix")
        return None
    if found.verdict != EQUAL:
        setup.fault(node.place, f"cannot compare with {node.text!r}: {found.reason}")
        return None
    named = _NAMED.fullmatch(node.text.strip())
    value = named["value"] if named else ""
    given = given_numbers(node.text, setup.world)
    return Expected(node.text, found.gold_as, assume, value, isinstance(setup.frame, Expected), given)


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claim of the answer with the reference; a unit step is 1 where its variable is positive."""
    is_positive = partial(is_said_positive, expected.text, expected.assume)
    asked = Asked(expected.text, letters_of(expected.text), is_positive)
    judged = partial(_judged, expected)
    finding = below_working(stepped(judged(view), view, judged, asked), view, judged)
    if (told := with_given(expected, view, finding)) is not None:
        finding = _doubted(expected, told.answer, told.found, told.claim) or told.finding
    said = bounded(expected.assume, view.answer.text) if finding.status is Status.RIGHT else ""
    reasons = (remark("redefined", said=said),)
    return replace(finding, status=Status.REVIEW, credit=None, reasons=reasons) if said else finding


def _judged(expected: Expected, view: View) -> Finding:
    blocks = view.answer.blocks
    answer = typed(blocks, view.places)
    if not answer.text.strip() or len(answer.text) > LONGEST_TEXT:
        return review((), "", remark("no-answer-found", what="a formula"))
    found = compare(expected.text, answer.text, assume=expected.assume)
    claim = _claim(found, answer)
    valued = (
        found.verdict == DIFFERENT
        and found.answer_as.startswith("integral of ")
        and is_value(expected.text, expected.assume, found)
    )
    said = answer.text[found.place[0] : found.place[1]]
    if valued and not expected.is_mistake and is_false_integral(said, expected.assume):
        return review((claim,), found.answer_as, remark("other-left-side"))
    if found.verdict == EQUAL or valued:
        return _doubted(expected, answer, found, claim) or right((claim,), found.answer_as)
    if (told := _in_values(expected, answer) or _retold(expected, view, answer, found, claim)) is not None:
        return told
    if found.verdict != EQUAL and (ended := _ended(expected, view, answer, claim)) is not None:
        return ended
    if found.verdict in (DIFFERENT, UNDECIDED) and (listed := _as_list(expected, found, claim, view)) is not None:
        return listed
    if (signed := _in_signs(expected, answer)) is not None and signed.verdict == EQUAL:
        return right(tuple([Claim(None, (one.span.start, one.span.stop)) for one in blocks]), signed.answer_as)
    if (twice := said_again(expected.text, expected.assume, view)) is not None:
        return right((claim, Claim(None, twice.place)), twice.read_as)
    if found.verdict == DIFFERENT:
        return _different(expected, view, found, claim)
    if found.verdict == UNREADABLE:
        return review((claim,), "", remark("unreadable", message=found.reason.partition(": ")[2], what="a formula"))
    return review((claim,), found.answer_as, remark("not-decided", message=found.reason))


def _ended(expected: Expected, view: View, answer: Typed, claim: Claim) -> Finding | None:
    """The finding for a right formula that an answer comes to, behind its working and before where it holds."""
    if (said := ends_in(expected.text, expected.assume, answer.text)) is not None:
        return right((Claim(None, answer.place(said[0], said[1])),), said[2])
    if (last := last_of(expected.text, expected.assume, answer.text)) is not None:
        return right((claim,), last.read_as)
    if (interval := explained(expected.text, expected.assume, answer.text)) is not None:
        return right((claim,), interval)
    if not without_domain(answer.text):
        return None
    told = concluded(expected.text, expected.assume, view)
    return None if told is None else right((Claim(None, told.place),), told.read_as)


def _doubted(expected: Expected, answer: Typed, found: Comparison, claim: Claim) -> Finding | None:
    """What stands beside a right formula and makes another claim of it; None for nothing."""
    if (signed := _in_signs(expected, answer)) is not None and signed.verdict != EQUAL:
        return review((claim,), found.answer_as, remark("changed-by-words", words=signed.answer_as))
    plain = without_domain(answer.text)
    if expected.value and is_named_otherwise(expected.text, plain):
        return review((claim,), found.answer_as, remark("other-left-side"))
    text = plain if found.place[0] < len(plain) else answer.text
    place = (found.place[0], min(found.place[1], len(text)))
    changed = changed_beside(text, place) or changed_somewhere(text, place)
    if signed is None and changed:
        return review((claim,), found.answer_as, remark("changed-by-words", words=changed))
    if said := constrained(expected.value or expected.text, answer.text, found.place):
        return review((claim,), found.answer_as, remark("redefined", said=said))
    if unfinished := left_to_do(expected.read_as, found.answer_as):
        return review((claim,), found.answer_as, remark(unfinished))
    name = expected.text.partition("=")[0].strip().lstrip("\\") if expected.value else ""
    if name and other_quantity(name, expected.value, answer.text, found.place, found.answer_as):
        return review((claim,), found.answer_as, remark("other-left-side"))
    return None


def _in_signs(expected: Expected, answer: Typed) -> Comparison | None:
    """How an answer in words compares, "half of m v squared"; None for one that is not made of such words alone."""
    from grader.kinds._in_signs import in_signs  # words that only few answers have
    from grader.kinds._intervals_said import interval_said

    said = in_signs(answer.text, letters_of(expected.text)) or interval_said(expected.text, answer.text)
    return compare(expected.text, said, assume=expected.assume) if said else None


def _as_list(expected: Expected, found: Comparison, claim: Claim, view: View) -> Finding | None:
    """The finding for a list in braces, or one that is given entry by entry."""
    shown = expected.read_as.rpartition(" = ")[2] if expected.value else expected.read_as
    if not shown.endswith((")", "]")) or not shown.startswith(("(", "[")):
        return None
    from grader.kinds._equal_lists import as_list  # what only lists need

    return as_list((expected.value or expected.text, shown), expected.assume, found, claim, view)


def _different(expected: Expected, view: View, found: Comparison, claim: Claim) -> Finding:
    """What an answer says of which the claim is not the reference, unless something beside it is."""
    text = typed(view.answer.blocks, view.places).text
    if (last := concluded(expected.text, expected.assume, view)) is not None:
        return right((Claim(None, last.place),), last.read_as)
    if any(words in found.reason for words in _STATEMENTS):  # "int x dx = 1/2" for 1/2: it may well say so
        return review((claim,), found.answer_as, remark("not-decided", message=found.reason))
    if is_list_of_values(expected.read_as) and says_all_of(expected.read_as, text):
        return review((claim,), found.answer_as, remark("several-answers"))
    if (tail := compared_behind(expected.text, expected.assume, text)) is not None:
        return review((claim,), found.answer_as, remark("changed-by-words", words=tail))
    if (members := member_alone(is_list_of_values(expected.read_as), found, view)) is not None:
        return members
    finding = _otherwise_named(expected, text, found, claim) if expected.value else None
    unknown = finding is None or finding.status is Status.WRONG
    if unknown and (other := right_elsewhere((expected.text, expected.assume), text, view, claim)) is not None:
        return review((claim, other), found.answer_as, remark("several-answers"))
    if finding is not None and finding.status is not Status.WRONG:
        return finding
    if agree_when_rounded(expected.value or expected.read_as, found.answer_as):
        return review((claim,), found.answer_as, remark("rounding-unclear"))
    if are_words(found.answer_as, text, letters_of(expected.text)):
        message = "words were read as letters"
        return review((claim,), found.answer_as, remark("unreadable", message=message, what="a formula"))
    joined = None if expected.value else _JOINED.search(text)
    said = joined or (None if by_parity(text) else _SOME_NUMBERS.search(text))  # "4/(n pi) for odd n", and no more
    if changed := said[0] if said is not None else changed_beside(text, found.place):
        return review((claim,), found.answer_as, remark("changed-by-words", words=changed))
    return wrong((claim,), found.answer_as, remark("not-equal", message=told_difference(found)))


def _in_values(expected: Expected, answer: Typed) -> Finding | None:
    """The finding for all values of a letter that are told one by one; None for anything else."""
    listed = is_list_of_values(expected.read_as)
    told = all_values(expected.text, expected.assume, answer.text) if listed else None
    return None if told is None else right((Claim(None, answer.place(*told[:2])),), told[2])


def _retold(expected: Expected, view: View, answer: Typed, found: Comparison, claim: Claim) -> Finding | None:
    """The finding for formulas that say the reference with what is defined beside them put in; None for others."""
    from grader.kinds._retold import defined_first, is_retold  # patterns that only few answers need

    runs = [run.text for block in view.answer.blocks for run in block.runs if run.kind in DELIMITED]
    name = expected.text.partition("=")[0].strip() if expected.value else ""
    plain = () if runs else defined_first(view.answer.text)
    if found.verdict == UNREADABLE and runs:
        return None
    if not is_retold((expected.text, name), expected.assume, runs or plain):
        return None
    told = "; ".join(plain)
    if changed := changed_somewhere(answer.text, (0, len(answer.text))):
        return review((claim,), told, remark("changed-by-words", words=changed))
    doubtful = review((claim,), told, remark("several-answers"))
    shown = told or (found.answer_as if found.verdict == EQUAL else "; ".join(runs))
    return doubtful if TURNED.search(answer.text) is not None else right((claim,), shown)


def _otherwise_named(expected: Expected, text: str, found: Comparison, claim: Claim) -> Finding:
    """`f(x) = x^2` for `f = x^2` is right; the same value of something else, `f' = x^2`, is for a person."""
    said = (text, found.answer_as.rpartition(" = ")[2])
    if all(compare(expected.value, one, assume=expected.assume).verdict == DIFFERENT for one in said):
        return wrong((claim,), found.answer_as, remark("not-equal", message=told_difference(found)))
    called = _CALLED.match(found.answer_as)
    same = compare(expected.value, said[1], assume=expected.assume).verdict == EQUAL
    elsewhere = called is not None and is_elsewhere(called["of"], expected.value)
    head = called["name"] if called is not None else ""
    own = called is not None and expected.read_as.startswith((f"{head} = ", f"{head}({called['of']}) = "))
    line = called is not None and called["of"] == "x" and head in _LINES and expected.read_as.startswith("y = ")
    if same and ((own and not elsewhere) or line):
        return right((claim,), found.answer_as)
    return review((claim,), found.answer_as, remark("other-left-side"))


_SOME_NUMBERS = later(r"\b(?:odd|even)\b(?! functions?)")
_LINES = frozenset(["t", "T", "l", "L", "g"])  # of the tangent y = x/4 + 1: t(x) = x/4 + 1


def _claim(found: Comparison, answer: Typed) -> Claim:
    return Claim(None, answer.place(*found.place))


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """Formulas that could be the answer: all there are."""
    return formulas_in(view.claims(view.reading()))


KIND = Kind(
    name="equals",
    doc="a formula, number, set, interval or statement in any notation, without declared symbols",
    fields=(
        Field("equals", "text", "the reference: LaTeX, plain text or Python", required=True),
        Field("assume", "text", "what its letters stand for, as in A: symmetric matrix; n: whole number"),
        QUANTITY,
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: expected.read_as,
    find=find,
    model_answer=lambda expected: f"${expected.text}$",
    in_words=None,
    for_mistakes=lambda given, setup: setup if given is None else replace(setup, assume=given.assume, frame=given),
    examples=(
        Example("equals: (x+1)^2", "$x^2 + 2x + 1$", "right"),
        Example("equals: (x+1)^2", "So it is $x^2 + 2x$.", "wrong"),
        Example("equals: '[1, 2)'", "$1 \\le x < 2$", "right"),
        Example("equals: 1/2", "$\\int_0^1 x\\,dx = \\frac12$", "right"),
        Example("equals: x^2/2", "$\\int x\\,dx = \\frac{x^2}{2}$", "right"),
        Example("equals: x^2/2", "$\\int x\\,dx = \\frac{x^2}{3}$", "review"),
        Example("equals: '[-1, 5)'", "$-1<x<5$, and also $x=-1$", "review"),
        Example("equals: '[-1, 5)'", "It is $-1\\le x<5$: at $x=-1$ it converges.", "right"),
        Example("equals: '[-1, 5)'", "It is $-1\\le x<5$: at $x=-1$ it diverges.", "review"),
        Example("{equals: y = C*e^x, assume: 'C: constant'}", "$y = Ce^x$ with $C > 0$", "review"),
        Example("equals: '{\\sqrt 2, -\\sqrt 2}'", "±1.41", "review"),
        Example("equals: H(z) = 1/(1 - z)", "$H(z) = \\frac{1}{1-z}$, ROC $|z| < 1$", "review"),
        Example("equals: b_n = (1-(-1)^n)/n", "$b_n = 2/n$ for odd $n$", "review"),
        Example("equals: f = x^2", "$f(x) = x^2$", "right"),
        Example("equals: H(s) = 2/(s+2)", "$G(s) = \\frac{1}{s+2}$", "wrong"),
        Example("equals: f = x^2", "Thus: $$\\boxed{f(2j) = x^2}$$", "right"),
        Example("equals: f = x^2", "Thus: $$\\boxed{f(2j) = x^3}$$", "wrong"),
        Example("equals: f = x^2", "Thus: $$\\boxed{g(2j) = x^2}$$", "review"),
        Example(
            "equals: H = 1/(1 + s*R*C)", "$$H = \\frac{V_{out}}{V_{in}} = \\frac{1}{1+s T}, \\qquad T = RC$$", "right"
        ),
        Example(
            "equals: H = 1/(1 + s*R*C)", "$H(s) = \\frac{1}{1+s/\\omega_c}$ with $\\omega_c = \\frac{1}{RC}$", "right"
        ),
        Example(
            "equals: H = 1/(1 + s*R*C)", "$H(s) = \\frac{1}{1+s/\\omega_c}$ with $\\omega_c = \\frac{R}{C}$", "review"
        ),
        Example("equals: H = 1/(1 + s*R*C)", "$$H = \\frac{1}{1+s T}, \\qquad T = R/C$$", "wrong"),
        Example("equals: '[[6*x, 1], [1, 2]]'", "$\\nabla^2 f = \\begin{pmatrix}6x&1\\\\1&2\\end{pmatrix}$", "right"),
        Example("equals: '[[6*x, 1], [1, 2]]'", "$\\nabla^2 f = \\begin{pmatrix}6x&1\\\\1&3\\end{pmatrix}$", "wrong"),
        Example(
            "equals: v = V*(1 - e^{-t/(R*C)})", "$v(t) = V(1 - e^{-t/T})$, $T = RC = 0.47\\,\\mathrm{ms}$", "right"
        ),
        Example(
            "equals: v = V*(1 - e^{-t/(R*C)})", "$v(t) = V(1 - e^{-t/T})$, $T = R/C = 0.47\\,\\mathrm{ms}$", "wrong"
        ),
        Example("equals: X = (2, 3, 4)", "$X[k] = \\sum_n x[n] w^{nk} = (2, 3, 4)$", "right"),
        Example("equals: (2, 3)", "$X[0] = 2$, and with it $X[1] = 3$", "right"),
        Example("equals: (2, 3)", "$X[0] = 2$, and with it $X[1] = 4$", "review"),
        Example("equals: (2, 3)", "$X[0] = 2$, and with it $Y[1] = 3$", "review"),
        Example("equals: z = 4*x - 2", "$z = 2 + 4(x-1)$, or $z = 4x-2$", "right"),
        Example("equals: z = 4*x - 2", "$z = 2 + 4(x-1)$, or $z = 4x-3$", "wrong"),
        Example("equals: y = x/4 + 1", "$T(x) = 2 + \\frac14(x-4)$", "right"),
        Example("equals: y = x/4 + 1", "$f(x) = 2 + \\frac14(x-4)$", "review"),
        Example("equals: '{-4, 4}'", "$k^2 = 16$, thus $k_1 = 4$ and $k_2 = -4$.", "right"),
        Example("equals: x^2/2 + C", "So $F = \\frac12x^2 + C$, $C\\in\\mathbb{R}$. Check: $F' = x$.", "right"),
        Example("equals: x^2/2 + C", "So $F = \\frac12x^2 + C$. Check: $F' = 2x$, so it is not right.", "review"),
        Example("equals: H = 1/(1-a)", "$Y(1-a) = X$, so $H = \\frac{1}{1-a}$", "right"),
        Example("equals: H = 1/(1-a)", "$Y(1-a) = X$, so not $H = \\frac{1}{1-a}$", "review"),
        Example("equals: 2*ln(x)", "$\\ln x^2$", "review"),
        Example("equals: A B", "$B A$", "review"),
        Example("equals: (2, 2+2*j, -2, 2-2*j)", "$X = \\{2; 2+2j; -2; 2-2j\\}$", "right"),
        Example("equals: (2, 2+2*j, -2, 2-2*j)", "$\\{2, 2-2j, -2, 2+2j\\}$", "review"),
        Example("equals: (2, 2+2*j, -2, 2-2*j)", "$\\{2, 2+2j, 2, 2-2j\\}$", "wrong"),
        Example("equals: (2, 2+2*j, -2, 2-2*j)", "[ 2.+0.j  2.+2.j -2.+0.j  2.-2.j]", "right"),
        Example("equals: (2, 2+2*j, -2, 2-2*j)", "[ 2.+0.j  2.-2.j -2.+0.j  2.+2.j]", "wrong"),
        Example("equals: (1, 2, -3)", "$X[0]=1$, $X[2]=-3$, and $X[1]=2$", "right"),
        Example("equals: (1, 2, -3)", "$X[0]=1$, $X[2]=-3$, and with that $X[1]=3$", "review"),
        Example("equals: (1, 2)", "$\\{1, 2\\}$", "wrong"),
        Example("equals: x^T A y\nassume: 'A: symmetric matrix'", "$y^T A x$", "right"),
        Example("equals: '[1/4, 3/4]'", "$1/4 \\le p \\le 3/4$", "right"),
        Example("equals: '[1/4, 3/4]'", "$p = 1/4$ and $p = 3/4$", "review"),
        Example("equals: pi/4", "either $\\pi/4$ or $\\pi/2$", "review"),
    ),
)
