"""Work that joins harvester, classifier and corpus."""
