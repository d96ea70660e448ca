"""Answers made of several objects, for the screen and for commands. Knows nothing of Textual."""
