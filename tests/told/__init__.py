"""What is told of a write, what is noted of it and what is true on the server, whatever happens on the way."""
