"""A process may be killed at any moment of a write: no blob is ever half there."""

import hashlib
import random
import subprocess
import sys
import time

import pytest

from corpus.blobs import read_blob, write_blob
from tests.shared_material import REPOSITORY

SIZE = 3_000_000
WRITE = f"""
import itertools, sys
from django.conf import settings
settings.configure(DATA_DIR=sys.argv[1])
from corpus.blobs import write_blob
print("ready", flush=True)
for n in itertools.count(int(sys.argv[2])):
    write_blob(n.to_bytes(8, "big") * ({SIZE} // 8))
"""


def start_writer(folder, first):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, folder, str(first)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def end(process):
    process.kill()
    process.wait()
    process.stdout.close()


def blobs_in(folder):
    return [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".draft-")]


def test_killed_writers_leave_whole_blobs_only(data_dir):
    chance = random.Random(7)
    for attempt in range(6):
        process = start_writer(data_dir, attempt * 1000)
        time.sleep(chance.uniform(0.0, 0.08))
        end(process)

    for n in range(2):
        write_blob((n * 1000).to_bytes(8, "big") * (SIZE // 8))  # the same work again completes

    blobs = blobs_in(data_dir)
    assert len(blobs) >= 2
    assert [p for p in blobs if hashlib.sha256(p.read_bytes()).hexdigest() != p.name] == []


@pytest.mark.parametrize("count", [3])
def test_same_bytes_from_several_processes_at_once_are_one_blob(data_dir, count):
    processes = [start_writer(data_dir, 0) for _ in range(count)]
    body = (0).to_bytes(8, "big") * (SIZE // 8)
    name = hashlib.sha256(body).hexdigest()

    deadline = time.monotonic() + 30
    while not any(p.name == name for p in blobs_in(data_dir)) and time.monotonic() < deadline:
        time.sleep(0.01)
    for process in processes:
        end(process)

    assert read_blob(name) == body
    assert [p for p in blobs_in(data_dir) if hashlib.sha256(p.read_bytes()).hexdigest() != p.name] == []
