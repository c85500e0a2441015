# How the front-end reaches the hosts: an ssh configuration that any program can be given with -F. Sourced, never run.
# shellcheck shell=bash

# Short, whatever the lab's home is called: a socket's path holds 108 characters.
control_folder() { printf '%s/%s' "$lab_registry" "$(slot)"; }

write_ssh_config() {
    local name
    for name in $(host_names); do
        printf '%s,%s %s\n' "$name" "$(address_of "$name")" "$(cut -d' ' -f1,2 "$(host_folder "$name")/etc/ssh/ssh_host_ed25519_key.pub")"
    done >"$lab_home/known_hosts.new"
    # In place: each host has this very file bound over its /etc/ssh/ssh_known_hosts.
    cat "$lab_home/known_hosts.new" >"$lab_home/known_hosts"
    rm "$lab_home/known_hosts.new"
    {
        for name in $(host_names); do printf 'Host %s\n    HostName %s\n' "$name" "$(address_of "$name")"; done
        cat <<TEXT
Host *
    User root
    IdentityFile "$lab_home/key"
    IdentitiesOnly yes
    UserKnownHostsFile "$lab_home/known_hosts"
    GlobalKnownHostsFile none
    StrictHostKeyChecking yes
    PasswordAuthentication no
    LogLevel ERROR
    ControlMaster auto
    ControlPath $(control_folder)/%n
    ControlPersist 60
    ServerAliveInterval 5
    ServerAliveCountMax 2
    ProxyUseFdpass yes
    ProxyCommand "$lab_build/dial" /run/netns/$(network_namespace) %h %p 5
TEXT
    } >"$lab_home/ssh_config"
}

lab_ssh_config() {
    [[ -n $(slot) ]] || fail "$status_absent" "the lab is down: 'lab up h1 h2'"
    lock_lab
    write_ssh_config
    printf '%s\n' "$lab_home/ssh_config"
}

close_ssh() {
    local name
    [[ -e $lab_home/ssh_config ]] || return 0
    for name in $(host_names); do
        [[ ! -S $(control_folder)/$name ]] || timeout 5 ssh -F "$lab_home/ssh_config" -O exit "$name" 2>/dev/null || true
    done
}
