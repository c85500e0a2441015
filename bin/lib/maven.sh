# What bin/build and bin/check share; sourced by them with ROOT set.

. "$ROOT/bin/lib/packages.sh"
. "$ROOT/bin/lib/jdk.sh"

# Packages that the build itself needs; the lab has its own list.
install_build_packages() {
  require_packages $(missing_build_packages)
}

# What tests that need no lab run for real.
install_test_packages() {
  command -v qemu-img >/dev/null || require_packages qemu-utils
}

missing_build_packages() {
  local wanted=()
  command -v mvn >/dev/null || wanted+=(maven)
  command -v gcc >/dev/null || wanted+=(gcc)
  command -v make >/dev/null || wanted+=(make)
  [ -e /usr/include/stdio.h ] || wanted+=(libc6-dev)
  echo "${wanted[@]}"
}

require_packages() {
  [ $# -gt 0 ] || return 0
  if may_install; then
    install_packages "$@"
  else
    echo "Please install: $* (or run again with BERTH_INSTALL=1)." >&2
    return 1
  fi
}

# The host helper in C: the transport's tests run it, and what is built ships it.
build_host_helper() {
  make -s -C "$ROOT/host-helper"
}

# Without the escape sequences that Debian's Maven prints at its end even into a pipe: the count has
# a line of its own.
plain_maven() {
  (set -o pipefail && mvn -q "$@" 2>&1 | sed -u 's/\x1b\[[0-9;]*m//g')
}

# Offline first: quick, and it works without a network once everything has been downloaded.
maven_offline_first() {
  local report
  report=$(mktemp)
  if plain_maven -o "$@" >"$report"; then
    rm -f "$report"
  elif grep -q -i -E 'offline mode|has not been downloaded from it before|no plugin found for prefix' "$report"; then
    rm -f "$report"
    echo "Downloading what the build needs" >&2
    plain_maven "$@" >&2
  else
    cat "$report" >&2
    rm -f "$report"
    return 1
  fi
}
