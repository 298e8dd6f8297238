#!/bin/sh
# Writes the alert into the journal, where monitoring finds it; send a mail or call your own system
# here instead. $1 is the exit code (3, 4 or 5), $2 says what it means. Neither names a file.
exec logger --priority user.alert --tag mynumber-audit -- "code=$1: $2"
