"""XML from strangers, read as it comes: no document types, no other files, no tree in memory."""

from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from index.errors import TranscriptError
from index.plaintext import clean
from index.progress import Stage, Watch

_CHUNK = 1 << 18  # Characters that are parsed in one go.


def parse_xml(text: str, handler: ContentHandler, watch: Watch) -> str:
    """Tell a handler what an XML text holds; gives what damage ended the reading early, "" if none did.

    The text has passed through `xml_text`.

    Raises:
        TranscriptError: it declares a document type, as the predicate of a sentence about the file.
        Unwanted: nobody waits for it any more.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import create_parser

    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        for at in range(0, len(text), _CHUNK):
            watch.at(Stage.FINDING, at, len(text))
            parser.feed(text[at : at + _CHUNK])
        parser.close()
    except DefusedXmlException as error:
        raise TranscriptError(
            "declares a document type (DTD), which can do harm and no transcript needs; save it without one"
        ) from error
    except SAXParseException as error:
        return f"{error.getMessage()} in line {error.getLineNumber():,}"
    return ""


def xml_text(text: str) -> str:
    """The text with the characters that XML 1.0 cannot hold replaced by U+FFFD."""
    return clean(text).replace("\f", " ").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
