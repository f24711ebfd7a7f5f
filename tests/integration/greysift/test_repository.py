"""A repository harvested twice by command: what it deletes meanwhile is gone, what changes is revised, nothing is doubled."""

from dataclasses import replace

from tests.fakes.oai_server import OaiServer, entries
from tests.integration.greysift.commands import greysift, greysift_json
from tests.integration.greysift.rows import column, counts, rows


def test_deleted_and_changed_entries_of_a_second_crawl(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    folder = tmp_path / "var" / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    with OaiServer(entries(12), page=5) as server:
        (folder / "local.toml").write_text(server.declaration(), encoding="utf-8")
        first = greysift_json(tmp_path, "harvest", "--source", "local-repository")
        before = counts(tmp_path)
        deleted, changed = server.items[3], server.items[7]
        server.items[3] = replace(deleted, is_deleted=True, said=(), datestamp="2026-06-01T00:00:00Z")
        said = tuple((name, "Report 8, revised" if name == "title" else text) for name, text in changed.said)
        server.items[7] = replace(changed, said=said, datestamp="2026-06-02T00:00:00Z")

        second = greysift_json(tmp_path, "harvest", "--source", "local-repository")

    assert (first["status"], second["status"]) == ("complete", "complete")
    assert (first["got"], second["got"]) == (12, 12)
    assert rows(tmp_path, "SELECT title, gone_reason FROM corpus_record WHERE gone_since IS NOT NULL") == [
        ("Report 4", "the source says so: deleted in the repository (2026-06-01T00:00:00Z)")
    ]
    assert column(tmp_path, "SELECT title FROM corpus_record WHERE revision = 2") == ["Report 8, revised"]
    after = counts(tmp_path)
    for table in ("corpus_record", "corpus_report"):
        assert after[table] == before[table] == 12
    assert after["corpus_recordrevision"] == 13
