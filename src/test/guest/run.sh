#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs one command as root on Debian 12's own 6.12 kernel, in a throw-away virtual machine.
#
#   src/test/guest/run.sh COMMAND [ARG...]      for example
#   src/test/guest/run.sh uname -r
#   src/test/guest/run.sh sh -c 'ip link add nk0 type netkit && ip -br link'
#   src/test/guest/run.sh --out DIR COMMAND...  what the command leaves in /mnt stays in DIR
#   src/test/guest/run.sh --timeout 600 ...     seconds before the machine is stopped (default 300)
#
# The machine boots in three seconds (qemu TCG: no KVM needed) and sees this machine's whole file system at the same paths, in the
# caller's working directory. Everything it writes goes to memory and is forgotten, but for /mnt. It has bpffs, cgroup2,
# tracefs, debugfs, an empty /run/netns, loads kernel modules on demand (veth, netkit, dummy, cls_bpf, bridge ...) and has no network.
# Output comes when the command has ended; the exit status is the command's. 124: the time was up. 125: the machine did not come up.
#
# The kernel is unpacked into ~/.cache/bpfbay, not installed. Needs qemu-system-x86, qemu-system-common, busybox-static.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cache=${BPFBAY_GUEST_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/bpfbay}
out=
timeout=300

die() {
	printf 'guest: %s\n' "$1" >&2
	exit 125
}

while [ $# -gt 0 ]; do
	case $1 in
	--out) out=$2; shift 2 ;;
	--timeout) timeout=$2; shift 2 ;;
	--) shift; break ;;
	-*) die "no option $1" ;;
	*) break ;;
	esac
done
[ $# -gt 0 ] || die "no command"

busybox=$(command -v busybox) || die "busybox-static is not installed"
qemu=$(command -v qemu-system-x86_64) || die "qemu-system-x86 is not installed"
virtiofsd=/usr/lib/qemu/virtiofsd
[ -x "$virtiofsd" ] || die "qemu-system-common is not installed"

# The meta-package names today's kernel, whose own package holds it.
newest() {
	apt-cache depends linux-image-6.12-cloud-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-.*\)$/\1/p' | head -n 1
}

fetch() {
	package=$(newest)
	[ -n "$package" ] || return 1
	kernel=$cache/$package
	[ ! -e "$kernel/ready" ] || return 0
	printf 'guest: fetching %s\n' "$package" >&2
	rm -rf "$kernel"
	mkdir -p "$kernel"
	(cd "$kernel" && apt-get -qq -o APT::Sandbox::User=root download "$package" >&2) || return 1
	dpkg -x "$kernel"/*.deb "$kernel"
	rm -f "$kernel"/*.deb
	# busybox reads .ko.xz, but its depmod does not: unpack once.
	find "$kernel/lib/modules" -name '*.ko.xz' -exec "$busybox" unxz {} +
	"$busybox" depmod -b "$kernel" "${package#linux-image-}"
	: >"$kernel/ready"
}

mkdir -p "$cache"
exec 8>"$cache/lock"
flock 8
# Package lists that are absent, or too old for the archive, are fetched anew; where that cannot be, an older kernel will do.
if ! fetch && ! { apt-get -qq update >&2 && fetch; }; then
	kernel=
	for ready in "$cache"/linux-image-6.12*/ready; do
		[ ! -e "$ready" ] || kernel=${ready%/ready}
	done
	[ -n "$kernel" ] || die "cannot fetch the kernel of linux-image-6.12-cloud-amd64"
fi
exec 8>&-
for modules in "$kernel"/lib/modules/*; do release=${modules##*/}; done

