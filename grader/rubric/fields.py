"""What a value under a key means: texts, numbers, flags and lists, each with the faults it may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from grader.model.patterns import later
from grader.model.rubrics import Mapping, Node, Place, Scalar, Sequence
from grader.model.vocabulary import Field
from grader.rubric.complaints import Complaints, did_you_mean, listed, quoted

Reader = Callable[[Node, Field, Complaints], Any]

# Exponents stay short: Fraction("1e999999999") would fill the memory.
_DECIMAL = re.compile(r"[+-]?([0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})([eE][+-]?[0-9]{1,2})?")
_RATIO = re.compile(r"[+-]?[0-9]{1,40}/0*[1-9][0-9]{0,39}")
_DECIMAL_COMMA = later(r"[+-]?[0-9]+,[0-9]+")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60
NUMBERS = "write a number such as `2`, `0.5` or `1/2`"
_FLAGS = {"true": True, "false": False}
_NEAR_FLAGS = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}


def read_fields(
    mapping: Mapping,
    fields: tuple[Field, ...],
    where: Place,
    complaints: Complaints,
    unknown: Callable[[Scalar], None],
) -> dict[str, Any]:
    """The values of all known keys that could be read; `where` is blamed for keys that are missing."""
    known = {field.name: field for field in reversed(fields)}  # of two with one name, the first
    values: dict[str, Any] = {}
    for key, node in mapping.entries:
        field = known.get(key.text)
        if field is None:
            unknown(key)
            continue
        value = READERS[field.takes](node, field, complaints)
        if value is not None:
            values[field.name] = value
    present = {key.text for key, _ in mapping.entries}
    for field in fields:
        if field.required and field.name not in present:
            complaints.add(where, f"`{field.name}` is missing", f"add `{field.name}:`")
    return values


def fraction(text: str) -> Fraction | None:
    """The exact value of `2`, `0.5`, `1e-3`, `1/2` or `50%`; None for anything else."""
    bare = re.sub(" ?/ ?", "/", text.removesuffix("%").strip())
    if not (_DECIMAL.fullmatch(bare) or _RATIO.fullmatch(bare)):
        return None
    return Fraction(bare) / (100 if text.endswith("%") else 1)


def slug(text: str, words: int | None = None) -> str:
    """Lower-case words with dashes, the first few of them; empty if there is no Latin letter or digit."""
    from unicodedata import normalize

    plain = normalize("NFKD", text[:500]).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "-".join(found[:words])[:LONGEST_SLUG].strip("-")


def shape_of(node: Node) -> str:
    """What a node is, for a message."""
    return {Scalar: "one value", Sequence: "a list", Mapping: "a mapping"}[type(node)]


def _wrong_shape(node: Node, field: Field, complaints: Complaints, wanted: str) -> None:
    advice = {
        ("a text", Sequence): "put the value in quotes if it is a text",
        ("a text", Mapping): "put the value in quotes if it is a text",
        ("a list", Mapping): "start each item with `- `",
    }
    complaints.add(
        node.place,
        f"`{field.name}` takes {wanted}, not {shape_of(node)}",
        advice.get((wanted, type(node)), ""),
    )


def _scalar(node: Node, field: Field, complaints: Complaints, wanted: str) -> Scalar | None:
    if isinstance(node, Scalar):
        return node
    _wrong_shape(node, field, complaints, wanted)
    return None


def _text(node: Node, field: Field, complaints: Complaints) -> str | None:
    """Blanks and line ends around a text are the file's layout."""
    scalar = _scalar(node, field, complaints, "a text")
    if scalar is None:
        return None
    text = scalar.text.strip()
    if field.options and text not in field.options:
        complaints.add(
            node.place,
            f"{quoted(text)} is no choice for `{field.name}`",
            lambda: did_you_mean(text, field.options) or f"choose one of {listed(field.options)}",
        )
        return None
    if field.required and not text:
        complaints.add(node.place, f"`{field.name}` is empty")
        return None
    return text


def _texts(node: Node, field: Field, complaints: Complaints) -> tuple[Scalar, ...] | None:
    if isinstance(node, Mapping):
        _wrong_shape(node, field, complaints, "a text or a list of texts")
        return None
    items = (node,) if isinstance(node, Scalar) else node.items
    texts = [text for item in items if (text := _scalar(item, field, complaints, "a text")) is not None]
    for text in texts:
        if not text.text.strip():
            complaints.add(text.place, f"`{field.name}` has an empty text")
    return tuple(text for text in texts if text.text.strip())


def _identifier(node: Node, field: Field, complaints: Complaints) -> Scalar | None:
    scalar = _scalar(node, field, complaints, "a name")
    if scalar is None or scalar.text.isidentifier():
        return scalar
    near = re.sub(r"\W+", "_", scalar.text[:40]).strip("_")
    complaints.add(
        node.place,
        f"{quoted(scalar.text)} is not a name: letters, digits and `_`, a letter first",
        f"write `{near}`" if near.isidentifier() else "",
    )
    return None


def _slug(node: Node, field: Field, complaints: Complaints) -> str | None:
    scalar = _scalar(node, field, complaints, "a text")
    if scalar is None:
        return None
    if SLUG.fullmatch(scalar.text) and len(scalar.text) <= LONGEST_SLUG:
        return scalar.text
    near = slug(scalar.text)
    complaints.add(
        node.place,
        f"{quoted(scalar.text)} is not an id: lower-case words with dashes, at most {LONGEST_SLUG} long",
        f"write `{near}`" if near else "",
    )
    return None


