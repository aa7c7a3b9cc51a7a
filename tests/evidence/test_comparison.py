"""A difference between two records is found where it is, and the claims that it falsifies are named."""

import pytest

from tests.evidence.claims import Claim
from tests.evidence.comparison import differences, falsified

NOTHING_DIFFERS = [
    ({"a": 1, "b": ["x", None, True]}, {"b": ["x", None, True], "a": 1}),
    ({"tolerance": 1e-6, "error": 2e-7}, {"tolerance": 1e-6, "error": 9e-7}),
    ({"error": 2e-7, "tolerance": 1e-6}, {"error": 9e-7, "tolerance": 1e-6}),
    ({"tolerance": 1e-6, "in": {"deep": [0.5, 0]}}, {"tolerance": 1e-6, "in": {"deep": [0.5000009, 0.0]}}),
    ({"tolerance": 1e-12, "in": {"tolerance": 1e-3, "error": 1.0}}, {"tolerance": 1e-12, "in": {"tolerance": 1e-3, "error": 1.0009}}),
    ({"error": 0.1234567}, {"error": 0.1234567001}),
]  # fmt: skip
DIFFERS = [
    ({"tolerance": 1e-6, "error": 2e-7}, {"tolerance": 1e-6, "error": 1.3e-6}, "error"),
    ({"tolerance": 1e-3, "in": {"tolerance": 1e-6, "error": 1.0}}, {"tolerance": 1e-3, "in": {"tolerance": 1e-6, "error": 1.0005}}, "in.error"),
    ({"tolerance": 1e-3, "in": {"tolerance": 0, "error": 1.0}}, {"tolerance": 1e-3, "in": {"tolerance": 0, "error": 1.0000001}}, "in.error"),
    ({"in": {"tolerance": 1.0}, "error": 0.1}, {"in": {"tolerance": 1.0}, "error": 0.2}, "error"),
    ({"error": 0.123456}, {"error": 0.123457}, "error"),
    ({"tolerance": 1e-6}, {"tolerance": 1.5e-6}, "tolerance"),
    ({"tolerance": 1e-6, "large": 1e6}, {"tolerance": 1e-6, "large": 1e6 + 5e-4}, "large"),
    ({"tolerance": 5.0, "count": 128}, {"tolerance": 5.0, "count": 129}, "count"),
    ({"tolerance": 5.0, "works": True}, {"tolerance": 5.0, "works": False}, "works"),
    ({"tolerance": 5.0, "works": True}, {"tolerance": 5.0, "works": 1}, "works"),
    ({"order": "ifgo"}, {"order": "iofg"}, "order"),
    ({"message": "no"}, {"message": None}, "message"),
    ({"a": {"b": 1, "gone": 2}}, {"a": {"b": 1}}, "a.gone"),
    ({"a": {"b": 1}}, {"a": {"b": 1, "new": None}}, "a.new"),
    ({"a": {}, "b": 1}, {"b": 1}, "a"),
    ({"shape": [2, 5, 3]}, {"shape": [2, 5]}, "shape"),
    ({"shape": [2, 5, 3]}, {"shape": [2, 5, 4]}, "shape"),
    ({"y": [[0.5, 1.0], [2.0, 3.0]]}, {"y": [[0.5, 1.0], [2.5, 3.0]]}, "y.1.0"),
    ({"y": [0.5, 1.0]}, {"y": [0.5]}, "y.1"),
    ({"ran": ["keras", "jax"]}, {"ran": ["keras"]}, "ran"),
]  # fmt: skip


@pytest.mark.parametrize(("recorded", "now"), NOTHING_DIFFERS)
def test_what_stays_within_its_tolerance_is_no_difference(recorded: object, now: object) -> None:
    assert differences(recorded, now) == []


@pytest.mark.parametrize(("recorded", "now", "path"), DIFFERS)
def test_a_difference_is_found_where_it_is(recorded: object, now: object, path: str) -> None:
    assert [difference.path for difference in differences(recorded, now)] == [path]


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("jax.fit.error", ["error", "fit", "all"]),
        ("jax.fit", ["error", "fit", "all"]),
        ("jax.fit.message", ["fit", "all"]),
        ("jax.fit-more", ["all"]),
        ("jax.fit.ran", ["error", "fit", "all"]),
        ("jax.ran", ["error", "fit", "all"]),
        ("torch.ran", ["all"]),
        ("ran", ["error", "fit", "all"]),
        ("", ["error", "fit", "all"]),
    ],
)
def test_a_difference_falsifies_the_claims_above_and_below_it(path: str, ids: list[str]) -> None:
    paths = {"error": "jax.fit.error", "fit": "jax.fit", "all": "-"}
    claims = [Claim("state", name, "state", path) for name, path in paths.items()]
    claims.append(Claim("state", "elsewhere", "counts", "jax.fit.error"))
    assert falsified("state", path, claims) == [f"state#{name}" for name in ids]
