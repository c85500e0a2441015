# Making a host's storage fail on request. Sourced, never run.
# shellcheck shell=bash

# lab fault HOST flush|write|full|none: what /srv/volatile on that host does from now on, until told otherwise or the
# host loses power.
lab_fault() {
    (($# == 2)) || fail "$status_usage" "lab fault HOST flush|write|full|none"
    require_running "$1"
    case $2 in
        flush | write | full) lab_in "$1" tee /run/volatile-fault <<<"$2" >/dev/null ;;
        none) lab_in "$1" rm -f /run/volatile-fault ;;
        *) fail "$status_usage" "no fault '$2': flush, write, full or none" ;;
    esac
}
