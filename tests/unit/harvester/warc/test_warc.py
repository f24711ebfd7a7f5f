"""The WARC store, under any writes and any cut."""

import contextlib
import hashlib
import io
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.vocabulary.errors import BusyError
from harvester.warc import (
    Captured,
    FailureNote,
    ReceivedResponse,
    Stopped,
    TornTailError,
    WarcError,
    WarcWriter,
    read_body,
    read_captures,
    read_entries,
    read_exchange,
    run_files,
    run_of,
)
from harvester.warc.records import (
    HTTP_RESPONSE,
    build_member,
    http_block,
    kept_headers,
    split_http_block,
)

RUN = UUID("00000000-0000-4000-8000-000000000001")
AT = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)

header_values = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=20).map(str.strip)
header_names = st.from_regex(r"X-[A-Za-z][A-Za-z0-9-]{0,10}", fullmatch=True)
responses = st.builds(
    ReceivedResponse,
    url=st.sampled_from(["http://a.invalid/1", "http://a.invalid/2?x=%20y", "http://b.invalid/"]),
    status=st.sampled_from([200, 301, 404, 410, 503]),
    headers=st.lists(st.tuples(header_names, header_values), max_size=4),
    body=st.one_of(st.binary(max_size=60), st.sampled_from([b"same body"] * 3)),
    request_line=st.just("GET / HTTP/1.1"),
    request_headers=st.just((("Host", "a.invalid"),)),
    fetched_at=st.integers(0, 10**9).map(lambda n: AT + timedelta(microseconds=n)),
)


def received(body: bytes = b"a body", **said) -> ReceivedResponse:
    return replace(
        ReceivedResponse(
            url="http://a.invalid/1",
            status=200,
            headers=(("Content-Type", "application/pdf"),),
            body=body,
            request_line="GET /1 HTTP/1.1",
            request_headers=(("Host", "a.invalid"),),
            fetched_at=AT,
        ),
        **said,
    )


def writer(folder: Path, run: UUID = RUN, **said) -> WarcWriter:
    return WarcWriter(
        folder,
        run_uid=run,
        source="a-source",
        strategy={"q": "care\nleavers"},
        versions={"greysift": "1"},
        **said,
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(responses, max_size=6))
def test_what_is_written_is_read_back(exchanges):
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with writer(folder) as warc:
            facts = [warc.append(exchange) for exchange in exchanges]

        found = [fact for path in run_files(folder, RUN) for fact in read_captures(path)]

        assert found == facts
        for fact, exchange in zip(facts, exchanges, strict=True):
            read = read_exchange(folder / fact.warc_file, fact.warc_offset)
            assert (read.status, read.body) == (exchange.status, exchange.body)
            assert read.headers == (*exchange.headers, ("Content-Length", str(len(exchange.body))))
            assert fact.body_sha256 == hashlib.sha256(exchange.body).hexdigest()


@settings(max_examples=80, deadline=None)
@given(st.lists(responses, min_size=1, max_size=5), st.lists(responses, max_size=2), st.floats(0, 1))
def test_any_cut_leaves_a_prefix_and_the_run_goes_on(exchanges, later, share):
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        warc = writer(folder)
        facts = [warc.append(exchange) for exchange in exchanges]
        warc.close(is_complete=False)  # as a killed process leaves it
        (path,) = run_files(folder, RUN)
        whole = path.read_bytes()
        path.write_bytes(whole[: round(share * len(whole))])

        before = list(read_captures(path))
        assert before == facts[: len(before)]

        recorded = []
        with writer(folder, tell=recorded.append) as warc:
            assert [entry.fact for entry in recorded] == before
            more = [warc.append(exchange) for exchange in later]

        assert not list(folder.glob("*.open"))
        after = [fact for file in run_files(folder, RUN) for fact in read_captures(file)]
        assert after == [*before, *more]
        for fact, exchange in zip(more, later, strict=True):
            assert read_body(folder / fact.warc_file, fact.warc_offset) == exchange.body
        if after:
            assert run_of(folder / after[0].warc_file).uid == RUN


STOPPED = Stopped("Enough:\n9 addresses,\u2028that is all.", b"\0\xff" * 8, {"expected": {"records": 3}})


