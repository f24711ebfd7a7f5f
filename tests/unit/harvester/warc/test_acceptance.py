"""A person's word on a run is written beside its files, and read back as it was."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from corpus.vocabulary.harvest import AcceptedAs
from harvester.warc import (
    WarcError,
    WarcWriter,
    acceptance_of,
    read_entries,
    run_files,
    run_of,
    write_acceptance,
)
from harvester.warc.records import build_member, fields_block
from tests.unit.harvester.warc.test_warc import received

RUN = UUID("00000000-0000-4000-8000-000000000007")
AT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def record_run(folder):
    with WarcWriter(folder, run_uid=RUN, source="a", strategy={"q": "x"}, versions={}) as writer:
        writer.append(received())


@settings(max_examples=30, deadline=None)
@given(accepted=st.builds(AcceptedAs, st.text(), st.text(), st.just(AT), st.booleans(), st.booleans()))
def test_a_word_is_read_back_as_it_was_given(accepted):
    with TemporaryDirectory() as name:
        folder = Path(name)
        record_run(folder)

        path = write_acceptance(folder, run_uid=RUN, accepted=accepted)

        assert acceptance_of(folder, RUN) == accepted
        assert path == run_files(folder, RUN)[-1]
        assert run_of(path).uid == RUN
        assert list(read_entries(path)) == []
        with path.open("rb") as stream:
            assert [record.rec_type for record in ArchiveIterator(stream)] == ["warcinfo", "metadata"]
        assert [other.suffix for other in folder.iterdir()] == [".gz", ".gz"]


def test_a_later_word_takes_the_place_of_the_one_before(tmp_path):
    record_run(tmp_path)
    for why in ("first", "second"):
        write_acceptance(tmp_path, run_uid=RUN, accepted=AcceptedAs(why, "ann", AT, True, False))

    assert acceptance_of(tmp_path, RUN).why == "second"
    assert len(run_files(tmp_path, RUN)) == 2


def test_a_run_without_a_recording_has_no_place_for_a_word(tmp_path):
    assert write_acceptance(tmp_path, run_uid=RUN, accepted=AcceptedAs("x", "ann", AT, True, False)) is None
    assert acceptance_of(tmp_path, RUN) is None


@pytest.mark.parametrize(
    "said", ["{", "[]", '{"why": "x"}', '{"why": 1, "by": "a", "at": "", "drop": 1, "shortfall": 0}']
)
def test_a_word_that_makes_no_sense_is_an_error(said, tmp_path):
    block = fields_block({"greysift-accepted": said})
    path = tmp_path / f"{RUN}-accepted.warc.gz"
    path.write_bytes(build_member("metadata", headers=[("WARC-Record-ID", "<urn:x:1>")], block=block))

    with pytest.raises(WarcError, match="makes no sense"):
        acceptance_of(tmp_path, RUN)
