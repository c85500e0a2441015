# The lab's own little programs, compiled when their source changed. Sourced, never run.
# shellcheck shell=bash

lab_tools() {
    local source program
    mkdir -p "$lab_build"
    for source in "$lab_source"/tools/*.c; do
        program=$lab_build/$(basename "$source" .c)
        [[ $program -nt $source ]] && continue
        compile "$program" "$source"
    done
    program=$lab_build/volatile-store
    [[ -n $(find "$lab_source/tools/volatile" -newer "$program" -print -quit 2>/dev/null) || ! -e $program ]] || return 0
    compile "$program" -D_FILE_OFFSET_BITS=64 -I/usr/include/fuse3 "$lab_source"/tools/volatile/*.c -lfuse3
}

# compile PROGRAM ARGUMENTS... : a running copy of the old program keeps its file.
compile() {
    local program=$1
    shift
    quietly gcc -std=gnu17 -O2 -Wall -Wextra -Werror -o "$program.new" "$@"
    mv "$program.new" "$program"
}

# Everything that `up` needs; one build at a time on a machine.
lab_build_all() {
    lab_install
    mkdir -p "$lab_build"
    local lock
    exec {lock}>"$lab_build/lock"
    flock -w 300 "$lock" || fail "$status_timeout" "another build holds $lab_build/lock"
    lab_tools
    lab_initrd
    exec {lock}>&-
}
