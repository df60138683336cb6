package bpfbay.model;

import java.util.List;

/** Programs attached to a whole network namespace, in running order. Source: BPF_PROG_QUERY on its file. */
public record NetnsHookState(AttachType attachType, List<Integer> progIds) {
    public NetnsHookState {
        progIds = List.copyOf(progIds);
    }
}
