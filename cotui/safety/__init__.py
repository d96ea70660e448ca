"""The lowest room: which files may be read, written and locked. One policy, for every room above.

A path that comes from outside (an option, the environment, the configuration) may name anything: a pipe that nobody
writes to, a device, a directory, somebody who does not exist. Whatever it names, the functions here end at once, and
with a `FileFault` at worst, whose text names the file, what is wrong with it and what to do.
"""
