// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The four iterators as one object: libbpf reads the kernel's BTF once for
 * all of them, which is most of what loading costs.
 */
#define BPFBAY_TOGETHER
#include "iter_bpf_prog.bpf.c"
#include "iter_bpf_link.bpf.c"
#include "iter_bpf_map.bpf.c"
#include "iter_task_file.bpf.c"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
