"""The probe: asks a source's hosts what they offer, and brings no record."""

from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from corpus.vocabulary.harvest import FoundRecord
from harvester.reasons import NotRetrieved
from harvester.spiders.base import SourceSpider
from harvester.spiders.probing.findings import Finding, ProbeReport, Question
from harvester.spiders.probing.proposal import propose
from harvester.spiders.probing.questions import questions_of

ANSWERS = "answers"
_MOST_QUESTIONS = 100


class ProbeSpider(SourceSpider[Any]):
    """Puts a probe's questions, as politely as any crawl. The run is complete when every question is settled."""

    name = "probe"

    async def records(self) -> AsyncIterator[FoundRecord]:
        """Ask; yield nothing."""
        waiting = deque(questions_of(self.declaration))
        asked: set[str] = set()
        findings: list[Finding] = []
        while waiting and len(asked) < _MOST_QUESTIONS:
            question = waiting.popleft()
            if question.url in asked:
                continue
            asked.add(question.url)
            finding = await self._finding(question)
            self.session.expect(
                len(asked), ANSWERS
            )  # only now: a host that cannot be asked says nothing of how much
            self.session.account_for(1, ANSWERS)
            findings.append(finding)
            if finding.is_offered:
                waiting.extendleft(reversed(list(question.then(finding.facts))))
        kind, why = propose(findings)
        if self.session.job.take_probe is not None:
            self.session.job.take_probe(ProbeReport(tuple(findings), kind, why))
        nothing: tuple[FoundRecord, ...] = ()
        for record in nothing:  # this makes it a generator: a probe finds no record
            yield record

    async def _finding(self, question: Question) -> Finding:
        if not self.is_ours(question.url):
            return Finding(question.what, question.url, is_offered=False, reason=NotRetrieved.EXTERNAL)
        fetched = await self.fetch(question.url)
        facts = question.read(fetched) if fetched.reason is None else None
        reason = None if facts is not None else fetched.reason or "something else is there"
        return Finding(
            question.what,
            question.url,
            is_offered=facts is not None,
            reason=None if reason is None else str(reason),
            facts=facts or {},
            captures=fetched.capture_ids,
        )
