package io.berth.opennebula.run;

/**
 * What hosts do to take an image in, for their shell. $1: the disk, $2: a word that no other attempt has.
 *
 * <p>Everything is in a folder of the attempt's own, {@code disk.0.part.WORD}, until {@link #PLACE} gives it its name, which needs
 * that folder: what was dropped never gets it, however late the host comes to do it.
 */
final class BringScripts {
    /**
     * Reads an archive from the standard input and writes its SHA-256. $3: the image's name in it, $4: raw, qcow2 or layer, $5:
     * MiB it grows to, or 0.
     */
    static final String RECEIVE = """
            set -eu
            part=$1.part.$2
            mkdir -p -- "${1%/*}"
            rm -rf -- "$1".part.*
            mkdir -- "$part" "$part/in"
            {
              tee /dev/fd/3 | tar -xSf - -C "$part/in" -- "$3" && : >"$part/unpacked"
            } 3>&1 >&2 | sha256sum >"$part/sum"
            test -e "$part/unpacked"
            mv -- "$part/in/$3" "$part/0"
            if [ "$5" -gt 0 ]; then
              case $4 in
                raw) truncate -s "${5}M" -- "$part/0" ;;
                *) qemu-img resize -q -f qcow2 "$part/0" "${5}M" ;;
              esac
            fi
            sync -- "$part/0"
            cut -c -64 -- "$part/sum"
            """;

    /**
     * $3: raw, qcow2 or layer. Where layers of another disk lie nothing is placed. The mark tells the host's monitoring by which
     * driver the space of this datastore is looked at.
     */
    static final String PLACE = """
            set -eu
            part=$1.part.$2
            name=${1##*/}
            directory=${1%/*}
            case $3 in
              layer)
                mkdir -- "$part/snap"
                mv -- "$part/0" "$part/snap/0"
                mv -T -- "$part/snap" "$1.snap"
                ln -sfn -- "$name.snap/0" "$1"
                sync -- "$1.snap"
                ;;
              *) mv -fT -- "$part/0" "$1" ;;
            esac
            rm -rf -- "$part"
            echo ssh >"${directory%/*}/.monitor"
            sync -- "$directory" "${directory%/*}"
            """;

    static final String DROP = """
            rm -rf -- "$1.part.$2"
            """;

    private BringScripts() {}
}
