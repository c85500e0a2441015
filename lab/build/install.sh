# What a fresh Debian 12 or 13 needs for the lab. Sourced, never run.
# shellcheck shell=bash

lab_packages=(
    qemu-system-x86 qemu-utils
    libvirt-daemon libvirt-daemon-system libvirt-clients libvirt-daemon-driver-qemu
    openssh-server openssh-client
    iproute2 util-linux procps cpio curl lz4 zstd xz-utils kmod gcc libc6-dev linux-libc-dev libfuse3-dev
)

# missing_packages NAME...
missing_packages() {
    local installed package
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        [[ $'\n'$installed == *$'\n'"$package ii"* ]] || printf '%s\n' "$package"
    done
}

# lab_install [--ceph]: installs what is missing. Services that the packages would start are kept from starting: the
# lab has its own.
lab_install() {
    local missing wanted=("${lab_packages[@]}")
    case ${1-} in
        '') ;;
        --ceph) wanted+=("${ceph_packages[@]}") ;;
        *) fail "$status_usage" "lab install [--ceph]" ;;
    esac
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    ((${#missing[@]})) || return 0
    require_root
    command -v apt-get >/dev/null || fail "$status_failed" "this isn't Debian: install by hand what matches ${missing[*]}"
    say "installing ${missing[*]}"
    local policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        # shellcheck disable=SC2064 # the path as it is now
        trap "rm -f '$policy'" EXIT
    fi
    export DEBIAN_FRONTEND=noninteractive
    quietly apt-get update
    quietly apt-get install -y --no-install-recommends "${missing[@]}"
    rm -f "$policy"
    modprobe loop 2>/dev/null || true
    modprobe fuse 2>/dev/null || true
}
