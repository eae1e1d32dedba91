"""The recorded histories of protocol/conformance/, replayed with this package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from histories import stage
from support import ROOT, Object

from pichat.verify import digest_of, items_of

HISTORIES = sorted(path for path in (ROOT / "protocol/conformance").glob("*.json") if path.name != "digests.json")


def load(path: Path) -> Object:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_the_folder_contains_histories() -> None:
    assert len(HISTORIES) >= 4


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_history(path: Path) -> None:
    history = load(path)
    async with stage(history["users"], history["clients"]) as scene:
        for number, step in enumerate(history["steps"]):
            assert await scene.step(step) == step.get("refused"), f"step {number}: {step}"
        assert await scene.finals() == history["final"]
        await scene.check(history["final"])


def test_digests_match_the_test_vectors() -> None:
    vectors = load(ROOT / "protocol/conformance/digests.json")["chats"]
    assert len(vectors) > 2
    for vector in vectors:
        items = items_of(vector["chat"], vector["members"], vector["messages"])
        assert items == vector["items"], vector["description"]
        assert digest_of(items) == vector["digest"], vector["description"]
