# A real Ceph cluster that every host of the lab reaches: a monitor, a manager and one disk daemon in a network
# namespace of their own on the lab's bridge. Sourced, never run.
# shellcheck shell=bash

readonly ceph_pool=vms ceph_user=berth
readonly ceph_disk_bytes=$((16 << 30)) # sparse

ceph_packages=(ceph-mon ceph-mgr ceph-osd ceph-common qemu-block-extra)

ceph_folder() { printf '%s/ceph' "$lab_home"; }
# Where the hosts find what a client needs; they see it at /srv/berth/ceph.
ceph_client_folder() { printf '%s/shared/ceph' "$lab_home"; }
ceph_namespace() { printf 'berth%s.ceph' "$(slot)"; }
ceph_address() { printf '%s.250' "$(subnet)"; }
ceph_exists() { [[ -s $(ceph_folder)/ready ]]; }

require_ceph() {
    [[ -n $(slot) ]] && ceph_exists || fail "$status_absent" "this lab has no Ceph: 'lab ceph up'"
}

# Daemons keep nothing of ours open: a caller that reads our output to its end must see that end.
in_ceph() { nsenter --net="/run/netns/$(ceph_namespace)" -- env CEPH_CONF="$(ceph_folder)/ceph.conf" "$@" {lab_lock}>&-; }

as_ceph_admin() { in_ceph env CEPH_KEYRING="$(ceph_folder)/admin.keyring" "$@"; }

lab_ceph() {
    local action=${1-}
    (($#)) || fail "$status_usage" "lab ceph up|down|status|fault|run"
    shift
    case $action in
        up | down | status | fault | run) "lab_ceph_$action" "$@" ;;
        *) fail "$status_usage" "no 'lab ceph $action': up, down, status, fault or run" ;;
    esac
}

lab_ceph_up() {
    (($# == 0)) || fail "$status_usage" "lab ceph up takes no arguments"
    require_root
    [[ -n $(slot) && -d $lab_home/shared ]] || fail "$status_absent" "the lab is down: 'lab up h1 h2' first"
    command -v ceph-osd rbd ceph-mgr ceph-mon >/dev/null || fail "$status_failed" "Ceph's programs aren't installed: 'lab install --ceph'"
    lock_lab
    ! ceph_exists || { start_ceph_daemons; return; }
    end_ceph
    plug_ceph
    make_ceph_folders
    make_ceph_keys
    make_ceph_cluster
    give_clients_their_files
    printf '%s\n' "$ceph_pool" >"$(ceph_folder)/ready"
}

plug_ceph() {
    local network
    network=$(network_namespace)
    ip netns add "$(ceph_namespace)"
    ip -n "$network" link add ceph type veth peer name eth0 netns "$(ceph_namespace)"
    ip -n "$network" link set ceph master bridge up
    ip -n "$(ceph_namespace)" link set lo up
    ip -n "$(ceph_namespace)" address add "$(ceph_address)/24" dev eth0
    ip -n "$(ceph_namespace)" link set eth0 up
}

make_ceph_folders() {
    local folder
    folder=$(ceph_folder)
    install -d -m 700 "$folder" "$folder"/{mon,mgr,osd,run,log}
    mkdir -p "$(ceph_client_folder)"
    fresh_uuid >"$folder/fsid"
    ceph_settings >"$folder/ceph.conf"
}

# One copy of everything and caches as small as they get. No automatic tuning: it would move data while tests look.
ceph_settings() {
    local folder
    folder=$(ceph_folder)
    cat <<TEXT
[global]
fsid = $(cat "$folder/fsid")
mon_initial_members = a
mon_host = v2:$(ceph_address):3300
public_network = $(subnet).0/24
cluster_network = $(subnet).0/24
auth_cluster_required = cephx
auth_service_required = cephx
auth_client_required = cephx
auth_allow_insecure_global_id_reclaim = false
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
run_dir = $folder/run
crash_dir = $folder/log
[mon]
mon_data = $folder/mon
keyring = $folder/mon.keyring
log_file = $folder/log/mon.log
[mgr]
mgr_data = $folder/mgr
mgr_initial_modules =
mgr_stats_period = 1
log_file = $folder/log/mgr.log
[osd]
osd_data = $folder/osd
osd_objectstore = bluestore
bluestore_block_size = $ceph_disk_bytes
bluestore_cache_autotune = false
bluestore_cache_size = 67108864
log_file = $folder/log/osd.log
TEXT
}

# The client's rights are those that Ceph's own documentation gives to a user of RBD, and no more.
make_ceph_keys() {
    local folder all
    folder=$(ceph_folder) all=$folder/mon.keyring
    quietly ceph-authtool -C "$folder/admin.keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    quietly ceph-authtool -C "$folder/mgr/keyring" --gen-key -n mgr.x --cap mon 'allow profile mgr' --cap osd 'allow *'
    quietly ceph-authtool -C "$folder/osd/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap mgr 'allow profile osd' --cap osd 'allow *'
    quietly ceph-authtool -C "$folder/client.keyring" --gen-key -n "client.$ceph_user" --cap mon 'profile rbd' --cap osd "profile rbd pool=$ceph_pool"
    quietly ceph-authtool -C "$all" --gen-key -n mon. --cap mon 'allow *'
    local keys
    for keys in admin.keyring mgr/keyring osd/keyring client.keyring; do
        quietly ceph-authtool "$all" --import-keyring "$folder/$keys"
    done
}

# The disk is made while the monitor starts: that takes the longest.
make_ceph_cluster() {
    local folder disk
    folder=$(ceph_folder) disk=$(fresh_uuid)
    quietly monmaptool --create --addv a "[v2:$(ceph_address):3300]" --fsid "$(cat "$folder/fsid")" "$folder/monmap"
    quietly in_ceph ceph-osd -i 0 --mkfs --osd-uuid "$disk" --monmap "$folder/monmap" &
    quietly in_ceph ceph-mon --mkfs -i a --monmap "$folder/monmap" --keyring "$folder/mon.keyring"
    start_ceph_daemon mon
    start_ceph_daemon mgr
    quietly as_ceph_admin ceph osd new "$disk"
    wait $! || fail "$status_failed" "no disk could be made for Ceph: read $folder/log/osd.log"
    start_ceph_daemon osd
    quietly as_ceph_admin ceph osd pool create "$ceph_pool" 8 8
    quietly as_ceph_admin timeout 60 rbd pool init "$ceph_pool"
}

start_ceph_daemon() {
    case $1 in
        mon) quietly in_ceph ceph-mon -i a ;;
        mgr) quietly in_ceph ceph-mgr -i x ;;
        osd) quietly in_ceph ceph-osd -i 0 ;;
    esac
}

