# What a host keeps over a power cycle: its own /etc, /var/lib, /root, /usr/local and so on. Sourced, never run.
# shellcheck shell=bash

host_folder() { printf '%s/hosts/%s' "$lab_home" "$1"; }
host_number() { cat "$(host_folder "$1")/number"; }
host_exists() { [[ $1 =~ ^[a-z][a-z0-9-]{0,14}$ && -s $lab_home/hosts/$1/number ]]; }

require_host() {
    [[ -n $1 ]] || fail "$status_usage" "which host? 'lab status' lists them"
    host_exists "$1" || fail "$status_absent" "there is no host '$1' here: 'lab up $1' makes it"
}

free_number() {
    local taken=' ' name number
    for name in $(host_names); do taken+="$(host_number "$name") "; done
    for ((number = 1; number <= hosts_per_lab; number++)); do
        [[ $taken == *" $number "* ]] || { printf '%s\n' "$number"; return; }
    done
    fail "$status_failed" "a lab has at most $hosts_per_lab hosts"
}

fresh_uuid() { cat /proc/sys/kernel/random/uuid; }

# Private copy of the machine's /etc without its secrets.
make_etc() {
    local etc=$1/etc name=$2
    mkdir -p "$etc"
    tar -C /etc --exclude='./ssh/ssh_host_*' --exclude=./ssl/private --exclude='./shadow*' --exclude='./gshadow*' \
        --exclude=./machine-id --exclude='./libvirt/qemu/*.xml' --exclude=./libvirt/qemu/networks/autostart -cf - . | tar -C "$etc" -xf -
    # '*' and not '!': sshd without PAM takes '!' for a locked account.
    awk -F: '{ print $1 ":*:19000:0:99999:7:::" }' /etc/passwd >"$etc/shadow"
    chmod 0600 "$etc/shadow"
    fresh_uuid | tr -d - >"$etc/machine-id"
    printf '%s\n' "$name" >"$etc/hostname"
    : >"$etc/hosts"
    ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$etc/ssh/ssh_host_ed25519_key"
}

# Each line here is needed where QEMU runs as root without systemd, cgroups or a security module.
make_libvirt_settings() {
    local libvirt=$1/etc/libvirt
    cat >"$libvirt/qemu.conf" <<'TEXT'
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
cgroup_controllers = []
namespaces = []
seccomp_sandbox = 0
stdio_handler = "file"
max_core = 0
TEXT
    cat >"$libvirt/libvirtd.conf" <<TEXT
host_uuid = "$(fresh_uuid)"
auth_unix_rw = "none"
auth_tcp = "none"
listen_tls = 0
listen_tcp = 1
listen_addr = "0.0.0.0"
log_filters = "3:*"
log_outputs = "3:file:/var/log/libvirt/libvirtd.log"
TEXT
}

make_ssh_settings() {
    cat >"$1/etc/ssh/sshd_config" <<'TEXT'
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
PidFile /run/sshd.pid
SetEnv PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
Subsystem sftp internal-sftp
TEXT
    # Every host may reach every other, as the migration of a cluster's own data needs.
    install -d -m 700 "$1/root" "$1/root/.ssh"
    cp "$lab_home/key" "$1/root/.ssh/id_ed25519"
    cp "$lab_home/key.pub" "$1/root/.ssh/authorized_keys"
}

make_host() {
    local name=$1 folder new
    [[ $name =~ ^[a-z][a-z0-9-]{0,14}$ ]] || fail "$status_usage" "'$name' can't be a host's name: use a lower-case letter, then up to 14 of a-z, 0-9, -"
    host_exists "$name" && return 0
    folder=$(host_folder "$name") new=$lab_home/hosts/.new-$name
    rm -rf "$new" "$folder"
    install -d -m 700 "$new"
    mkdir -p "$new"/{usr-local/{bin,sbin,lib,share},var-lib,var-log/libvirt/qemu,var-cache/libvirt/qemu,var-tmp,srv/{berth,local,volatile}}
    chmod 1777 "$new/var-tmp"
    make_etc "$new" "$name"
    make_libvirt_settings "$new"
    make_ssh_settings "$new"
    cp -a /var/lib/libvirt "$new/var-lib/libvirt"
    # Last: a folder with a number is a complete host.
    local number
    number=$(free_number)
    printf '%s\n' "$number" >"$new/number"
    mv "$new" "$folder"
}
