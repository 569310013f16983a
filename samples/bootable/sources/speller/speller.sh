#!/bin/sh
# Says whether it knows a word.
if grep -qx "$1" /usr/share/speller/words; then echo "yes: $1"; else echo "no: $1"; fi