def _flag(node: Node, field: Field, complaints: Complaints) -> bool | None:
    scalar = _scalar(node, field, complaints, "`true` or `false`")
    if scalar is None or scalar.text in _FLAGS:
        return None if scalar is None else _FLAGS[scalar.text]
    low = scalar.text.lower()
    near = _NEAR_FLAGS.get(low) or (low if low in _FLAGS else "")
    complaints.add(
        node.place,
        f"`{field.name}` takes `true` or `false`, not {quoted(scalar.text)}",
        f"write `{near}`" if near else "",
    )
    return None


def _yes(node: Node, field: Field, complaints: Complaints) -> bool | None:
    flag = _flag(node, field, complaints)
    if flag is False:
        complaints.add(node.place, f"`{field.name}` can only be `true`", "leave it out, or write `true`")
    return flag


def _number(node: Node, field: Field, complaints: Complaints) -> Fraction | None:
    scalar = _scalar(node, field, complaints, "a number")
    if scalar is None:
        return None
    value = fraction(scalar.text.strip())
    if value is None:
        comma = _DECIMAL_COMMA.fullmatch(scalar.text)
        advice = scalar.text.replace(",", ".") if comma and len(scalar.text) <= 20 else ""
        complaints.add(
            node.place,
            f"{quoted(scalar.text)} is not a number",
            f"write `{advice}`" if advice else NUMBERS,
        )
    return value


def _weight(node: Node, field: Field, complaints: Complaints) -> Fraction | None:
    value = _number(node, field, complaints)
    if value is None or value > 0:
        return value
    complaints.add(node.place, f"`{field.name}` must be more than 0")
    return None


def _points(node: Node, field: Field, complaints: Complaints) -> Fraction | None:
    if isinstance(node, Scalar) and node.text.endswith("%"):
        complaints.add(node.place, "points are not a percentage", NUMBERS)
        return None
    return _weight(node, field, complaints)


def _credit(node: Node, field: Field, complaints: Complaints) -> Fraction | None:
    value = _number(node, field, complaints)
    if value is None or 0 <= value <= 1:
        return value
    complaints.add(
        node.place,
        f"`{field.name}` must be from 0 to 1",
        "write a fraction of the part, such as `1/2` or `50%`, and not points",
    )
    return None


def _credit_or_review(node: Node, field: Field, complaints: Complaints) -> Fraction | str | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if text == "review":
        return text
    if text.isalpha():
        near = did_you_mean(text, ("review",)) or "write a fraction such as `1/2`, or `review`"
        complaints.add(node.place, f"{quoted(text)} is no credit for `{field.name}`", near)
        return None
    return _credit(node, field, complaints)


def _expression(node: Node, field: Field, complaints: Complaints) -> Node | None:
    if isinstance(node, Mapping):
        _wrong_shape(node, field, complaints, "an expression or a list")
        return None
    if isinstance(node, Scalar):
        if node.text.strip():
            return node
        complaints.add(node.place, f"`{field.name}` has an empty expression")
        return None
    read = [_expression(item, field, complaints) for item in node.items]
    return node if all(item is not None for item in read) else None


def _names(node: Node, field: Field, complaints: Complaints) -> Mapping | None:
    """The entries that are sound; the rubric is refused anyway when some are not."""
    if not isinstance(node, Mapping):
        _wrong_shape(node, field, complaints, "a mapping of names")
        return None
    sound = [
        (key, value)
        for key, value in node.entries
        if _expression(value, Field(key.text[:40], "expression", ""), complaints) is not None
    ]
    return Mapping(tuple(sound), node.place)


def _expressions(node: Node, field: Field, complaints: Complaints) -> Node | None:
    """A list or a mapping; or one expression whose value is a list, such as `where(Z == max(Z))`."""
    if isinstance(node, Mapping):
        return _names(node, field, complaints)
    return _expression(node, field, complaints)


def _axes(node: Node, field: Field, complaints: Complaints) -> Node | None:
    """A shape: an expression, or sizes in a list or by name, each one expression."""
    if isinstance(node, Scalar):
        return _expression(node, field, complaints)
    values = node.items if isinstance(node, Sequence) else tuple(value for _, value in node.entries)
    size = Field(f"{field.name}[]", "expression", "")
    read = [_scalar(value, size, complaints, "one size") for value in values]
    empty = [item for item in read if item is not None and _expression(item, size, complaints) is None]
    return None if empty or None in read else node


def _symbols(node: Node, field: Field, complaints: Complaints) -> Mapping | None:
    if isinstance(node, Mapping):
        return node
    _wrong_shape(node, field, complaints, "a mapping of names")
    return None


def _children(node: Node, field: Field, complaints: Complaints) -> Mapping | None:
    if isinstance(node, Mapping) and node.entries:
        return node
    if isinstance(node, Mapping):
        complaints.add(node.place, f"`{field.name}` is empty")
        return None
    complaints.add(
        node.place,
        f"`{field.name}` takes a mapping from ids, not {shape_of(node)}",
        "write each id as a key, such as `1a: {...}`",
    )
    return None


def _list(node: Node, field: Field, complaints: Complaints) -> Sequence | None:
    if isinstance(node, Sequence):
        return node
    _wrong_shape(node, field, complaints, "a list")
    return None


def _any(node: Node, field: Field, complaints: Complaints) -> Node | None:
    return node


READERS: dict[str, Reader] = {
    "expression": _expression,
    "expressions": _expressions,
    "text": _text,
    "texts": _texts,
    "flag": _flag,
    "number": _number,
    "names": _names,
    "axes": _axes,
    "any": _any,
    "points": _points,
    "weight": _weight,
    "credit": _credit,
    "credit or review": _credit_or_review,
    "identifier": _identifier,
    "slug": _slug,
    "symbols": _symbols,
    "yes": _yes,
    "mistakes": _list,
    "parts": _children,
    "questions": _children,
}
