"""What a rubric says as a whole: its data, its groups, its questions."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import adler32, crc32

from grader.model.errors import Fault
from grader.model.rubrics import Group, Mapping, Place, Question, Rubric, Scalar
from grader.model.vocabulary import KindVocabulary
from grader.rubric.complaints import Complaints, quoted
from grader.rubric.fields import shape_of
from grader.rubric.nodes import normalised, read_nodes
from grader.rubric.parts import Surroundings, check_id, check_names, head, read_part
from grader.rubric.roles import Role
from grader.rubric.tables import (
    DEEPEST_GROUPS,
    GROUP_FIELDS,
    QUESTION_FIELDS,
    RUBRIC_FIELDS,
    language,
)

# Columns of grades.csv: a question of that id would stand in the file twice.
RESERVED = ("submission", "score", "max", "review", "error")


def read_rubric(
    text: str, name: str, vocabulary: tuple[KindVocabulary, ...]
) -> tuple[Rubric | None, tuple[Fault, ...]]:
    """The rubric in a YAML text, and everything that is wrong with it.

    Never raises, whatever the text. A rubric that comes with faults holds only what is sound: it serves to
    look for further faults and is never marked with. It is None if nothing could be read at all.
    """
    complaints = Complaints()
    text = normalised(text)
    root = read_nodes(text, complaints)
    rubric = None
    if isinstance(root, Mapping):
        rubric = _read_root(root, text, name, vocabulary, complaints)
    elif isinstance(root, Scalar) and not root.text:
        complaints.add(root.place, "the rubric is empty", "it needs a `title` and `questions`")
    elif root is not None:
        message = f"a rubric is a mapping of keys, not {shape_of(root)}"
        complaints.add(root.place, message, "start with `title:` and `questions:`")
    return rubric, complaints.faults()


def _read_root(
    root: Mapping, text: str, name: str, vocabulary: tuple[KindVocabulary, ...], complaints: Complaints
) -> Rubric:
    names: dict[str, tuple[Place, str]] = {}
    around = Surroundings(language(vocabulary), language(vocabulary, built_in=False), complaints, names)
    values = Role("rubric", around.kinds, complaints).read(root, root.place, RUBRIC_FIELDS)
    given = values.get("given")
    check_names(given, complaints)
    for key, _ in given.entries if given else ():
        names.setdefault(head(key.text), (key.place, "`given`"))
    reader = _Questions(around)
    questions = tuple(reader.read(values["questions"], "", around)) if "questions" in values else ()
    return Rubric(
        name=name,
        title=values.get("title", ""),
        digest=digest_of(text),
        given=given,
        symbols=values.get("symbols"),
        questions=questions,
        place=root.place,
        groups=tuple(group for group in reader.groups if group.questions),
    )


def digest_of(text: str) -> str:
    """A short name for a rubric's text, to start sampling from; no secret, so a checksum will do.

    The cryptographic hashes of the standard library would take as long to import as the YAML to parse.
    """
    data = text.encode()
    return f"{crc32(data):08x}{adler32(data):08x}"


def join_ids(group: str, child: str) -> str:
    """The id of a question in a group: `2a`, but `2.1` where two digits would meet."""
    dot = "." if group[-1:].isdigit() and child[:1].isdigit() else ""
    return f"{group}{dot}{child}"


class _Questions:
    """Reads questions and groups in the order of the file, and sees that no id comes twice."""

    def __init__(self, around: Surroundings) -> None:
        self.groups: list[Group] = []
        self._complaints = around.complaints
        self._lines: dict[str, int] = {}  # of the ids; 1A and 1a are one for whoever reads a heading

    def read(self, mapping: Mapping, prefix: str, around: Surroundings, depth: int = 0) -> Iterator[Question]:
        """The questions of a mapping, those of groups included."""
        for key, node in mapping.entries:
            sound = check_id(key.text, key.place, self._complaints)
            identity = join_ids(prefix, key.text) if sound else key.text
            if not isinstance(node, Mapping):
                message = f"a question is a mapping of keys, not {shape_of(node)}"
                self._complaints.add(node.place, message, "write such as `{points: 5, number: 3}`")
            elif node.get("questions") is not None:
                yield from self._group(node, identity, key.place, around, depth + 1)
            else:
                if sound:
                    self._check_new(identity, key.place)
                yield from _question(identity, key.place, node, around)

    def _group(
        self, node: Mapping, identity: str, where: Place, around: Surroundings, depth: int
    ) -> Iterator[Question]:
        if depth > DEEPEST_GROUPS:
            self._complaints.add(where, f"groups inside each other more than {DEEPEST_GROUPS} deep")
            return
        values = Role("group", around.kinds, self._complaints).read(node, where, GROUP_FIELDS)
        check_names(values.get("let"), self._complaints)
        if "questions" in values:
            place = len(self.groups)
            found = tuple(self.read(values["questions"], identity, around.around(values), depth))
            ids = tuple(question.id for question in found)
            self.groups.insert(place, Group(identity, values.get("title", ""), ids))
            yield from found

    def _check_new(self, identity: str, place: Place) -> None:
        if not check_id(identity, place, self._complaints):
            return
        first = self._lines.get(identity.casefold())
        if identity.lower() in RESERVED:
            message = f"{quoted(identity)} cannot be an id: the table of grades has a column of that name"
            self._complaints.add(place, message, f"write `Q-{identity}`")
        elif first is not None:
            self._complaints.add(place, f"the question {quoted(identity)} is already defined in line {first}")
        else:
            self._lines[identity.casefold()] = place.line


def _question(identity: str, where: Place, node: Mapping, around: Surroundings) -> Iterator[Question]:
    part, values = read_part((identity, where), node, QUESTION_FIELDS, around)
    if part is not None and "points" in values:
        title = values.get("title", "")
        inner = tuple(one._replace(about=title) for one in part.parts)
        part = part._replace(parts=inner) if inner else part._replace(title=title, about=title)
        yield Question(identity, values["points"], part, title)
