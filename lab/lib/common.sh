# Paths and small helpers that every part of the lab shares. Sourced, never run.
# shellcheck shell=bash

lab_home=${BERTH_LAB:-${XDG_CACHE_HOME:-$HOME/.cache}/berth-lab}
# Kernel, initrd and tools depend on no lab, so that labs side by side share them.
lab_build=${BERTH_LAB_BUILD:-${XDG_CACHE_HOME:-$HOME/.cache}/berth-lab-build}
lab_registry=/run/berth-lab

readonly status_failed=1 status_usage=2 status_absent=3 status_timeout=4 status_oracle=5

say() { printf '%s\n' "$*" >&2; }

# fail STATUS WHAT... : what happened, and what to do next.
fail() {
    local status=$1
    shift
    printf 'lab: %s\n' "$*" >&2
    exit "$status"
}

# Runs a command in silence; its output is shown only if it fails.
quietly() {
    local output
    if ! output=$("$@" 2>&1); then
        printf '%s\n' "$output" >&2
        fail "$status_failed" "'$*' failed (above): mend that and run the lab command again"
    fi
}

require_root() {
    ((EUID == 0)) || fail "$status_failed" "namespaces and loop devices need root: run the lab as root"
}

# await SECONDS COMMAND... : polls every 20 ms until the command succeeds; false when the time is over.
await() {
    local limit_ms=$(($1 * 1000)) started=${EPOCHREALTIME/[.,]/}
    shift
    until "$@"; do
        (((${EPOCHREALTIME/[.,]/} - started) / 1000 < limit_ms)) || return 1
        sleep 0.02
    done
}

# File name for a guest's name, which may hold anything libvirt takes.
safe_name() {
    if [[ $1 =~ ^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$ ]]; then
        printf '%s' "$1"
    else
        printf 'guest-%s' "$(printf '%s' "$1" | sha256sum | cut -c1-16)"
    fi
}

# One lab command at a time changes this lab; it waits at most a minute for the other.
lock_lab() {
    mkdir -p "$lab_home"
    exec {lab_lock}>"$lab_home/lock"
    flock -w 60 "$lab_lock" || fail "$status_timeout" "another lab command holds $lab_home/lock for over a minute: look for it with 'fuser $lab_home/lock'"
}
