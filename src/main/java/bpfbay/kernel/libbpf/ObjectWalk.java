package bpfbay.kernel.libbpf;

/**
 * A way to see which objects there are: by ids one after the other, or by iterator programs. Each call
 * fills the rows anew. Fails as a whole with a KernelException.
 */
interface ObjectWalk extends AutoCloseable {
    /** {@code struct shim_prog_row}. */
    void programs(Rows rows);

    /** {@code struct shim_link_row}. */
    void links(Rows rows);

    /** {@code struct shim_map_row}. */
    void maps(Rows rows);

    /** What its rows tell beside ids. */
    Knowledge knowledge();

    /** Which columns of the rows mean something. */
    enum Knowledge {
        /** Programs: the id alone. Links: without the namespace. */
        IDS,
        /** Programs: load time, expected attach type and references. Links: the namespace. */
        EVERYTHING
    }

    @Override
    void close();
}
