"""A process of its own that proves wide stories: a number of scenes on each line, an answer on the next."""

import gc
import json
import sys
import time
from typing import Any

from bot.core.proofs.graph import Graph
from bot.core.proofs.prove import prove
from bot.core.proofs.walking import everything
from bot.core.scenario import Scenario

from .wide_story import wide_story


def proved(scenes: int) -> dict[str, Any]:
    """What it cost to prove a story of this size, in seconds of CPU, and what was looked at."""
    story = wide_story(scenes)
    gc.collect()
    began = time.process_time()
    findings = prove(story)
    cpu = time.process_time() - began
    return {
        "scenes": len(story.scenes),
        "booleans": len(story.variables),
        "cpu": cpu,
        "findings": [str(finding) for finding in findings],
        "situations": situations(story),
    }


def situations(story: Scenario) -> int:
    """Situations that can be reached: every scene as often as the variables differ there."""
    reached = everything(Graph(story))
    return sum(reached.at(scene.id).bit_count() for scene in story.scenes)


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(proved(int(line))), flush=True)
