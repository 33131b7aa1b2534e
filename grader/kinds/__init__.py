"""Answer kinds, one file each: take a located answer, read it, compare it, give a finding."""

from __future__ import annotations

import re

from grader.kinds.kind import Kind
from grader.model.registry import Registry
from grader.model.vocabulary import KindVocabulary

KINDS: Registry[Kind] = Registry(
    "grader.kinds",
    "KIND",
    Kind,
    (
        "number",
        "shape",
        "array",
        "positions",
        "limits",
        "set",
        "property",
        "equals",
        "formula",
        "gradient",
        "choice",
        "prose",
        "code",
    ),
)


def vocabulary(text: str | None = None) -> tuple[KindVocabulary, ...]:
    """What may be written in a rubric for each kind; with a rubric's text, only for the kinds it may name."""
    said = frozenset(KINDS.names if text is None else re.findall("[a-z]+", text))
    names = [name for name in KINDS.names if name in said]
    kinds = [KINDS.load(name) for name in names]
    return tuple(KindVocabulary(kind.name, kind.doc, kind.fields, kind.by) for kind in kinds)
