package bpfbay.kernel.libbpf;

import bpfbay.model.AttachTarget;
import bpfbay.model.ProgType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What tracing links are tied to. {@code bpf_link_info.tracing.target_obj_id} is a program's id or a BTF
 * object's, and the link does not say which: freplace always names a program, and the others' program
 * tells whether the BTF it was loaded against is the kernel's.
 */
final class TracingTargets {
    private final ObjectInfos infos;

    TracingTargets(ObjectInfos infos) {
        this.infos = infos;
    }

    /** By link id. */
    Map<Integer, AttachTarget> resolve(Map<Integer, KernelStruct> links) {
        Map<Integer, AttachTarget> targets = new HashMap<>();
        if (links.isEmpty()) {
            return targets;
        }
        Map<Integer, Boolean> ofProgram = new HashMap<>();
        int[] progIds = links.values().stream()
                .mapToInt(LinkDecoder::progId)
                .sorted()
                .distinct()
                .toArray();
        infos.ask(bpfbay.model.ObjectId.Kind.PROG, progIds, record -> {
            boolean isExt = record.info().u32(0) == ProgType.EXT.value();
            ofProgram.put(record.id(), isExt);
        });
        links.forEach((id, info) -> {
            int object = info.u32(20);
            int type = info.u32(24);
            targets.put(
                    id,
                    ofProgram.getOrDefault(LinkDecoder.progId(info), false)
                            ? new AttachTarget.Prog(object, type, Optional.empty())
                            : new AttachTarget.KernelBtf(object, type, Optional.empty()));
        });
        return targets;
    }
}
