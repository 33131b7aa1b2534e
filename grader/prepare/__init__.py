"""Rubric to reference: every name gets a meaning, every part what it expects, every fault its line."""
