#!/bin/sh
# Shows the alert on the page of the run. $1 is the exit code (3, 4 or 5), $2 says what it means.
echo "::warning title=mynumber-audit ($1)::$2"
