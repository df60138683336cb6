#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# 200 000 packets a second through a place while its program is replaced 1000 times, kind by kind: packets
# that neither program saw, and how long one replacement takes; beside it detach and attach, 200 times.
# Then the whole engine: how long from the word to the kernel, and a group of 100. Needs root; all in namespaces of its own.
set -eu

cd "$(dirname -- "$0")/../.."
make -s -C native all trials
for kind in xdp-link xdp-netlink tcx-link tcx-prog netkit-link netkit-prog cgroup-link cgroup-prog cls-bpf; do
	status=0
	target/native/swap_flow $kind replace 1000 200000 || status=$?
	case $status in
	0) target/native/swap_flow $kind naive 200 200000 ;;
	77) echo "$kind: this kernel has none" ;;
	*) exit 4 ;;
	esac
done

# The engine: from the operator's word to the kernel, and a group with its guards.
home=$PWD
# shellcheck source=src/bench/classes.sh
. src/bench/classes.sh
# shellcheck disable=SC2016 # of the inner shell
unshare -n -m --propagation private sh -c '
	mount -t bpf bpf /sys/fs/bpf
	ip link set lo up
	exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 $1 -cp "$2" bpfbay.swap.SwapLatency 100
' sh "$properties" "$class_path"
