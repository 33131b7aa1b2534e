"""Counts items, questions, problems and headings as LaTeX does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.read import _textables as tables
from grader.read._macros import Macros
from grader.read._texblocks import DEEPEST, Blocks
from grader.read._texlabels import form_of, render, start_of
from grader.read._texsettings import TASKS

_RESUMES = re.compile(r"resume(?!\s*=\s*false)")


@dataclass(slots=True)
class _List:
    """A list that is open."""

    form: str  # of its labels; empty: a dash
    count: int
    level: int  # among the numbered lists
    begun: bool = False


class Numbering:
    """The lists that are open, and all counters."""

    def __init__(self, blocks: Blocks, macros: Macros) -> None:
        self.blocks, self.macros = blocks, macros
        self.lists: list[_List] = []
        self.counters: dict[str, int] = {}
        self.below: dict[str, list[str]] = {}  # counters that begin again with each step of another
        self.last: dict[int, int] = {}  # how far the numbered lists of each level came
        self.forms: dict[tuple[str, str], str] = {}  # of labels, by the kind of a list and its level, from 1, or ""
        self.kinds: dict[str, str] = {}  # lists of a student's own, and what they are like

    def open(self, name: str, said: str, at: int) -> bool:
        """A list begins; False if there are too many in each other."""
        if len(self.lists) >= DEEPEST:
            self.blocks.too_deep(at)
            return False
        level = sum(bool(each.form) and each.level >= 0 for each in self.lists)
        form, count = "", 0
        kind = self.kinds.get(name, name)
        if kind == TASKS:
            level = -1  # counted apart: below a list they do not number the lists in them anew
        if (kind == TASKS and "itemize" not in said) or kind in tables.NUMBERED:
            form = form_of(said) or self._declared(name, level) or self._own_form(level)
            count = self.last.get(level, 0) if _RESUMES.search(said) else start_of(said) - 1
        elif said and form_of(said) and name not in tables.CHOICES:
            form = form_of(said)
        self.lists.append(_List(form, count, level))
        self.blocks.depth += 1
        return True

    def _declared(self, name: str, level: int) -> str:
        """What `\\setlist[enumerate,2]{label=\\alph*)}` and `\\settasks` ask for, first what is said of this level."""
        kind = self.kinds.get(name, name.rstrip("*"))
        keys = [(one, depth) for one in (name, kind) for depth in (str(level + 1), "")]
        return next((self.forms[key] for key in keys if key in self.forms), "")

    def _own_form(self, level: int) -> str:
        """What `\\renewcommand{\\labelenumi}{(\\alph{enumi})}` asks for."""
        if level < 0:
            return "\\alph*)"
        counter = "enum" + ("i", "ii", "iii", "iv")[min(level, 3)]
        default = tables.ENUMERATE[min(level, 3)]
        the = self.macros.known.get("the" + counter)
        label = self.macros.known.get("label" + counter)
        if label is not None:
            return label.body.replace("\\the" + counter, the.body if the else "\\arabic*")
        return re.sub(r"\\[A-Za-z]+\*", lambda _: the.body, default) if the else default

    def close(self) -> None:
        """The innermost list ends."""
        self.blocks.flush()
        one = self.lists.pop()
        if one.form:
            self.last[one.level] = one.count
        self.blocks.depth -= 1

    def item(self, start: int, stop: int, label: str = "") -> None:
        """The next item of the innermost list, with a label of its own or the next number."""
        self._begin_item()
        one = self.lists[-1]
        if not label:
            one.count += 1
            label = render(one.form, one.count) if one.form else "-"
        self.blocks.item(label, start, stop)

    def question(self, name: str, start: int, stop: int) -> None:
        """`\\question`, `\\part` and what is below them, as the class `exam` counts them."""
        depth, form = tables.QUESTIONS[name]
        self._begin_item()
        key = f"exam{depth}"
        self.next(key)
        for below in range(depth + 1, 5):
            self.counters[f"exam{below}"] = 0
        self.blocks.item(render(form, self.counters[key]), start, stop)

    def choice(self, start: int, stop: int) -> None:
        """An option of a multiple choice."""
        self._begin_item()
        self.blocks.item("-", start, stop)

    def _begin_item(self) -> None:
        if self.lists and self.lists[-1].begun:
            self.blocks.flush()
        if self.lists:
            self.lists[-1].begun = True

    def next(self, counter: str) -> int:
        """One more."""
        self.counters[counter] = self.counters.get(counter, 0) + 1
        return self.counters[counter]

    def restart_below(self, counter: str) -> None:
        """What counts within this one begins again."""
        for below in self.below.get(counter, ()):
            self.counters[below] = 0

    def numbered(self, name: str) -> str:
        """The number of a new heading: 1, 1.2."""
        order = [each for each in tables.SECTIONS if each not in ("part", "chapter")]
        if name not in order[:3]:
            return ""
        place = order.index(name)
        self.counters[name] = self.counters.get(name, 0) + 1
        for below in order[place + 1 :]:
            self.counters[below] = 0
        self.restart_below(name)
        return ".".join(str(self.counters.get(each, 0)) for each in order[: place + 1])

    def printed(self, name: str) -> str:
        """What `\\renewcommand{\\thesection}{Problem \\arabic{section}}` makes of it; empty if nothing does."""
        own = self.macros.known.get("the" + name)
        return render(own.body, self.counters.get(name, 0)) if own else ""

    def set_counter(self, name: str, value: int, add: bool) -> None:
        """`\\setcounter`: of an open list, of questions, or of headings."""
        if name.startswith("enum"):
            level = len(name) - len("enumi") if name != "enumiv" else 3
            for one in self.lists:
                if one.form and one.level == level:
                    one.count = value + (one.count if add else 0)
        else:
            key = {"question": "exam1", "partno": "exam2", "subpart": "exam3"}.get(name, name)
            self.counters[key] = value + (self.counters.get(key, 0) if add else 0)
