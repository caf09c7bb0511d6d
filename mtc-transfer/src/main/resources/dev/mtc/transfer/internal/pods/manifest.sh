# Functions that describe a tree as sorted lines NAME TAB KEY TAB VALUE, the same on both sides if both trees are equal.
# Keys: m type, mode, owner, group, size, time; l target of a link; d number of a device; k first name of a file with several;
# x attribute (ACLs are attributes, too); h digest of the content. In names and targets backslashes are doubled and control
# characters written \xHH. Nothing is kept in memory; what is in the making is in the directory $work.
# Attributes need getfattr.

export LC_ALL=C
readonly DIGEST='b2sum -z -l 256 --'
# what rsync copies of them
readonly ATTRIBUTES='^(user\.|trusted\.|security\.capability$|system\.posix_acl_(access|default)$)'

# commands of sed that write control characters but newlines as \xHH
CONTROLS=$(for code in 0{1..9} 0{b..f} 1{0..9} 1{a..f} 7f; do echo "s/\\x$code/\\\\x$code/g"; done)
readonly CONTROLS

# reads records ended by NUL, writes them ended by newlines
escape() {
  sed -z "/[\x01-\x1f\x7f\\\\]/{s/\\\\/\\\\\\\\/g;s/\n/\\\\x0a/g;$CONTROLS
}" | tr '\0' '\n'
}

sum() { # of the numbers read
  local part total=0
  while read -r part; do ((total += part)); done < <(xargs -r -n 4000 bash -c 'IFS=+; echo "$(($*))"' _)
  echo "$total"
}

# Names with several links: all but the first in the order of names say which that is; the first goes to the others to be hashed.
link_names() {
  local inode name size last='' first=''
  while IFS=$'\t' read -r inode name size; do
    if [[ $inode == "$last" ]]; then
      printf '%s\tk\t%s\n' "$name" "$first"
    else
      last=$inode first=$name
      echo "$size" >>"$work/sizes"
      printf '%b\0' "${name//\\\\/\\x5c}" >>"$work/small"
    fi
  done < <(escape <"$work/linked" | paste - - - | sort -T "$work" -t $'\t' -k1,1 -k2,2) >"$work/lines.k"
}

# Metadata of all but lost+found, times to the nanosecond, and lists of what is to be hashed: large files one
# by one, small ones many at once
list_tree() { # DIRECTORY
  rm -f "$work"/lines.* "$work"/{all,small,large,linked,devices,sizes,problems}
  (
    cd "$1" || exit
    find . -path ./lost+found -prune -o -fprint0 "$work/all" \( \
      -type d -printf '%p\0m\0d %m %U %G - %T@\0' \
      -o -type l -printf '%p\0m\0l %m %U %G %s %T@\0%p\0l\0%l\0' \
      -o -type f -printf '%p\0m\0f %m %U %G %s %T@\0' \( \
      -links +1 -fprintf "$work/linked" '%D:%i\0%p\0%s\0' \
      -o -size +2047k -fprint0 "$work/large" -fprintf "$work/sizes" '%s\n' \
      -o -fprint0 "$work/small" -fprintf "$work/sizes" '%s\n' \) \
      -o -printf '%p\0m\0%y %m %U %G - %T@\0' \( -type b -o -type c \) -fprint0 "$work/devices" \
      -o -true \) |
      escape | paste - - - | sed 's/0$//' >"$work/lines.m"
    xargs -0 -r stat --printf '%n\0d\0%t:%T\0' -- <"$work/devices" | escape | paste - - - >"$work/lines.d"
  ) 2>>"$work/problems"
  link_names 2>>"$work/problems"
}

