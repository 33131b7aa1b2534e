"""Answer kinds, one file each: take a located answer, read it, compare it, give a finding."""

from __future__ import annotations

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
        "formula",
        "gradient",
        "choice",
        "prose",
    ),
)


def vocabulary() -> tuple[KindVocabulary, ...]:
    """What may be written in a rubric for each kind."""
    return tuple(KindVocabulary(kind.name, kind.doc, kind.fields) for kind in KINDS.all())
