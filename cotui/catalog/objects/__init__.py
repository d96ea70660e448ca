"""ChargeOver's objects, one a file: `note.py` holds `NOTE`. Whoever looks for one asks `cotui.catalog.RESOURCES`."""
