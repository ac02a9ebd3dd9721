"""What a server is told to run, in processes of their own: the memory of this one has been used already."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Counts the heaps of the C library after eight threads have asked for memory at the same time.
HEAPS = """
import ctypes, os, sys, threading, zlib
from app.web.server.factory import limit_malloc_arenas

if sys.argv[1] == "one":
    limit_malloc_arenas()
gate = threading.Barrier(8)

def work():
    gate.wait()
    zlib.compress(os.urandom(3_000_000))

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.fdopen.argtypes = (ctypes.c_int, ctypes.c_char_p)
stream = libc.fdopen(1, b"w")
libc.malloc_info(0, ctypes.c_void_p(stream))
libc.fflush(ctypes.c_void_p(stream))
"""


def heaps(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", HEAPS, how], capture_output=True, text=True, check=True)
    return done.stdout.count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="mallopt is the GNU C library's")
def test_all_threads_share_limit_malloc_arenas() -> None:
    assert heaps("one") == 1
    assert heaps("many") > 1
