"""Which record a file belongs to: each file of a site is one document, however many entries link it."""

from collections import defaultdict
from collections.abc import Iterable

from harvester.spiders.wordpress_entries import Entry, LibraryFile, same_file

Address = tuple[str, str, str]


class Owners:
    """Gives each file to one entry: to the one it was added to, else to the first (lowest number) that links it.

    Both rules rest on what the site itself keeps, so that every crawl and every replay gives the same.
    """

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}
        self._added_to: defaultdict[int, list[LibraryFile]] = defaultdict(list)
        self._by_address: dict[Address, LibraryFile] = {}
        self._owner: dict[Address, int] = {}

    def add(self, entries: Iterable[Entry], files: Iterable[LibraryFile]) -> None:
        """Take in entries and files; what was given before stays where it is."""
        new_entries = sorted(entries, key=lambda entry: entry.id)
        new_files = sorted(files, key=lambda file: file.id)
        self._entries |= {entry.id: entry for entry in new_entries}
        for file in new_files:
            address = same_file(file.url)
            self._by_address.setdefault(address, file)
            self._added_to[file.parent].append(file)
            if file.parent in self._entries:
                self._owner.setdefault(address, file.parent)
        for entry in new_entries:
            for link in entry.links:
                self._owner.setdefault(same_file(link.url), entry.id)

    def keep_apart(self, file: LibraryFile) -> None:
        """Note that a file is a record of its own, and no entry's that may still come."""
        self._owner.setdefault(same_file(file.url), file.id)

    def file_at(self, url: str) -> LibraryFile | None:
        """Return the library's file at an address."""
        return self._by_address.get(same_file(url))

    def owner_of(self, url: str) -> int | None:
        """Return the number of the entry that a file belongs to."""
        return self._owner.get(same_file(url))

    def added_to(self, entry: Entry) -> list[LibraryFile]:
        """Return the files that were added to an entry."""
        return self._added_to.get(entry.id, [])
