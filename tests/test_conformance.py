"""The page about formats tells of every format, and nothing that has changed since."""

import pytest

from index import formats
from tests import conformance

WRITE_ANEW = "run `python -m tests.conformance` to write it anew"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return conformance.PAGE.read_text(encoding="utf-8").splitlines()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_the_page_has_a_row_for_every_format_in_order(lines: list[str]) -> None:
    start = next(number for number, line in enumerate(lines) if line.startswith("| ---")) + 1
    table = [cells(line) for line in lines[start : lines.index("", start) if "" in lines[start:] else len(lines)]]
    expected = [[format.name, " ".join(format.suffixes)] for format in formats.FORMATS]
    assert [row[:2] for row in table] == expected, WRITE_ANEW


def test_every_format_reads_its_sample_and_what_it_writes(lines: list[str]) -> None:
    for row in conformance.rows():
        # Which other programs there are differs from machine to machine.
        assert any(cells(line)[:5] == [cell.replace("|", "\\|") for cell in row[:5]] for line in lines), (
            f"{row}: {WRITE_ANEW}"
        )
