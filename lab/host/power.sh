# Starting and killing fake hosts. Sourced, never run.
# shellcheck shell=bash

# What each host's init wrote about itself: its process id as the machine sees it, and when that process began, so
# that an id used again by another process isn't taken for it.
host_init() {
    local pid began
    read -r pid began 2>/dev/null <"$(host_folder "$1")/init" || return 1
    [[ $(began_at "$pid") == "$began" ]] && printf '%s' "$pid"
}

began_at() {
    local line
    read -r line 2>/dev/null <"/proc/$1/stat" || return 1
    line=${line##*) }
    # shellcheck disable=SC2086 # fields are wanted
    set -- $line
    [[ $1 != Z ]] && printf '%s' "${20}"
}

host_runs() { host_init "$1" >/dev/null; }

require_running() {
    require_host "$1"
    host_runs "$1" || fail "$status_absent" "host '$1' has no power: 'lab power-on $1'"
}

# The addresses of all hosts, rewritten in place because each host has this very file bound over its /etc/hosts.
write_names() {
    local name names
    names=$(
        printf '127.0.0.1 localhost\n%s.254 frontend\n' "$(subnet)"
        for name in $(host_names); do printf '%s %s\n' "$(address_of "$name")" "$name"; done
    )
    printf '%s\n' "$names" >"$lab_home/etc-hosts"
}

host_names() {
    local number
    for number in "$lab_home"/hosts/*/number; do
        [[ -e $number ]] && basename "$(dirname "$number")"
    done
    return 0
}

# Leaves no file of the caller's open in the host: a caller that reads our output to its end must see that end.
launch() {
    local name=$1 folder
    folder=$(host_folder "$name")
    rm -f "$folder/init" "$folder/ready"
    nsenter --net="/run/netns/$(namespace_of "$name")" -- \
        setsid unshare --mount --uts --ipc --pid --fork --kill-child --propagation private \
        /bin/bash "$lab_source/inside/boot.sh" "$lab_home" "$name" "$(first_loop_of "$name")" "$loops_per_host" \
        </dev/null >"$folder/boot.log" 2>&1 {lab_lock}>&- &
    printf '%s\n' "$!" >"$folder/outer"
}

start_host() {
    host_runs "$1" && return 0
    detach_loops "$(first_loop_of "$1")" "$loops_per_host"
    make_loops "$1"
    plug_host "$1"
    launch "$1"
}

is_ready() { [[ -e $(host_folder "$1")/ready ]]; }

is_ready_or_dead() { is_ready "$1" || ! kill -0 "$(cat "$(host_folder "$1")/outer")" 2>/dev/null; }

await_host() {
    local folder
    folder=$(host_folder "$1")
    await 30 is_ready_or_dead "$1" || fail "$status_timeout" "host '$1' isn't up after 30 s: read $folder/boot.log and var-log/libvirt/libvirtd.log beside it"
    if ! is_ready "$1"; then
        cat "$folder/boot.log" >&2
        fail "$status_failed" "host '$1' died while it started (above)"
    fi
}

lab_up() {
    (($#)) || fail "$status_usage" "name the hosts: lab up h1 h2"
    require_root
    lab_build_all
    lock_lab
    take_slot
    local name
    mkdir -p "$lab_home/shared"/{boot,console,disks,volatile} "$lab_home/hosts"
    place_boot_files
    [[ -e $lab_home/key ]] || ssh-keygen -q -t ed25519 -N '' -C berth-lab -f "$lab_home/key"
    make_network
    for name in "$@"; do make_host "$name"; done
    write_names
    write_ssh_config
    for name in "$@"; do start_host "$name"; done
    for name in "$@"; do await_host "$name"; done
}

# A lab keeps the kernel it began with: a restored guest must find the very same files.
place_boot_files() {
    local file
    for file in vmlinux initrd.gz volatile-store; do
        [[ -e $lab_home/shared/boot/$file ]] || ln "$lab_build/$file" "$lab_home/shared/boot/$file" 2>/dev/null ||
            cp "$lab_build/$file" "$lab_home/shared/boot/$file"
    done
}

# The cable first: a dying host says no good-bye to its peers' connections.
lab_power_off() {
    require_host "${1-}"
    lock_lab
    local pid
    ip -n "$(network_namespace)" link set "$(port_of "$1")" down 2>/dev/null || true
    if pid=$(host_init "$1"); then
        kill -9 "$pid"
        await 20 host_is_gone "$1" || fail "$status_failed" "processes of '$1' don't end: see 'ip netns pids $(namespace_of "$1")'"
    fi
    unplug_host "$1"
    detach_loops "$(first_loop_of "$1")" "$loops_per_host"
    rm -f "$(host_folder "$1")"/{init,outer,ready}
}

host_is_gone() { ! host_runs "$1" && namespace_is_empty "$(namespace_of "$1")"; }

lab_power_on() {
    require_host "${1-}"
    lock_lab
    namespace_exists "$(network_namespace)" || fail "$status_absent" "the lab is down: 'lab up $1'"
    start_host "$1"
    await_host "$1"
}

lab_in() {
    (($# >= 2)) || fail "$status_usage" "lab in HOST COMMAND..."
    require_running "$1"
    local pid
    pid=$(host_init "$1")
    shift
    exec nsenter -t "$pid" --mount --uts --ipc --net --pid --root --wd -- \
        env -i HOME=/root USER=root LANG=C.UTF-8 TERM="${TERM:-dumb}" \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

lab_down() {
    local mine
    [[ -d $lab_home ]] || return 0
    require_root
    lock_lab
    mine=$(slot || true)
    close_ssh
    [[ -z $mine || $(slot_owner "$mine") != "$lab_home" ]] || sweep_slot "$mine"
    rm -rf "${lab_home:?}"/{hosts,shared,ceph,slot,ssh_config,known_hosts,etc-hosts,key,key.pub}
}

lab_status() {
    local name
    [[ -n $(slot) ]] || { printf 'down\n'; return; }
    printf 'lab %s slot %s network %s\n' "$lab_home" "$(slot)" "$(network_namespace)"
    for name in $(host_names); do host_status "$name"; done
    ! ceph_exists || lab_ceph_status
}

host_status() {
    local first power=off link=unplugged loops=0 guests=- device
    first=$(first_loop_of "$1")
    if host_runs "$1"; then
        power=on
        link=$(ip -n "$(network_namespace)" -o link show "$(port_of "$1")" 2>/dev/null | grep -q 'state UP' && printf up || printf cut)
        guests=$(lab_in "$1" timeout 5 virsh list --name 2>/dev/null | grep -c . || true)
    fi
    for ((device = first; device < first + loops_per_host; device++)); do
        loop_is_free "$device" || loops=$((loops + 1))
    done
    printf 'host %s power=%s link=%s address=%s guests=%s loops=loop%s-loop%s attached=%s\n' \
        "$1" "$power" "$link" "$(address_of "$1")" "$guests" "$first" "$((first + loops_per_host - 1))" "$loops"
}
