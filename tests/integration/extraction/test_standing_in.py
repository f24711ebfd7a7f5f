"""A step that arranges the text fails: the text is kept as drawn, and the result says so."""

import pytest

from corpus.vocabulary.documents import ExtractionLimits
from harvester.extraction import from_json, reading, to_json
from harvester.extraction.remarks import remarks
from tests.fakes.make_specimens import TARGET


@pytest.mark.parametrize(
    ("step", "name"), [("lay_out", "layout"), ("with_structure", "structure"), ("describe", "description")]
)
def test_the_text_is_kept_when_its_arrangement_fails(monkeypatch, step, name):
    path = min(TARGET.glob("*.pdf"))
    whole = reading.read_pdf(path, limits=ExtractionLimits()).text

    def fail(*_arguments, **_named):
        raise IndexError("a page that nobody foresaw")

    monkeypatch.setattr(reading, step, fail)
    text = reading.read_pdf(path, limits=ExtractionLimits()).text

    assert sorted(text.text.split()) == sorted(whole.text.split())
    assert text.settings["failed"] == f"{name} (IndexError)"
    assert text.blocks
    assert f"The reader's {name} (IndexError) failed" in "\n".join(remarks(text))
    assert from_json(to_json(text)) == text


def test_want_of_memory_is_no_such_failure(monkeypatch):
    def fail(*_arguments, **_named):
        raise MemoryError

    monkeypatch.setattr(reading, "lay_out", fail)
    with pytest.raises(MemoryError):
        reading.read_pdf(min(TARGET.glob("*.pdf")), limits=ExtractionLimits())
