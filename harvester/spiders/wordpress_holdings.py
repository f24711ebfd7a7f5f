"""What a crawl of a WordPress site has read so far: what is wanted of it, what was met, what came too late."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harvester.declarations import WordpressDeclaration
from harvester.spiders.wordpress_entries import Entry, LibraryFile, read_entry, read_file
from harvester.spiders.wordpress_lists import EntryList, Told
from harvester.spiders.wordpress_owners import Owners


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to become records now: entries, and files that hang on none; ``owned`` are files that hang on one."""

    entries: tuple[Entry, ...]
    files: tuple[LibraryFile, ...]
    owned: tuple[LibraryFile, ...] = ()


class Holdings:
    """What the lists told, sorted out by what the declaration wants."""

    def __init__(self, declaration: WordpressDeclaration) -> None:
        self.owners = Owners()
        self._site, self._filters = declaration.entry.site, declaration.filters
        self._entries: set[int] = set()
        self._files: set[int] = set()
        self._alone: set[int] = set()
        self._unwanted: set[int] = set()
        self._nowhere: set[int] = set()
        self._late: set[int] = set()

    def take_in(self, entries: Iterable[Told], files: Iterable[Told]) -> Batch:
        """Return what of these is to become records.

        A file that belongs to an entry which has its record already is left for the next crawl: a record is made once.
        """
        found = [read_entry(said, site=self._site, captures=captures) for said, captures in entries]
        wanted = [entry for entry in found if self._is_wanted(entry)]
        self._unwanted |= {entry.id for entry in found} - {entry.id for entry in wanted}
        library = self._in_time(files)
        self.owners.add(wanted, library)
        self._entries |= {entry.id for entry in wanted}
        alone = tuple(file for file in library if self._is_alone(file))
        numbers = {file.id for file in alone}
        return Batch(tuple(wanted), alone, tuple(file for file in library if file.id not in numbers))

    def met_entries(self, numbers: Iterable[int]) -> int:
        """Return how many of these have become records."""
        return len(self._entries.intersection(numbers))

    def met_files(self, numbers: Iterable[int]) -> int:
        """Return how many of these have become documents."""
        return len(self._files.intersection(numbers))

    def due(self, one: EntryList) -> int:
        """Return how many of a list must be met: all that the site counts, but for what is known to be left out."""
        total = one.last.total if one.last.total is not None else len(one.last.numbers)
        left_out = self._unwanted | self._nowhere | self._late
        return total - one.hidden - len(left_out.intersection(one.last.numbers))

    def records_due(self, entries: Iterable[EntryList]) -> int:
        """Return how many records must come: of every entry that is due, or was taken down since, and of lone files."""
        lists, listed = list(entries), set[int]()
        for one in lists:
            listed |= one.last.numbers
        return sum(self.due(one) for one in lists) + len(self._entries - listed) + len(self._alone)

    def notes(self, lists: Iterable[EntryList]) -> Iterator[str]:
        """Yield what a reader of the search must know."""
        still_listed: set[int] = set()
        for one in lists:
            still_listed |= one.last.numbers
            if one.last.total is None:
                yield f"The site does not say how many {one.what} it holds; its list was read to the end twice."
            if one.hidden:
                yield (
                    f"The site counts {one.last.total} {one.what} and shows {len(one.last.numbers)}. Asked for one by "
                    f"one, {one.hidden} did not come: WordPress hides the files of entries that are not public."
                )
        if number := len(self._unwanted & still_listed):
            yield f"{number} entries and files of the site lie outside what the declaration asks for."
        if number := len(self._nowhere & still_listed):
            yield f"{number} files of the media library have no address."
        if number := len(self._late & still_listed):
            yield f"{number} files were added to entries after these had been read: the next crawl brings them."
        if number := len((self._entries | self._files) - still_listed):
            yield f"{number} entries and files were taken down while the crawl ran; what was read of them is kept."

    def _is_wanted(self, entry: Entry) -> bool:
        return self._filters.want(entry.url or "")

    def _in_time(self, files: Iterable[Told]) -> list[LibraryFile]:
        """Return the files whose records are still to be made."""
        new: list[LibraryFile] = []
        for said, captures in files:
            file = read_file(said, site=self._site, captures=captures)
            if file is None:
                self._nowhere.add(said["id"])
            elif self._filters.is_excluded(file.url):
                self._unwanted.add(file.id)
            elif self.owners.owner_of(file.url) is not None:
                self._files.add(file.id)  # an entry linked it, and so it has been fetched
            elif file.parent in self._entries:
                self._late.add(file.id)
            else:
                new.append(file)
        return new

    def _is_alone(self, file: LibraryFile) -> bool:
        """Say of a file whether it becomes a record of its own; note what becomes of it."""
        is_owned = self.owners.owner_of(file.url) is not None
        if not is_owned and self._filters.are_narrow:
            self._unwanted.add(file.id)
            return False
        self._files.add(file.id)
        if not is_owned:
            self._alone.add(file.id)
            self.owners.keep_apart(file)
        return not is_owned
