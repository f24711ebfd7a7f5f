"""The parts of the crawl benchmark: the static site, the load on it, and the measures."""

import http.client

import pytest

from corpus.vocabulary.errors import WorkspaceError
from greysift.bench.load import answers_per_second
from greysift.bench.measures import MemoryCurve, at_parts, growth, is_flat, peak_bytes, resident_bytes
from greysift.bench.static_site import HOST, SITEMAP, make_files, paths_of, served


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def test_made_files_are_distinct_and_of_their_size(site):
    make_files(site, documents=20, size=500)

    bodies = [path.read_bytes() for path in site.iterdir()]

    assert len(set(bodies)) == 20
    assert {len(body) for body in bodies} == {500}
    assert all(body.startswith(b"%PDF-") for body in bodies)


def test_a_folder_without_files_is_no_site(site):
    (site / "deeper").mkdir()

    with pytest.raises(WorkspaceError, match="holds no file"):
        paths_of(site)


def test_the_server_serves_the_files_their_list_and_nothing_else(site):
    (site / "a b&c.pdf").write_bytes(b"%PDF-1.4 report")
    (site.parent / "secret.txt").write_text("not served")
    (path,) = paths_of(site)

    with served(site) as port:
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        answers = {}
        for asked in (path, SITEMAP, "/robots.txt", "/files/../secret.txt", "/files/%2e%2e/secret.txt"):
            connection.request("GET", asked)
            answer = connection.getresponse()
            answers[asked] = answer.status, answer.headers["Content-Type"], answer.read()
        connection.close()

    assert answers.pop(path) == (200, "application/pdf", b"%PDF-1.4 report")
    assert f"<loc>http://{HOST}:{port}/files/a%20b%26c.pdf</loc>".encode() in answers.pop(SITEMAP)[2]
    assert {status for status, *_ in answers.values()} == {404}


def test_load_asks_for_every_path_and_takes_no_other_answer(site):
    make_files(site, documents=50, size=70_000)
    (site / "empty.pdf").write_bytes(b"")

    with served(site) as port:
        assert answers_per_second(HOST, port, paths_of(site), connections=4) > 0
        with pytest.raises(OSError, match="404 Not Found"):
            answers_per_second(HOST, port, ["/files/none.pdf"], connections=1)


def test_growth_is_that_of_the_second_half():
    warming_up = [(n, 50_000 * n) for n in range(0, 500, 10)]
    steady = [(n, 25_000_000 + 300 * n) for n in range(500, 1001, 10)]

    assert growth(warming_up + steady) == pytest.approx(300)
    assert growth([(n, 7) for n in range(100)]) == pytest.approx(0)
    assert growth([]) == growth([(1, 7)]) == 0


def test_memory_is_told_at_parts_of_the_way():
    seen = [(n, 1000 + n) for n in range(10, 101, 10)]

    assert at_parts(seen, (0.25, 0.5, 1.0)) == [1030, 1050, 1100]
    assert at_parts([(1, 7)], (0.25, 1.0)) == [7, 7]
    assert at_parts([], (0.5,)) == []


def test_memory_is_looked_at_every_so_often_and_never_above_its_peak():
    curve = MemoryCurve(every=10)
    for done in range(1, 101):
        curve.look(done)

    assert [done for done, _ in curve.seen] == list(range(10, 101, 10))
    assert 0 < min(size for _, size in curve.seen) <= resident_bytes() * 2
    assert peak_bytes() >= max(size for _, size in curve.seen) * 0.9


def test_flatness_is_judged_of_many_documents_alone():
    assert is_flat(300, documents=10_000) is True
    assert is_flat(3000, documents=10_000) is False
    assert is_flat(300, documents=9_999) is is_flat(3000, documents=9_999) is None
