"""The unit step behind a signal, `2e^{-t} u(t)`: 1 where its variable is positive, and unknown elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from fractions import Fraction

from grader.equality.structures import read_structures
from grader.kinds._expected import Expected
from grader.kinds.kind import View, remark
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Status

_GREEK = "theta|vartheta|Theta|varTheta|epsilon|varepsilon|sigma"
_SET = r"\\(?:mathbb|mathbf|mathrm|text|operatorname|bm|boldsymbol)\s*\{?\s*(?:[uUH1]|step|heaviside|Heaviside)\s*\}?"
_NAMES = rf"\\(?:{_GREEK})(?![A-Za-z])|{_SET}|(?<![\w\\.^_{{])(?:[uUHθϑΘεϵσ𝟙1]|[Hh]eaviside|step)(?![A-Za-z])"
_TOUCHING = r"(?<=[\d)}])[uUHθΘεϵσ]"  # 2u(t), e^{-t}u(t)
_OF = r"\s*(?:\\left\s*)?(?P<open>[(\[])\s*(?P<of>[A-Za-z])\s*(?:\\right\s*)?[)\]]"
_SINCE_ZERO = r"(?:1|𝟙|\\mathbb\s*\{?1\}?)_\{\s*(?P<since>[A-Za-z])\s*(?:\\geq?(?:slant)?|>=?|≥)\s*0\s*\}"
_STEP = later(rf"(?:(?:{_NAMES}|{_TOUCHING}){_OF}|{_SINCE_ZERO})(?!\s*=)")
# Any other function of the variable alone may be the writer's name for it.
_OTHER = later(
    r"(?<![A-Za-z\\^_{])(?P<name>[a-zA-Z]|\\(?:alpha|eta|gamma|mu|phi|varphi|psi|rho|tau|chi))\s*\(\s*(?P<of>[A-Za-z])\s*\)(?!\s*=)"
)
_STANDS_ALONE = re.compile(r"(?:[-+*/(\[=·⋅×]|(?<!\\)[,;]|\\cdot|\\times|\\left\s*\(|\A)\s*\Z")
_WRITTEN = frozenset(["text", "math", "display", "code"])


class Respelled(NamedTuple):
    """An answer with something else in the place of its steps; their words, and the variables that they are of."""

    view: View
    steps: tuple[str, ...]
    variables: frozenset[str]


class Asked(NamedTuple):
    """The reference as it was typed, its names, and which letters are known to be positive."""

    text: str
    names: Container[str]
    is_positive: Callable[[str], bool]


def stepped(finding: Finding, view: View, judge: Callable[[View], Finding], asked: Asked) -> Finding:
    """A finding with steps taken for 1 where the answer is right then, or for that of the reference.

    Where nobody said that the variable is positive, the answer is for a person, and so is one with another function
    that is no name of the reference.
    """
    if finding.status is Status.RIGHT or not _may_step(view):
        return finding
    own = _STEP.search(asked.text)
    told = _respelled(view, _STEP, own[0] if own is not None else "")
    if told is not None:
        again = judge(told.view)
        if again.status is Status.RIGHT and (own is not None or all(map(asked.is_positive, told.variables))):
            said = remark("unit-step", step=told.steps[0], variable=min(told.variables))
            return Finding(again.status, again.credit, (*again.reasons, said), again.read_as, finding.spans)
        if again.status is Status.RIGHT or (again.credit and not finding.credit):
            return _open(finding, told)
    other = _respelled(view, _OTHER, "") if own is None else None
    strange = other is not None and not any(step.split("(")[0].strip(" \\") in asked.names for step in other.steps)
    if other is not None and strange and judge(other.view).status is Status.RIGHT:
        return _open(finding, other)
    return finding


def is_positive(expected: Expected, letter: str) -> bool:
    """Whether a declared number is never negative: by its domain, or at all samples if lengths depend on it."""
    domains = [world.free.get(letter) for world in expected.samples]
    values = [world.data.get(letter) for world in expected.samples]
    if not any(domains):
        return all(isinstance(value, int | float | Fraction) and value > 0 for value in values)
    return all(domain is not None and domain.low is not None and domain.low >= 0 for domain in domains)


def is_said_positive(asked: str, assume: str, letter: str) -> bool:
    """Whether a letter is said to be positive: by `assume: "t: positive"`, or by the reference, "..., t >= 0"."""
    declared = read_structures(assume).get(letter, "") if assume else ""
    bounded = re.search(rf"(?<![A-Za-z\\]){letter}{_FROM_ZERO}", asked)
    return declared.startswith("positive") or bounded is not None


_FROM_ZERO = r"\s*(?:>=?|≥|\\geq?(?:slant)?|\\gt)\s*0(?![\d.])"


def _open(finding: Finding, told: Respelled) -> Finding:
    doubt = remark("unit-step-unsaid", step=told.steps[0])
    return Finding(Status.REVIEW, None, (doubt,), finding.read_as, finding.spans)


def _may_step(view: View) -> bool:
    return any(_OTHER.search(run.text) or _STEP.search(run.text) for block in view.answer.blocks for run in block.runs)


def _respelled(view: View, pattern: re.Pattern[str], instead: str) -> Respelled | None:
    """The answer with a 1, or `instead`, for what the pattern finds; None where it finds nothing.

    Made once for the reference and all its mistakes, so that it is read once as well.
    """
    key = ("trial", "respelled", id(pattern), instead, id(view.names), view.places, view.reasons)
    made: tuple[Respelled | None, object] = view.remember(
        key,
        lambda: (_put_instead(view, pattern, instead), view.names),  # kept alive: their id is in the key
    )
    return made[0]


def _put_instead(view: View, pattern: re.Pattern[str], instead: str) -> Respelled | None:
    steps: list[str] = []
    variables: set[str] = set()

    def put(found: re.Match[str]) -> str:
        groups = found.groupdict()
        steps.append(found[0])
        variables.add(groups.get("of") or groups.get("since") or "")
        alone = _STANDS_ALONE.search(found.string, 0, found.start()) is not None
        said = instead or ("1" if alone else "·1")
        return said.rjust(len(found[0])) if len(said) <= len(found[0]) else found[0]

    def respell(block: Block) -> Block:
        runs = tuple(
            run._replace(text=pattern.sub(put, run.text)) if run.kind in _WRITTEN else run for run in block.runs
        )
        return block._replace(runs=runs)

    answer = view.answer._replace(blocks=tuple([respell(block) for block in view.answer.blocks]))
    if not steps:
        return None
    told = View(answer, view.names, view.places, view.reasons, view.context, view.base, shared=view.shared)
    return Respelled(told, tuple(steps), frozenset(variables))
