#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# 200 000 packets a second through a place while its program is replaced 1000 times, kind by kind: packets that neither
# program saw. First by the kernel's call alone, and how long one takes; then by the whole engine, with guards, way back, journal
# and confirmation; beside them detach and attach, 200 times.
# At last the engine alone: how long from the word to the kernel, and a group of 100. Needs root; all in namespaces of its own.
#
#   src/bench/swap.sh [KIND...]       xdp-link cls-bpf ...; all unless said
set -eu

cd "$(dirname -- "$0")/../.."
if [ -z "${BPFBAY_BENCH_APART:-}" ]; then
	exec env BPFBAY_BENCH_APART=yes unshare -n -m --propagation private src/bench/swap.sh "$@"
fi
mount -t bpf bpf /sys/fs/bpf
ip link set lo up
[ $# -gt 0 ] || set -- xdp-link xdp-netlink tcx-link tcx-prog netkit-link netkit-prog cgroup-link cgroup-prog cls-bpf
make -s -C native all trials
home=$PWD
# shellcheck source=src/bench/classes.sh
. src/bench/classes.sh
java="java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 $properties -cp $class_path"
for kind; do
	status=0
	target/native/swap_flow "$kind" replace 1000 200000 || status=$?
	case $status in
	0) ;;
	77)
		echo "$kind: this kernel has none"
		continue
		;;
	*) exit 4 ;;
	esac
	# shellcheck disable=SC2086 # several words
	target/native/swap_flow "$kind" engine 1000 200000 $java bpfbay.swap.SwapFlow
	target/native/swap_flow "$kind" naive 200 200000
done
# shellcheck disable=SC2086 # several words
$java bpfbay.swap.SwapLatency 100
