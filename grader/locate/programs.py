"""Where the answer to a question that asks for code stands: under its label, or wherever its function is defined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from grader.locate.pieces import is_blank
from grader.locate.settle import Claim
from grader.model.answers import Answer, Located
from grader.model.beside import is_beside
from grader.model.documents import Block, Document, Note, Run, Span, Submission
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.rubrics import Part, Question, Rubric, Scalar
from grader.model.rubrics import Sequence as List

KIND = "code"
_FUNCTION = re.compile(r"\s*([^\W\d]\w*)\s*\(")
_PYTHON = later(r"\{?\.?(?:python|py|python3|ipython|pycon|sage|text|txt|plain|plaintext|none|code)\b", re.IGNORECASE)
_UNFENCED = later(
    r"^[ \t]*(>>> )?(def \w+ ?\(|import \w|from \w+ import |\w+(\[.*\])? ?[-+*/@]?= ?\S|for \w+ in )", re.M
)


class Asked(NamedTuple):
    """What a question that asks for code wants: a function, or the names that a snippet gives values to."""

    function: str
    names: tuple[str, ...] = ()
    arity: int = 0  # of the function's arguments


def asked_for(rubric: Rubric) -> dict[str, Asked]:
    """The questions that ask for code, each with what its first part of code wants."""
    return {
        question.id: wanted[0]
        for question in rubric.questions
        if (wanted := [_wanted(part) for part in _leaves(question.part) if part.kind == KIND])
    }


def answered_in_words(rubric: Rubric) -> frozenset[str]:
    """The questions that words answer, in full or in part: "the third line" may be what is asked for."""
    return frozenset(
        question.id for question in rubric.questions if any(part.kind in _WORDED for part in _leaves(question.part))
    )


_WORDED = ("choice", "prose")


def _leaves(part: Part) -> Iterator[Part]:
    if not part.parts:
        yield part
    for inner in part.parts:
        yield from _leaves(inner)


def _wanted(part: Part) -> Asked:
    node = part.fields.get(KIND)
    if isinstance(node, List):
        return Asked("", tuple(item.text for item in node.items if isinstance(item, Scalar)))
    text = node.text if isinstance(node, Scalar) else ""
    found = _FUNCTION.match(text)
    if found:
        return Asked(found[1], (), len([one for one in text[found.end() :].strip(" )").split(",") if one.strip()]))
    return Asked("", (text,) if text.isidentifier() else ())


def as_asked(answer: Answer, question: Question) -> Answer:
    """An answer with its code set apart, if code is asked for."""
    return with_code(answer) if any(part.kind == KIND for part in _leaves(question.part)) else answer


def unasked(submission: Submission, rubric: Rubric, asked: Mapping[str, Asked]) -> list[Note]:
    """A program where nothing asks for one, or where it is all there is: an answer may stand in its comments."""
    programs = [document for document in submission.documents if document.is_program]
    alone = len(programs) == len(submission.documents) and len(asked) < len(rubric.questions)
    if asked and not alone:
        return []
    return [Note("program-not-read", None, (("file", document.name),)) for document in programs]


def own(claims: Sequence[Claim], asked: bool) -> list[Claim]:
    """The claims that count: with code where that is asked for, and without a program where words are."""
    if asked:
        kept = [each for each in claims if any(block.kind == "code" for block in each.answer.blocks)]
    else:
        kept = [each for each in claims if not each.answer.document.is_program]
    return kept or list(claims)


def found(
    located: Located,
    submission: Submission,
    rubric: Rubric,
    asked: Mapping[str, Asked],
    files: Mapping[str, Answer],
) -> Located:
    """The same, where the answers that are code were looked for by their functions too; `files` are those that are
    named after a question."""
    if not asked:
        return located
    answers: dict[str, Answer] = {answer.question: answer for answer in located.answers}
    parts = (_wanted(part) for question in rubric.questions for part in _leaves(question.part) if part.kind == KIND)
    functions = frozenset(part.function for part in parts if part.function)
    for question, wanted in asked.items():
        others = frozenset(one.function for name, one in asked.items() if name != question)
        labelled = answers.get(question) or _of_file(files.get(question), wanted, submission)
        answer = _answer(question, wanted, labelled, submission, others)
        if answer is not None:
            answers[question] = _completed(answer, submission, functions)
    ordered = tuple(answers[question.id] for question in rubric.questions if question.id in answers)
    # a program whose functions are all asked for by name holds no answer to the other questions about code
    documents = [document for document in submission.documents if not _is_beside(document)]
    read = all(document.is_program for document in documents) and len(asked) == len(rubric.questions)
    read = read and not any(_NAMELESS.search(block.text) for each in submission.documents for block in each.blocks)
    complete = len(ordered) == len(rubric.questions) or (read and bool(ordered))
    notes = tuple(
        note._replace(id="no-label-found") if ordered and note.id == "no-question-found" else note
        for note in located.notes
        if not (complete and note.id == "no-question-found")
    )
    return Located(ordered, notes, located.loose)


def _is_beside(document: Document) -> bool:
    """Whether it is such a file, and nothing in it looks like a program."""
    code = any(block.kind == "code" for block in document.blocks) or _WORDS_OF_CODE.search(document.text)
    return is_beside(document.name) and not code


_WORDS_OF_CODE = later(r"^[ \t]*(?:>>> )?(?:(?:async )?def \w|import \w|from \w+ import |return\b)", re.M)


_NAMELESS = later(r"^\s*(?:async\s+)?def\b(?!\s+\w+\s*[\[(])", re.M)  # `def (x):`, which any of them may be


def _answer(
    question: str, wanted: Asked, labelled: Answer | None, submission: Submission, others: frozenset[str]
) -> Answer | None:
    """What stands under the label if it defines the function; else whatever defines it; else a program.

    A program all of whose functions are `others`, asked for by other questions, or called by these is no answer.
    """
    function = wanted.function
    if labelled is not None:
        whole = _bounded(tuple(map(with_code, (labelled, *labelled.rivals))))
        labelled = whole[0]._replace(rivals=whole[1:])
        if not function or _defines(labelled.blocks, function):
            return _with_context(labelled)
    defining = [
        Answer(question, document, code, "program")
        for document in submission.documents
        if (code := code_of(document.blocks)) and function and _defines(code, function)
    ]
    if defining:
        defining = list(_bounded(tuple(defining)))
        return defining[0]._replace(rivals=tuple(defining[1:]))
    if labelled is not None and code_of(labelled.blocks):
        return _with_context(labelled)
    programs = [document for document in submission.documents if document.is_program]
    if labelled is None and (given := tuple(_giving(question, wanted.names, submission))):
        given = _bounded(given)
        return given[0]._replace(rivals=given[1:])
    programs = [one for one in programs if not (function and _is_of_others(code_of(one.blocks), others, wanted))]
    if (
        programs
        and (function or not others)
        and (labelled is None or not labelled.blocks or not code_of(labelled.blocks))
    ):
        return Answer(question, programs[0], code_of(programs[0].blocks), "program")
    return labelled


def _of_file(answer: Answer | None, wanted: Asked, submission: Submission) -> Answer | None:
    """A file that is named after a question, unless what is asked for is given a value in others and not in it."""
    if answer is None or not wanted.names:
        return answer
    own = any(
        _gives(block.text, name) or _gives_within(block.text, name) for block in answer.blocks for name in wanted.names
    )
    return answer if own or not any(_giving(answer.question, wanted.names, submission)) else None


_MOST_PLACES = 6  # of one question, whose programs are run and compared; a thousand would keep all others waiting


def _bounded(places: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The places that are looked at. If there are more of them, the last is one where nothing stands: it agrees with no
    other, so that a person sees which of all these is the answer."""
    if len(places) <= _MOST_PLACES:
        return places
    full = [one for one in places if one.blocks][:_MOST_PLACES] or list(places[:1])
    return (*full, places[-1]._replace(blocks=(), context=(), rivals=()))


