"""The shell that composes store, harvester and classifier: settings, pages, jobs, command line."""
