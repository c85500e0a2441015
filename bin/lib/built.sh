# Sourced with ROOT set by what runs what bin/build makes.

# Builds if nothing has been built, or anything has changed since.
ensure_built() {
  [ -f "$ROOT/target/built" ] &&
    [ -z "$(find "$ROOT" -name target -prune -o \( -path '*/src/main/*' -o -path '*/host-helper/src/*' -o -name pom.xml \) \
      -type f -newer "$ROOT/target/built" -print -quit)" ] ||
    "$ROOT/bin/build" >&2
}
