package io.berth.opennebula.run;

/**
 * What hosts do to make disks of images, for their shell. $1: the image, $2: the disk, $3: MiB it grows to, or 0.
 *
 * <p>QCOW2 disks are laid out as the drivers' own scripts do it, which go on from there with snapshots and copies: beside
 * {@code disk.0}, a link, there is {@code disk.0.snap} with a file for each snapshot, the first called 0, and in it a link
 * of its own name that leads back to it, for paths that have to be right from both sides.
 */
final class DiskScripts {
    private static final String BEGIN = """
            set -eu
            test -f "$1" || { echo "there is no image $1" >&2; exit 1; }
            mkdir -p -- "${2%/*}"
            """;

    /** The core's word for a file's format may be wrong. */
    private static final String REQUIRE_LAYERS = """
            test "$(head -c 3 -- "$1")" = QFI || { echo "$1 is no QCOW2 image" >&2; exit 1; }
            """;

    /** The VM's directory is on a file system whose space is the datastore's, not the host's. */
    private static final String END = """
            datastore=${2%/*}
            rm -f -- "${datastore%/*}/.monitor"
            """;

    static final String LINK = BEGIN + """
            ln -sfn -- "$1" "$2"
            """;

    static final String LINK_LAYERS = BEGIN + REQUIRE_LAYERS + """
            name=${1##*/}
            mkdir -p -- "$1.snap"
            test -L "$1.snap/$name.snap" || ln -s -- . "$1.snap/$name.snap"
            last=$(ls -- "$1.snap" | grep -x '[0-9][0-9]*' | sort -n | tail -n 1)
            if [ -z "$last" ]; then
              last=0
              ln -sf -- "$1" "$1.snap/0"
            fi
            ln -sfn -- "$1.snap/$last" "$2"
            rm -rf -- "$2.snap"
            """;

    /** Made aside and moved into place: what stands there may be a link, through which the image would be written. */
    static final String COPY = BEGIN + """
            cp --reflink=auto --sparse=auto -- "$1" "$2.part"
            size=$(stat -c %s -- "$2.part")
            if [ "$size" -lt $(($3 * 1048576)) ]; then
              truncate -s "${3}M" -- "$2.part"
            fi
            mv -fT -- "$2.part" "$2"
            """ + END;

    static final String LAY = BEGIN + REQUIRE_LAYERS + """
            name=${2##*/}
            rm -rf -- "$2.snap.part"
            mkdir -- "$2.snap.part"
            if [ "$3" -gt 0 ]; then
              qemu-img create -q -f qcow2 -F qcow2 -b "$1" "$2.snap.part/0" "${3}M"
            else
              qemu-img create -q -f qcow2 -F qcow2 -b "$1" "$2.snap.part/0"
            fi
            ln -s -- . "$2.snap.part/$name.snap"
            rm -rf -- "$2.snap"
            mv -T -- "$2.snap.part" "$2.snap"
            ln -sfn -- "$name.snap/0" "$2"
            """ + END;

    private DiskScripts() {}
}
