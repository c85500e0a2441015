# Several labs side by side: each takes a numbered slot of the machine, and every name, address and loop device that
# the kernel knows machine-wide follows from it. Sourced, never run.
# shellcheck shell=bash

readonly slots=16 hosts_per_lab=8 loops_per_host=16 first_loop=64

slot() { cat "$lab_home/slot" 2>/dev/null; }

namespace_of() { printf 'berth%s-%s' "$(slot)" "$1"; }

# The bridge with the front-end's own address on it.
network_namespace() { printf 'berth%s.net' "$(slot)"; }

# A slot belongs to the lab whose home names it back; a home that was deleted or went elsewhere frees it.
slot_owner() {
    local home
    home=$(cat "$lab_registry/$1/home" 2>/dev/null) || return 1
    [[ $(cat "$home/slot" 2>/dev/null) == "$1" ]] && printf '%s' "$home"
}

take_slot() {
    require_root
    local number registry_lock mine
    mine=$(slot || true)
    mkdir -p "$lab_home" "$lab_registry"
    exec {registry_lock}>"$lab_registry/lock"
    flock "$registry_lock"
    if [[ -z $mine || $(slot_owner "$mine") != "$lab_home" ]]; then
        for ((number = 0; number < slots; number++)); do
            slot_owner "$number" >/dev/null && continue
            sweep_slot "$number"
            install -d -m 700 "$lab_registry/$number"
            printf '%s' "$lab_home" >"$lab_registry/$number/home"
            printf '%s' "$number" >"$lab_home/slot"
            break
        done
        ((number < slots)) || fail "$status_failed" "all $slots slots in $lab_registry are taken: end a lab with 'BERTH_LAB=<its home> lab down'"
    fi
    exec {registry_lock}>&-
}

# Ends whatever of a slot is left: processes by their network namespace (nothing of ours is in another), then the
# namespaces, then the loop devices. Works without the lab's home, so it also clears what a crashed lab left.
sweep_slot() {
    local number=$1 name
    while read -r name _; do
        [[ $name == "berth$number."* || $name == "berth$number-"* ]] || continue
        end_processes_in "$name"
        ip netns delete "$name"
    done < <(ip netns list)
    free_loops "$((first_loop + number * hosts_per_lab * loops_per_host))" "$((hosts_per_lab * loops_per_host))"
    rm -rf "${lab_registry:?}/$number"
}

end_processes_in() {
    local pids=()
    mapfile -t pids < <(ip netns pids "$1")
    ((${#pids[@]} == 0)) || kill -9 "${pids[@]}" 2>/dev/null || true
    await 10 namespace_is_empty "$1" || fail "$status_failed" "processes of $1 don't end: see 'ip netns pids $1'"
}

namespace_is_empty() { [[ -z $(ip netns pids "$1") ]]; }