_DEFINED = later(r"^(?:async )?def (\w+)|^(\w+) ?= ?lambda\b", re.M)


def _is_of_others(blocks: Sequence[Block], others: frozenset[str], wanted: Asked) -> bool:
    text = "\n".join(block.text for block in blocks)
    names = {found[1] or found[2] for found in _DEFINED.finditer(text)}
    words = Counter(_WORD.findall(text))  # once for all of them: of twenty thousand functions, too
    taken: dict[str, list[str | None]] = {}
    for one in _PARAMETERS.finditer(text):
        taken.setdefault(one[1], []).append(one[2])
    rest = (name for name in names - others if words[name] < _CALLED)
    return bool(names) and not any(_may_be(name, taken.get(name, []), wanted) for name in rest)


def _may_be(name: str, taken: Sequence[str | None], wanted: Asked) -> bool:
    """Whether a function may be the one that was asked for, under another name: a helper that takes fewer arguments,
    and is not called alike, is none."""
    if SequenceMatcher(None, name.casefold(), wanted.function.casefold()).ratio() > _ALIKE:
        return True
    (given,) = taken if len(taken) == 1 else (None,)
    if given is None or "*" in given:
        return True
    return len([word for word in given.split(",") if word.strip()]) >= wanted.arity


_WORD = re.compile(r"\w+")
_PARAMETERS = re.compile(r"^def (\w+)(?:\(([^()\n]*)\))?", re.M)  # of a definition on one line
_ALIKE = 0.5
_CALLED = 2  # times that a name stands in a program which also calls it


