# What can go wrong with a Ceph cluster, on request. Sourced, never run.
# shellcheck shell=bash

# lab ceph fault mon|osd|network|full|none: a daemon is killed, the cluster can't be reached, the pool is full; none
# puts everything right again.
lab_ceph_fault() {
    (($# == 1)) || fail "$status_usage" "lab ceph fault mon|osd|network|full|none"
    require_ceph
    lock_lab
    case $1 in
        mon | osd) kill_ceph_daemon "$1" ;;
        network) ip -n "$(network_namespace)" link set ceph down ;;
        full) limit_ceph_pool 1 ;;
        none) mend_ceph ;;
        *) fail "$status_usage" "no fault '$1': mon, osd, network, full or none" ;;
    esac
}

kill_ceph_daemon() {
    local pid
    pid=$(ceph_daemon "$1") || return 0
    kill -9 "$pid"
    await 10 ceph_daemon_is_gone "$1" || fail "$status_failed" "ceph-$1 doesn't end"
}

ceph_daemon_is_gone() { ! ceph_daemon "$1" >/dev/null; }

# Full is what the manager's statistics say: the monitor hears of it within seconds.
limit_ceph_pool() {
    quietly as_ceph_admin ceph osd pool set-quota "$ceph_pool" max_bytes "$1"
    if (($1)); then
        await 30 ceph_pool_is_full || fail "$status_timeout" "the pool isn't full after 30 s: is there anything in it?"
    else
        await 30 ceph_pool_has_room || fail "$status_timeout" "the pool is still full after 30 s: 'lab ceph run ceph health'"
    fi
}

ceph_pool_is_full() { as_ceph_admin ceph osd dump 2>/dev/null | grep "^pool .* '$ceph_pool' " | grep -q full_quota; }
ceph_pool_has_room() { ! ceph_pool_is_full; }

mend_ceph() {
    ip -n "$(network_namespace)" link set ceph up
    start_ceph_daemons
    ! ceph_pool_is_full || limit_ceph_pool 0
}