def test_every_record_is_one_gzip_member_and_valid_to_others(tmp_path):
    with writer(tmp_path) as warc:
        warc.append(received(b"<p>x</p>"))
        warc.append(received(b"<p>x</p>", url="http://a.invalid/again"))
        warc.append_failure(
            FailureNote("http://a.invalid/3", "the answer broke off", is_transient=True), at=AT
        )
        warc.append_stopped(STOPPED, at=AT)
    (path,) = run_files(tmp_path, RUN)

    with path.open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]

    assert kinds == ["warcinfo", "request", "response", "request", "revisit", "metadata", "metadata"]
    assert list(read_entries(path))[-1] == STOPPED
    assert Checker(type("Options", (), {"verbose": False, "inputs": [str(path)]})()).process_all() == 0


def test_a_body_is_stored_once(tmp_path):
    body = bytes(range(256)) * 400
    with writer(tmp_path) as warc:
        first = warc.append(received(body))
        size = (tmp_path / f"{first.warc_file}.open").stat().st_size
        second = warc.append(received(body, url="http://a.invalid/copy"))
        assert (tmp_path / f"{first.warc_file}.open").stat().st_size - size < 2000

    assert read_body(tmp_path / second.warc_file, second.warc_offset) == body
    assert (second.body_sha256, second.body_size) == (first.body_sha256, first.body_size)
    kinds = [entry.kind for entry in read_entries(tmp_path / first.warc_file)]
    assert kinds == ["response", "revisit"]


def test_a_confirmed_answer_is_read_from_the_earlier_run(tmp_path):
    other, third = uuid5(NAMESPACE_URL, "other"), uuid5(NAMESPACE_URL, "third")
    with writer(tmp_path) as warc:
        first = warc.append(
            received(b"%PDF-1.4", headers=(("Etag", '"1"'), ("Content-Type", "application/pdf")))
        )
    with writer(tmp_path, run=other) as warc:
        again = warc.append(
            received(b"", status=304, headers=(("Etag", '"1"'), ("Age", "9"))), confirms=first
        )
    with writer(tmp_path, run=third) as warc:
        once_more = warc.append(received(b"", status=304, headers=()), confirms=again)

    assert list(read_captures(tmp_path / again.warc_file)) == [again]
    assert (again.status, again.body_sha256, again.body_size) == (304, first.body_sha256, 8)
    for fact in (again, once_more):
        read = read_exchange(tmp_path / fact.warc_file, fact.warc_offset)
        assert (read.status, read.body) == (200, b"%PDF-1.4")
    assert ("Content-Type", "application/pdf") in read.headers
    (entry,) = read_entries(tmp_path / once_more.warc_file)
    assert entry.refers_to[0] == first.record_id


def test_the_same_body_in_a_later_run_is_not_stored_again(tmp_path):
    with writer(tmp_path) as warc:
        first = warc.append(received(b"unchanged"))
    with writer(tmp_path, run=uuid5(NAMESPACE_URL, "other")) as warc:
        again = warc.append(received(b"unchanged"), confirms=first)

    (entry,) = read_entries(tmp_path / again.warc_file)
    assert entry.kind == "revisit"
    (tmp_path / first.warc_file).unlink()
    with pytest.raises(WarcError, match=str(RUN)):
        read_body(tmp_path / again.warc_file, again.warc_offset)


def test_compression_is_undone_in_body_and_headers(tmp_path):
    headers = (("Content-Encoding", "gzip"), ("Content-Length", "7"), ("Transfer-Encoding", "chunked"))
    with writer(tmp_path) as warc:
        fact = warc.append(received(b"plain text", headers=headers))

    assert fact.headers == (("X-Orig-Content-Encoding", "gzip"), ("Content-Length", "10"))
    assert read_body(tmp_path / fact.warc_file, fact.warc_offset) == b"plain text"


def test_a_header_cannot_smuggle_a_line(tmp_path):
    with writer(tmp_path) as warc:
        fact = warc.append(received(b"x", headers=(("X-A", "one\r\n\r\nbody"),)))

    assert read_exchange(tmp_path / fact.warc_file, fact.warc_offset).body == b"x"
    assert len(fact.headers) == 2


def test_a_finished_file_cut_short_is_an_error_after_its_prefix(tmp_path):
    with writer(tmp_path) as warc:
        facts = [warc.append(received(b"one")), warc.append(received(b"two"))]
    (path,) = run_files(tmp_path, RUN)
    path.write_bytes(path.read_bytes()[:-5])

    found = read_captures(path)

    assert next(found) == facts[0]
    with pytest.raises(TornTailError):
        next(found)


