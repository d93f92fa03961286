"""Widgets, one a file: values and slots in, signals out; none knows a service."""
