#!/bin/bash
# First process of a fake host: builds the host's own view of the machine, starts its daemons, then waits for ever.
# boot.sh LAB_HOME NAME FIRST_LOOP LOOPS
set -euo pipefail
umask 022
lab_home=$1 name=$2 first_loop=$3 loops=$4

# /proc is still the machine's: there we find the process id under which the machine knows us.
read -r stat </proc/self/stat
read -ra fields <<<"${stat##*) }"
printf '%s %s\n' "${stat%% *}" "${fields[19]}" >"$lab_home/hosts/$name/init"

# The lab's home may lie below a folder that is about to be covered: from here on it is at /mnt.
mount --bind "$lab_home" /mnt
disk=/mnt/hosts/$name

mount -t proc proc /proc
hostname "$name"

# ---- /sys: this host's network cards, and only its own loop devices among the block devices
mount -t sysfs sysfs /sys
for folder in /sys/block /sys/class/block; do
    links=()
    for link in "$folder"/*; do
        [[ ${link##*/} == loop* ]] || links+=("$(readlink "$link") ${link##*/}")
    done
    mount -t tmpfs -o mode=755 tmpfs "$folder"
    for link in "${links[@]}"; do ln -s "${link% *}" "$folder/${link##* }"; done
    for ((i = first_loop; i < first_loop + loops; i++)); do
        if [[ $folder == /sys/block ]]; then
            ln -s "../devices/virtual/block/loop$i" "$folder/loop$i"
        else
            ln -s "../../devices/virtual/block/loop$i" "$folder/loop$i"
        fi
    done
    mount -o remount,ro "$folder"
done

# ---- /dev: no kvm, no loop-control and no other host's loop devices
mount -t tmpfs -o mode=755,size=1m tmpfs /dev
node() { mknod -m "$2" "/dev/$1" "$3" "$4" "$5"; }
node null 666 c 1 3
node zero 666 c 1 5
node full 666 c 1 7
node random 666 c 1 8
node urandom 666 c 1 9
node tty 666 c 5 0
node fuse 666 c 10 229
mkdir /dev/{pts,shm,net}
node net/tun 666 c 10 200
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts
ln -s pts/ptmx /dev/ptmx
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
ln -s /proc/self/fd /dev/fd
ln -s fd/0 /dev/stdin
ln -s fd/1 /dev/stdout
ln -s fd/2 /dev/stderr
for ((i = first_loop; i < first_loop + loops; i++)); do node "loop$i" 660 b 7 "$i"; done

# ---- what the host keeps, and what it forgets
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=1777 tmpfs /tmp
mkdir -p /run/lock /run/sshd
mount --bind "$disk/etc" /etc
mount --bind /mnt/etc-hosts /etc/hosts
: >>/etc/ssh/ssh_known_hosts
mount --bind /mnt/known_hosts /etc/ssh/ssh_known_hosts
mount --bind "$disk/usr-local" /usr/local
mount --bind "$disk/var-lib" /var/lib
mount --bind "$disk/var-log" /var/log
mount --bind "$disk/var-cache" /var/cache
mount --bind "$disk/var-tmp" /var/tmp
mount --bind "$disk/root" /root
mount --bind "$disk/srv" /srv
mount --bind /mnt/shared /srv/berth
cat /proc/sys/kernel/random/uuid >/run/boot_id
mount --bind -o ro /run/boot_id /proc/sys/kernel/random/boot_id

export HOME=/root USER=root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
cd /
/srv/berth/boot/volatile-store /srv/berth/volatile /srv/volatile
/usr/sbin/sshd
libvirtd --daemon --listen
: >"$disk/ready"
umount --lazy /mnt

# Bash reaps what the daemons leave behind; it needs something to wait for.
while :; do
    sleep infinity &
    wait $!
done
