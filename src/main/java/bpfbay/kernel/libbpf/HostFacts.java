package bpfbay.kernel.libbpf;

import bpfbay.model.Host;
import bpfbay.model.RawText;

/** uname(2), the boot id and libbpf's version. */
final class HostFacts {
    /* struct utsname: six fields of 65 bytes; the name of the node is the second, the release the third */
    private static final int UTS_FIELD = 65;

    static final int UTS_BYTES = 6 * UTS_FIELD;

    private final NativeBuffer utsname = new NativeBuffer(UTS_BYTES);
    private final RawFile file = new RawFile();

    Host read() {
        SystemShim.shim_uname(utsname.address());
        return new Host(uts(1), uts(2), NativeCode.libbpfVersion(), bootId());
    }

    private String uts(int field) {
        byte[] text = new byte[UTS_FIELD];
        utsname.view().get(field * UTS_FIELD, text);
        return RawText.decodeCString(text);
    }

    /* absent where /proc is not mounted or hidden: ids are then not told from those of another boot */
    private String bootId() {
        String id = file.text("/proc/sys/kernel/random/boot_id");
        return id.isEmpty() ? "unknown" : id.strip();
    }
}
