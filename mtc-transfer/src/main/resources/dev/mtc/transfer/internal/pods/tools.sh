# What a mover looks at first: whether its image has what it needs. Ends as a shell does that misses a program, and names all.
require() { # TOOL[:OLDEST VERSION]...
  local entry tool has missing=()
  for entry; do
    tool=${entry%%:*}
    if ! type -P "$tool" >/dev/null; then
      missing+=("$tool")
    elif [[ $entry == *:* ]] && has=$(version "$tool") && is_older "$has" "${entry#*:}"; then
      missing+=("$tool ${entry#*:} (it has $has)")
    fi
  done
  if type -P find >/dev/null && [[ $(find --version 2>&1) != *GNU* ]]; then missing+=("GNU find"); fi
  if ((${#missing[@]} > 0)); then
    printf 'missing=%s\n' "${missing[@]}" >/dev/termination-log
    echo "the mover image lacks ${missing[*]}"
    exit 127
  fi
}

version() { # TOOL : its major and minor version
  local option=--version
  case $1 in
    stunnel) option=-version ;;
    restic) option=version ;;
  esac
  [[ $("$1" $option 2>&1) =~ $1[a-z\ ]*\ v?([0-9]+)\.([0-9]+) ]] && echo "${BASH_REMATCH[1]}.${BASH_REMATCH[2]}"
}

is_older() { # VERSION THAN
  local than=$2.0
  than=${than#*.}
  ((${1%%.*} < ${2%%.*} || (${1%%.*} == ${2%%.*} && ${1#*.} < ${than%%.*})))
}

