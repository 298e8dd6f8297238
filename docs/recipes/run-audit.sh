#!/bin/sh
# One periodic audit: audit, write the reports, and tell somebody where there is something to see.
#
#   MYNUMBER_AUDIT_CONFIG     settings file (default: audit.toml)
#   MYNUMBER_AUDIT_WORKSPACE  workspace; the reports are written into it (default: ./audit-workspace)
#   AUDIT_STATE               where the machine itself does not last: a folder that does. The
#                             workspace is brought from there first, and taken there at the end
#   AUDIT_NEWS                "yes": alert only where something came, opened to more people or became
#                             unreadable since the audit before, not for as long as findings stand
#   AUDIT_ALERT               a program that is given the exit code and its meaning in words; without
#                             one, a line with "mynumber-audit-alert" is written to standard error
#
# Ends with 0 where an alert was given: findings and gaps are news for a person, no failure of the
# machine. 1 and 2 (failed, bad settings) and 130 (interrupted, goes on next time) are passed on.
set -u
umask 077

workspace=${MYNUMBER_AUDIT_WORKSPACE:-./audit-workspace}
state=${AUDIT_STATE:-}

bring() {
  for copy in current previous; do
    if [ -d "$state/$copy" ] && [ ! -e "$workspace" ]; then
      cp -R "$state/$copy" "$workspace" || return 1
    fi
  done
}

# A copy that is cut off never stands where the next audit looks for it.
keep() {
  rm -rf "$state/next" && cp -R "$workspace" "$state/next" && rm -rf "$state/previous" || return 1
  if [ -d "$state/current" ]; then mv "$state/current" "$state/previous" || return 1; fi
  mv "$state/next" "$state/current"
}

alert() {
  if [ -n "${AUDIT_ALERT:-}" ]; then
    "$AUDIT_ALERT" "$code" "$1" || exit "$code"
  else
    echo "mynumber-audit-alert code=$code: $1" >&2
  fi
}

if [ -n "$state" ]; then bring || exit 1; fi

# The summary names files, which do not belong into a log; it stands in the report. A signal to this
# script ends the wait, not the audit, which then saves what it has.
audit='' stopped=''
stop() {
  stopped=yes
  if [ -n "$audit" ]; then kill -TERM "$audit" 2> /dev/null; fi
}
trap stop TERM INT
mynumber-audit audit --fail-on medium --fail-on-incomplete --quiet > /dev/null &
audit=$!
if [ -n "$stopped" ]; then stop; fi
wait "$audit"
code=$?
while kill -0 "$audit" 2>/dev/null; do
  wait "$audit"
  code=$?
done
trap - TERM INT

case $code in
  0 | 3 | 4 | 5) mynumber-audit report --output-formats html,csv > /dev/null || code=1 ;;
esac
# Without an audit before, diff prints nothing: then the findings themselves are the news.
case ${AUDIT_NEWS:-no}$code in
  yes3 | yes4 | yes5)
    changes=$(mynumber-audit diff --fail-on medium --fail-on-incomplete --quiet)
    news=$?
    case $news in 0 | 3 | 4 | 5) [ -z "$changes" ] || code=$news ;; esac
    ;;
esac
if [ -n "$state" ] && [ -d "$workspace" ]; then keep || code=1; fi

case $code in
  3) alert "My Numbers were found; see the report." ;;
  4) alert "Something could not be read; see the coverage part of the report." ;;
  5) alert "My Numbers were found, and something could not be read; see the report." ;;
  0) ;;
  *) exit "$code" ;;
esac
