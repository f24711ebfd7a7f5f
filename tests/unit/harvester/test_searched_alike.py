"""What counts as the same search: whatever changes what is found is part of the strategy."""

from harvester.declarations import shipped_declarations


def test_which_files_are_fetched_is_part_of_every_strategy():
    crawled = [d for d in shipped_declarations() if d.kind != "upload"]

    for declaration in crawled:
        strategy = str(declaration.strategy())
        assert all(kind in strategy for kind in declaration.filters.media_types), declaration.slug
