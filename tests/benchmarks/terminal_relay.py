"""Inside a terminal: passes bytes between it and the benchmark at the other end of a socket.

Standard library only and run by its path, because some terminals start it from a server or by SSH:

    python terminal_relay.py SOCKET

First a line of JSON is sent: the size and the environment that the terminal gave. After that everything that comes
from the socket is shown, and everything that is typed (or answered by the terminal) goes to the socket.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
import termios
import tty


def main() -> None:
    link = socket.socket(socket.AF_UNIX)
    link.connect(sys.argv[1])
    before = termios.tcgetattr(0)
    tty.setraw(0)
    columns, rows = os.get_terminal_size(0)
    hello = {"columns": columns, "rows": rows, "environ": dict(os.environ)}
    link.sendall(json.dumps(hello).encode() + b"\n")
    try:
        while True:
            ready, _, _ = select.select([0, link], [], [])
            if link in ready:
                data = link.recv(65536)
                if not data:
                    break
                while data:
                    data = data[os.write(1, data) :]
            if 0 in ready:
                link.sendall(os.read(0, 65536))
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, before)


if __name__ == "__main__":
    main()
