# The lab's own little programs, compiled when their source changed. Sourced, never run.
# shellcheck shell=bash

lab_tools() {
    local source program
    mkdir -p "$lab_build"
    for source in "$lab_source"/tools/*.c; do
        program=$lab_build/$(basename "$source" .c)
        [[ $program -nt $source ]] && continue
        quietly gcc -std=gnu17 -O2 -Wall -Wextra -Werror -o "$program.new.$$" "$source"
        mv "$program.new.$$" "$program"
    done
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