work=$(mktemp -d "${TMPDIR:-/tmp}/bpfbay-guest.XXXXXX")
pids=
# shellcheck disable=SC2317 # reached by the trap
stop() {
	# Only what this script started. SIGKILL: virtiofsd waits for its client on a polite signal.
	for pid in $pids; do kill -KILL "$pid" 2>/dev/null || :; done
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -p "$work/share" "$work/initramfs/bin"
[ -n "$out" ] || out=$work/out
mkdir -p "$out"
out=$(CDPATH='' cd -- "$out" && pwd)

# Quotes a word so that the guest's shell reads back the same bytes.
quote() {
	printf "'"
	printf '%s.' "$1" | sed "s/'/'\\\\''/g; \$s/\\.\$//"
	printf "' "
}
for word; do quote "$word"; done >"$work/share/command"
{
	printf 'cd '
	quote "$PWD"
	echo '2>/dev/null || cd /'
} >"$work/share/directory"
printf "modules='%s'\n" "$kernel/lib/modules" >"$work/share/environment"

cp "$busybox" "$work/initramfs/bin/busybox"
cp "$here/init" "$work/initramfs/init"
cp "$modules/kernel/fs/overlayfs/overlay.ko" "$work/initramfs/"
chmod 755 "$work/initramfs/init"
(cd "$work/initramfs" && find . | "$busybox" cpio -o -H newc 2>/dev/null | gzip -1) >"$work/initrd.gz"

"$virtiofsd" --socket-path="$work/root.sock" -o source=/,cache=always,sandbox=chroot --rlimit-nofile=0 >"$work/virtiofsd.log" 2>&1 &
pids="$pids $!"
"$virtiofsd" --socket-path="$work/share.sock" -o "source=$work/share,cache=none,sandbox=chroot" --rlimit-nofile=0 >>"$work/virtiofsd.log" 2>&1 &
pids="$pids $!"
"$virtiofsd" --socket-path="$work/out.sock" -o "source=$out,cache=none,sandbox=chroot" --rlimit-nofile=0 >>"$work/virtiofsd.log" 2>&1 &
pids="$pids $!"
tries=100
while [ ! -S "$work/root.sock" ] || [ ! -S "$work/share.sock" ] || [ ! -S "$work/out.sock" ]; do
	tries=$((tries - 1))
	[ "$tries" -gt 0 ] || { cat "$work/virtiofsd.log" >&2; die "virtiofsd did not start"; }
	sleep 0.05
done

# Nehalem and one TCG thread: with more of either, compiled Java code crashes now and then.
"$qemu" -accel tcg,thread=single,tb-size=1024 -cpu Nehalem -m 2048 -smp 2 \
	-object memory-backend-memfd,id=mem,size=2048M,share=on -numa node,memdev=mem \
	-chardev "socket,id=c0,path=$work/root.sock" -device vhost-user-fs-pci,chardev=c0,tag=host \
	-chardev "socket,id=c1,path=$work/share.sock" -device vhost-user-fs-pci,chardev=c1,tag=share \
	-chardev "socket,id=c2,path=$work/out.sock" -device vhost-user-fs-pci,chardev=c2,tag=out \
	-nodefaults -display none -serial "file:$work/console" -no-reboot \
	-kernel "$kernel/boot/vmlinuz-$release" -initrd "$work/initrd.gz" \
	-append "console=ttyS0 panic=-1 mitigations=off quiet" </dev/null >"$work/qemu.log" 2>&1 &
machine=$!
pids="$pids $machine"
(
	sleep "$timeout" &
	sleeper=$!
	trap 'kill "$sleeper"; exit' TERM
	wait "$sleeper"
	: >"$work/late"
	kill -KILL "$machine"
) 2>/dev/null &
watch=$!
wait "$machine" 2>/dev/null || :
kill -TERM "$watch" 2>/dev/null || :

[ ! -e "$work/share/stdout" ] || cat "$work/share/stdout"
[ ! -e "$work/share/stderr" ] || cat "$work/share/stderr" >&2
if [ -e "$work/late" ]; then
	printf 'guest: still running after %s s, stopped; the end of its console:\n' "$timeout" >&2
	tail -n 20 "$work/console" >&2 || :
	exit 124
fi
if [ ! -e "$work/share/status" ]; then
	cat "$work/qemu.log" >&2
	tail -n 40 "$work/console" >&2 || :
	die "the machine ended before the command did"
fi
read -r status <"$work/share/status"
exit "$status"
