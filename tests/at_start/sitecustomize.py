"""What an interpreter does first that the tests start: set its clock as theirs is set."""

from clock_at_start import set_clock

set_clock()
