"""Earmark among the other programs of a desktop."""
