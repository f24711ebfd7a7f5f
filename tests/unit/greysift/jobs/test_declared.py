"""The installation's own declarations, and what is said of a source that nobody has declared."""

import pytest

from greysift.jobs.declared import declared_in, nearest_first, read_declarations

BY_HAND = 'slug = "by-hand"\nname = "By hand"\norganisation = "X"\nkind = "upload"\nlicence = "none"\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


def test_the_case_of_the_ending_does_not_matter(folder):
    (folder / "A.TOML").write_text(BY_HAND, encoding="utf-8")

    assert "by-hand" in declared_in(folder.parent)


def test_two_files_with_one_slug_are_refused_and_both_named(folder):
    for name in ("a.toml", "b.toml"):
        (folder / name).write_text(BY_HAND, encoding="utf-8")

    why = read_declarations(folder.parent).broken["by-hand"]
    assert "a.toml" in why
    assert "b.toml: slug: " in why


def test_the_nearest_names_come_first():
    assert nearest_first("barnados", ["barnardos", "basw", "ofsted"]).startswith("the nearest: barnardos")
    assert nearest_first("zzz", ["barnardos", "ofsted"]) == "there is: barnardos, ofsted"
