"""Results of many pages: `read_all` gives every row of one, once each."""
