"""A process of its own that loads a shelf once and prints what that cost: `shelf_load CONTENT [CACHE]`."""

import importlib
import json
import sys
import time
from pathlib import Path

#: What `load` imports by itself, because it is not always needed: without a cache, and with one.
COMPILER = ("bot.library.checking", "bot.core.proofs.balance")
CACHE = ("pydantic.type_adapter",)


def main(content: Path, cache: Path | None) -> None:
    """Seconds of CPU since the process began: at this point, with everything imported, with the shelf loaded."""
    begun = time.process_time()
    from bot.library import shelf  # noqa: PLC0415 - what is imported here is measured

    for name in CACHE if cache is not None else COMPILER:
        importlib.import_module(name)
    imported = time.process_time()
    found = shelf.load(content, cache=cache)
    loaded = time.process_time()
    told = {
        "python": begun,
        "imports": imported - begun,
        "load": loaded - imported,
        "cpu": loaded,
        "scenarios": len(found.scenarios),
        "compiled": COMPILER[0] in sys.modules,
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None)
