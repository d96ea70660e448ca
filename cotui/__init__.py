"""cotui: a terminal UI, client library and local sandbox for the ChargeOver billing API."""

__version__ = "0.1.0"
