"""What stands between Textual's frames and the terminal: only the cells that changed are sent."""
