"""What is found reaches the sink in order, in batches, after the WARC is synced, or the run hears of it."""

import asyncio
from datetime import UTC, datetime

import pytest

from corpus.vocabulary.harvest import CaptureFact, FoundRecord
from harvester import delivery
from harvester.delivery import Delivery


def capture(n: int) -> CaptureFact:
    return CaptureFact(f"c{n}", f"http://a.invalid/{n}", 200, (), "0" * 64, 1, datetime.now(UTC), "a", n)


def record(n: int) -> FoundRecord:
    return FoundRecord(f"r{n}", None, "A title", None, None, None, None)


def name_of(found):
    return found.record_id if isinstance(found, CaptureFact) else found.key


class Store:
    """A sink that is slow when told so, and refuses what it is told to."""

    def __init__(self, *, refuse: str = "") -> None:
        self.log: list[object] = []
        self.batches: list[list[str]] = []
        self.failures: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.arrived: asyncio.Queue[str] = asyncio.Queue()
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self._refuse = refuse
        self.delivery = Delivery(
            self,
            sync=lambda: self.log.append("sync"),
            stored=lambda batch: self.told.extend(map(name_of, batch)),
            failed=lambda found, error: self.failures.append((name_of(found), str(error))),
        )

    async def store(self, found):
        await self.may_go_on.wait()
        names = [name_of(thing) for thing in found]
        if self._refuse in names:
            raise OSError("the disk is full")
        self.log.append(names)
        self.batches.append(names)
        for name in names:
            self.arrived.put_nowait(name)

    @property
    def stored(self) -> list[str]:
        return [name for batch in self.batches for name in batch]


def test_everything_comes_once_in_order_and_each_batch_after_a_sync():
    async def crawl():
        store = Store()
        for n in range(30):
            await store.delivery.put(capture(n))
            await store.delivery.put(record(n))
            if n % 7 == 0:
                await asyncio.sleep(0)
        await store.delivery.flush()
        return store

    store = asyncio.run(crawl())

    assert store.stored == store.told == [name for n in range(30) for name in (f"c{n}", f"r{n}")]
    assert store.log[::2] == ["sync"] * len(store.batches)
    assert len(store.batches) < 30


def test_what_comes_alone_is_stored_without_anyone_asking(monkeypatch):
    monkeypatch.setattr(delivery, "LINGER_SECONDS", 3600)

    async def crawl():
        store = Store()
        for n in range(3):
            await store.delivery.put(capture(n))
            assert await asyncio.wait_for(store.arrived.get(), 60) == f"c{n}"
        return store

    assert asyncio.run(crawl()).batches == [["c0"], ["c1"], ["c2"]]


def test_what_comes_while_a_batch_is_stored_is_stored_without_anyone_asking():
    async def crawl():
        store = Store()
        store.may_go_on.clear()
        await store.delivery.put(capture(0))
        await asyncio.sleep(0.01)
        await store.delivery.put(capture(1))
        store.may_go_on.set()
        assert [await asyncio.wait_for(store.arrived.get(), 60) for _ in range(2)] == ["c0", "c1"]
        return store

    assert asyncio.run(crawl()).batches == [["c0"], ["c1"]]


def test_a_store_that_is_slow_holds_the_crawl_back(monkeypatch):
    monkeypatch.setattr(delivery, "MOST_IN_BATCH", 5)
    monkeypatch.setattr(delivery, "MOST_WAITING", 10)
    put = []

    async def crawl():
        store = Store()
        store.may_go_on.clear()

        async def find():
            for n in range(100):
                await store.delivery.put(capture(n))
                put.append(n)

        finding = asyncio.ensure_future(find())
        await asyncio.sleep(0.05)
        assert len(put) <= 5 + 10 + 1
        store.may_go_on.set()
        await finding
        await store.delivery.flush()
        return store

    store = asyncio.run(crawl())

    assert store.stored == [f"c{n}" for n in range(100)]
    assert max(map(len, store.batches)) == 5


@pytest.mark.parametrize("guilty", [0, 4, 9])
def test_the_one_that_cannot_be_stored_is_named_and_nothing_comes_after_it(guilty):
    async def crawl():
        store = Store(refuse=f"r{guilty}")
        for n in range(10):
            await store.delivery.put(record(n))
        await store.delivery.flush()
        await store.delivery.put(record(10))
        await store.delivery.flush()
        return store

    store = asyncio.run(crawl())

    assert store.failures == [(f"r{guilty}", "the disk is full")]
    assert store.stored == store.told == [f"r{n}" for n in range(guilty)]


def test_a_warc_that_cannot_be_synced_stores_nothing():
    async def crawl():
        store = Store()

        def refuse():
            raise OSError("the disk is gone")

        broken = Delivery(
            store,
            sync=refuse,
            stored=store.told.append,
            failed=lambda found, error: store.failures.append((name_of(found), str(error))),
        )
        await broken.put(capture(0))
        await broken.put(capture(1))
        await broken.flush()
        return store

    store = asyncio.run(crawl())

    assert store.failures == [("c0", "the disk is gone")]
    assert (store.stored, store.told) == ([], [])
