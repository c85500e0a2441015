# install_packages NAME...: installs the Debian packages that are missing, and only those; sourced by the others.

missing_packages() {
  local name
  for name; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

install_packages() {
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    echo "Please install: ${missing[*]} (this is not a Debian, so their names may differ)." >&2
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}" >&2
  apt_install "${missing[@]}" >/dev/null 2>&1 && return 0
  # The package lists may be missing or too old to know the versions on the mirror.
  "${as_root[@]}" apt-get -qq update >&2 && apt_install "${missing[@]}" >&2
}

apt_install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$@"
}
