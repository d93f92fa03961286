"""Where sentences end, in any script."""

import re

_END = re.compile(r"[.!?…。！？][\"'”’“‘»«)\]」』]*\Z")  # German closes „with these“ and »these«.


def ends_sentence(text: str) -> bool:
    """Whether a text, such as a word, ends with a full stop or the like; a quote or bracket may close after it."""
    return _END.search(text) is not None
