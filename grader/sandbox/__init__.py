"""Runs what a stranger wrote, apart from everything, and gives back plain data: see docs/sandbox.md."""
