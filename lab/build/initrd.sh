# The guest's initial RAM disk: one static program and the kernel's virtio modules. Sourced, never run.
# shellcheck shell=bash

guest_modules=(virtio virtio_ring virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci virtio_blk virtio_balloon)

# Changes when the guest's sources or the kernel change.
initrd_key() {
    { cat "$lab_source"/guest/*.[ch]; stat -c '%s %Y' "$lab_build/vmlinux"; printf '%s ' "${guest_modules[@]}"; } | sha256sum | cut -c1-16
}

lab_initrd() {
    lab_kernel
    local key
    key=$(initrd_key)
    [[ -s $lab_build/initrd.gz && $(cat "$lab_build/initrd.key" 2>/dev/null) == "$key" ]] && return 0
    local root=$lab_build/initrd.new module
    rm -rf "$root"
    mkdir -p "$root/modules" "$root/dev" "$root/proc"
    quietly gcc -std=gnu17 -O2 -static -Wall -Wextra -Werror -o "$root/init" "$lab_source"/guest/*.c
    strip "$root/init"
    for module in "${guest_modules[@]}"; do
        kernel_module "$module" "$root/modules/$module.ko" || rm -f "$root/modules/$module.ko"
    done
    (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$lab_build/initrd.part"
    mv "$lab_build/initrd.part" "$lab_build/initrd.gz"
    printf '%s' "$key" >"$lab_build/initrd.key"
    rm -rf "$root"
}
