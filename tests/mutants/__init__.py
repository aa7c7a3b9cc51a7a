"""Mutants of the library: does a test fail when a line of it is made wrong? `make mutants` runs them."""
