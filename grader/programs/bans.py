"""What a program must not use, told by its syntax tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.programs.breaches import NESTED, OVER, Asked, Found, is_loop
from grader.programs.cases import Ban
from grader.programs.hiding import from_elsewhere, handed_on, hidden
from grader.programs.numpy_names import names_of
from grader.programs.outlines import Loop, Outline, Statement
from grader.programs.reach import Reach, Reached
from grader.programs.snippets import behind
from grader.sandbox.loops import ANY
from grader.sandbox.names import MAYBE
from grader.sandbox.rounds import COUNTED, OPEN

_MODULES = frozenset(["math", "cmath", "statistics", "itertools", "functools", "operator", "random", "scipy", "self"])
_MATRICES = frozenset(["numpy.matrix", "numpy.asmatrix", "numpy.mat", "numpy.bmat"])
_PRODUCTS = frozenset(["numpy.matmul", "numpy.dot"])  # `@` by other names


def broken(bans: tuple[Ban, ...], outlines: tuple[Outline, ...], names: tuple[str, ...], asked: Asked) -> list[Found]:
    """The bans that a function and all that it reaches break, or a snippet and all from which its names come."""
    reach = Reach(outlines, names, {asked.file: asked.failed}, asked.file)
    if asked.name:
        reached = reach.of(asked.file, asked.name, asked.member)
    else:
        reached = behind(reach, asked.file, asked.results, asked.known | {*asked.arguments})
    found = [one for ban in bans if (one := _first(ban, reached, reach, asked)) is not None]
    found += _supplied(tuple(ban for ban in bans if ban not in [one.ban for one in found]), reached, outlines, asked)
    if not any(one.sure for one in found):
        found += [one for ban in bans if (one := hidden(ban, reached, outlines)) is not None][:1]
        if not found:
            found += filter(None, [from_elsewhere(bans, reached, outlines, asked, names)])
    if not found:
        given = (handed_on(ban, outlines) for ban in bans if not is_loop(ban))
        found += [one for one in given if one is not None][:1]
        called = reach.called_back()
        away = (_first(ban, called, reach, asked) for ban in bans if not (found or is_loop(ban)))
        found += [one._replace(sure=False) for one in away if one is not None][:1]
    if not found and reach.lost:
        found.append(Found(bans[0], 1, sure=False))
    if any(one.sure and not one.ban.credit for one in found):
        return [one for one in found if one.sure]  # nothing is left for a person to decide
    return found


def _first(ban: Ban, reached: list[Reached], reach: Reach, asked: Asked) -> Found | None:
    if ban.what == "recursion":
        return _recursion(ban, reached, reach)
    if is_loop(ban):
        found = _loop(ban, reached, asked)
        again = _recursion(ban, reached, reach) if ban.what == "loops" and found is None else None
        return found if again is None else again._replace(sure=False)  # once for each element it is a loop, too
    names, unsure = names_of(ban.what), list[Found]()
    for one in reached:
        uses = _without_exceptions(one.statement.uses)
        beyond = [(name, line) for use, line in uses for full in _beyond(use, reach) for name in names_of(full)]
        for use, line in (*uses, *beyond):
            plain = use.lstrip(MAYBE)
            if any(plain == name or plain.startswith(f"{name}.") or plain.endswith(f".{name}") for name in names):
                if plain == use and one.sure:
                    return Found(ban, line)
                unsure.append(Found(ban, line, sure=False))
            if use == "@" and ban.what in _PRODUCTS:
                if one.sure:
                    return Found(ban, line)
                unsure.append(Found(ban, line, sure=False))
    return unsure[0] if unsure else _method(ban, reached)


def _beyond(use: str, reach: Reach) -> list[str]:
    """What a use is by way of own files, no more certain than the use itself."""
    sign = MAYBE if use.startswith(MAYBE) else ""
    return [f"{sign}{full}" for full in reach.beyond(use)]


def _without_exceptions(uses: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The uses without those that only name an exception: `raise np.linalg.LinAlgError` computes nothing."""
    named = {line for use, line in uses if use.startswith(_EXCEPTION)}
    named -= {line for use, line in uses if use.startswith("numpy.linalg.") and not use.startswith(_EXCEPTION)}
    return [(u, line) for u, line in uses if line not in named or not (_EXCEPTION.startswith(u) or _EXCEPTION in u)]


_EXCEPTION = "numpy.linalg.LinAlgError"


def _supplied(
    bans: tuple[Ban, ...], reached: list[Reached], outlines: tuple[Outline, ...], asked: Asked
) -> Iterator[Found]:
    """What is forbidden and was used without an import, `inv(A)`: the import that was given in its place counts.

    Where a statement of the program gives the name a value as well, which of the two is used a person must say.
    """
    bound = {name for outline in outlines for statement in outline.statements for name in statement.binds}
    uses = [(name, one.statement.first, one.sure) for one in reached for name in one.statement.unknown]
    uses += [(*use, one.sure) for one in reached for use in one.statement.uses]
    for ban in bans:
        for use, line, sure in sorted(uses, key=lambda use: not use[2]) if asked.imports else ():
            head, dot, rest = use.partition(".")
            meant = f"{asked.imports.get(head, '')}{dot}{rest}"
            if head in asked.imports and f"{meant}.".startswith(f"{ban.what}."):
                yield Found(ban, line, sure=sure and head not in bound)
                break


