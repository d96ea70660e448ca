"""Answers about one record: what was read of it and around it, and what that says. Knows nothing of Textual."""
