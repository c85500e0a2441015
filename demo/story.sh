#!/usr/bin/env bash
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/demo/stage.sh"

work=$(mktemp -d /tmp/berth-demo.XXXXXX)
export BERTH_LAB=$work/lab
export BERTH_HOME=$work/home
guest=ferry
began=$SECONDS

lab() { "$root/lab/lab" "$@"; }
berth() { "$root/bin/berth" --home "$BERTH_HOME" "$@"; }

clean_up() {
    local status=$?
    trap - EXIT
    if [ "$status" -ne 0 ] && [ -f "$BERTH_HOME/log/berth.log" ]; then
        printf '\n  The last lines of the log:\n' >&2
        tail -n 20 "$BERTH_HOME/log/berth.log" >&2
    fi
    lab down >/dev/null 2>&1 || true
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

set_the_stage() {
    chapter "Setting the stage"
    BERTH_INSTALL=1 "$root/bin/build" >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; fail "the build failed"; }
    lab build >"$work/lab.log" 2>&1 || { cat "$work/lab.log" >&2; fail "the lab could not be made"; }
    good "built"
    lab up h1 h2 >/dev/null
    good "two hosts are up: own network, mounts, processes, /dev, libvirtd and sshd each"
    mkdir -p "$BERTH_HOME"
    cat >"$BERTH_HOME/berth.yaml" <<CONFIG
default-datastore: fast
datastores:
  fast:
    driver: loop
    folder: /srv/berth/checkpoints
    hosts: [h1, h2]
  fragile:
    driver: loop
    folder: /srv/volatile/checkpoints
    hosts: [h1, h2]
ssh:
  config-file: $BERTH_LAB/ssh_config
CONFIG
    lab in h1 mkdir -p /srv/berth/checkpoints /srv/volatile/checkpoints
    show berth host add h1 --address root@h1
    show berth host add h2 --address root@h2
}

boot_the_guest() {
    chapter "A guest with something to lose"
    lab guest "$guest" h1 --disk --memory 256 --dirty 144 >/dev/null
    seen=$(lab oracle "$guest" --wait-ticks 3 --strict)
    nonce=$(field nonce "$seen")
    tell "it keeps a random number in its memory alone:  nonce $nonce"
    tell "and counts, in memory and on its disk:         $(field memory "$seen") and $(field disk "$seen")"
    show berth vm list
}

# went_on SINCE-LINE: the very same guest went on, nothing left out, nothing twice
went_on() {
    local seen
    seen=$(lab oracle "$guest" --since "$1" --wait-ticks 5 --strict) || fail "the guest is not what it was: $seen"
    [ "$(field nonce "$seen")" = "$nonce" ] || fail "another nonce: the guest rebooted"
    good "nonce $(field nonce "$seen"), memory counts $(field memory "$seen"), disk counts $(field disk "$seen"): nothing left out, nothing twice"
}

line_now() { field line "$(lab oracle "$guest")"; }

leftovers() {
    find "$BERTH_LAB/shared/checkpoints" "$BERTH_LAB/shared/volatile/checkpoints" -type f 2>/dev/null || true
    for host in h1 h2; do
        lab in "$host" losetup --noheadings --list --output NAME,BACK-FILE 2>/dev/null | grep checkpoints || true
        lab in "$host" find /var/lib/berth -name checkpoint 2>/dev/null || true
    done
}

nothing_left() {
    local left
    left=$(leftovers)
    [ -z "$left" ] || fail "something was left behind: $left"
    good "nothing left behind: no volume, no loop device, no link"
}

state_on() { lab in "$1" virsh domstate "$guest" 2>/dev/null || true; }

