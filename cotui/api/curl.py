"""A call as a curl command that can be handed on: keys and secrets are variables of the shell."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from cotui.api.write import HIDDEN
from cotui.safety.text import json_visible

if TYPE_CHECKING:
    from cotui.api.calls import Call

_KEYS = '"$COTUI_USERNAME:$COTUI_PASSWORD"'


def curl_command(call: Call, base: str) -> str:
    """The call as one command for a POSIX shell, over several lines.

    The API's keys are the variables COTUI_USERNAME and COTUI_PASSWORD; every hidden value of the body is
    the variable SECRET.

    Args:
        call: the request as it is shown, with secrets hidden.
        base: address of the API (…/api/v3).
    """
    words = [f"curl -X {call.method} -u {_KEYS}"]
    if call.body is not None:
        body = shlex.quote(_typable(call.body.decode())).replace(f'"{HIDDEN}"', '"\'"$SECRET"\'"')
        words += ["-H 'Content-Type: application/json'", f"--data-raw {body}"]
    return " \\\n  ".join([*words, shlex.quote(call.target(base))])


def _typable(body: str) -> str:
    """JSON without anything that a terminal could take as an order when the command is pasted into it."""
    return json_visible(body)
