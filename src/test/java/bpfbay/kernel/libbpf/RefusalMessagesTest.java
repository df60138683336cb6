package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.ObjectId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class RefusalMessagesTest {
    @Test
    void a_walk_without_privilege_names_the_capability() {
        KernelException refused = IdWalk.refused(ObjectId.Kind.PROG, Errno.EPERM);
        assertInstanceOf(KernelException.Denied.class, refused);
        assertEquals("BPF_PROG_GET_NEXT_ID programs: EPERM — needs CAP_SYS_ADMIN", refused.getMessage());
    }

    @Test
    void a_walk_on_an_old_kernel_names_the_version() {
        KernelException refused = IdWalk.refused(ObjectId.Kind.LINK, Errno.EINVAL);
        assertInstanceOf(KernelException.Unsupported.class, refused);
        assertEquals("BPF_LINK_GET_NEXT_ID links: EINVAL — needs Linux 5.8", refused.getMessage());
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void a_missing_shim_is_one_line_with_the_path_looked_at(@TempDir Path empty) {
        String home = System.setProperty("bpfbay.home", empty.toString());
        try {
            KernelException missing = assertThrows(KernelException.Unsupported.class, NativeCode::shim);
            assertEquals(
                    "dlopen " + empty + "/target/native/libbpfbay.so: ENOENT — not built: run ./bpfbay once, or make"
                            + " -C native",
                    missing.getMessage());
        } finally {
            System.setProperty("bpfbay.home", home);
        }
    }
}
