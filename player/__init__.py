"""The app: what is heard and seen."""

VERSION = "0.1.0"
