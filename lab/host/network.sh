# One bridge for a lab in a network namespace of its own; the front-end's address is the bridge's. The machine's own
# network isn't touched. Sourced, never run.
# shellcheck shell=bash

subnet() { printf '10.77.%s' "$(slot)"; }
address_of() { printf '%s.%s' "$(subnet)" "$(host_number "$1")"; }
port_of() { printf 'port%s' "$(host_number "$1")"; }

namespace_exists() { [[ -e /run/netns/$1 ]]; }

make_network() {
    local network
    network=$(network_namespace)
    ip -n "$network" -o link show bridge up 2>/dev/null | grep -q . && return 0
    ! namespace_exists "$network" || ip netns delete "$network" # half made by a command that was killed
    ip netns add "$network"
    ip -n "$network" link set lo up
    ip -n "$network" link add bridge type bridge
    ip -n "$network" address add "$(subnet).254/24" dev bridge
    ip -n "$network" link set bridge up
}

# The same hardware address each time, so that no neighbour keeps a stale one over a power cycle.
plug_host() {
    local network namespace number port
    network=$(network_namespace) namespace=$(namespace_of "$1") number=$(host_number "$1") port=$(port_of "$1")
    ! namespace_exists "$namespace" || ip netns delete "$namespace"
    ip -n "$network" link delete "$port" 2>/dev/null || true
    ip netns add "$namespace"
    ip -n "$network" link add "$port" type veth peer name eth0 netns "$namespace" address "02:77:00:00:$(printf '%02x:%02x' "$(slot)" "$number")"
    ip -n "$network" link set "$port" master bridge up
    ip -n "$namespace" link set lo up
    ip -n "$namespace" address add "$(address_of "$1")/24" dev eth0
    ip -n "$namespace" link set eth0 up
}

unplug_host() {
    ip -n "$(network_namespace)" link delete "$(port_of "$1")" 2>/dev/null || true
    ! namespace_exists "$(namespace_of "$1")" || ip netns delete "$(namespace_of "$1")"
}

# lab cut HOST: the link goes down at the bridge's side, as when a switch port dies; the host sees its carrier go.
lab_cut() {
    require_running "${1-}"
    ip -n "$(network_namespace)" link set "$(port_of "$1")" down
}

lab_join() {
    require_running "${1-}"
    ip -n "$(network_namespace)" link set "$(port_of "$1")" up
}
