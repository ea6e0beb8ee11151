#!/bin/sh
# The example of every frame, against the list of known misses (see frames.py).
exec python3 test/unit/frames.py
