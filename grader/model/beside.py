"""Files that lie beside programs and hold none."""

from __future__ import annotations

import re

_BESIDE = re.compile(
    r"(?:readme|licen[cs]e|copying|changelog|authors|contributing|notice)(?:\.\w+)?|(?:requirements|environment|constraints)"
    r"[\w.-]*|pyproject\.toml|setup\.cfg|tox\.ini|makefile|dockerfile|pipfile(?:\.lock)?|pytest\.ini|\.git\w+"
    r"|.*\.(?:toml|cfg|ini|lock|npy|npz|csv|tsv|ya?ml|pyc|pkl|mat|h5|hdf5)",
    re.IGNORECASE,
)


def is_beside(name: str) -> bool:
    """Whether a file of this name lies beside programs and holds none: `requirements.txt`, `data.npy`."""
    return _BESIDE.fullmatch(name.replace("\\", "/").rpartition("/")[2]) is not None
