# Reads a guest's console log and judges it: did the same memory go on, tick by tick, with the disk beside it?
# Variable since: lines up to this one are context only; what follows is judged.
# A complete line ends in a carriage return, put there by the guest's terminal; a torn one is skipped.

BEGIN { nonce = "-"; memory = "-"; disk = "-"; ticks = boots = gaps = repeats = switches = mismatches = corrupt = errors = 0; first = "-" }

function number_after(key,    text) {
    text = $0
    sub(".*" key "=", "", text)
    sub(/[^0-9].*/, "", text)
    return text == "" ? "-" : text + 0
}

function nonce_of(    text) {
    text = $0
    sub(/.*nonce=/, "", text)
    return substr(text, 1, 32)
}

!/\r$/ { next }
{ complete = NR; sub(/\r$/, "") }

# SeaBIOS prints without ending its line, so that BOOT may follow its text.
/BOOT nonce=[0-9a-f]+$/ {
    if (NR > since) boots++
    nonce = nonce_of(); memory = 0; disk = "-"
    booted = 1
}
/^TICK nonce=[0-9a-f]+ memory=[0-9]+ disk=(-|[0-9]+)$/ {
    now = nonce_of(); tick = number_after("memory"); on_disk = number_after("disk")
    if (NR > since) {
        ticks++
        if (first == "-") first = tick
        if (nonce != "-" && now != nonce) switches++
        else if (tick > memory + 1) gaps++
        else if (tick <= memory) repeats++
        if (on_disk != "-" && on_disk != tick) mismatches++
    }
    nonce = now; memory = tick; disk = on_disk
}
/^DISK-MISMATCH/ && NR > since { mismatches++ }
/^MEMORY-CORRUPT/ && NR > since { corrupt++ }
/^(DISK-ERROR|GUEST-FAILED|MODULE-FAILED|DIRTY-REFUSED)/ && NR > since { errors++ }

END {
    printf "nonce=%s memory=%s disk=%s boots=%d ticks=%d first=%s gaps=%d repeats=%d switches=%d mismatches=%d corrupt=%d errors=%d line=%d\n",
        nonce, memory, disk, boots, ticks, first, gaps, repeats, switches, mismatches, corrupt, errors, complete
}
