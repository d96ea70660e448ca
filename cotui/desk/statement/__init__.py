"""A customer's statement: what was charged and paid by date, with the balance after each, as screen and commands say it."""