# Extended attributes; getfattr writes newlines, returns and backslashes of names with three octal digits
list_attributes() { # DIRECTORY
  (
    cd "$1" || exit
    xargs -0 -r getfattr -h -d -m "$ATTRIBUTES" -e hex --absolute-names -- <"$work/all" |
      sed -n "/[\x01-\x1f\x7f\\\\]/{$CONTROLS
s/\\\\012/\\\\x0a/g;s/\\\\015/\\\\x0d/g;s/\\\\134/\\\\\\\\/g}"'
/^# file: /{s///;h;d};/^$/d;/=/!s/$/=/;G;s/^\(.*\)\n\(.*\)$/\2\tx\t\1/p' >"$work/lines.x"
  ) 2>>"$work/problems"
}

# a tenth of the files, a hundred at least
choose_sample() {
  local count
  count=$(wc -l <"$work/sizes")
  cat "$work/large" "$work/small" | shuf -z -n $((count > 1000 ? count / 10 : 100)) >"$work/sample"
}

# Only what the list of the other side names, or nothing, instead of all
hash_only() { # DIRECTORY LIST
  cat "$2" >"$work/small"
  : >"$work/large"
  (cd "$1" && xargs -0 -r stat -c %s -- <"$work/small" 2>/dev/null) >"$work/sizes"
}

hash_files() { # LIST NUMBER-AT-ONCE
  xargs -0 -r -P "$(nproc)" -n "$2" --process-slot-var=SLOT bash -c "exec $DIGEST"' "$@" >>"$0.$SLOT"' "$work/hashes" <"$1"
}

# A file without a digest gets a line that no line of the other side is equal to
hash_tree() { # DIRECTORY SIDE
  rm -f "$work"/hashes.* "$work/unread"
  (
    show_hashing $BASHPID "$(sum <"$work/sizes")" &
    cd "$1" || exit
    hash_files "$work/large" 1
    hash_files "$work/small" 200
    kill $! && wait $!
  ) 2>>"$work/unread"
  find "$work" -maxdepth 1 -name 'hashes.*' -exec cat {} + | escape |
    sed 's/^\\\?\([0-9a-f]*\)  \(.*\)$/\2\th\t\1/' >"$work/lines.h"
  if [[ -s $work/unread ]]; then
    comm -23 <(cat "$work/large" "$work/small" | escape | sort) <(cut -f 1 "$work/lines.h" | sort) |
      sed "s/\$/\th\tunreadable ($2)/" >"$work/lines.u"
  fi
}

# How many bytes a process and all its children have read
bytes_read() { # PROCESS
  local process name key value total=0
  for process in "/proc/$1" /proc/[0-9]*; do
    if [[ $process == "/proc/$1" ]] || { read -r name <"$process/comm" && [[ $name == b2sum || $name == xargs ]]; }; then
      while read -r key value; do
        if [[ $key == rchar: ]]; then ((total += value)); fi
      done <"$process/io"
    fi
  done 2>/dev/null
  echo "$total"
}

show_hashing() { # PROCESS TOTAL
  local hashed=0
  while tell "working $((hashed < $2 ? hashed : $2)) $2" && sleep 1; do
    hashed=$(bytes_read "$1")
  done
}

tell() { # STATE : working HASHED TOTAL, done, or failed WHY
  echo "$1" >"$work/state.$BASHPID" && mv "$work/state.$BASHPID" "$work/state"
}

list() { # DIRECTORY
  list_tree "$1"
  if type -p getfattr >/dev/null; then list_attributes "$1"; else : >"$work/no-attributes"; fi
}

# What is wrong, if anything is; where attributes cannot be there are none
problem() {
  sed -n '/^getfattr: .*: Operation not supported$/!{p;q}' "$work/problems"
}

# Ends with a manifest or tells that it failed
finish() { # DIRECTORY SIDE LEVEL
  case $3 in
    metadata) hash_only "$1" /dev/null ;;
    sampled) hash_only "$1" "$work/sample" ;;
  esac
  hash_tree "$1" "$2"
  sort -S 32M -T "$work" -o "$work/manifest" "$work"/lines.* 2>>"$work/problems"
  if [[ -n $(problem) ]]; then tell "failed $(problem)"; else tell "done"; fi
}
