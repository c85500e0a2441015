# The libvirt domain of a guest; reads lab_guest's variables. Sourced, never run.
# shellcheck shell=bash disable=SC2154

xml_escape() { sed "s/&/\\&amp;/g; s/</\\&lt;/g; s/>/\\&gt;/g; s/'/\\&apos;/g; s/\"/\\&quot;/g" <<<"$1"; }

disk_xml() {
    [[ -n $disk ]] || return 0
    local type=file attribute=file
    [[ $disk != /dev/* ]] || type=block attribute=dev
    cat <<TEXT
    <disk type='$type' device='disk'>
      <driver name='qemu' type='raw' cache='$(xml_escape "$cache")'/>
      <source $attribute='$(xml_escape "$disk")'/>
      <target dev='vda' bus='virtio'/>
    </disk>
TEXT
}

# Emulated, because few machines that run this lab can nest; the kernel's arguments save boot time.
domain_xml() {
    cat <<TEXT
<domain type='qemu'>
  <name>$(xml_escape "$name")</name>
  <memory unit='MiB'>$memory</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
    <kernel>/srv/berth/boot/vmlinux</kernel>
    <initrd>/srv/berth/boot/initrd.gz</initrd>
    <cmdline>console=ttyS0 quiet panic=-1 no_timer_check cryptomgr.notests berth.dirty=$dirty berth.freed=$freed berth.dirty-rate=$dirty_rate</cmdline>
  </os>
  <features><acpi/></features>
  <cpu mode='custom'><model>qemu64</model></cpu>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
$(disk_xml)
    <controller type='usb' model='none'/>
    <serial type='file'><source path='$(xml_escape "$(guest_console "$name")")' append='on'/><target port='0'/></serial>
    <memballoon model='virtio' freePageReporting='$reporting'/>
  </devices>
</domain>
TEXT
}
