"""What an object holds, however deep: for tests of what may live as long as a crawl."""

import gc
from collections.abc import Iterator
from types import BuiltinFunctionType, FunctionType, ModuleType


def held_by(*roots: object) -> Iterator[object]:
    """Yield every object that is reached from these, each once; code, classes and modules are left aside."""
    waiting, met = list(roots), set[int]()
    while waiting:
        thing = waiting.pop()
        if id(thing) in met or isinstance(thing, type | ModuleType | FunctionType | BuiltinFunctionType):
            continue
        met.add(id(thing))
        yield thing
        waiting += gc.get_referents(thing)
        if isinstance(thing, dict):
            waiting += thing  # keys that are texts are none of the collector's
