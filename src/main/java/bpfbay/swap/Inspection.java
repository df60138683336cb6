package bpfbay.swap;

import bpfbay.model.BpfMap;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What guards look at.
 *
 * @param programs of the kernel after the candidate was loaded, by id
 * @param maps likewise
 */
record Inspection(
        Ground ground,
        SwapRequest request,
        Snapshot snapshot,
        List<Seat> seats,
        Challenger challenger,
        Map<Integer, Program> programs,
        Map<Integer, BpfMap> maps) {
    /** The live programs, each once. */
    Map<Integer, Program> live() {
        Map<Integer, Program> live = new LinkedHashMap<>();
        seats.forEach(seat -> seat.program().ifPresent(program -> live.put(program.id(), program)));
        return live;
    }
}
