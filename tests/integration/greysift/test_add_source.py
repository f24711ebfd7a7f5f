"""What somebody who adds a site meets first."""

from tests.integration.greysift.commands import greysift


def test_a_new_workspace_has_the_folder_for_declarations_and_the_name_of_the_contact_is_said(tmp_path):
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")

    assert (tmp_path / "var" / "sources").is_dir()
    said = greysift(tmp_path, "sources", "probe", "barnardos", status=1, GREYSIFT_CONTACT="")
    assert "GREYSIFT_CONTACT" in said
    assert "the nearest: barnardos" in greysift(tmp_path, "sources", "probe", "barnados", status=1)
