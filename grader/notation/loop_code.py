"""Programs that add up, as formulas: loops with `+=` into zeros become sums over their indices."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.accumulated import Added, Loop, Names, formula_of
from grader.notation.array_code import Reader, indices_of
from grader.notation.indexed import Made, Place, Unclear, letters_of, place_of

_LONGEST, _DEEPEST = 4000, 60
_EVERY = re.compile(
    r"^([ \t]*)for (?:(?:all|every|each) )?([A-Za-z]\w*(?: ?, ?[A-Za-z]\w*)*)(?: in all(?: \w+)?)? ?:", re.M
)
_WORTH = later(r"\breturn\b|\+=|einsum|@|\.sum\(|\[[^\]\n]*:|(?<![<>=!])=")
_GLUED = later(r"(?<![A-Za-z_\d])\d[\d.]*[A-Za-z_]")
_ZEROS, _EMPTY = frozenset(["zeros", "zeros_like"]), frozenset(["empty", "empty_like"])


class Formula(NamedTuple):
    """What a program adds up, as text, and the stretch of the program that does so."""

    name: str
    text: str
    place: tuple[int, int]


def formulas_of(code: str, ranks: Mapping[str, int], loss: str) -> tuple[Formula, ...]:
    """The formulas that a program computes; none if any of it is not understood.

    `ranks` are the declared names with their numbers of axes, `loss` what `dX` is a derivative of.
    """
    code = _EVERY.sub(r"\1for \2 in every:", code)
    unusual = "\\" in code or not code.replace("\n", " ").isprintable() or _GLUED.search(code)  # the parser warns of 3m
    if len(code) > _LONGEST or unusual or not _WORTH.search(code):
        return ()
    try:
        tree = ast.parse(code)
        if _depth(tree) > _DEEPEST:
            return ()
        program = _Program(ranks, loss)
        program.run(tree.body, ())
        return program.formulas(code)
    except (SyntaxError, ValueError, MemoryError, RecursionError, Unclear):
        return ()


def _depth(tree: ast.AST) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest


class _Program:
    """What the statements of a program have done so far."""

    def __init__(self, ranks: Mapping[str, int], loss: str) -> None:
        self.names = Names(ranks, loss)
        self.reader = Reader(self.names.rank_of)
        self.zeroed: dict[str, int] = {}  # inside of how many loops an array or a number was set to zero
        self.added: dict[str, list[Added]] = {}
        self.guards: list[Place] = []
        self.unset: set[str] = set()  # what an array holds that was made without values

    # -- statements ------------------------------------------------------------------------------------------

    def run(self, body: Sequence[ast.stmt], loops: tuple[Loop, ...]) -> None:
        """Follows statements. Raises Unclear for one that may change what the others mean."""
        for node in body:
            if isinstance(node, ast.FunctionDef):
                self.run(node.body, loops)
                self.give_back(node)
            elif isinstance(node, ast.For) and not node.orelse:
                self.run(node.body, (*loops, *self.loops_of(node)))
            elif isinstance(node, ast.If) and not node.orelse:
                self.guards += _guarded(node.test)
                self.run(node.body, loops)
            elif isinstance(node, ast.Assign) and len(node.targets) == 1:
                self.assign(node.targets[0], node.value, loops, node)
            elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
                self.add(node.target, node.value, isinstance(node.op, ast.Sub), loops, node)
            elif not isinstance(node, ast.Import | ast.ImportFrom | ast.Pass) and not _says(node):
                raise Unclear(type(node).__name__)

    def give_back(self, function: ast.FunctionDef) -> None:
        """What a function returns: arrays as they are, or an expression for the gradient that the function is called.

        Of its arguments those that are indices say which element: `def dW(dZ, X, k1, k2): return ...`.
        """
        returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
        for node in returns:
            given = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            if all(one is None or isinstance(one, ast.Name) for one in given):
                continue
            if len(returns) > 1 or node is not function.body[-1] or node.value is None:
                raise Unclear("several results")
            if not self.names.by(function.name) or function.name in self.added:
                raise Unclear("a result without a name")
            array = self.reader.read(node.value)
            used = {*letters_of(array.body)}
            items: list[ast.expr] = [ast.Name(one.arg) for one in function.args.args if one.arg in used]
            self.added[function.name] = [Added(items or None, array, (), False, node)]

    def loops_of(self, node: ast.For) -> list[Loop]:
        """The loops that one `for` is: over a range, a product of ranges, or `every` value."""
        targets = node.target.elts if isinstance(node.target, ast.Tuple) else [node.target]
        letters = [target.id for target in targets if isinstance(target, ast.Name)]
        if len(letters) < len(targets):
            raise Unclear("a loop")
        if isinstance(node.iter, ast.Name) and node.iter.id == "every":
            return [Loop(letter, "", "") for letter in letters]
        if not isinstance(node.iter, ast.Call) or node.iter.keywords:
            raise Unclear("a loop")
        called = ast.unparse(node.iter.func).rpartition(".")[2]
        if called == "ndindex" and (lengths := self.lengths_of(node.iter.args, len(letters))):
            return [Loop(letter, "", length) for letter, length in zip(letters, lengths, strict=True)]
        stops = [self.stop_of(arg) for arg in node.iter.args] if called == "product" else node.iter.args
        if called == "range":
            stops = [self.stop_of(node.iter)]
        if called not in ("range", "product", "ndindex") or len(stops) != len(letters):
            raise Unclear("a loop")
        return [self.loop(letter, stop) for letter, stop in zip(letters, stops, strict=True)]

    def lengths_of(self, args: Sequence[ast.expr], count: int) -> list[str]:
        """The axes of `*Z.shape` and `*W.shape[:3]`; nothing for all else."""
        alone = args[0] if len(args) == 1 else None
        inner = alone.value if isinstance(alone, ast.Starred) else alone
        found = _SHAPE_OF.fullmatch(ast.unparse(inner)) if inner is not None else None
        told = found is not None and int(found[2] or self.names.rank_of(found[1]) or count) == count
        return [f"{found[1]}.{at}" for at in range(count)] if found is not None and told else []

    def stop_of(self, node: ast.expr) -> ast.expr:
        """Where a range from 0 ends."""
        ranged = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"
        if not ranged or not isinstance(node, ast.Call) or not 0 < len(node.args) < 3:
            raise Unclear("a range")
        if len(node.args) == 2 and ast.unparse(node.args[0]) != "0":
            raise Unclear("a range")
        return node.args[-1]

    def loop(self, letter: str, stop: ast.expr) -> Loop:
        """A loop up to a length: that of an axis, a number, or a name."""
        length = self.length_of(stop)
        if length is not None:
            return Loop(letter, "", length) if "." in length else Loop(letter, str(int(length) - 1), length)
        if all(
            isinstance(part, ast.Name | ast.Constant | ast.BinOp | ast.operator | ast.expr_context)
            for part in ast.walk(stop)
        ):
            return Loop(letter, f"{ast.unparse(stop)}-1", ast.unparse(stop))
        raise Unclear("a range")

    def length_of(self, node: ast.expr) -> str | None:
        """The "W.0" of `W.shape[0]`, `len(W)` and a name for it, and the digits of a number; None for all else."""
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return str(node.value)
        if isinstance(node, ast.Name):
            return self.reader.sizes.get(node.id)
        found = _SHAPE.fullmatch(ast.unparse(node))
        return None if found is None else f"{found[1] or found[3]}.{found[2] or 0}"

    def assign(self, target: ast.expr, value: ast.expr, loops: tuple[Loop, ...], node: ast.stmt) -> None:
        """`name = value`, `A[i] = value`, `B, H = Z.shape`."""
        if isinstance(target, ast.Tuple):
            return self.unpack(target, value)
        name, items = _target(target)
        zeros, rank = self.zeros(value)
        if zeros:
            self.zeroed[name] = len(loops)
            (self.unset.add if "empty" in ast.unparse(value).partition("(")[0] else self.unset.discard)(name)
            self.added.pop(name, None)
            if items is None and rank is not None:
                self.names.known.setdefault(name, rank)
            return None
        if items is None and (length := self.length_of(value)) is not None:
            self.reader.sizes[name] = length
            return None
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add) and ast.dump(value.left) == _loaded(target):
            return self.add(target, value.right, False, loops, node)
        if name in self.unset and any(isinstance(one, ast.Slice) and one.upper is not None for one in items or ()):
            raise Unclear("elements without values")
        _check_windows((target, value), loops)
        array = self.reader.read(value)
        self.added.setdefault(name, []).append(Added(items, array, loops, False, node))
        if items is None:
            self.reader.temporaries[name] = array
        return None

    def unpack(self, target: ast.Tuple, value: ast.expr) -> None:
        """Names for the lengths of an array, or for numbers."""
        names = [one.id if isinstance(one, ast.Name) else "_" for one in target.elts]
        found = _SHAPE_OF.fullmatch(ast.unparse(value))
        if isinstance(value, ast.Tuple) and all(isinstance(one, ast.Constant) for one in value.elts):
            lengths = [ast.unparse(one) for one in value.elts]
        elif (part := _SHAPE_FROM.fullmatch(ast.unparse(value))) is not None:
            lengths = [f"{part[1]}.{int(part[2]) + at}" for at in range(len(names))]
        elif found is not None and (found[2] is None or int(found[2]) == len(names)):
            lengths = [f"{found[1]}.{at}" for at in range(len(names))]
            if found[2] is None:
                self.names.known.setdefault(found[1], len(names))
        else:
            raise Unclear("names for several values")
        self.reader.sizes |= dict(zip(names, lengths, strict=False))

    def zeros(self, value: ast.expr) -> tuple[bool, int | None]:
        """Whether a value is zero, and the number of its axes, where it tells."""
        if isinstance(value, ast.Constant):
            return value.value == 0 and type(value.value) in (int, float), 0
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult) and ast.unparse(value.left) in ("0", "0.0"):
            return True, self.reader.ranks(ast.unparse(value.right))
        called = ast.unparse(value.func).rpartition(".")[2] if isinstance(value, ast.Call) else ""
        if not isinstance(value, ast.Call) or called not in _ZEROS | _EMPTY or not value.args:
            return False, None
        if any(keyword.arg != "dtype" or "float" not in ast.unparse(keyword.value) for keyword in value.keywords):
            raise Unclear("an array of another type")
        like = value.args[0]
        if isinstance(like, ast.Tuple):
            return True, len(like.elts)
        return True, self.reader.ranks(ast.unparse(like).removesuffix(".shape"))

    def add(self, target: ast.expr, value: ast.expr, turned: bool, loops: tuple[Loop, ...], node: ast.stmt) -> None:
        """`A[i] += value`, also into a number that is put into an array later."""
        name, items = _target(target)
        if name in self.unset:
            raise Unclear("a sum from an unknown beginning")
        _check_windows((target, value), loops)
        array = self.reader.read(value)
        array = array._replace(body=Made("neg", (array.body,))) if turned else array
        depth = self.zeroed.get(name)
        if items is None and self.names.rank_of(name) in (None, 0):
            if depth is None or array.axes:
                raise Unclear("a sum from an unknown beginning")
            letters = tuple((loop.letter, loop.last) for loop in loops[depth:])
            total = array._replace(body=Made("sum", (array.body,), letters)) if letters else array
            before = self.reader.temporaries.get(name)
            self.reader.temporaries[name] = total if before is None else self.reader.combined("+", before, total)
            return
        looped = {loop.letter for loop in loops}
        if not loops and any(isinstance(item, ast.Name) and item.id not in looped for item in items or ()):
            raise Unclear("no loop says which elements")  # "for all i, j, k:" may stand in the words above
        self.added.setdefault(name, []).append(Added(items, array, loops, True, node))

    # -- formulas --------------------------------------------------------------------------------------------

    def formulas(self, code: str) -> tuple[Formula, ...]:
        """What was added up in each array, told as formulas."""
        found = []
        for name, added in self.added.items():
            depth = self.zeroed.get(name, 0)
            text = formula_of(name, added[0], self.names, self.reader, depth, self.guards) if len(added) == 1 else None
            if text is not None:
                found.append(Formula(name, text, _stretch(code, added[0].node)))
        return tuple(found)


_SHAPE = re.compile(r"(\w+)\.shape\[(\d)\]|len\((\w+)\)")
_SHAPE_OF = re.compile(r"(\w+)\.shape(?:\[:(\d)\])?")
_SHAPE_FROM = re.compile(r"(\w+)\.shape\[(\d):(?:\d|-1)?\]")


def _says(node: ast.stmt) -> bool:
    """A docstring, something that is printed or given back."""
    if isinstance(node, ast.Return):
        return True  # see `give_back`
    if not isinstance(node, ast.Expr):
        return False
    value = node.value
    printed = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"
    return printed or isinstance(value, ast.Constant | ast.Name)


def _loaded(target: ast.expr) -> str:
    return ast.dump(target).replace("Store()", "Load()")


def _target(target: ast.expr) -> tuple[str, list[ast.expr] | None]:
    if isinstance(target, ast.Name):
        return target.id, None
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
        return target.value.id, indices_of(target)
    raise Unclear("what is assigned to")


def _guarded(test: ast.expr) -> list[Place]:
    """The indices of `0 <= j - k < n and ...`; a condition on anything else, or another one, is unclear."""
    pieces = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    found = []
    for piece in pieces:
        if not isinstance(piece, ast.Compare):
            raise Unclear("a condition")
        for left, op, right in zip([piece.left, *piece.comparators], piece.ops, piece.comparators, strict=False):
            if isinstance(op, ast.Gt | ast.GtE):  # n > j - k
                left, right, op = right, left, ast.Lt() if isinstance(op, ast.Gt) else ast.LtE()
            from_zero = isinstance(op, ast.LtE) and ast.unparse(left) == "0"
            below = isinstance(op, ast.Lt) and not isinstance(right, ast.BinOp | ast.Constant)
            if from_zero == below:
                raise Unclear("a condition")
            found.append(place_of(right if from_zero else left))
    return found


def _check_windows(sides: Sequence[ast.expr], loops: Sequence[Loop]) -> None:
    """Raises Unclear for a slice from k on that is as long as the loop over k: another axis gives it its length."""
    lengths = {loop.letter: {loop.length, loop.last.removesuffix("-1")} for loop in loops}
    for node in (node for side in sides for node in ast.walk(side) if isinstance(node, ast.Slice)):
        lower = ast.unparse(node.lower) if node.lower is not None else ""
        upper = ast.unparse(node.upper) if node.upper is not None else ""
        if lower in lengths and upper.removeprefix(f"{lower} + ") in lengths[lower] - {""}:
            raise Unclear("a window")


def _stretch(code: str, node: ast.stmt) -> tuple[int, int]:
    """Where a statement stands in its program, in characters."""
    lines = code.split("\n")

    def offset(line: int, column: int) -> int:
        return sum(len(one) + 1 for one in lines[: line - 1]) + len(lines[line - 1].encode()[:column].decode())

    return offset(node.lineno, node.col_offset), offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
