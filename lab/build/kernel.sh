# An uncompressed Debian cloud kernel: the form that boots fastest under emulation (PVH). Sourced, never run.
# shellcheck shell=bash

kernel_package() {
    apt-cache depends linux-image-cloud-amd64 2>/dev/null | awk '/Depends: linux-image-/ { print $2; exit }'
}

little_endian() { od -An -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '; }

# unpack_payload VMLINUZ OUTPUT : the boot protocol's header says where the compressed kernel lies (fields setup_sects
# at 0x1f1, payload_offset at 0x248, payload_length at 0x24c); its last four bytes are the size, not data.
unpack_payload() {
    local image=$1 output=$2 start length magic
    start=$((($(little_endian "$image" $((0x1f1)) 1) + 1) * 512 + $(little_endian "$image" $((0x248)) 4)))
    length=$(little_endian "$image" $((0x24c)) 4)
    magic=$(od -An -t x1 -j "$start" -N 4 "$image" | tr -d ' ')
    local -a unpack
    case $magic in
        02214c18) unpack=(lz4 -dc) ;;
        28b52ffd) unpack=(zstd -dc) ;;
        fd377a58) unpack=(xz -dc) ;;
        1f8b08*) unpack=(gzip -dc) ;;
        *) fail "$status_failed" "unknown compression $magic in $image: teach build/kernel.sh about it" ;;
    esac
    dd if="$image" bs=64K iflag=skip_bytes,count_bytes skip="$start" count="$((length - 4))" status=none | "${unpack[@]}" >"$output"
}

# kernel_module NAME OUTPUT : the module from the unpacked package, uncompressed; false if the kernel has none.
kernel_module() {
    local found
    found=$(find "$lab_build/kernel/lib" "$lab_build/kernel/usr/lib" -name "$1.ko*" -print -quit 2>/dev/null)
    case $found in
        '') return 1 ;;
        *.xz) xz -dc "$found" >"$2" ;;
        *.zst) zstd -qdc "$found" >"$2" ;;
        *) cp "$found" "$2" ;;
    esac
}

lab_kernel() {
    [[ -s $lab_build/vmlinux && -d $lab_build/kernel ]] && return 0
    local package image work=$lab_build/kernel.new
    package=$(kernel_package)
    if [[ -z $package ]]; then
        quietly apt-get update
        package=$(kernel_package)
    fi
    [[ -n $package ]] || fail "$status_failed" "apt knows no linux-image-cloud-amd64: check the machine's package sources"
    say "fetching $package"
    rm -rf "$work"
    mkdir -p "$work/download"
    chmod 0777 "$work/download" # apt's download user writes here
    (cd "$work/download" && quietly apt-get download "$package")
    dpkg -x "$work"/download/*.deb "$work"
    image=$(find "$work/boot" -name 'vmlinuz-*' -print -quit)
    unpack_payload "$image" "$work/vmlinux"
    [[ $(od -An -t x1 -N 4 "$work/vmlinux" | tr -d ' ') == 7f454c46 ]] || fail "$status_failed" "$image didn't unpack to an ELF kernel"
    rm -rf "$work/download" "$lab_build/kernel"
    mv "$work/vmlinux" "$lab_build/vmlinux"
    mv "$work" "$lab_build/kernel"
}
