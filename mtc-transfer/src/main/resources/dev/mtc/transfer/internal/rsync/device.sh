# Functions of both ends for a volume that is a device, $DEVICE, instead of a tree.

device_size() {
  local major minor
  read -r major minor < <(stat -Lc '%t %T' "$DEVICE")
  echo $((512 * $(<"/sys/dev/block/$((16#$major)):$((16#$minor))/size")))
}

require_devices() {
  if [[ $(rsync --help) != *--copy-devices* ]]; then
    echo "missing=rsync --copy-devices (version 3.2.7)" >/dev/termination-log
    exit 127
  fi
}

# Equal times of two devices say nothing. What both sides have rsync does not send.
copy_device() {
  size=$(device_size) || end 11
  echo "$size 1" >"$run/measured"
  copy -I --copy-devices --write-devices --no-whole-file --fsync --no-human-readable "$DEVICE" \
    "rsync://receiver/device/${DEVICE##*/}"
}

# An extent is for a device what a file is for a tree (manifest.sh): these take the place of the functions for trees. A target may be
# larger than the source, whose end is at $size; what lies behind does not matter.
if [[ -n ${DEVICE:-} ]]; then
  list() {
    local offset extent=$((64 << 20))
    : >"$work/lines.m"
    : >"$work/small"
    for ((offset = 0; offset < size; offset += extent)); do
      printf '%d %d\0' $offset $((size - offset < extent ? size - offset : extent))
    done >"$work/large"
    sizes_of_extents "$work/large"
  }

  sizes_of_extents() { # LIST
    tr '\0' '\n' <"$1" | sed 's/.* //' >"$work/sizes"
  }

  hash_only() { # DIRECTORY LIST
    cat "$2" >"$work/small"
    : >"$work/large"
    sizes_of_extents "$work/small"
  }

  hash_extent() { # OFFSET LENGTH SIDE
    local digest
    set -o pipefail
    digest=$(dd if="$DEVICE" bs=1M iflag=fullblock,skip_bytes,count_bytes skip="$1" count="$2" status=none | b2sum -l 256) ||
      digest="unreadable ($3)"
    printf './bytes from %016d\th\t%s\n' "$1" "${digest%  -}"
  }

  hash_tree() { # DIRECTORY SIDE
    rm -f "$work"/hashes.*
    export -f hash_extent
    (
      show_hashing $BASHPID "$(sum <"$work/sizes")" &
      cat "$work/large" "$work/small" | xargs -0 -r -P "$(nproc)" -n 1 --process-slot-var=SLOT \
        bash -c 'hash_extent $2 "$1" >>"$0.$SLOT"' "$work/hashes" "$2"
      kill $! && wait $!
    ) 2>>"$work/unread"
    find "$work" -maxdepth 1 -name 'hashes.*' -exec cat {} + >"$work/lines.h"
  }
fi
