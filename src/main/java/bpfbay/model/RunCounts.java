package bpfbay.model;

/** A program's counters since it was loaded, unsigned; they stand still while statistics are off. */
public record RunCounts(long runCount, long runTimeNs) {}
