"""How the tests are shared among pytest-xdist's workers, and what becomes of a worker that ends in a test."""

from __future__ import annotations

import os

import pytest

try:
    from xdist.scheduler import LoadGroupScheduling
    from xdist.workermanage import WorkerController
except ImportError:  # without pytest-xdist there are no workers
    pass
else:

    class Scheduling(LoadGroupScheduling):
        """Groups go to one worker each; a worker that crashes takes only the test with it that it ran.

        pytest-xdist 3.8 would hand the same test to the next worker, and for a group's last tests wait for ever: a
        worker runs a test only when it knows which one follows, or that none does.
        """

        def remove_node(self, node: WorkerController) -> str | None:
            """Share what a worker leaves behind; the test it was in, which has failed."""
            crashed = None
            for group, tests in self.assigned_work.pop(node).items():
                open_ones = [name for name, ended in tests.items() if not ended]
                if open_ones and crashed is None:
                    crashed = open_ones.pop(0)
                    tests[crashed] = True
                if open_ones:
                    self.workqueue[group] = tests
            for other in self.nodes:
                self._reschedule(other)
            return crashed

        def _reschedule(self, node: WorkerController) -> None:
            if node not in self.registered_collections:
                return  # it is still looking for the tests, or found others, which is told
            while (
                self.workqueue and not node.shutting_down and self._pending_of(self.assigned_work[node]) <= 2
            ):
                self._assign_work_unit(node)
            if not self.workqueue and not node.shutting_down:
                node.shutdown()  # that is: after what it has

    def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling | None:
        """Share in this way, unless another one is asked for."""
        return Scheduling(config, log) if config.getvalue("dist") == "loadgroup" else None  # type: ignore[arg-type]

    def pytest_xdist_auto_num_workers() -> int:
        """Two workers more than there are processors: some always wait, for a program's screen or a frame's time."""
        found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return found + 2