def _method(ban: Ban, reached: list[Reached]) -> Found | None:
    """`A.dot(B)` where numpy.dot is forbidden: whether A is an array, a person must say; and what a matrix inverts."""
    module, _, last = ban.what.rpartition(".")
    inverts = ban.what in ("numpy.linalg", "numpy.linalg.inv")  # np.matrix(M).I, np.asmatrix(M) ** -1
    for one in reached:
        for use, line in _without_exceptions(one.statement.uses):
            if inverts and (use in _MATRICES or use.endswith(".I")):
                return Found(ban, line, sure=False)
            if module == "numpy" and use.endswith(f".{last}") and use.partition(".")[0] not in _MODULES:
                return Found(ban, line, sure=False)
    return None


def _recursion(ban: Ban, reached: list[Reached], reach: Reach) -> Found | None:
    unsure: Found | None = None
    for one in reached:
        for loop in one.statement.loops:
            if loop.kind == "recursion" and one.sure:
                return Found(ban, loop.line)
            if loop.kind in ("recursion", "returning"):
                unsure = unsure or Found(ban, loop.line, sure=False)
        if one.statement.what == "FunctionDef" and reach.comes_back(one.file, one.statement):
            if one.sure:
                return Found(ban, one.statement.first)
            unsure = unsure or Found(ban, one.statement.first, sure=False)
    return unsure


# -- loops -----------------------------------------------------------------------------------------------------


def _loop(ban: Ban, reached: list[Reached], asked: Asked) -> Found | None:
    over, nested = OVER.fullmatch(ban.what), NESTED.fullmatch(ban.what)
    unsure: Found | None = None
    skipped = {"recursion", "returning", *([] if nested else ["perhaps"]), *([] if over else ["taking"])}
    followed = _followed(reached, asked) if over is not None else set[int]()
    for one in reached:
        statement = one.statement
        for loop in statement.loops:
            if loop.kind in skipped or (statement.what == "ClassDef" and loop.line in followed):
                continue
            if loop.kind == "hidden" and ban.what == "comprehensions":
                continue
            if loop.kind == "hidden":  # how often the function is called, and to what end, a person must say
                unsure = unsure or Found(ban, loop.line, sure=False)
            elif over is not None or nested is not None or ban.what == "loops" or loop.kind == "comprehension":
                found: Found | None = Found(ban, loop.line)
                if over is not None or nested is not None:
                    found = _nested(ban, loop, one, int(nested[1])) if nested else _over(ban, loop, statement, asked)
                if found is not None and found.sure and one.sure:
                    return found
                unsure = unsure or (found._replace(sure=False) if found is not None else None)
    return unsure


def _followed(reached: list[Reached], asked: Asked) -> set[int]:
    """Lines of loops in methods that the function itself calls: what those are given is known there."""
    own = [one.statement for one in reached if asked.name in one.statement.binds]
    return {loop.line for one in own for loop in one.loops if not one.first <= loop.line <= one.last}


def _over(ban: Ban, loop: Loop, statement: Statement, asked: Asked) -> Found | None:
    """Which argument a helper is given is not followed; nor which axis an array has that was computed."""
    if asked.name not in statement.binds:
        return Found(ban, loop.line, sure=False) if loop.over and loop.kind != "taking" else None
    name = _argument(statement, ban.what.removeprefix("loops over "), asked.arguments)
    if loop.kind == "taking" and {*loop.over} & {*statement.arguments[: len(asked.arguments)]}:
        return None  # as often as another argument says
    if name in loop.over:
        return Found(ban, loop.line)
    unknown = f"{name}{OPEN}" in loop.over or any(one.startswith(ANY) for one in loop.over)
    counts = [one.partition(COUNTED) for one in loop.over]
    length = asked.lengths.get(ban.what.removeprefix("loops over "), 0)
    unknown = unknown or any(own == name and sign and int(count) >= length for own, sign, count in counts)
    return Found(ban, loop.line, sure=False) if unknown else None


def _nested(ban: Ban, loop: Loop, one: Reached, depth: int) -> Found | None:
    """Loops around a call count for what is called; which method of a class is called cannot be seen."""
    if loop.kind == "perhaps":
        return Found(ban, loop.line, sure=False) if loop.depth + one.depth >= depth else None
    if loop.depth >= depth:
        return Found(ban, loop.line)
    if loop.depth + one.depth >= depth:
        return Found(ban, loop.line, sure=one.statement.what != "ClassDef")
    return Found(ban, loop.line, sure=False) if loop.kind == "axes" else None


def _argument(statement: Statement, wanted: str, arguments: tuple[str, ...]) -> str:
    """What the student calls an argument of the rubric: the same name, or else the one in the same place."""
    if wanted in statement.arguments:
        return wanted  # f(C, X) for f(X, C)
    place = arguments.index(wanted) if wanted in arguments else -1
    return statement.arguments[place] if 0 <= place < len(statement.arguments) else wanted
