# Lists the volumes into which storage drivers of OpenNebula put VMs' memory, by their names, and changes nothing.
# Arguments: the driver, its pool, its user. Each line of the answer: a volume; the last one is "end" if all were seen.
LC_ALL=C
export LC_ALL
driver=$1
pool=$2
user=$3
case $driver in
  ceph) all=$(rbd ${user:+--id "$user"} ls -p "$pool") || exit 1 ;;
  storpool) all=$(storpool -B volume list) || exit 1 ;;
  linstor_un) all=$(linstor -m --output-version v0 resource-definition list) || exit 1 ;;
  *) exit 1 ;;
esac
printf '%s\n' "$all" | grep -oE '(one-sys-[0-9]+-(raw)?checkpoint|one-vm-[0-9]+-checkpoint)' | sort -u
echo "end"
exit 0
