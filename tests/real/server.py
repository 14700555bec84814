"""Who answers? `xllamacpp` with one model, on loopback, on one thread, until standard input is closed."""

from __future__ import annotations

import os
import sys
from importlib import import_module

__all__ = ["main"]

WINDOW = 8_192
"""Tokens: what the model was trained with."""


def main(model: str) -> None:
    """Print the server's address once it answers, then wait for the end."""
    llama = import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = model
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = WINDOW
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.sampling.seed = 7
    params.offline = True
    server = llama.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()
    os._exit(0)  # an answer that is being written would hold up an orderly end


if __name__ == "__main__":
    main(sys.argv[1])
