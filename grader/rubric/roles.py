"""Which keys may stand in one mapping of a rubric, and which of them names the kind of answer."""

from __future__ import annotations

from typing import Any

from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping, Place, Scalar
from grader.model.vocabulary import Field, KindVocabulary
from grader.rubric.complaints import Complaints, closest, did_you_mean, listed, quoted
from grader.rubric.fields import read_fields
from grader.rubric.tables import NOT_HERE, Language


class Role(NamedTuple):
    """What a mapping is: a rubric, group, question, part or mistake; and the kinds that may stand in it."""

    name: str
    kinds: Language
    complaints: Complaints

    def read(
        self, node: Mapping, where: Place, fields: tuple[Field, ...], kind: KindVocabulary | None = None
    ) -> dict[str, Any]:
        """The values of the fields; all other keys are refused, and `where` is blamed for missing ones."""
        known = [field.name for field in fields]
        beside = kind.fields[0].name if kind else ""

        def unknown(key: Scalar) -> None:
            self._refuse(key, known, beside)

        return read_fields(node, fields, where, self.complaints, unknown)

    def fields_of_any_kind(self) -> tuple[Field, ...]:
        """When the kind cannot be told, any kind's key may be right and its value cannot be checked."""
        names = dict.fromkeys(field.name for kind in self.kinds.kinds.values() for field in kind.fields)
        return tuple(Field(name, "any", "") for name in names)

    def choose(
        self, node: Mapping, where: Place, common: tuple[Field, ...], advised: str = ""
    ) -> KindVocabulary | None:
        """The one kind whose key stands here; a fault and None if there is none, or more than one.

        A key that is also a field of another kind that stands here is that field. The `common` fields are
        never taken for a misspelt kind.
        """
        kinds = self.kinds.kinds
        present = [key for key, _ in node.entries if key.text in kinds]
        chief = [key for key in present if not any(self._is_field_of(key.text, one.text) for one in present)]
        if len(chief) == 1:
            return kinds[chief[0].text]
        if chief:
            message = f"more than one kind of answer: {listed(key.text for key in chief)}"
            self.complaints.add(chief[1].place, message, "use `parts` for several answers")
        else:
            self._no_kind(node, where, {field.name for field in common}, advised)
        return None

    def _is_field_of(self, key: str, other: str) -> bool:
        """`shape` is a field beside `array`, and not the other way round."""
        return key != other and self._has(other, key) and not self._has(key, other)

    def _has(self, kind: str, field: str) -> bool:
        return any(own.name == field for own in self.kinds.kinds[kind].fields)

    def _no_kind(self, node: Mapping, where: Place, common: set[str], advised: str) -> None:
        choice = f"one of {listed(self.kinds.kinds)} is needed"
        for key, _ in () if self.complaints.full else node.entries:
            strange = key.text not in common and not self.kinds.having(key.text)
            near = closest(key.text, self.kinds.kinds) if strange else ""
            if near:
                message = f"no kind of answer, and unknown key {quoted(key.text)}: {choice}"
                self.complaints.add(key.place, message, f"did you mean `{near}`?")
                self.complaints.spoil(key.place)
                return
        message = f"no kind of answer: {choice}"
        self.complaints.add(where, message, f"add `{advised}:`" if advised else "")

    def _refuse(self, key: Scalar, known: list[str], beside: str) -> None:
        owners = self.kinds.having(key.text) if beside else ()
        advice = NOT_HERE.get((self.name, key.text), "")
        message = f"`{key.text}` cannot stand here" if advice else f"unknown key {quoted(key.text)}"
        if owners:
            message, advice = (
                f"`{key.text}` does not go with `{beside}`",
                f"it goes with {listed(owners[:5])}",
            )
        self.complaints.add(key.place, message, advice or (lambda: did_you_mean(key.text, known)))
