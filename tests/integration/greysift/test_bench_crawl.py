"""The crawl benchmark on a small site: it works, and says what it measured."""

import json

from tests.integration.greysift.commands import greysift


def test_a_small_site_is_harvested_in_turn_with_a_bare_spider(tmp_path):
    out = tmp_path / "out.json"

    shown = greysift(
        tmp_path,
        *("bench", "crawl", "--documents", "300", "--size", "3000", "--pairs", "2", "--json", str(out)),
        COLUMNS="200",
    )

    result = json.loads(out.read_text())
    assert result["data"] == {"documents": 300, "bytes": 300 * 3000, "median_size": 3000}
    assert len(result["pairs"]) == 2
    for pair in [*result["pairs"], result["median"]]:
        assert all(figure > 0 for figure in pair.values())
    for pair in result["pairs"]:
        assert pair["ratio"] == pair["greysift"] / pair["bare"]
        assert pair["tuned_ratio"] == pair["greysift"] / pair["tuned"]
        assert pair["cpu_ratio"] == pair["bare_cpu_ms"] / pair["greysift_cpu_ms"]
    assert result["server_ceiling"] > 0
    assert result["memory"]["peak_bytes"] > 10 * 2**20
    assert list(result["memory"]["resident_at"]) == ["25%", "50%", "100%"]
    assert 10 * 2**20 < max(result["memory"]["resident_at"].values()) <= result["memory"]["peak_bytes"] * 1.05
    assert result["memory"]["is_flat"] is None
    assert "it takes 10000 documents or more to tell" in " ".join(shown.split())
    for name, spread in result["spread"].items():
        ratios = sorted(pair[name] for pair in result["pairs"])
        assert (spread["min"], spread["max"]) == (ratios[0], ratios[-1])
        assert spread["min"] <= spread["median"] <= spread["max"]
        assert f"{spread['min']:.3f} / {spread['median']:.3f} / {spread['max']:.3f}" in " ".join(
            shown.split()
        )
    assert result["is_reached"] == (result["median"]["ratio"] >= result["wanted_ratio"])
    assert result["is_reached_tuned"] == (result["median"]["tuned_ratio"] >= result["wanted_ratio"])
    assert {"greysift", "scrapy", "twisted", "django", "python"} <= result["versions"].keys()
    assert f"{result['median']['ratio']:.3f}" in shown
    assert f"{result['server_ceiling']:.0f}" in shown
    assert not list(tmp_path.glob("*.sqlite3"))


def test_a_folder_of_any_files_can_be_served_and_harvested(tmp_path):
    folder = tmp_path / "site"
    (folder / "reports 2019").mkdir(parents=True)
    (folder / "reports 2019" / "Füll & rund.pdf").write_bytes(b"%PDF-1.4 a report")
    (folder / "notes.html").write_text("<title>Notes</title><p>Nothing is linked here.")
    (folder / "empty.pdf").write_bytes(b"")

    result = json.loads(greysift(tmp_path, "bench", "crawl", str(folder), "--pairs", "1", "--json", "-"))

    assert result["data"]["documents"] == 3


def test_what_makes_no_sense_is_refused(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()

    assert "holds no file" in greysift(tmp_path, "bench", "crawl", str(empty), status=1)
    said = greysift(tmp_path, "bench", "crawl", str(empty), "--documents", "3", status=2)
    assert "--size are for files that are made" in said
