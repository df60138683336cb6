package bpfbay.kernel.libbpf;

import bpfbay.model.AttachType;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Program.License;
import bpfbay.model.Reading;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code struct bpf_prog_info}. */
final class ProgramDecoder {
    /** A name of this length may have been cut: BPF_OBJ_NAME_LEN - 1. */
    static final int LONGEST_NAME = 15;

    /** {@code bpf_prog_info} has no {@code expected_attach_type}. */
    static final Reading<AttachType> UNTOLD = new Reading.NotAsked<>("only the program iterator tells");

    private static final Reading<String> NOT_YET = new Reading.NotAsked<>("not asked yet");

    private ProgramDecoder() {}

    /** Without what other calls must tell: the long name and the fingerprint. */
    static Program decode(InfoRecord record, Instant bootedAt) {
        KernelStruct info = record.info();
        int btfId = btfId(info);
        return new Program(
                record.id(),
                new ProgType(info.u32(0)),
                info.text(64, 16),
                tag(info),
                bootedAt.plusNanos(info.u64(40)),
                info.u32(48),
                (info.u32(84) & 1) != 0 ? License.GPL_COMPATIBLE : License.OTHER,
                info.u32(20),
                info.u32(16),
                record.memlock() == 0 ? OptionalLong.empty() : OptionalLong.of(record.memlock()),
                info.u32(216),
                record.mapIds(),
                btfId == 0 ? OptionalInt.empty() : OptionalInt.of(btfId),
                UNTOLD,
                NOT_YET,
                NOT_YET);
    }

    static Program named(Program p, String name, Reading<String> fingerprint, Reading<String> functions) {
        return copy(p, name, p.expectedAttachType(), fingerprint, functions);
    }

    static Program expecting(Program p, Reading<AttachType> expected) {
        return copy(p, p.name(), expected, p.fingerprint(), p.functions());
    }

    private static Program copy(
            Program p,
            String name,
            Reading<AttachType> expected,
            Reading<String> fingerprint,
            Reading<String> functions) {
        return new Program(
                p.id(),
                p.type(),
                name,
                p.tag(),
                p.loadedAt(),
                p.uid(),
                p.license(),
                p.bytesXlated(),
                p.bytesJited(),
                p.bytesMemlock(),
                p.verifiedInsns(),
                p.mapIds(),
                p.btfId(),
                expected,
                fingerprint,
                functions);
    }

    static long loadTime(KernelStruct info) {
        return info.u64(40);
    }

    static int btfId(KernelStruct info) {
        return info.u32(128);
    }

    /** Whose function a tracing program is for: {@code attach_btf_obj_id}, 0 where the kernel does not say. */
    static int attachBtfObjectId(KernelStruct info) {
        return info.u32(220);
    }

    private static String tag(KernelStruct info) {
        return HexFormat.of().formatHex(info.array(8, 8));
    }

    /** The whole name, where a function's name only goes on where the kernel cut. */
    static String longName(String kernelName, String function) {
        return kernelName.length() == LONGEST_NAME && function.startsWith(kernelName) ? function : kernelName;
    }
}
