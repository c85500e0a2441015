# Loop devices are one set for the whole kernel: each host gets a range of its own. Sourced, never run.
# shellcheck shell=bash

first_loop_of() { printf '%s' "$((first_loop + ($(slot) * hosts_per_lab + $(host_number "$1") - 1) * loops_per_host))"; }

make_loops() { "$lab_build/loop-range" add "$(first_loop_of "$1")" "$loops_per_host"; }

loop_is_free() { [[ ! -e /sys/block/loop$1/loop/backing_file ]]; }

detach_loop() {
    local node=/dev/loop$1
    if [[ ! -b $node ]]; then # no devtmpfs on this machine
        node=$lab_home/loop-$1
        mknod -m 600 "$node" b 7 "$1"
    fi
    losetup --detach "$node" 2>/dev/null || true
    rm -f "$lab_home/loop-$1"
    await 5 loop_is_free "$1" || say "lab: loop$1 stays attached to $(cat "/sys/block/loop$1/loop/backing_file" 2>/dev/null): some process outside the lab holds it open"
}

# Detaches what a host that is gone had attached. Nothing inside it runs any more, so none can be in use.
detach_loops() {
    local first=$1 count=$2 device
    for ((device = first; device < first + count; device++)); do
        [[ -e /sys/block/loop$device ]] || continue
        loop_is_free "$device" || detach_loop "$device"
    done
}

free_loops() {
    local first=$1 count=$2 device any=
    detach_loops "$first" "$count"
    for ((device = first; device < first + count; device++)); do
        [[ ! -e /sys/block/loop$device ]] || any=yes
    done
    [[ -z $any || ! -x $lab_build/loop-range ]] || "$lab_build/loop-range" remove "$first" "$count" || true
}
