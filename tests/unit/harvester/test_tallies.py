import dataclasses
import json
from collections import Counter

from corpus.vocabulary.harvest import Missing
from harvester.tallies import Tallies


def test_tallies_are_the_same_after_json():
    tallies = Tallies(
        failures={"It fails.": None},
        notes={"It notes.": None},
        expected={"records": 3},
        records_due=2,
        untold={"media": None},
        got=Counter(posts=1),
        aside=Counter(set_aside_old=1),
        noted=Counter(odd=2),
        missing={"records": Missing(1, ("It fails.",))},
        otherwise="by feed",
    )
    for number in range(30):
        tallies.unfetched.note(f"http://a.invalid/{number}", "no answer")

    again = Tallies.from_plain(json.loads(json.dumps(tallies.as_plain())))

    assert again.as_plain() == tallies.as_plain()
    assert again.unfetched.sentence() == tallies.unfetched.sentence()
    assert dataclasses.replace(again, unfetched=tallies.unfetched) == tallies
