# Receives into /volume: stunnel lets in only peers that prove the key and starts an rsync daemon per connection.
set -u
# the first process of a container is not ended by a signal that it has no trap for
trap 'exit 143' TERM
run=/mtc/run
require rsync:3.2 stunnel:5 find xargs sed grep b2sum shuf

if [[ -n ${DEVICE:-} ]]; then require_devices; fi

volume_module() {
  if [[ -n ${DEVICE:-} ]]; then
    printf '%s\n' '[device]' "path = ${DEVICE%/*}" 'refuse options = !write-devices !copy-devices'
  else
    printf '%s\n' '[volume]' 'path = /volume'
  fi
  printf '%s\n' 'read only = no' 'write only = yes'
}

cat >"$run/rsyncd.conf" <<END
# without it a daemon rewrites symbolic links that are absolute or lead out of the volume
use chroot = yes
uid = 0
gid = 0
list = no
reverse lookup = no
numeric ids = yes
log file = /proc/1/fd/2
$(volume_module)
[request]
path = $run/request
read only = no
write only = yes
post-xfer exec = exec bash $run/answer.sh
[answer]
path = $run/answer
END

# sockets notice a dead peer within 90 seconds
cat >"$run/stunnel.conf" <<END
foreground = yes
pid =
debug = warning
socket = r:SO_KEEPALIVE=1
socket = r:TCP_KEEPIDLE=30
socket = r:TCP_KEEPINTVL=10
socket = r:TCP_KEEPCNT=6
[rsync]
accept = 6443
$(mutual)
exec = $BASH
execArgs = bash $run/serve.sh
END

# There is one sender at a time, with one connection unless it announced more. When the last one is gone, its rsync may still be busy with keeping what it got of a file,
# which the next one is to find; one whose sender died without a word is told to keep it now. Who only probes whether somebody listens comes here, too,
# and must not end what comes after.
cat >"$run/serve.sh" <<'END'
others() {
  local process name
  rsyncs=()
  for process in /proc/[0-9]*; do
    if read -r name <"$process/comm" && [[ $name == rsync ]]; then rsyncs+=("${process#/proc/}"); fi
  done 2>/dev/null
  ((${#rsyncs[@]} > 0))
}
if [[ -e /mtc/run/streams ]]; then exec rsync --daemon --config=/mtc/run/rsyncd.conf; fi
waited=0
others
before=("${rsyncs[@]}")
while others; do
  if ((++waited == 20)); then kill -TERM "${before[@]}" 2>/dev/null; fi
  sleep 0.1
done
exec rsync --daemon --config=/mtc/run/rsyncd.conf
END

# A sender that wants to know what became of the volume asks for a description of it; one that asks anew needs no other any
# more. What describes must not keep the connection open.
mkdir "$run/request" "$run/answer"
{
  declare -p DIGEST ATTRIBUTES CONTROLS
  declare -f
  cat <<'END'
export LC_ALL=C
describe() {
  list /volume
  finish /volume target "$level"
}
if [[ $RSYNC_EXIT_STATUS != 0 ]]; then exit; fi
read -r id level size </mtc/run/request/order
case $level in
  streams)
    if [[ -z $(find /volume -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit) ]]; then
      mkdir -p "/mtc/run/answer/$id"
      : >"/mtc/run/answer/$id/empty"
      : >/mtc/run/streams
    fi
    exit
    ;;
  whole)
    rm -f /mtc/run/streams
    exit
    ;;
esac
if [[ -e /mtc/run/describing ]]; then kill -TERM -- "-$(</mtc/run/describing)"; fi
rm -rf /mtc/run/answer/*
work=/mtc/run/answer/$id
mkdir "$work"
if [[ $level == sampled ]]; then mv /mtc/run/request/sample "$work/"; fi
echo "working 0 0" >"$work/state"
set -m
describe </dev/null >/proc/1/fd/1 2>/proc/1/fd/2 &
echo $! >/mtc/run/describing
END
} >"$run/answer.sh"

# rsync keeps what it has of an unfinished file when it is asked to end, not when it is killed
stop() {
  trap '' TERM
  kill -TERM -1
  while kill -0 -1 2>/dev/null; do sleep 0.1; done
  exit 143
}
trap stop TERM

listening() {
  local entry
  while read -ra entry; do
    if [[ ${entry[1]} == *:192B && ${entry[3]} == 0A ]]; then return 0; fi
  done < <(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  return 1
}

write_join
stunnel "$run/stunnel.conf" &
server=$!
until listening; do
  kill -0 $server 2>/dev/null || break
  sleep 0.1
done
: >"$run/ready"
wait $server
code=$?
echo "stunnel ended with code $code" >/dev/termination-log
exit $code