def test_damage_in_the_middle_is_never_cut_away(tmp_path):
    warc = writer(tmp_path)
    first = warc.append(received(b"one"))
    warc.append(received(b"two"))
    warc.close(is_complete=False)
    (path,) = run_files(tmp_path, RUN)
    data = bytearray(path.read_bytes())
    data[first.warc_offset + 20] ^= 0xFF
    path.write_bytes(data)

    with pytest.raises(WarcError, match="damaged"):
        writer(tmp_path)

    assert path.read_bytes() == bytes(data)


def test_empty_blocks_at_the_end_are_cut(tmp_path):
    warc = writer(tmp_path)
    fact = warc.append(received(b"one"))
    warc.close(is_complete=False)
    (path,) = run_files(tmp_path, RUN)
    with path.open("ab") as stream:
        stream.write(bytes(5000))

    recorded = []
    with writer(tmp_path, tell=recorded.append):
        assert [entry.fact for entry in recorded] == [fact]


def test_a_run_has_one_writer(tmp_path):
    with writer(tmp_path), pytest.raises(BusyError, match=str(RUN)):
        writer(tmp_path)

    with writer(tmp_path):
        pass
    assert list(tmp_path.glob(f"{RUN}*")) == []


def test_a_full_file_is_followed_by_the_next(tmp_path):
    with writer(tmp_path, rotate_at=1) as warc:
        facts = [warc.append(received(b"one")), warc.append(received(b"two"))]

    assert [path.name for path in run_files(tmp_path, RUN)] == [f"{RUN}-0000{n}.warc.gz" for n in (0, 1)]
    assert [run_of(path).uid for path in run_files(tmp_path, RUN)] == [RUN, RUN]
    recorded = []
    with writer(tmp_path, tell=recorded.append):
        assert [entry.fact for entry in recorded] == facts


