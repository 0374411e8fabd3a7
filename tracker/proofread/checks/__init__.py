"""Checks of a text: each module has `check(script, facts)`, which gives remarks; the folder is the list."""
