"""What of one report was found: counts for every measure, and where it was missed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.vocabulary.documents import BlockKind, Box, ExtractedText, SectionRole
from greysift.bench.structure.matching import area, around, common, covered_share, pair, union_share
from greysift.bench.structure.roles import roles_in_force
from greysift.bench.structure.running import count_running
from greysift.bench.structure.truth import FURNITURE, Annotated, Item, ItemKind


@dataclass(frozen=True, slots=True)
class Miss:
    """A place where extraction and annotation disagree, and how."""

    page: int
    box: Box
    what: str


@dataclass(slots=True)
class Counts:
    """Numerators and denominators by name, and the disagreements."""

    numbers: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Heading:
    block: int
    page: int
    box: Box
    level: int | None


def count(text: ExtractedText, annotated: Annotated) -> Counts:
    """Compare what was extracted of a report with its annotation, on the annotated pages."""
    counts = Counts()
    _count_headings(text, annotated, counts)
    _count_boxes(list(_titles(text)), annotated, counts, kind=ItemKind.TITLE, least=0.5, name="title")
    for name, least in (("table", 0.5), ("table_8", 0.8)):
        _count_boxes(list(_tables(text)), annotated, counts, kind=ItemKind.TABLE, least=least, name=name)
    for page in annotated.pages:
        left, lost, lines = count_running(text, annotated, page=page)
        if annotated.of(*FURNITURE, page=page):
            counts.numbers["running_pages"] += 1
            counts.numbers["clean_pages"] += not left
        counts.numbers["body_lines"] += lines
        counts.numbers["lost_lines"] += len(lost)
        counts.misses += [Miss(page, box, "running line left in the text") for box in left]
        counts.misses += [Miss(page, box, "line of the body set apart") for box in lost]
    counts.misses.sort(key=lambda miss: (miss.page, miss.box.top, miss.box.x0, miss.what))
    return counts


def _count_headings(text: ExtractedText, annotated: Annotated, counts: Counts) -> None:
    roles = {section.first: section.role for section in text.sections}
    in_force = roles_in_force(annotated)
    numbers = counts.numbers
    for page in annotated.pages:
        marked = annotated.of(ItemKind.HEADING, page=page)
        found = [heading for heading in _headings(text) if heading.page == page]
        pairs = _pair(marked, [heading.box for heading in found], least=0.5)
        neither = _beside(annotated.of(ItemKind.TITLE, ItemKind.IMPRINT, page=page), found)
        wrong = [i for i in range(len(found)) if i not in pairs.values() and i not in neither]
        numbers["heading_marked"] += len(marked)
        numbers["heading_found"] += len(pairs) + len(wrong)
        numbers["heading_right"] += len(pairs)
        numbers["role_marked"] += sum(item.role is not None for item in marked)
        for index, item in enumerate(marked):
            if index not in pairs:
                counts.misses.append(Miss(page, item.box, "heading missed"))
                continue
            heading = found[pairs[index]]
            numbers["level_right"] += heading.level == item.level
            if heading.level != item.level:
                said = f"level {heading.level} for {item.level}"
                counts.misses.append(Miss(page, item.box, said))
            _count_role(item, roles.get(heading.block, SectionRole.OTHER), in_force[item], counts)
        counts.misses += [Miss(page, found[i].box, "heading where there is none") for i in wrong]


def _count_role(item: Item, told: SectionRole, in_force: SectionRole | None, counts: Counts) -> None:
    """Count the role of a heading that was found.

    A role that is only inherited may be left unsaid; where the annotation cannot say what is in force, only the
    heading's own role counts.
    """
    if item.role is not None:
        counts.numbers["role_right"] += told == item.role
    if told != SectionRole.OTHER and in_force is not None:
        counts.numbers["role_told"] += 1
        counts.numbers["role_told_right"] += told == in_force
    allowed = {item.role} if item.role else {SectionRole.OTHER, in_force or told}
    if told not in allowed:
        counts.misses.append(Miss(item.page, item.box, f"role {told} for {in_force}"))


def _count_boxes(
    found: list[tuple[int, Box]],
    annotated: Annotated,
    counts: Counts,
    *,
    kind: ItemKind,
    least: float,
    name: str,
) -> None:
    is_table = kind is ItemKind.TABLE
    for page in annotated.pages:
        marked = annotated.of(kind, page=page)
        boxes = [box for where, box in found if where == page]
        pairs = _pair(marked, boxes, least=least, is_table=is_table)
        counts.numbers[f"{name}_marked"] += len(marked)
        counts.numbers[f"{name}_found"] += len(boxes)
        counts.numbers[f"{name}_right"] += len(pairs)
        what = f"{kind} at {least:g}" if is_table else str(kind)
        missed = (item.box for index, item in enumerate(marked) if index not in pairs)
        extra = (box for index, box in enumerate(boxes) if index not in pairs.values())
        counts.misses += [Miss(page, box, f"{what} missed") for box in missed]
        counts.misses += [Miss(page, box, f"{what} where there is none") for box in extra]


def _pair(marked: list[Item], found: list[Box], *, least: float, is_table: bool = False) -> dict[int, int]:
    likeness = union_share if is_table else covered_share
    return pair([item.box for item in marked], found, likeness=likeness, least=least)


def _beside(items: list[Item], found: list[_Heading]) -> set[int]:
    """Headings found in a title or an imprint, by index: neither right nor wrong."""
    return {
        index
        for index, heading in enumerate(found)
        if any(2 * common(item.box, heading.box) > area(heading.box) for item in items)
    }


def _headings(text: ExtractedText) -> Iterator[_Heading]:
    """Headings with their places; one that goes on in a second block of the same page is one."""
    pending: _Heading | None = None
    for index, block in enumerate(text.blocks):
        if block.kind is not BlockKind.HEADING or block.box is None:
            continue
        if pending and block.goes_on and block.page == pending.page:
            pending = _Heading(pending.block, pending.page, around((pending.box, block.box)), pending.level)
            continue
        if pending:
            yield pending
        pending = _Heading(index, block.page, block.box, block.level)
    if pending:
        yield pending


def _titles(text: ExtractedText) -> Iterator[tuple[int, Box]]:
    """Yield the title's place on each page where it stands; its lines may be blocks of their own."""
    boxes: dict[int, list[Box]] = {}
    for block in text.blocks:
        if block.kind is BlockKind.TITLE and block.box is not None:
            boxes.setdefault(block.page, []).append(block.box)
    for page, parts in boxes.items():
        yield page, around(parts)


def _tables(text: ExtractedText) -> Iterator[tuple[int, Box]]:
    for table in text.tables:
        block = text.blocks[table.block]
        boxes = [*_placed(cell.box for cell in table.cells), *_placed([block.box])]
        if boxes:
            yield block.page, around(boxes)


def _placed(boxes: Iterable[Box | None]) -> Iterator[Box]:
    return (box for box in boxes if box is not None)