def test_a_failing_disk_leaves_no_torn_record(tmp_path, monkeypatch):
    warc = writer(tmp_path)
    warc.append(received(b"one"))

    def refuse(*_):
        raise OSError(28, "No space left on device")

    whole = os.write

    with monkeypatch.context() as patched:

        def write_half(handle, data):
            patched.setattr("os.write", refuse)
            return whole(handle, data[: len(data) // 2])

        patched.setattr("os.write", write_half)
        with pytest.raises(OSError, match="No space"):
            warc.append(received(b"two"))
    warc.append(received(b"three"))
    warc.close(is_complete=True)

    (path,) = run_files(tmp_path, RUN)
    bodies = [read_body(path, fact.warc_offset) for fact in read_captures(path)]
    assert bodies == [b"one", b"three"]


def test_what_the_disk_would_not_keep_is_never_taken_for_kept(tmp_path, monkeypatch):
    warc = writer(tmp_path)
    warc.append(received(b"one"))
    warc.sync()
    warc.append(received(b"two"))

    def refuse(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", refuse)
        with pytest.raises(OSError, match="Input/output"):
            warc.sync()
    with pytest.raises(OSError, match="refused what was written before"):
        warc.append(received(b"three"))
    warc.close(is_complete=False)

    recorded = []
    with writer(tmp_path, tell=recorded.append):
        assert [read_body(tmp_path / f"{e.fact.warc_file}.open", e.fact.warc_offset) for e in recorded] == [
            b"one"
        ]


def test_many_answers_are_synced_at_once(tmp_path, monkeypatch):
    synced = []
    sync = os.fsync
    with writer(tmp_path) as warc:
        facts = [warc.append(received(b"%d" % n)) for n in range(20)]
        assert [read_body(tmp_path / f"{f.warc_file}.open", f.warc_offset) for f in facts][19] == b"19"
        monkeypatch.setattr("os.fsync", lambda handle: (synced.append(handle), sync(handle)))
        warc.sync()
        warc.sync()

        assert len(synced) == 1


def test_a_page_taken_out_of_a_capture_has_a_lasting_identity(tmp_path):
    with writer(tmp_path) as warc:
        page = warc.append(received(b'{"body": "text"}'))
        taken = warc.append_conversion(
            b"<p>text</p>", of=page, url="http://a.invalid/page", media_type="text/html"
        )
        assert taken.record_id == warc.conversion_id(page, media_type="text/html")

    assert list(read_captures(tmp_path / page.warc_file)) == [page, taken]
    assert read_body(tmp_path / taken.warc_file, taken.warc_offset) == b"<p>text</p>"


def test_a_file_tells_whose_run_it_is(tmp_path):
    with writer(tmp_path) as warc:
        warc.append(received())
    (path,) = run_files(tmp_path, RUN)

    recorded = run_of(path)

    assert (recorded.uid, recorded.source) == (RUN, "a-source")
    assert recorded.strategy == {"q": "care\nleavers"}
    assert recorded.versions == {"greysift": "1"}


def test_failures_are_read_back(tmp_path):
    note = FailureNote("http://a.invalid/3", "no answer", is_transient=True)
    with writer(tmp_path) as warc:
        warc.append_failure(note, at=AT)
    (path,) = run_files(tmp_path, RUN)

    assert list(read_entries(path)) == [note]


def test_a_recording_of_others_can_be_read(tmp_path):
    path = tmp_path / "theirs.warc.gz"
    chunked = b"4\r\nhtml\r\n0\r\n\r\n"
    with path.open("wb") as stream:
        theirs = WARCWriter(stream, gzip=True)
        http = StatusAndHeaders(
            "200 OK", [("Transfer-Encoding", "chunked"), ("X-A", "b")], protocol="HTTP/1.1"
        )
        record = RecordBuilder().create_warc_record(
            "http://c.invalid/",
            "response",
            payload=io.BytesIO(chunked),
            length=len(chunked),
            http_headers=http,
        )
        theirs.write_record(record)

    (entry,) = read_entries(path)

    assert isinstance(entry, Captured)
    assert (entry.fact.url, entry.fact.body_size) == ("http://c.invalid/", 4)
    assert entry.fact.headers == (("X-A", "b"), ("Content-Length", "4"))
    assert read_body(path, entry.fact.warc_offset) == b"html"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert run_of(path).uid == uuid5(NAMESPACE_URL, f"urn:sha256:{digest}")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(data):
    with TemporaryDirectory() as scratch:
        path = Path(scratch) / "odd.warc.gz"
        path.write_bytes(data)
        with contextlib.suppress(WarcError):
            list(read_entries(path))


@pytest.mark.parametrize(
    ("block", "headers"),
    [
        (b"", {}),
        (b"not http", {}),
        (b"HTTP/1.1 abc\r\n\r\n", {}),
        (b"HTTP/1.1 200 OK\r\n\r\n", {"WARC-Date": "yesterday"}),
        (b"HTTP/1.1 200 OK\r\n\r\n", {"WARC-Target-URI": None}),
    ],
)
def test_a_response_that_says_too_little_is_an_error(tmp_path, block, headers):
    path = tmp_path / "odd.warc.gz"
    said = {
        "WARC-Record-ID": "<urn:uuid:1>",
        "WARC-Target-URI": "http://a.invalid/",
        "WARC-Date": "2026-03-01T12:00:00Z",
        "Content-Type": HTTP_RESPONSE,
        **headers,
    }
    fields = [(name, value) for name, value in said.items() if value is not None]
    path.write_bytes(build_member("response", headers=fields, block=block))

    with pytest.raises(WarcError):
        list(read_entries(path))


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(WarcError, match=r"none\.warc\.gz"):
        read_body(tmp_path / "none.warc.gz", 0)
    with pytest.raises(WarcError, match=r"none\.warc\.gz"):
        list(read_entries(tmp_path / "none.warc.gz"))


def test_a_recording_with_repeated_bodies_may_be_renamed(tmp_path):
    with writer(tmp_path) as warc:
        warc.append(received(b"one body"))
        again = warc.append(received(b"one body", url="http://a.invalid/2"))
    renamed = (tmp_path / again.warc_file).rename(tmp_path / "other-name.warc.gz")

    assert read_body(renamed, again.warc_offset) == b"one body"


def test_a_revisit_that_leads_to_another_record_is_an_error(tmp_path):
    with writer(tmp_path) as warc:
        first = warc.append(received(b"a body"))
    with writer(tmp_path, run=uuid5(NAMESPACE_URL, "other")) as warc:
        again = warc.append(received(b"a body"), confirms=first)
    (tmp_path / first.warc_file).unlink()
    with writer(tmp_path) as warc:
        warc.append(received(b"a body"))

    with pytest.raises(WarcError, match=str(RUN)):
        read_body(tmp_path / again.warc_file, again.warc_offset)


@given(
    value=st.binary(max_size=20)
    .filter(lambda raw: not set(raw) & set(b"\r\n"))
    .map(lambda raw: raw.strip(b" \t"))
)
def test_a_header_leads_back_to_the_bytes_that_came(value):
    sent = [("ETag", value.decode("latin-1"))]

    kept = kept_headers(sent, length=None)
    _, read = split_http_block(http_block("HTTP/1.1 200 OK", headers=kept))

    assert [text.encode("latin-1") for _, text in read] == [value]
