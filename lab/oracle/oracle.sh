# What a guest says of itself on its console. Sourced, never run.
# shellcheck shell=bash

oracle_usage() {
    cat <<'TEXT'
usage: lab oracle NAME [--since LINE] [--wait-ticks N] [--timeout SECONDS] [--strict]

Prints one line:
  nonce=HEX memory=N disk=N   of the last tick; the nonce lives in the guest's memory alone, so a new one is a reboot
  boots=N ticks=N first=N     how often it booted, ticks seen, the first of them
  gaps=N repeats=N            ticks left out; ticks seen again (two copies, or one checkpoint restored twice)
  switches=N                  the nonce changed with no boot between (two guests on one console)
  mismatches=N                the disk wasn't as the guest's memory had left it
  corrupt=N errors=N          filled memory changed; the guest met an error
  line=N                      last line read: give it to --since next time

--since LINE       judge only what came after that line (with the tick before it as the one to go on from)
--wait-ticks N     first wait for N more ticks, counted from --since or from now; 4 if the time is over (--timeout, default 30)
--strict           exit 5 unless the same memory went on: no gap, repeat, switch, mismatch, corruption or error, and
                   with --since no boot (without it, one)
TEXT
}

read_oracle() { awk -v since="$2" -f "$lab_source/oracle/oracle.awk" "$1"; }

oracle_field() {
    local text=" $1 "
    text=${text#*" $2="}
    printf '%s' "${text%% *}"
}

enough_ticks() {
    local seen
    seen=$(oracle_field "$(read_oracle "$1" "$2")" ticks)
    ((seen >= $3))
}

judge() {
    local field
    for field in gaps repeats switches mismatches corrupt errors; do
        [[ $(oracle_field "$1" "$field") == 0 ]] || return 1
    done
    (($(oracle_field "$1" boots) <= $2))
}

lab_oracle() {
    [[ ${1-} != --help ]] || { oracle_usage; return; }
    (($#)) || { oracle_usage >&2; exit "$status_usage"; }
    local name=$1 since='' ticks=0 timeout=30 strict='' file answer boots_allowed=0
    shift
    while (($#)); do
        case $1 in
            --since | --wait-ticks | --timeout)
                [[ ${2-} =~ ^[0-9]{1,9}$ ]] || fail "$status_usage" "$1 takes a whole number, not '${2-}'"
                case $1 in --since) since=$2 ;; --wait-ticks) ticks=$2 ;; --timeout) timeout=$2 ;; esac
                shift
                ;;
            --strict) strict=yes ;;
            *) fail "$status_usage" "no option '$1' (lab oracle --help)" ;;
        esac
        shift
    done
    file=$(console_file "$name")
    [[ -e $file ]] || fail "$status_absent" "guest '$name' has no console log at $file: was it started by 'lab guest'?"
    if ((ticks > 0)); then
        local from=${since:-$(oracle_field "$(read_oracle "$file" 0)" line)}
        await "$timeout" enough_ticks "$file" "$from" "$ticks" ||
            fail "$status_timeout" "guest '$name' didn't reach $ticks more ticks in $timeout s: $(read_oracle "$file" "$from")"
    fi
    [[ -n $since ]] || boots_allowed=1
    answer=$(read_oracle "$file" "${since:-0}")
    printf '%s\n' "$answer"
    [[ -z $strict ]] || judge "$answer" "$boots_allowed" || exit "$status_oracle"
}
