"""A harvest that is killed again and again ends with the rows of one that was left alone."""

import random
import time

import pytest

from corpus.models import SearchRun
from tests.integration.corpus.processes import start
from tests.unit.corpus.rows import all_rows, tables

pytestmark = pytest.mark.django_db(transaction=True)

HARVEST = """
from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from corpus.services.harvest import finish_run, store_capture, store_record
from corpus.services.reviews import use_run
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import *

source, review = make_source(), make_review()
run = begin_crawl(source=source, uid=UUID(int=1))
print("begun", flush=True)
for n in range(30):
    fact = replace(capture_fact(record_id=f"<urn:uuid:{n}>", body=b"%d" % n), fetched_at=NOON + timedelta(seconds=n))
    store_capture(run.uid, fact)
    document = found_document(status=RetrievalStatus.RETRIEVED, captures=[fact.record_id])
    store_record(run.uid, found_record(key=f"r{n}", documents=[document]))
finish_run(run.uid, run_result(expected=30, got=30), at=NOON + timedelta(hours=1))
use_run(review, run, at=NOON)
"""


def test_killed_harvest_ends_like_an_undisturbed_one():
    alone = start(HARVEST)
    assert alone.wait() == 0
    alone.stdout.close()
    undisturbed = all_rows()
    clear()
    chance = random.Random(11)

    for _ in range(2):
        process = start(HARVEST)
        assert process.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0.0, 0.2))
        process.kill()
        process.wait()
        process.stdout.close()
    again = start(HARVEST)
    assert again.wait() == 0
    again.stdout.close()

    assert SearchRun.objects.get().got == 30
    assert all_rows() == undisturbed


def clear():
    """Empty all tables, leaves first."""
    waiting = list(tables())
    while waiting:
        for table in list(waiting):
            if not any(
                other is not table and field.related_model is table
                for other in waiting
                for field in other._meta.concrete_fields
                if field.is_relation
            ):
                table.objects.all()._raw_delete("default")
                waiting.remove(table)
