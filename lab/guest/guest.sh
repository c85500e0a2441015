# Defining and starting guests. Sourced, never run.
# shellcheck shell=bash

guest_usage() {
    cat <<'TEXT'
usage: lab guest NAME HOST [options]

  --memory MiB             of the guest (default 96, or what --dirty needs; 80 is the least that boots)
  --dirty MiB              fill this much with incompressible, checked data before the first tick
  --freed MiB              fill this much and give it back before that
  --dirty-rate MiB         rewrite this much of it each second
  --disk [FILE|DEVICE]     a disk to count on: /srv/berth/disks/NAME.raw (made if missing), or the path that follows,
                           as the host sees it (a block device is attached as one)
  --cache MODE             of that disk (default none)
  --free-page-reporting    the guest reports freed pages to QEMU
  --transient              start it without defining it
  --define-only            define it without starting it
  --no-wait                don't wait for its first tick (up to 60 s, more with much to fill)
TEXT
}

guest_disk() { printf '/srv/berth/disks/%s.raw' "$(safe_name "$1")"; }
guest_console() { printf '/srv/berth/console/%s.log' "$(safe_name "$1")"; }
console_file() { printf '%s/shared/console/%s.log' "$lab_home" "$(safe_name "$1")"; }

require_number() { [[ $2 =~ ^[0-9]{1,6}$ ]] || fail "$status_usage" "$1 takes a whole number of MiB, not '$2'"; }

# Fully allocated, so that the guest's first writes don't wait for the file system.
make_disk() {
    local file=$lab_home/shared/${1#/srv/berth/}
    [[ -e $file ]] || fallocate -l 16MiB "$file"
}

lab_guest() {
    local memory='' dirty=0 freed=0 dirty_rate=0 disk='' cache=none reporting=off how=define wait=yes
    [[ ${1-} != --help ]] || { guest_usage; return; }
    (($# >= 2)) || { guest_usage >&2; exit "$status_usage"; }
    local name=$1 host=$2
    shift 2
    while (($#)); do
        case $1 in
            --memory | --dirty | --freed | --dirty-rate)
                require_number "$1" "${2-}"
                printf -v "$(tr - _ <<<"${1#--}")" '%s' "$2"
                shift
                ;;
            --disk)
                disk=$(guest_disk "$name")
                if [[ ${2-} == /* ]]; then
                    disk=$2
                    shift
                fi
                ;;
            --cache) cache=${2-} && shift ;;
            --free-page-reporting) reporting=on ;;
            --transient) how=create ;;
            --define-only) how=define-only wait='' ;;
            --no-wait) wait='' ;;
            *) fail "$status_usage" "no option '$1' (lab guest --help)" ;;
        esac
        shift
    done
    require_running "$host"
    # The kernel, its page tables and init itself take about 48 MiB; more memory needs more tables.
    local largest=$((dirty > freed ? dirty : freed))
    memory=${memory:-$((largest * 21 / 20 + 64 > 96 ? largest * 21 / 20 + 64 : 96))}
    [[ $disk != /srv/berth/* ]] || make_disk "$disk"
    start_guest
    [[ -z $wait ]] || await_first_tick "$name" "$((60 + largest / 8))"
}

start_guest() {
    local console xml
    console=$(console_file "$name")
    touch "$console"
    lines_before=$(wc -l <"$console")
    xml=$(domain_xml)
    lab_virsh "$host" "${how%-only}" /dev/stdin <<<"$xml"
    [[ $how != define ]] || lab_virsh "$host" start "$name"
}

lab_virsh() {
    local on=$1
    shift
    (lab_in "$on" timeout 60 virsh --quiet "$@") >&2 ||
        fail "$status_failed" "libvirt on '$on' refused (above); its log: $(host_folder "$on")/var-log/libvirt"
}

has_ticked() { tail -n "+$((lines_before + 1))" "$(console_file "$1")" | grep -q '^TICK .*disk='; }

await_first_tick() {
    await "$2" has_ticked "$1" ||
        fail "$status_timeout" "guest '$1' printed no tick in $2 s: read $(console_file "$1") and $(host_folder "$host")/var-log/libvirt/qemu"
}
