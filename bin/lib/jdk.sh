# Finds a JDK 25 and exports JAVA_HOME and MAVEN_OPTS; sourced by the other scripts.
# Set BERTH_INSTALL=1 to let it install one where the distribution has it; root on Debian needs not ask.

JDK_WANTED=25

# The release file is read with shell built-ins: no process is started to look at a JDK.
is_wanted_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=\"$JDK_WANTED\" | JAVA_VERSION=\"$JDK_WANTED.*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() {
  local candidate javac
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*"$JDK_WANTED"*; do
    if is_wanted_jdk "$candidate"; then
      JAVA_HOME=$candidate
      return 0
    fi
  done
  if javac=$(command -v javac); then
    candidate=$(readlink -f "$javac")
    candidate=${candidate%/bin/javac}
    if is_wanted_jdk "$candidate"; then
      JAVA_HOME=$candidate
      return 0
    fi
  fi
  return 1
}

may_install() {
  [ "${BERTH_INSTALL:-}" = 1 ] || { [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; }
}

debian_release() {
  (. /etc/os-release && [ "$ID" = debian ] && echo "$VERSION_ID") 2>/dev/null
}

if ! find_jdk; then
  release=$(debian_release) || release=0
  if may_install && [ "${release:-0}" -ge 13 ]; then
    . "${BASH_SOURCE[0]%/*}/packages.sh"
    install_packages "openjdk-$JDK_WANTED-jdk-headless"
  fi
  if ! find_jdk; then
    echo "Berth needs a JDK $JDK_WANTED and none was found in JAVA_HOME, /usr/lib/jvm or PATH." >&2
    echo "Debian 13 has it: apt install openjdk-$JDK_WANTED-jdk-headless" >&2
    echo "Debian 12 has not: install Temurin $JDK_WANTED (https://adoptium.net) and set JAVA_HOME to it." >&2
    exit 1
  fi
fi
export JAVA_HOME
# Debian's Maven brings an old guava that makes JDK 25 print warnings.
case ${MAVEN_OPTS:-} in
  *sun-misc-unsafe*) ;;
  *) export MAVEN_OPTS="${MAVEN_OPTS:+$MAVEN_OPTS }--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" ;;
esac
