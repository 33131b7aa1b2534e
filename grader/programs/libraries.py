"""Libraries that students use and a machine may not have: what needs them did not run, and proves nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec

# The names by which they are imported.
_KNOWN = (
    "matplotlib|numba|sklearn|pandas|scipy|torch|tensorflow|jax|keras|seaborn|sympy|cv2|PIL|statsmodels|networkx"
    "|plotly|tqdm|skimage|librosa|cupy|IPython|xarray|polars|nltk|gensim"
)
_IMPORTED = re.compile(rf"^[ \t]*(?:import|from)[ \t]+({_KNOWN})\b", re.MULTILINE)
FAILS = frozenset(["ModuleNotFoundError", "ImportError", "NameError"])


def missing(sources: Iterable[str]) -> str:
    """The first library that a program imports and that is not installed here; "" if there is none."""
    names = (name for source in sources for name in _IMPORTED.findall(source))
    return next((name for name in names if find_spec(name) is None), "")
