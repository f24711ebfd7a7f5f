"""Benchmarks on labelled sets of anyone's own: figures beside a baseline, with the data they were taken on."""
