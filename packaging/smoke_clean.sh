#!/bin/bash
# Installs a package in a fresh Debian, starts it there, and removes it again:
#   smoke_clean.sh deb|frozen|wheel FILE     as root; logs and pictures go to build/smoke/
# The program itself runs without any network. A pip configuration of this machine is used there
# too. Needs debootstrap, xvfb, openbox, xdotool and imagemagick.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=$1 file=$(realpath "$2")
work=$PWD/build/smoke base=${CLEAN_BASE:-$PWD/build/smoke/base} root=$PWD/build/smoke/root
suite=${CLEAN_SUITE:-bookworm} name=$kind-$suite
mkdir -p "$work"
exec > >(tee "$work/$name.log") 2>&1
say() { echo "== $*"; }
fail() { say "FAILED: $*"; exit 1; }

[ -d "$base" ] || debootstrap --variant=minbase "$suite" "$base" >/dev/null
rm -rf "$root"; cp -a "$base" "$root"
# Copied, since packages that are installed there write the list of certificates anew.
for each in /etc/ssl/certs /usr/local/share/ca-certificates; do
  [ ! -d "$each" ] || { mkdir -p "$root$each"; cp -rL "$each/." "$root$each"; }
done
trap 'rm -rf "$root"; [ -z "${screen:-}" ] || kill "$screen"' EXIT

# within [--offline] COMMAND: run a command line in the clean system.
within() {
  local net=(); [ "$1" != --offline ] || { net=(--net); shift; }
  # shellcheck disable=SC2016 # the inner shell expands it
  ROOT=$root unshare --mount "${net[@]}" bash -c '
    mount --make-rprivate /
    mount -t proc proc "$ROOT/proc"; mount --rbind /dev "$ROOT/dev"
    mkdir -p "$ROOT/tmp/.X11-unix"; mount --bind /tmp/.X11-unix "$ROOT/tmp/.X11-unix"
    for each in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/xdg/pip '"${PIP_FIND_LINKS:-}"' '"${CLEAN_SHARES:-}"'; do
      [ -e "$each" ] || continue
      if [ -d "$each" ]; then mkdir -p "$ROOT$each"; else mkdir -p "$(dirname "$ROOT$each")"; touch "$ROOT$each"; fi
      mount --bind "$each" "$ROOT$each"; mount -o remount,bind,ro "$ROOT$each"
    done
    exec chroot "$ROOT" env -i HOME=/root LANG=C.UTF-8 DISPLAY='"${DISPLAY:-}"' '"$(env | grep '^PIP_' | tr '\n' ' ')"' \
      PATH=/root/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin bash -c "$0"' "$*"
}
files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./root \
  -o -path ./var/cache -o -path ./var/log -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) -prune -o -print | sort); }

python3 -c 'import sys; sys.path.insert(0, "packaging"); import smoke, pathlib
smoke.write_song(pathlib.Path(sys.argv[1]))' "$root/root/a song.wav"
within 'apt-get -qq update' >/dev/null
files > "$work/before"
cp "$file" "$root/root/" -r
case $kind in
  deb)
    within "apt-get -qq install --yes --no-install-recommends /root/$(basename "$file")" >/dev/null 2>&1 || fail "it does not install"
    within 'command -v python3' && fail "there is a Python here"
    program=vocal-remover ;;
  frozen)
    # What every desktop has; the .deb names the same.
    within 'apt-get -qq install --yes --no-install-recommends libasound2 libdbus-1-3 libegl1 libgl1 libfontconfig1 libx11-xcb1 libwayland-client0 libwayland-cursor0' >/dev/null 2>&1
    within 'command -v python3' && fail "there is a Python here"
    program=/root/$(basename "$file")/vocal-remover ;;
  wheel)
    within 'apt-get -qq install --yes --no-install-recommends pipx python3-venv libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libportaudio2' >/dev/null 2>&1
    cp packaging/requirements/torch.txt "$root/root/torch.txt"
    within "PIP_CONSTRAINT=/root/torch.txt pipx install /root/$(basename "$file")" || fail "pipx does not install it"
    program=vocal-remover ;;
esac
say "installed: $(du -sh --exclude=proc --exclude=dev "$root" | cut -f1) in all, $(du -sh "$base" | cut -f1) before"

say doctor
within --offline "QT_QPA_PLATFORM=offscreen $program doctor" | tee "$work/doctor"
! grep -E "library not found|cannot be|is not installed" "$work/doctor" || fail "something is missing"
say separate
within --offline "cd /root && $program separate 'a song.wav' -o out" || fail "it does not separate"
[ "$(find "$root/root/out" -name '*.wav' | wc -l)" = 2 ] || fail "two stems were to be written"
say "separate without stdin, stdout and stderr"
within --offline "cd /root && $program separate 'a song.wav' -o silent <&- >&- 2>&-" || fail "it needs a terminal"
[ "$(find "$root/root/silent" -name '*.wav' | wc -l)" = 2 ] || fail "two stems were to be written"

say "window on X, without stdin, stdout and stderr"
export DISPLAY=:${CLEAN_DISPLAY:-93}
mkdir -p /tmp/.X11-unix
Xvfb "$DISPLAY" -screen 0 1440x900x24 -nolisten tcp >/dev/null 2>&1 & screen=$!
sleep 2
openbox >/dev/null 2>&1 & # without a window manager no window is active, and none hears its keys
within --offline "cd /root && exec $program 'a song.wav' <&- >&- 2>&-" & window=$!
for _ in $(seq 180); do
  grep -qs "window shown" "$root"/root/.local/state/vocal-remover/log/vocal-remover.log && break
  kill -0 $window 2>/dev/null || fail "the window ended"
  sleep 1
done
shown=$(xdotool search --onlyvisible --name "Vocal Remover" | tail -1)
xdotool windowsize "$shown" 1440 900; sleep "${CLEAN_WAIT:-20}"
import -window root "$work/$name.png"
kill -0 $window || fail "the window closed by itself"
xdotool windowactivate --sync "$shown" key ctrl+q
for _ in $(seq 60); do kill -0 $window 2>/dev/null || break; sleep 1; done
kill -0 $window 2>/dev/null && { kill $window; fail "the window does not close"; }
wait $window || fail "the window ended with $?"
cat "$root"/root/.local/state/vocal-remover/log/vocal-remover.log

if [ "$kind" = deb ]; then
  say remove
  within 'apt-get -qq purge --yes vocal-remover && apt-get -qq autoremove --purge --yes' >/dev/null 2>&1
  files > "$work/after"
  diff "$work/before" "$work/after" || fail "something of it is left"
  say "nothing of it is left"
fi
say "passed"
