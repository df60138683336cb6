package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.model.AttachTarget;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What tracing links are tied to. {@code bpf_link_info.tracing.target_obj_id} is a program's id or a BTF
 * object's, and the link does not say which: freplace always names a program, and for the others the BTF
 * that their program was loaded against is the kernel's or another program's.
 */
final class TracingTargets {
    private final ObjectInfos infos;
    private final BtfBlobs blobs;
    private final KernelFunctions functions;

    /** What a tracing program was loaded for. */
    private record Against(ProgType type, int btfObjectId) {}

    TracingTargets(ObjectInfos infos, BtfBlobs blobs) {
        this.infos = infos;
        this.blobs = blobs;
        this.functions = new KernelFunctions(blobs);
    }

    /** By link id. */
    Map<Integer, AttachTarget> resolve(Map<Integer, KernelStruct> links) {
        Map<Integer, AttachTarget> targets = new HashMap<>();
        if (links.isEmpty()) {
            return targets;
        }
        int[] progIds = links.values().stream()
                .mapToInt(LinkDecoder::progId)
                .sorted()
                .distinct()
                .toArray();
        Map<Integer, Against> programs = new HashMap<>();
        infos.ask(
                ObjectId.Kind.PROG,
                progIds,
                record -> programs.put(
                        record.id(),
                        new Against(
                                new ProgType(record.info().u32(0)), ProgramDecoder.attachBtfObjectId(record.info()))));
        links.forEach((id, info) -> {
            Against against = programs.get(LinkDecoder.progId(info));
            targets.put(id, target(Optional.ofNullable(against), info.u32(20), info.u32(24)));
        });
        return targets;
    }

    private AttachTarget target(Optional<Against> program, int object, int typeId) {
        boolean isOfProgram = program.filter(against ->
                        against.type().equals(ProgType.EXT) || owner(against.btfObjectId()) == BtfBlobs.Owner.PROGRAM)
                .isPresent();
        return isOfProgram
                ? new AttachTarget.Prog(object, typeId, ofProgram(object, typeId))
                : new AttachTarget.KernelBtf(object, typeId, functions.ofKernel(object, typeId));
    }

    /* a kernel that does not say what the program was loaded against (before 5.18) is taken to mean itself */
    private BtfBlobs.Owner owner(int btfObjectId) {
        if (btfObjectId == 0) {
            return BtfBlobs.Owner.KERNEL;
        }
        try {
            return blobs.owner(btfObjectId);
        } catch (KernelException gone) {
            return BtfBlobs.Owner.KERNEL;
        }
    }

    private Optional<String> ofProgram(int progId, int typeId) {
        int[] btfId = {0};
        infos.ask(ObjectId.Kind.PROG, new int[] {progId}, record -> btfId[0] = ProgramDecoder.btfId(record.info()));
        return btfId[0] == 0 ? Optional.empty() : functions.ofProgram(btfId[0], typeId);
    }
}
