"""Libraries that students use and a machine may not have: what needs them did not run, and proves nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import islice

from grader.sandbox.values import Raised

# The names by which they are imported.
KNOWN = (
    "matplotlib numba sklearn pandas scipy torch tensorflow jax keras seaborn sympy cv2 PIL statsmodels networkx"
    " plotly tqdm skimage librosa cupy IPython xarray polars nltk gensim"
).split()
_IMPORTED = re.compile(
    rf"^[ \t]*(?:from|import(?:[^\n#;(]{{0,200}},)?)[ \t]+({'|'.join(KNOWN)})\b[^\n(]*(?:\([^)]{{0,999}})?",
    re.MULTILINE,
)
_ABSENT_MODULE = re.compile(r"No module named '(\w+)")
_ABSENT_NAME = re.compile(r"name '(\w+)' is not defined")
_MOST = 100  # imports of one file that are looked at
ABSENT = frozenset(["ModuleNotFoundError", "ImportError"])


_APART = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+(multiprocessing|concurrent|subprocess|joblib|threading|asyncio)\b", re.MULTILINE
)
_NO_MORE = frozenset(["FileNotFoundError", "PermissionError", "OSError", "BlockingIOError", "BrokenProcessPool"])


def works_apart(sources: Iterable[str], raised: Iterable[Raised]) -> bool:
    """Whether a program failed for want of the threads or processes that no hand-in may have."""
    failed = any(one.type in _NO_MORE or "start new thread" in one.message for one in raised)
    return failed and any(_APART.search(source) for source in sources)


def missing(sources: Iterable[str], messages: Iterable[str]) -> str:
    """The first library for want of which a program failed, as its exceptions say; "" if there is none."""
    imports = [found for source in sources for found in islice(_IMPORTED.finditer(source), _MOST)]
    imports = [found for found in imports if find_spec(found[1]) is None]
    for message in messages:
        module, name = _ABSENT_MODULE.search(message), _ABSENT_NAME.search(message)
        for found in imports:
            if module is not None and module[1] == found[1]:
                return found[1]
            if name is not None and re.search(rf"\b{name[1]}\b|\*", found[0]):
                return found[1]
    return ""


_ABSENT_PATH = re.compile(r"No module named '(\w+)[\w.]*'")


def not_handed_in(raised: Iterable[Raised]) -> str:
    """The first module that is none of a library and that no file of the hand-in is, or several may be."""
    found = (_ABSENT_PATH.search(one.message) for one in raised if one.type in ABSENT)
    names = (one[1] for one in found if one is not None)
    return next((name for name in names if name not in _LIBRARY), "")


_LIBRARY = sys.stdlib_module_names | {"numpy"}
_REMOVED = re.compile(r"`np\.(\w+)` was (?:removed in|a deprecated alias)|module 'numpy' has no attribute '(\w+)'")
ONCE = frozenset("product cumproduct trapz in1d msort float int object complex bool8 float_ int0 asscalar alen".split())


_WARNED = re.compile(r"Calling (np\.\w+)\(generator\) is deprecated")


def removed(raised: Iterable[Raised]) -> str:
    """The first thing that an earlier numpy had and this one has not, `np.trapz`, of those that a program missed."""
    for one in raised:
        warned = _WARNED.match(one.message) if one.type == "TypeError" else None
        if warned is not None:
            return f"{warned[1]} of a generator"  # `from numpy import *` and then `sum(x for x in row)`
        found = _REMOVED.search(one.message) if one.type == "AttributeError" else None
        if found is not None and (found[1] or found[2] in ONCE):
            return f"np.{found[1] or found[2]}"
    return ""
