"""An expression of a rubric as a program of Python, as a student might write it, where that can be done."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from grader.model.expressions import Call, Expr, Name, Num, Op, Relation
from grader.programs.cases import Task
from grader.reference.functions import ALIASES

_SAME = (
    "exp log log2 log10 sqrt sin cos tan sinh cosh tanh abs sign floor ceil sum prod mean trace dot outer zeros".split()
)
_CALLS = {name: f"np.{name}" for name in (*_SAME, "ones", "flip", "transpose", "conjugate", "mod", "gcd", "lcm")}
_CALLS |= {name: f"np.linalg.{name}" for name in ("det", "inv", "norm")}
_CALLS |= {
    "length": "len",
    "arcsin": "np.arcsin",
    "arccos": "np.arccos",
    "arctan": "np.arctan",
    "re": "np.real",
    "im": "np.imag",
}
_OWN = {
    "correlate": """def correlate(X, W):
    windows = np.lib.stride_tricks.sliding_window_view(X, W.shape)
    return np.tensordot(windows, W, axes=W.ndim)
""",
    "convolve": """def convolve(X, W):
    windows = np.lib.stride_tricks.sliding_window_view(X, W.shape)
    return np.tensordot(windows, np.flip(W), axes=W.ndim)
""",
    "softmax": """def softmax(Z):
    powers = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)
""",
    "sigmoid": "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))\n",
    "relu": "def relu(Z):\n    return np.maximum(0, Z)\n",
    "subsample": "def subsample(x, stride):\n    return x[::stride]\n",
    "max_pool": """def max_pool(x, size, stride):
    return np.stack([x[k : k + size].max(axis=0) for k in range(0, len(x), stride)])
""",
}
_CONSTANTS = {"pi": "np.pi", "e": "np.e"}
_COMPARED = {"=": "==", "==": "==", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "!=": "!="}


class _Writer:
    """Writes one program; `ok` turns false at the first thing that has no words here."""

    def __init__(self, names: tuple[str, ...], taken: frozenset[str]) -> None:
        self.names, self.needed, self.ok = names, dict[str, str](), True
        self.taken = taken  # what is asked for: `relu(z)` that called `relu` would call itself

    def write(self, expr: Expr) -> str:
        if isinstance(expr, Num):
            return _number(expr)
        if isinstance(expr, Name):
            self.ok = self.ok and (expr.name in self.names or expr.name in _CONSTANTS)
            return expr.name if expr.name in self.names else _CONSTANTS.get(expr.name, expr.name)
        if isinstance(expr, Call):
            return self._call(expr)
        if isinstance(expr, Op):
            return self._operator(expr)
        if isinstance(expr, Relation) and len(expr.operands) == 2 and expr.ops[0] in _COMPARED:
            left, right = expr.operands
            if left is not None and right is not None:
                return f"({self.write(left)} {_COMPARED[expr.ops[0]]} {self.write(right)})"
        self.ok = False
        return ""

    def _call(self, expr: Call) -> str:
        name = ALIASES.get(expr.function, expr.function)
        args = [self.write(arg) for arg in expr.args]
        if name in ("max", "min"):
            return f"np.{name}({args[0]})" if len(args) == 1 else f"np.{name}imum({', '.join(args)})"
        if name in ("zeros", "ones"):
            return f"np.{name}(({', '.join(args)},))"
        if name in _OWN:
            own = f"reference_{name}" if name in self.taken else name
            self.needed[own] = _OWN[name].replace(f"def {name}(", f"def {own}(")
            return f"{own}({', '.join(args)})"
        self.ok = self.ok and name in _CALLS
        return f"{_CALLS.get(name, name)}({', '.join(args)})"

    def _operator(self, expr: Op) -> str:
        args = [self.write(arg) for arg in expr.args]
        if expr.op == "transpose":
            return f"{args[0]}.T"
        if expr.op == "neg":
            return f"(-{args[0]})"
        sign = {"add": " + ", "div": " / ", "pow": "**", "mod": " % "}.get(expr.op, "")
        if expr.op == "mul":
            sign = " @ " if expr.sign == "@" else " * "
            self.ok = self.ok and (expr.sign != "" or any(isinstance(arg, Num) for arg in expr.args))
        self.ok = self.ok and bool(sign)
        return f"({sign.join(args)})"


def _number(expr: Num) -> str:
    if isinstance(expr.value, Fraction):
        return repr(float(expr.value))
    return str(expr.value)


def program_text(task: Task, exprs: Mapping[str, Expr]) -> str:
    """A program that does what is asked, empty where the expressions say more than is known here."""
    writer = _Writer(task.arguments, frozenset((task.function, *task.arguments, *task.results)))
    written = {name: writer.write(expr) for name, expr in exprs.items()}
    if not writer.ok:
        return ""
    own = "\n\n".join(writer.needed.values())
    head = f"import numpy as np\n\n\n{own}\n\n" if own else "import numpy as np\n\n\n"
    if not task.function:
        return head + "".join(f"{name} = {text}\n" for name, text in written.items())
    given = written.get("") or ", ".join(written[name] for name in task.positions)
    return f"{head}def {task.function}({', '.join(task.arguments)}):\n    return {given}\n"
