"""Runs the probes and snippets of docs/evidence/ and records what they print, or compares it with what is recorded."""
