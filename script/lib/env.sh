# shellcheck shell=bash
# Sourced by the commands in script/: goes to the repository's root and keeps .venv as the locked requirements say.
# Works on bash 3.2 (macOS) and later. Does nothing that needs a network when .venv is up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ROOT=$PWD
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python
export PYTHON

say() { printf '%s\n' "$*" >&2; }

# fail WHAT WHAT-TO-DO…: says both and stops.
fail() {
  say "$1"
  shift
  for line in "$@"; do say "  $line"; done
  exit 1
}

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# apt_install PACKAGE…: installs Debian packages; the lists are fetched anew only when the first try fails.
apt_install() {
  say "Installing Debian packages: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# need_programs PROGRAM=PACKAGE…: makes sure that programs are there which pip cannot bring.
need_programs() {
  local pair packages=""
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || packages="$packages ${pair##*=}"
  done
  [ -n "$packages" ] || return 0
  # shellcheck disable=SC2086  # a list of words
  if can_apt && apt_install $packages; then return 0; fi
  fail "The tests need programs that are not here. Debian's packages:$packages." \
    "Debian or Ubuntu: sudo apt-get install$packages" \
    "macOS: install the same programs, for instance with Homebrew."
}

# find_python: prints a Python of 3.11 or later: the one that EVERYANGLE_PYTHON names, or else the first one found.
find_python() {
  local name
  for name in ${EVERYANGLE_PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  fail "No Python 3.11 or later was found${EVERYANGLE_PYTHON:+ at $EVERYANGLE_PYTHON}." \
    "Install one (Debian: apt-get install python3 python3-venv), or name it: EVERYANGLE_PYTHON=/path/to/python3."
}

# make_venv: makes .venv anew when it is missing or its Python no longer runs.
make_venv() {
  local base
  "$PYTHON" -c 'import pip' 2>/dev/null && return
  base=$(find_python)
  if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
    can_apt || fail "$base cannot make virtual environments." "Debian: sudo apt-get install python3-venv"
    apt_install python3-venv
  fi
  "$base" -m venv --clear "$VENV" ||
    fail "Making .venv with $base failed; nothing else was changed." "Look at the lines above, then try again."
}

# fingerprint FILE…: prints a digest of what an installation depends on.
fingerprint() {
  "$PYTHON" - "$ROOT" pyproject.toml "$@" <<'PY'
import hashlib, pathlib, sys
parts = [sys.version, sys.argv[1], *(hashlib.sha256(pathlib.Path(p).read_bytes()).hexdigest() for p in sys.argv[2:])]
print(hashlib.sha256("\n".join(parts).encode()).hexdigest())
PY
}

# is_current STAMP FILE…: whether .venv holds what these locked requirements say.
is_current() {
  local stamp=$VENV/everyangle-$1.stamp
  shift
  [ -x "$PYTHON" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}

# install STAMP FILE…: installs locked requirements, then the project itself, and remembers that.
install() {
  local stamp=$VENV/everyangle-$1.stamp file
  local files=()
  shift
  for file in "$@"; do files+=(--requirement "$file"); done
  make_venv
  say "Setting up .venv (once; a minute or two) …"
  if ! "$PYTHON" -m pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: "${files[@]}" ||
    ! "$PYTHON" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
  then
    fail "Installing the locked packages failed; the checkout itself is unchanged." \
      "The first set-up needs a network; pip's own settings for a mirror or a proxy count." \
      "A damaged .venv can simply be deleted. Then run the same command again."
  fi
  fingerprint "$@" >"$stamp"
}

# set_up run|dev|bench: brings .venv up to date for the application, for its checks and tests, or for benchmarks.
set_up() {
  local files=()
  case $1 in
    run) files=(requirements/run.txt) ;;
    dev) files=(requirements/dev.txt) ;;
    bench) files=(requirements/dev.txt requirements/bench.txt) ;;
  esac
  # One set-up at a time; the lock is on a file that is there anyway.
  exec 9<requirements/run.txt
  if command -v flock >/dev/null; then flock 9; fi
  # What the checks need includes what the application needs.
  if ! is_current "$1" "${files[@]}" && ! { [ "$1" = run ] && is_current dev requirements/dev.txt; }; then
    install "$1" "${files[@]}"
  fi
  exec 9<&-
}
