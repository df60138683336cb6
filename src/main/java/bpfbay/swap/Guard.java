package bpfbay.swap;

/** One thing that is looked at before a swap. It changes nothing. */
interface Guard {
    GuardResult check(Inspection inspection);
}
