"""What names of a program stand for: imported modules and what is taken from them, and names set to these."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator

_MOST_CHAINED = 5  # names for names for names
_OWN = frozenset(dir(builtins))


def aliases(body: Iterable[ast.stmt]) -> Iterator[tuple[str, str]]:
    """What imported names stand for, wherever they are imported, and names set to them: `m = np`, `f, g = m.sum, 2`."""
    nodes = [inner for top in body for inner in ast.walk(top)]
    known = {name: full for name, full in imported(nodes) if name != "*"}
    roots = {full.partition(".")[0] for full in known.values()}
    for _ in range(_MOST_CHAINED):
        before = len(known)
        for name, value in named(nodes):
            full = dotted(value, known)
            if full.partition(".")[0] in roots:
                known.setdefault(name, full)
        if len(known) == before:
            break
    yield from known.items()
    yield from (("*", full) for name, full in imported(nodes) if name == "*")


def stars(body: Iterable[ast.stmt]) -> list[str]:
    """Modules from which everything is imported: a name may come from any of them."""
    return [full for name, full in imported(inner for top in body for inner in ast.walk(top)) if name == "*"]


def named(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    """Names that are set to another name, by whatever sign."""
    for node in nodes:
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.NamedExpr | ast.AnnAssign) and node.value is not None:
            pairs = [(node.target, node.value)]
        for target, value in pairs:
            both = isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List)
            inner = zip(target.elts, value.elts, strict=False) if both else ((target, value),)  # type: ignore[attr-defined]
            for one, other in inner:
                if isinstance(other, ast.NamedExpr):
                    other = other.value
                if isinstance(one, ast.Name) and isinstance(other, ast.Name | ast.Attribute):
                    yield one.id, other


def imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Imported names; `*` stands for the module from which everything is imported."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            for alias in node.names:
                yield (alias.asname or alias.name, base if alias.name == "*" else f"{base}.{alias.name}")


def modules(node: ast.AST) -> set[str]:
    """All that a statement imports, by its full path: `import numpy.linalg as la`, `from math import sin`."""
    whole = (alias.name for inner in ast.walk(node) if isinstance(inner, ast.Import) for alias in inner.names)
    return {full for _, full in imported(ast.walk(node))} | set(whole)


def uses(node: ast.stmt, aliases: dict[str, str], stars: list[str]) -> list[tuple[str, int]]:
    """Full names that are used, each with its first line: `numpy.convolve`, `eval`, and `numpy.*` for a module that is
    handed on whole, so that what is taken from it cannot be seen. What is not called here but handed on, `heappush(h,
    numpy.linalg.qr)`, stands behind a `=` as well."""
    found: dict[str, int] = {}
    called = {id(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
    plain = {id(value) for _, value in named(ast.walk(node))}
    plain |= {id(inner.value) for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            names = [alias.name for alias in inner.names]
        elif isinstance(inner, ast.ImportFrom):
            names = [f"{inner.module or ''}.{alias.name}" for alias in inner.names]
        elif isinstance(inner, ast.Attribute | ast.Name):
            names = [dotted(inner, aliases)]
            if isinstance(inner, ast.Name) and inner.id not in aliases and inner.id not in _OWN:
                names += [f"{star}.{inner.id}" for star in stars]
            root = names[0].partition(".")[0]
            if id(inner) not in plain | called and (root in aliases.values() or names[0] in aliases.values()):
                names.append(f"={names[0]}")
            if id(inner) not in plain and (isinstance(inner, ast.Attribute) and root in aliases.values()):
                names.append(f"{names[0]}.*")  # np.linalg, if that is what it is
            if isinstance(inner, ast.Name) and inner.id in aliases and id(inner) not in plain:
                names.append(f"{names[0]}.*")
            if names[0] == "operator.matmul" or (isinstance(inner, ast.Attribute) and inner.attr in _MATMUL):
                names.append("@")
        elif isinstance(inner, ast.BinOp | ast.AugAssign) and isinstance(inner.op, ast.MatMult):
            names = ["@"]
        else:
            continue
        for name in names:
            found.setdefault(name, getattr(inner, "lineno", 0))
    return [(name, line) for name, line in found.items() if name]


_MATMUL = frozenset(["__matmul__", "__rmatmul__", "__imatmul__"])


def dotted(node: ast.expr, aliases: dict[str, str]) -> str:
    """`numpy.linalg.inv` for what is written `la.inv`; empty for what is no chain of names."""
    if isinstance(node, ast.Name):
        if node.id not in aliases and "*" in aliases and node.id not in _OWN:
            return f"{aliases['*']}.{node.id}"  # from numpy import *
        return aliases.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        base = dotted(node.value, aliases)
        return f"{base}.{node.attr}" if base else f".{node.attr}"
    return ""