suspend_power_cut_resume() {
    chapter "Suspend on h1, power cut, resume on h2"
    local line start
    line=$(line_now)
    local written room
    written=$(written_to_devices h1)
    room=$(taken_on h1)
    start=$(now)
    show berth vm suspend "$guest"
    suspend_seconds=$(seconds_since "$start")
    written=$(($(written_to_devices h1) - written))
    room=$(($(taken_on h1) - room))
    image=$(berth checkpoint list --json | sed -n 's/.*"image_bytes" *: *\([0-9]*\).*/\1/p')
    show berth checkpoint list
    [ -z "$(state_on h1)" ] || fail "h1 still knows the guest"
    good "the guest is off h1; its memory is on the volume"
    lab power-off h1
    good "h1 has lost power"
    start=$(now)
    show berth vm resume "$guest" --host h2
    resume_seconds=$(seconds_since "$start")
    went_on "$line"
    nothing_left
    table "$written" "$room"
    lab power-on h1 >/dev/null
    [ -z "$(state_on h1)" ] || fail "h1 came back with the guest"
    good "h1 is back, and knows nothing of the guest"
}

# What the kernel counted on the host's loop devices, in bytes.
written_to_devices() {
    lab in "$1" sh -c 'cat /sys/block/loop*/stat' | awk '{ sectors += $7 } END { printf "%d\n", sectors * 512 }'
}

# What is on the host's own file systems, in KiB.
taken_on() {
    lab in "$1" du -skc /var/lib /var/tmp /tmp /srv/local 2>/dev/null | awk 'END { print $1 }'
}

# table WRITTEN ROOM
table() {
    printf '\n  %-38s %10s\n' "" "measured"
    printf '  %-38s %9ss\n' "suspend, as typed" "$suspend_seconds"
    printf '  %-38s %9ss\n' "resume on the other host, as typed" "$resume_seconds"
    printf '  %-38s %9sM\n' "the memory's image" "$((image / 1048576))"
    printf '  %-38s %9sM\n' "written to the host's devices" "$(($1 / 1048576))"
    printf '  %-38s %10s\n' "copies written" "$(awk -v w="$1" -v i="$image" 'BEGIN { printf "%.2f", w / i }')"
    printf '  %-38s %9sK\n\n' "more on the host's own file systems" "$2"
}

too_small() {
    chapter "Accident: the device is too small"
    local line
    line=$(line_now)
    if show berth vm suspend "$guest" --volume-size 16M; then
        fail "it should have failed"
    fi
    [ "$(state_on h2)" = running ] || fail "the guest is $(state_on h2)"
    went_on "$line"
    nothing_left
}

flush_fails() {
    chapter "Accident: the storage fails to flush"
    local line pid
    line=$(line_now)
    printf '  %s$ berth vm suspend %s --datastore fragile   ...   and while it writes, flushes begin to fail%s\n' \
        "$dim" "$guest" "$plain"
    "$root/bin/berth" --home "$BERTH_HOME" vm suspend "$guest" --datastore fragile &
    pid=$!
    wait_until 60 "the save to begin" being_saved
    lab fault h2 flush
    if wait "$pid"; then
        fail "it should have failed"
    fi
    lab fault h2 none
    [ "$(state_on h2)" = running ] || fail "the guest is $(state_on h2)"
    went_on "$line"
    nothing_left
}

killed() {
    chapter "Accident: berth is killed in the middle of a save"
    local line pid
    line=$(line_now)
    printf '  %s$ berth vm suspend %s &   ...   kill -9%s\n' "$dim" "$guest" "$plain"
    "$root/bin/berth" --home "$BERTH_HOME" vm suspend "$guest" --datastore fragile >/dev/null 2>&1 &
    pid=$!
    wait_until 60 "the save to begin" being_saved
    kill -9 "$pid"
    wait "$pid" 2>/dev/null || true
    good "killed while the memory was on its way: the guest is $(state_on h2)"
    show berth operation list
    show berth recover
    [ "$(state_on h2)" = running ] || fail "the guest is $(state_on h2)"
    went_on "$line"
    nothing_left
}

being_saved() {
    lab in h2 virsh domstate "$guest" | grep -q paused
}

set_the_stage
boot_the_guest
suspend_power_cut_resume
too_small
flush_fails
killed
chapter "The end: $((SECONDS - began)) seconds. The guest never noticed more than a pause."
