"""Callbacks that are told of every change of something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec

Told = ParamSpec("Told")


class Listeners(Generic[Told]):
    """Those who want to be told; they are called with what `tell` is given."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[Told, None]] = []

    def add(self, callback: Callable[Told, None]) -> Callable[[], None]:
        """Subscribe; returns what ends the subscription (calling that twice does no harm)."""

        def tell(*args: Told.args, **kwargs: Told.kwargs) -> None:
            callback(*args, **kwargs)

        self._callbacks.append(tell)
        return lambda: self._callbacks.remove(tell) if tell in self._callbacks else None

    def tell(self, *args: Told.args, **kwargs: Told.kwargs) -> None:
        """Tell everybody; one who unsubscribes meanwhile hears no more."""
        for callback in tuple(self._callbacks):
            if callback in self._callbacks:
                callback(*args, **kwargs)
