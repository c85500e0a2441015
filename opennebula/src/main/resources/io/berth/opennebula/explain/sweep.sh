# Lists the VMs' folders below datastores' folders on this machine, and changes nothing.
# Arguments: the datastores' folders. Each line of the answer: a word, and what was seen; the last one is "end".
LC_ALL=C
export LC_ALL
for datastore in "$@"; do
  # Without the datastore's own folder nobody knows what it would hold when it is mounted.
  [ -d "$datastore" ] && [ -r "$datastore" ] || continue
  echo "datastore $datastore"
  for folder in "$datastore"/[0-9]*; do
    name=${folder##*/}
    case $name in *[!0-9]*) continue ;; esac
    [ -d "$folder" ] && [ ! -L "$folder" ] || continue
    echo "folder $name $(stat -c '%i %Y %Z' -- "$folder" 2>/dev/null)"
    for file in "$folder"/checkpoint.*; do
      [ -e "$file" ] && echo "file ${file##*/}"
    done
  done
done
echo "end"
exit 0
