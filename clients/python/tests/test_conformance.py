"""The recorded histories of protocol/conformance/ end for this package as they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from histories import stage
from support import ROOT, Object

HISTORIES = sorted(path for path in (ROOT / "protocol/conformance").glob("*.json") if path.name != "digests.json")


def load(path: Path) -> Object:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_there_are_histories() -> None:
    assert len(HISTORIES) >= 4


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_history(path: Path) -> None:
    history = load(path)
    async with stage(history["users"], history["clients"]) as scene:
        for number, step in enumerate(history["steps"]):
            assert await scene.step(step) == step.get("refused"), f"step {number}: {step}"
        assert await scene.finals() == history["final"]
        await scene.check(history["final"])
