"""What holds the library, the figures and the site to the truth: a folder for each, and what they share."""

import pytest

pytest.register_assert_rewrite("tests.diagrams.svg_numbers", "tests.lstm_ref.problems")
