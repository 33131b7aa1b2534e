"""What is asked in one question: its kind of answer, its parts, and the mistakes foreseen."""

from __future__ import annotations

import re
from typing import Any

from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping, Mistake, Node, Part, Place, Scalar, Sequence
from grader.model.vocabulary import Field, KindVocabulary
from grader.rubric.complaints import Complaints, quoted
from grader.rubric.fields import shape_of, slug
from grader.rubric.roles import Role
from grader.rubric.tables import (
    ANSWER_FIELDS,
    COMMON_FIELDS,
    DEEPEST_PARTS,
    MISTAKE_FIELDS,
    PART_FIELDS,
    PARTS,
    REVIEW,
    Language,
    fields_beside,
    fields_of_mistake,
)

LONGEST_ID = 40
_AS_READ = ("weight", "follow", "hint", "explain", "reveal", "accept", "reject")
_ID = re.compile(r"[^\W_][\w.-]*")
_INNER = re.compile(r"\([^()]*\)")
_HEAD = re.compile(r"(.+?)[\[(]\s*[^\W\d].*[\])]", re.DOTALL)


class Surroundings(NamedTuple):
    """What a part needs to know of the rubric around it."""

    kinds: Language
    wrong_kinds: Language  # of mistakes
    complaints: Complaints
    names: dict[str, tuple[Place, str]]  # every name taken so far, and by what; grows while parts are read
    let: Mapping | None = None
    symbols: Mapping | None = None

    def around(self, values: dict[str, Any]) -> Surroundings:
        """The same, with the `let` and `symbols` of one more layer."""
        return self._replace(
            let=combined(self.let, values.get("let")),
            symbols=combined(self.symbols, values.get("symbols")),
        )


def head(text: str) -> str:
    """The name that a definition gives: `Z` for `Z[i,j]` and `f` for `f(x)`, but `R(0)` for `R(0)`."""
    found = _HEAD.fullmatch(text.strip())
    return found.group(1).strip() if found else text.strip()


def combined(outer: Mapping | None, inner: Mapping | None) -> Mapping | None:
    """The outer entries, except those the inner ones define anew, and then the inner ones."""
    if outer is None or inner is None:
        return inner or outer
    anew = {head(key.text) for key, _ in inner.entries}
    kept = tuple(entry for entry in outer.entries if head(entry[0].text) not in anew)
    return Mapping((*kept, *inner.entries), inner.place)


def check_names(mapping: Mapping | None, complaints: Complaints) -> None:
    """Refuses `Z` and `Z[i,j]` in one mapping: two definitions of one name."""
    first: dict[str, int] = {}
    for key, _ in mapping.entries if mapping else ():
        name = head(key.text)
        if name in first:
            complaints.add(key.place, f"{quoted(name)} is already defined in line {first[name]}")
        first.setdefault(name, key.place.line)


def check_id(text: str, place: Place, complaints: Complaints) -> bool:
    """May this be the id of a question or part?"""
    if _ID.fullmatch(text) and len(text) <= LONGEST_ID:
        return True
    near = re.sub(r"[^\w.-]+", "", text[:LONGEST_ID]).lstrip("._-")
    complaints.add(
        place,
        f"{quoted(text)} cannot be an id: letters, digits, dot, dash and underscore, at most {LONGEST_ID} characters",
        f"write `{near}`" if near and len(text) <= LONGEST_ID else "",
    )
    return False


def read_part(
    identity: tuple[str, Place], node: Mapping, own: tuple[Field, ...], around: Surroundings, depth: int = 0
) -> tuple[Part | None, dict[str, Any]]:
    """A question's or part's answer, and the values of its `own` fields.

    `identity` is its id, and where its key stands. The part is None if no kind of answer could be told.
    """
    role = Role("part" if own is PART_FIELDS else "question", around.kinds, around.complaints)
    where = identity[1]
    common = (*own, *ANSWER_FIELDS, *COMMON_FIELDS)
    kind = role.choose(node, where, common)
    if kind is None:
        fields = (*common, *role.fields_of_any_kind())
    else:
        fields = (*own, *fields_beside(kind), *kind.fields)
    values = role.read(node, where, fields, kind)
    check_names(values.get("let"), around.complaints)
    _check_quantities(values.get("quantity", ()), around.complaints)
    inside = around.around(values)
    name = _take_name(values.get("name"), inside)
    if kind is None:
        return None, values
    part = Part(
        id=identity[0],
        kind=kind.name,
        fields=_kind_fields(node, kind, values),
        place=where,
        parts=_read_parts(values["parts"], inside, depth + 1) if "parts" in values and kind is PARTS else (),
        mistakes=_read_mistakes(values.get("mistakes"), kind, inside),
        labels=tuple(label.text.strip() for label in values.get("labels", ())),
        name=name,
        symbols=inside.symbols,
        let=inside.let,
        **{key: values[key] for key in _AS_READ if key in values},
    )
    return part, values


