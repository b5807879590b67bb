"""Work that goes on while MkDocs writes the pages, on the second processor: the search index and the pictures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Meanwhile:
    """Tasks that begin at once, one after the other, in a thread of their own; their programs run outside Python."""

    def __init__(self, *tasks: Callable[[], object]) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._running = [self._pool.submit(task) for task in tasks]

    def finish(self) -> None:
        """Waits for all of them; raises what the first of them raised."""
        with self._pool:
            for task in self._running:
                task.result()

    def stop(self) -> None:
        """Waits for the one that runs, forgets the others."""
        self._pool.shutdown(cancel_futures=True)
