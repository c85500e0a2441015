# Looks for a guest and its folder on this machine, and changes nothing.
# Arguments: the VM's folder, the guest's name. Each line of the answer: a word, and what was seen.
LC_ALL=C
export LC_ALL
folder=$1
guest=$2

ask() {
  virsh --readonly --connect qemu:///system "$@" 2>/dev/null
}

# A failed restore can leave a process that libvirt denies. pgrep: 0 found, 1 not found, more is no answer.
deny() {
  pgrep -f -- "guest=$guest," >/dev/null 2>&1
  case $? in
    0) echo "guest orphaned" ;;
    1) echo "guest absent" ;;
    *) echo "guest untold" ;;
  esac
}

if names=$(ask list --all --name); then
  if printf '%s\n' "$names" | grep -qxF -- "$guest"; then
    echo "guest $(ask domstate "$guest")"
  else
    deny
  fi
else
  echo "guest untold"
fi

memory=$folder/checkpoint
if [ -d "$folder" ]; then
  echo "folder there"
  echo "folder-identity $(stat -L -c '%i %Y %Z' -- "$folder" 2>/dev/null)"
  for file in "$folder"/checkpoint.*; do
    [ -e "$file" ] && echo "file ${file##*/}"
  done
  if [ -r "$memory" ] && [ ! -d "$memory" ]; then
    echo "memory $(head -c 16 -- "$memory" | tr -cd A-Za-z) image"
    echo "memory-identity $(stat -L -c '%s %Y %i' -- "$memory" 2>/dev/null)"
  elif [ -e "$memory" ] || [ -L "$memory" ]; then
    echo "memory unreadable"
  else
    echo "memory none"
  fi
elif [ -d "${folder%/*}" ]; then
  # Without the datastore's own folder nobody knows what it would hold when it is mounted.
  echo "folder missing"
  echo "memory none"
fi
exit 0
