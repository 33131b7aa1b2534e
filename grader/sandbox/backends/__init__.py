"""The ways to isolate, the strongest first; `auto` takes the first that works here, and never `none`."""

from __future__ import annotations

from grader.model.registry import Registry
from grader.sandbox.backend import Backend

BACKENDS: Registry[Backend] = Registry(
    "grader.sandbox.backends", "BACKEND", Backend, ("namespaces", "landlock", "bubblewrap", "none")
)
UNSAFE = "none"
