"""Documents a second through the whole harvest, beside a bare Scrapy spider that keeps nothing.

What "bare" means: the same Scrapy, reactor, sitemap, connections and files; no robots.txt, no politeness, no database, no
WARC, no hash; a body is counted and forgotten. It runs twice. *As it comes*: with Scrapy's own settings but for the number
of connections, no delay, no telnet and a log of warnings alone. *Tuned*: with ``CONCURRENT_ITEMS`` at 1 as well, since
Scrapy otherwise starts a hundred workers for the items of each answer, and here are none. The harvest's spider never
yields from callbacks, so that it is spared these workers too: the tuned one is the stricter peer.
"""

import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import ParamSpec, TypeVar

from rich.table import Table

from greysift.bench.bare_spider import bare_crawl
from greysift.bench.load import answers_per_second
from greysift.bench.measures import FLAT_BELOW, TELLING, is_flat
from greysift.bench.static_site import HOST, SITEMAP, paths_of, served
from greysift.bench.whole_harvest import PARTS, Harvested, whole_harvest

P = ParamSpec("P")
R = TypeVar("R")

WANTED_RATIO = 0.6
CONNECTIONS = 16
RATIOS = {
    "ratio": "to Scrapy as it comes",
    "tuned_ratio": "to Scrapy tuned",
    "cpu_ratio": "by processor time, as it comes",
    "tuned_cpu_ratio": "by processor time, tuned",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One turn of each: documents a second, and milliseconds of processor time a document.

    ``bare`` is the bare spider with Scrapy as it comes, ``tuned`` the same one spared what Scrapy does for nothing.
    """

    bare: float
    tuned: float
    greysift: float
    bare_cpu_ms: float
    tuned_cpu_ms: float
    greysift_cpu_ms: float

    @property
    def ratio(self) -> float:
        """The harvest's share of the bare spider's rate."""
        return self.greysift / self.bare

    @property
    def cpu_ratio(self) -> float:
        """What that share would be if processor time were all: it hardly depends on who else is busy."""
        return self.bare_cpu_ms / self.greysift_cpu_ms

    def as_json(self) -> dict[str, float]:
        """Return the figures by name."""
        return {
            **asdict(self),
            "ratio": self.ratio,
            "tuned_ratio": self.greysift / self.tuned,
            "cpu_ratio": self.cpu_ratio,
            "tuned_cpu_ratio": self.tuned_cpu_ms / self.greysift_cpu_ms,
        }


def bench_crawl(
    folder: Path,
    *,
    pairs: int = 3,
    connections: int = CONNECTIONS,
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, object]:
    """Serve a folder's files and download them by both, in turn; every part runs in a process of its own.

    Machines differ and are busy: the ratios within a pair are the result, the rates only say where they come from.

    Parameters
    ----------
    folder
        Whose files are served.
    pairs
        How many turns.
    connections
        At once, for the load generator and both spiders alike.
    tell
        Called with a sentence before each step.

    Returns
    -------
    dict
        Plain values for JSON.

    Raises
    ------
    SourceError
        When either got fewer documents than there are.
    WorkspaceError
        When the folder holds no file.
    """
    paths = paths_of(folder)
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    done: list[Pair] = []
    harvests: list[Harvested] = []
    with served(folder) as port:
        tell("the server's own ceiling")
        ceiling = _apart(answers_per_second, HOST, port, paths, connections=connections)
        sitemap = f"http://{HOST}:{port}{SITEMAP}"
        for number in range(1, pairs + 1):
            spent = []
            for kind, is_tuned in (("as it comes", False), ("tuned", True)):
                tell(f"pair {number} of {pairs}: the bare spider, {kind}")
                spent.append(
                    _apart(
                        bare_crawl,
                        sitemap,
                        documents=len(paths),
                        connections=connections,
                        is_tuned=is_tuned,
                    )
                )
            (bare, bare_cpu), (tuned, tuned_cpu) = spent
            tell(f"pair {number} of {pairs}: the whole harvest")
            harvested = _harvest(port, documents=len(paths), connections=connections)
            done.append(
                Pair(
                    bare=len(paths) / bare,
                    tuned=len(paths) / tuned,
                    greysift=len(paths) / harvested.seconds,
                    bare_cpu_ms=bare_cpu / len(paths) * 1000,
                    tuned_cpu_ms=tuned_cpu / len(paths) * 1000,
                    greysift_cpu_ms=harvested.cpu_seconds / len(paths) * 1000,
                )
            )
            harvests.append(harvested)
    figures = [pair.as_json() for pair in done]
    middle = {name: median(figure[name] for figure in figures) for name in figures[0]}
    grown = median(harvest.bytes_a_document for harvest in harvests)
    resident = [max(sizes) for sizes in zip(*(harvest.resident for harvest in harvests), strict=True)]
    return {
        "benchmark": "crawl",
        "data": {"documents": len(paths), "bytes": sum(sizes), "median_size": int(median(sizes))},
        "connections": connections,
        "server_ceiling": ceiling,
        "pairs": figures,
        "median": middle,
        "spread": {
            name: {"min": min(values), "median": middle[name], "max": max(values)}
            for name in RATIOS
            for values in [[figure[name] for figure in figures]]
        },
        "wanted_ratio": WANTED_RATIO,
        "is_reached": middle["ratio"] >= WANTED_RATIO,
        "is_reached_tuned": middle["tuned_ratio"] >= WANTED_RATIO,
        "memory": {
            "peak_bytes": max(harvest.peak_bytes for harvest in harvests),
            "bytes_a_document": grown,
            "resident_at": {f"{part:.0%}": size for part, size in zip(PARTS, resident, strict=True)},
            "flat_below": FLAT_BELOW,
            "is_flat": is_flat(grown, documents=len(paths)),
        },
        "database": harvests[0].database,
        "versions": {name: version(name) for name in ("greysift", "scrapy", "twisted", "django")}
        | {"python": platform.python_version()},
        "machine": {"system": platform.platform(), "processors": os.cpu_count(), "load": os.getloadavg()[0]},
    }


def render_crawl(result: Mapping[str, object]) -> Table:
    """Lay a result out as a table: one row a pair, the medians last."""
    data, memory, middle = (_mapping(result[key]) for key in ("data", "memory", "median"))
    versions, machine = _mapping(result["versions"]), _mapping(result["machine"])
    table = Table(
        title=f"Crawl: {data['documents']} documents of {data['median_size']} bytes, "
        f"{result['connections']} connections, {result['database']}",
        title_justify="left",
        caption_justify="left",
        caption=f"Documents a second; ms: of processor time a document. The server's own ceiling: {result['server_ceiling']:.0f}. "
        f"Wanted: a ratio of {result['wanted_ratio']}: {'reached' if result['is_reached'] else 'missed'}, "
        f"to the tuned one {'reached' if result['is_reached_tuned'] else 'missed'}. "
        f"Ratios (min, median, max): {_spread(_mapping(result['spread']))}. "
        f"Memory: {_sizes(_mapping(memory['resident_at']))}, at most {_number(memory['peak_bytes']) / 2**20:.0f} MiB; "
        f"over the second half {_number(memory['bytes_a_document']) / 1024:.2f} KiB a document more "
        f"({_flatness(memory)}). "
        + ", ".join(f"{name} {number}" for name, number in versions.items())
        + f"; {machine['system']}, {machine['processors']} processors, load {machine['load']:.1f} at the end.",
    )
    columns = {
        "bare": "bare spider",
        "tuned": "bare, tuned",
        "greysift": "whole harvest",
        "ratio": "ratio",
        "tuned_ratio": "to tuned",
        "bare_cpu_ms": "ms bare",
        "tuned_cpu_ms": "ms tuned",
        "greysift_cpu_ms": "ms harvest",
    }
    for heading in ("pair", *columns.values()):
        table.add_column(heading, justify="right")
    pairs = result["pairs"]
    rows = [*enumerate(map(_mapping, pairs if isinstance(pairs, list) else []), start=1), ("median", middle)]
    for name, row in rows:
        table.add_row(str(name), *(_figure(_number(row[column])) for column in columns))
    return table


def _harvest(port: int, *, documents: int, connections: int) -> Harvested:
    folder = Path(tempfile.mkdtemp(prefix="greysift-bench-"))
    try:
        return _apart(whole_harvest, folder / "var", port=port, documents=documents, connections=connections)
    finally:
        shutil.rmtree(folder)


def _apart(work: Callable[P, R], *arguments: P.args, **options: P.kwargs) -> R:
    """Do something in a new process: a reactor runs once in each, and memory is measured for this work alone."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **options).result()


def _spread(spread: Mapping[str, object]) -> str:
    said = []
    for name, what in RATIOS.items():
        of = _mapping(spread[name])
        said.append(f"{what} " + " / ".join(f"{_number(of[kind]):.3f}" for kind in ("min", "median", "max")))
    return "; ".join(said)


def _flatness(memory: Mapping[str, object]) -> str:
    if memory["is_flat"] is None:
        return f"it takes {TELLING} documents or more to tell whether that is flat: starting up weighs more"
    bound = _number(memory["flat_below"]) / 1024
    return f"{'flat' if memory['is_flat'] else 'not flat'}: the bound is {bound:.2f}"


def _sizes(resident: Mapping[str, object]) -> str:
    return ", ".join(f"{_number(size) / 2**20:.0f} MiB at {part}" for part, size in resident.items())


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 20 else f"{value:.3f}"


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0.0
