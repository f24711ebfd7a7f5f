"""Workspaces whose only source is the real WordPress, and what the store says of its documents."""

from pathlib import Path

from tests.integration.greysift.commands import greysift
from tests.integration.greysift.rows import rows

SOURCE = "local-wordpress"


def make_workspace(folder: Path, declaration: str) -> Path:
    """Make a workspace with one source."""
    folder.mkdir(exist_ok=True)
    greysift(folder, "init", str(folder), "--protocol", "care-leavers")
    sources = folder / "var" / "sources"
    sources.mkdir(exist_ok=True)
    (sources / f"{SOURCE}.toml").write_text(declaration, encoding="utf-8")
    return folder


def posts(workspace: Path) -> list[int]:
    """Return the numbers of the posts that have records."""
    found = rows(workspace, "SELECT key FROM corpus_record WHERE document_type = 'post'")
    return [int(str(key).removeprefix("wordpress:")) for (key,) in found]


def documents(workspace: Path) -> list[tuple[object, ...]]:
    """Return address and hash of every document that is had."""
    return rows(
        workspace,
        "SELECT p.url, c.body_sha256 FROM corpus_report p JOIN corpus_capture c ON c.id = p.capture_id "
        "WHERE p.status = 'retrieved'",
    )


def versions(workspace: Path) -> dict[str, int]:
    """Return how many different files each document has been."""
    found = rows(
        workspace,
        "SELECT p.url, COUNT(DISTINCT c.body_sha256) FROM corpus_report p "
        "JOIN corpus_reportcapture v ON v.report_id = p.id JOIN corpus_capture c ON c.id = v.capture_id GROUP BY p.url",
    )
    return {str(url): int(str(number)) for url, number in found}


def answers(workspace: Path) -> list[tuple[object, ...]]:
    """Return run and status of every answer to a request for a PDF, oldest run first."""
    return rows(
        workspace,
        "SELECT search_run_id, status FROM corpus_capture WHERE url LIKE '%.pdf' ORDER BY search_run_id",
    )
