# What both halves of a copy through a restic repository have in common; the functions of tools.sh, manifest.sh and compare.sh
# come before. The last line of the log tells the progress, the termination message the result (key=value lines).
set -uo pipefail
# the first process of a container is not ended by a signal that it has no trap for
trap 'trap "" TERM; kill -TERM -1; exit 143' TERM
run=/mtc/run
require restic:0.14 find xargs sed grep b2sum shuf
export RESTIC_PASSWORD_FILE=/mtc/secret/password RESTIC_CACHE_DIR=$run/cache RESTIC_PROGRESS_FPS=1 TMPDIR=$run
options=(-o "s3.region=$REGION" -o "s3.bucket-lookup=$LOOKUP")
if [[ ${INSECURE:-no} == yes ]]; then options+=(--insecure-tls); fi
if [[ -e /mtc/secret/authorities ]]; then options+=(--cacert /mtc/secret/authorities); fi
: >"$run/report"
: >"$run/stderr"

credential() { # FILE VARIABLE
  if [[ -e /mtc/secret/$1 ]]; then export "$2=$(<"/mtc/secret/$1")"; fi
}
credential access-key AWS_ACCESS_KEY_ID
credential secret-key AWS_SECRET_ACCESS_KEY
credential session-token AWS_SESSION_TOKEN

end() { # CODE
  tail -n 40 "$run/stderr" >&2
  {
    echo "exit=$1"
    cat "$run/report"
    if [[ $1 != 0 ]]; then tail -n 8 "$run/stderr" | cut -c -300 | sed '/^$/d;s/^/error=/'; fi
  } | head -c 4000 >/dev/termination-log
  exit "$1"
}

# Signals are acted upon while something is waited for, not while it runs in the foreground
repository() { # ARGUMENTS
  restic "${options[@]}" "$@" 2>>"$run/stderr" &
  wait $!
}

# The size of a tree by its description
size() { # FILE
  sed -n 's/^[^\t]*\tm\tf [0-9]* [0-9]* [0-9]* \([0-9]*\) .*/\1/p' "$1" | sum
}

# Metadata of a tree as sorted lines. A socket is made anew by what listens on it, and restic knows none
describe() { # DIRECTORY FILE
  list "$1"
  sort -S 32M -T "$work" "$work"/lines.* | sed '/\tm\ts /d' >"$2"
}

# Directories with what is to be set of them at the end
list_directories() { # DIRECTORY
  (cd "$1" && find . -path ./lost+found -prune -o -type d -printf '%m %U %G %T@ %p\0') | sort -z
}

# Says once a second how much a process has written
show_written() { # PROCESS WHAT TOTAL
  local key value written shown=-1
  while kill -0 "$1" 2>/dev/null; do
    if ((SECONDS != shown)); then
      shown=$SECONDS written=0
      while read -r key value; do
        if [[ $key == wchar: ]]; then written=$value; fi
      done <"/proc/$1/io"
      echo "progress $2 done=$((written < $3 ? written : $3)) total=$3"
    fi
    sleep 0.1
  done 2>/dev/null
}

# Says once a second how much of a tree is hashed, until the process that does it ends
await_hashes() { # PROCESS
  local state shown=-1
  while kill -0 "$1" 2>/dev/null; do
    if ((SECONDS != shown)) && [[ -s $work/state ]]; then
      shown=$SECONDS
      read -ra state <"$work/state"
      if [[ ${state[0]} == working ]]; then echo "progress comparing done=${state[1]} total=${state[2]}"; fi
    fi
    sleep 0.1
  done
  if [[ $(<"$work/state") != done ]]; then
    cut -c -300 "$work/state" >>"$run/stderr"
    end 201
  fi
}
