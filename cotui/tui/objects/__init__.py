"""What each object has on screen beside its data in the catalogue: one file per object, named after its id."""