def _kind_fields(node: Mapping, kind: KindVocabulary, values: dict[str, Any]) -> Mapping:
    names = {field.name for field in kind.fields} if kind not in (PARTS, REVIEW) else set()
    sound = names & values.keys()
    return Mapping(tuple(entry for entry in node.entries if entry[0].text in sound), node.place)


def _check_quantities(quantities: tuple[Scalar, ...], complaints: Complaints) -> None:
    """Refuses `E_kin = 3`: only what stands before the sign of equality is a quantity."""
    for one in quantities:
        left, sign, _ = _INNER.sub(lambda found: found[0].replace("=", " "), one.text).partition("=")  # P(X=2)
        if sign or len(one.text) > LONGEST_ID:
            message = f"{quoted(one.text[:LONGEST_ID])} is no quantity: what may stand before `=`, without it"
            complaints.add(one.place, message, f"write `{left.strip()}`" if sign and left.strip() else "")


def _take_name(name: Scalar | None, around: Surroundings) -> str:
    if name is None:
        return ""
    local = {head(key.text) for key, _ in around.let.entries} if around.let else set()
    if name.text in around.names:
        place, owner = around.names[name.text]
        message = f"the name {quoted(name.text)} is already used by {owner} in line {place.line}"
        around.complaints.add(name.place, message, "choose another name")
    elif name.text in local:
        message = f"the name {quoted(name.text)} is already used by `let`"
        around.complaints.add(name.place, message, "choose another name")
    around.names.setdefault(name.text, (name.place, "an answer"))
    return name.text


def _read_parts(mapping: Mapping, around: Surroundings, depth: int) -> tuple[Part, ...]:
    if depth > DEEPEST_PARTS:
        around.complaints.add(mapping.place, f"`parts` inside each other more than {DEEPEST_PARTS} deep")
        return ()
    parts = []
    for key, node in mapping.entries:
        check_id(key.text, key.place, around.complaints)
        if not isinstance(node, Mapping):
            message = f"a part is a mapping of keys, not {shape_of(node)}"
            around.complaints.add(node.place, message, "write the kind of answer, such as `{number: 3}`")
            continue
        parts.append(read_part((key.text, key.place), node, PART_FIELDS, around, depth)[0])
    return tuple(part for part in parts if part is not None)


def _read_mistakes(nodes: Sequence | None, kind: KindVocabulary, around: Surroundings) -> tuple[Mistake, ...]:
    """The mistakes of a list; ids that are made from sentences that begin alike are numbered on.

    The same mistake in several shapes carries the same id, as long as that is said.
    """
    items = nodes.items if nodes else ()
    read = [
        (_read_mistake(node, kind, around), isinstance(node, Mapping) and node.get("id") is not None) for node in items
    ]
    taken = {mistake.id for mistake, named in read if mistake is not None and named}
    mistakes: list[Mistake] = []
    for mistake, named in read:
        if mistake is None:
            continue
        ids = (mistake.id, *(f"{mistake.id}-{number}" for number in range(2, len(items) + 2)))
        own = mistake.id if named else next(id for id in ids if id not in taken)
        taken.add(own)
        mistakes.append(mistake._replace(id=own))
    return tuple(mistakes)


def _read_mistake(node: Node, kind: KindVocabulary, around: Surroundings) -> Mistake | None:
    complaints = around.complaints
    if not isinstance(node, Mapping):
        message = f"a mistake is a mapping of keys, not {shape_of(node)}"
        complaints.add(node.place, message, "write the wrong answer, its `credit` and what to `say`")
        return None
    role = Role("mistake", around.wrong_kinds, complaints)
    keys = {key.text for key, _ in node.entries}
    told = kind.by in keys and not keys & around.wrong_kinds.kinds.keys()
    wrong = kind if told else role.choose(node, node.place, MISTAKE_FIELDS, kind.fields[0].name)
    # Only the kind's own key must be repeated: `tolerance` may be the same as for the right answer.
    beside = role.fields_of_any_kind() if wrong is None else fields_of_mistake(wrong)
    fields = (*MISTAKE_FIELDS, *(field._replace(required=False) for field in beside))
    values = role.read(node, node.place, fields, wrong)
    if wrong is None or "credit" not in values or "say" not in values:
        return None
    say = values["say"]
    return Mistake(
        values.get("id") or _default_id(say),
        wrong.name,
        _kind_fields(node, wrong, values),
        values["credit"],
        say,
        node.place,
    )


def _default_id(say: str) -> str:
    """The first words of the sentence; of a sentence without Latin letters, a hash."""
    from hashlib import sha256

    return slug(say, 5) or f"mistake-{sha256(say.encode()).hexdigest()[:8]}"
