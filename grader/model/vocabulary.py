"""What may be written in a rubric: the fields of a part, kind by kind. The schema and the docs come from it."""

from __future__ import annotations

from grader.model.records import NamedTuple


class Field(NamedTuple):
    """One key that a rubric may use.

    `takes` names what may stand there: "expression" (a scalar, or a nested list of scalars for an array),
    "expressions" (a list or a mapping of expressions), "text", "texts" (one text or a list), "flag"
    (true/false), "number" (a plain number or fraction such as 1/2), "credit" (such a number from 0 to 1),
    "credit or review" (the word `review` as well), "names" (a mapping of names to
    expressions), "axes" (a shape: a list or mapping of sizes), "any".
    `options` closes a "text" to a few words.
    """

    name: str
    takes: str
    doc: str
    required: bool = False
    options: tuple[str, ...] = ()


class KindVocabulary(NamedTuple):
    """An answer kind as the rubric loader sees it: its key, and the fields that may stand beside that key."""

    name: str
    doc: str
    fields: tuple[Field, ...]  # the first is the kind's own key
    by: str = ""  # the key by which a mistake of this kind is told where its own key is not repeated


QUANTITY = Field(
    "quantity", "texts", "what may stand before the sign of equality, such as `E_kin` or `f'`; one or several"
)
