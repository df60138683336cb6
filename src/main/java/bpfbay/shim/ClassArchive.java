package bpfbay.shim;

/** {@code native/shim_archive.c}: the archive of classes that the build makes and Java maps, {@code target/bpfbay.jsa}. */
public final class ClassArchive {
    private ClassArchive() {}

    /** Has the kernel give this process its own pages of what Java will write to. Without an archive, or the shim, nothing. */
    public static void touch() {
        try {
            Shim.load();
            shim_archive_touch();
        } catch (UnsatisfiedLinkError notBuilt) {
            return; // whoever cannot do without it says so
        }
    }

    private static native void shim_archive_touch();
}
