"""The errors that people are meant to read: one clear sentence, with the file and what to do."""


class EarmarkError(Exception):
    """Something a person can act on; the message is a whole sentence."""


class TranscriptError(EarmarkError):
    """A file that is no transcript, or one that cannot be read or written."""