def _giving(question: str, names: tuple[str, ...], submission: Submission) -> Iterator[Answer]:
    """Code that gives values to the names that a snippet is asked for, wherever it stands: with most of them first.

    Where nothing does, code that gives all of them with other capitals: a slip of a name is seen when it is run.
    """
    for gives, folded in ((_gives, False), (_gives_within, False), (_gives, True), (_gives_within, True)):
        found = []
        for document in submission.documents:
            for block in code_of(document.blocks):
                given = sum(gives(block.text, name, folded) for name in names)
                if given and (given == len(names) or not folded):
                    found.append((given, Answer(question, document, (block,), "program")))
        if found:
            most = max(given for given, _ in found)
            yield from (_with_context(answer) for given, answer in found if given == most)
            return


def _gives(text: str, name: str, folded: bool = False) -> bool:
    """Whether a line at the margin gives a value to a name: `mu = `, `mu, var = `, `q = mu = `; if `folded`, to one
    with other capitals, too."""
    flags = re.M | (re.IGNORECASE if folded else 0)
    return re.search(rf"^(?:>>> )?{_ASSIGNED.format(re.escape(name))}", text, flags) is not None


def _gives_within(text: str, name: str, folded: bool = False) -> bool:
    """Whether a line inside an `if`, a loop, `try` or `with`, but in no function unless the name is `global`
    there, gives a value to a name."""
    word = f"(?i:{re.escape(name)})" if folded else re.escape(name)
    pattern = re.compile(
        rf"(?:{_BLOCK}[^\n]*?: *)?{_ASSIGNED.format(word)}|for [^\n:]{{0,99}}\b{word}\b[^\n:]{{0,99}} in "
        rf"|with [^\n]* as {word}\b|[^\n#]*\b{word} ?:="
    )
    if re.search(rf"^ +global (?:\w+ ?, ?)*{word}\b", text.expandtabs(), re.M):
        return True
    inside = -1
    for line in text.expandtabs().split("\n"):
        bare = line.lstrip(" ")
        indent = len(line) - len(bare)
        if bare and not bare.startswith("#") and indent <= inside:
            inside = -1
        if inside < 0 and re.match(r"(?:async )?def |class ", bare):
            inside = indent
        if inside < 0 and pattern.match(bare):
            return True
    return False


_ASSIGNED = r"[(\[]?(?:\*?\w+ ?(?:, ?|[)\]]? ?= ?[(\[]?))*\*?{}(?: ?, ?\*?\w+)*[)\]]? ?(?::[^=\n]+)?=(?!=)"
_BLOCK = r"(?:if|elif|else|for|while|try|with|except|finally)\b"


def code_of(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that may be Python: of a program, of cells, of fences with no other language."""
    return tuple(block for block in blocks if block.kind == "code" and may_be_python(block))


def may_be_python(block: Block) -> bool:
    """Whether nothing says that this is another language, or what a program printed."""
    return block.is_program or block.info in ("", "unfenced") or _PYTHON.match(block.info) is not None


def _defines(blocks: Sequence[Block], function: str) -> bool:
    pattern = re.compile(rf"^[ \t>]*(?:\.\.\. )?(?:async )?(?:def {function}\b|{function} ?= ?\S)", re.MULTILINE)
    return any(pattern.search(block.text) for block in code_of(blocks))


def with_code(answer: Answer) -> Answer:
    """The answer; if it holds no block of code but words that look like code, their text as it was typed."""
    if any(block.kind == "code" for block in answer.blocks) or not answer.blocks:
        return answer
    start = min(block.span.start for block in answer.blocks)
    stop = max(block.span.stop for block in answer.blocks)
    text = answer.document.text[start:stop]
    if not _UNFENCED.search(text):
        return answer
    start = answer.document.text.rfind("\n", 0, start) + 1 if not answer.document.text[:start].strip(" ") else start
    text = answer.document.text[start:stop]
    span = Span(start, stop)
    return answer._replace(blocks=(Block("code", span, (Run("code", text, span),), info="unfenced"),))


def _with_context(answer: Answer) -> Answer:
    """The answer with the code that stands before it in its document, and, called `later`, what stands below it: the
    helpers at the end of a file."""
    document, blocks = answer.document, [block for block in answer.blocks if not is_blank(block)]
    if not blocks:
        return answer
    begin, end = blocks[0].span.start, blocks[-1].span.stop
    code = code_of(document.blocks)
    before = [block for block in code if block.span.stop <= begin]
    below = [block._replace(info=f"later {block.info}") for block in code if block.span.start >= end]
    rivals = tuple(map(_with_context, answer.rivals))
    return answer._replace(context=(*before, *below), rivals=rivals)


def _completed(answer: Answer, submission: Submission, functions: frozenset[str]) -> Answer:
    """The answer with the files of Python that lie beside its document, which a page or a notebook may import."""
    others = [one for one in submission.documents if one.is_program and one is not answer.document]
    others = others if code_of(answer.blocks) else []
    beside = [block._replace(info=f"later {block.info}") for one in others for block in code_of(one.blocks)]
    rivals = tuple(_completed(one, submission, functions) for one in answer.rivals)
    return answer._replace(context=(*answer.context, *beside), rivals=rivals, functions=functions)
