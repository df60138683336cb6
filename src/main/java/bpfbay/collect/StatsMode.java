package bpfbay.collect;

/** Whether bpfbay lets the kernel count runs. */
public enum StatsMode {
    /** Never. */
    OFF,
    /** One second in ten. */
    SAMPLE,
    /** Always, while bpfbay runs. */
    ON
}
