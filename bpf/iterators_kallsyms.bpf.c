// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The iterators for kernels before 6.4: see iter_task_file.bpf.c. */
#define RELEASE_BY_KALLSYMS
#include "iterators.bpf.c"
