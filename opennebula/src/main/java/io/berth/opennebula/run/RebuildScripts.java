package io.berth.opennebula.run;

/**
 * What hosts run to build VMs' directories anew: of nothing but links that are described, the CD for the contextualization, and
 * files that the VM driver writes.
 */
final class RebuildScripts {
    private static final String FUNCTIONS = """
            set -eu
            dir=$1 cd=$2
            shift 2
            described() {
              name=$1
              shift
              case $name in
                deployment.*[!0-9]* | deployment.) return 1 ;;
                "$cd" | deployment.* | vm.xml | ds.xml | .host) test -f "$dir/$name" && test ! -L "$dir/$name"; return ;;
              esac
              while test $# -gt 0; do
                if test "$name" = "$1"; then
                  test -L "$dir/$name" && test "$(readlink -- "$dir/$name")" = "$2"
                  return
                fi
                shift 2
              done
              return 1
            }
            """;

    /** For each entry, whatever it is called. */
    private static final String EACH = """
            for entry in "$dir"/* "$dir"/.[!.]* "$dir"/..?*; do
              if test ! -e "$entry" && test ! -L "$entry"; then continue; fi
            """;

    private static final String ALL_DESCRIBED = EACH + """
              if ! described "${entry##*/}" "$@"; then
                echo "nothing describes $entry" >&2
                exit 1
              fi
            done
            """;

    /**
     * Arguments: the directory, the CD's name or none, then names of links and where they lead. Says {@code absent}, or the
     * names of files and, on further lines, those files: an archive in base64. Changes nothing, and fails where something in the
     * directory isn't described.
     */
    static final String LOOK = FUNCTIONS + """
            if test ! -e "$dir" && test ! -L "$dir"; then
              test -d "${dir%/*}"
              echo absent
              exit
            fi
            test -d "$dir"
            test ! -L "$dir"
            """ + ALL_DESCRIBED + """
            cd -- "$dir"
            files=
            for name in ${cd:+"$cd"} deployment.* vm.xml ds.xml; do
              if test -f "$name"; then files="$files $name"; fi
            done
            echo "files$files"
            if test -n "$files"; then
              test "$(cat -- $files | wc -c)" -le 4194304
              tar -c -f - -- $files | base64
            fi
            """;

    /** The same arguments. Removes what {@link #LOOK} would accept; what has come since stays, and makes it fail. */
    static final String REMOVE = FUNCTIONS + """
            if test ! -e "$dir" && test ! -L "$dir"; then exit; fi
            test ! -L "$dir"
            """ + ALL_DESCRIBED + EACH + """
              if described "${entry##*/}" "$@"; then rm -f -- "$entry"; fi
            done
            rmdir -- "$dir"
            """;

    /**
     * Arguments: the directory, the names of files in one word, whether the host is to leave its name, then names of links and where they
     * lead. The input is the archive. Everything is made beside and renamed into place: a host that believes to see it there already, for it
     * remembers names, is set right by the storage.
     */
    static final String BUILD = """
            set -euf
            dir=$1 files=$2 mark=$3
            shift 3
            test ! -L "$dir"
            mkdir -p -- "$dir"
            part=$dir/.berth.part
            rm -rf -- "$part"
            mkdir -- "$part"
            trap 'rm -rf -- "$part"' EXIT
            if test -n "$files"; then
              base64 -d | tar -x -f - --no-same-owner -C "$part" -- $files
            fi
            names=$files
            for name in $files; do
              test -f "$part/$name"
              test ! -L "$part/$name"
              test ! -L "$dir/$name"
              sync -- "$part/$name"
            done
            while test $# -gt 0; do
              if test -e "$dir/$1"; then test -L "$dir/$1"; fi
              ln -s -- "$2" "$part/$1"
              names="$names $1"
              shift 2
            done
            for name in $names; do mv -fT -- "$part/$name" "$dir/$name"; done
            if test "$mark" = marked; then hostname -f >"$dir/.host" || :; fi
            rmdir -- "$part"
            sync -- "$dir" "${dir%/*}"
            """;

    private RebuildScripts() {}
}
