# Looks for a guest and its folder on this machine, and changes nothing.
# Arguments: the VM's folder, the guest's name or UUID, and how a command line begins that may be at work on it, for pgrep;
# the first and the last may be empty. Each line of the answer: a word, and what was seen.
LC_ALL=C
export LC_ALL
folder=$1
guest=$2
work=$3

ask() {
  virsh --readonly --connect qemu:///system "$@" 2>/dev/null
}

# A failed restore can leave a process that libvirt denies. pgrep: 0 found, 1 not found, more is no answer.
deny() {
  pgrep -f -- "guest=$guest,|-uuid $guest" >/dev/null 2>&1
  case $? in
    0) echo "guest orphaned" ;;
    1) echo "guest absent" ;;
    *) echo "guest untold" ;;
  esac
}

# A job of libvirt's moves or saves it; what it shows meanwhile doesn't stay so. A backup does neither.
has_job() {
  case $(ask domjobinfo "$guest") in
    '' | *"Job type:"*None* | *Backup*) return 1 ;;
    *) return 0 ;;
  esac
}

# The script was left behind, by a connection that was lost, and hasn't ended.
has_script() {
  [ -n "$work" ] || return 1
  pgrep -f -- "$work" >/dev/null 2>&1
  [ $? -ne 1 ]
}

if ! command -v virsh >/dev/null 2>&1; then
  echo "guest unasked"
elif has_script; then
  echo "guest at-work"
elif names=$(ask list --all --name && ask list --all --uuid); then
  if ! printf '%s\n' "$names" | grep -qxF -- "$guest"; then
    deny
  elif has_job; then
    echo "guest at-work"
  else
    echo "guest $(ask domstate "$guest")"
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
    echo "memory-age $(($(date +%s) - $(stat -L -c %Y -- "$memory")))"
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