start_ceph_daemons() {
    local daemon
    for daemon in mon mgr osd; do
        ceph_daemon "$daemon" >/dev/null || start_ceph_daemon "$daemon"
    done
}

# ceph_daemon mon|mgr|osd: its process id.
ceph_daemon() {
    local pid name
    for pid in $(ip netns pids "$(ceph_namespace)" 2>/dev/null); do
        name=$(cat "/proc/$pid/comm" 2>/dev/null) || continue
        [[ $name == "ceph-$1" ]] && { printf '%s' "$pid"; return; }
    done
    return 1
}

give_clients_their_files() {
    local folder clients
    folder=$(ceph_folder) clients=$(ceph_client_folder)
    printf '[global]\nfsid = %s\nmon_host = v2:%s:3300\n' "$(cat "$folder/fsid")" "$(ceph_address)" >"$clients/ceph.conf"
    install -m 600 /dev/null "$clients/$ceph_user.key"
    ceph-authtool "$folder/client.keyring" -n "client.$ceph_user" --print-key >"$clients/$ceph_user.key"
    install -m 600 /dev/null "$clients/$ceph_user.keyring"
    printf '[client.%s]\n\tkey = %s\n' "$ceph_user" "$(cat "$clients/$ceph_user.key")" >"$clients/$ceph_user.keyring"
}

lab_ceph_run() {
    (($#)) || fail "$status_usage" "lab ceph run COMMAND..."
    require_ceph
    exec nsenter --net="/run/netns/$(ceph_namespace)" -- \
        env CEPH_CONF="$(ceph_folder)/ceph.conf" CEPH_KEYRING="$(ceph_folder)/admin.keyring" "$@"
}

lab_ceph_status() {
    [[ -n $(slot) ]] && ceph_exists || { printf 'ceph down\n'; return; }
    local daemon state=''
    for daemon in mon mgr osd; do
        state+=" $daemon=$(ceph_daemon "$daemon" >/dev/null && printf on || printf off)"
    done
    printf 'ceph pool=%s user=%s monitor=%s:3300%s\n' "$ceph_pool" "$ceph_user" "$(ceph_address)" "$state"
}

lab_ceph_down() {
    require_root
    lock_lab
    end_ceph
}

end_ceph() {
    local namespace
    namespace=$(ceph_namespace)
    if namespace_exists "$namespace"; then
        end_processes_in "$namespace"
        ip netns delete "$namespace"
    fi
    rm -rf "$(ceph_folder)" "$(ceph_client_folder)"
}
