package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/*
 * A row may move under the cursor, what is swapped may not: targets are known by their identity, and their refs are
 * looked up anew for each plan.
 */
/**
 * Which attachments are to be swapped, as they were shown when that was asked for.
 *
 * @param type of their programs, which the candidate's must be
 */
public record Aim(List<Target> targets, ProgType type) {
    /**
     * One of them.
     *
     * @param ref as it was then
     */
    public record Target(Identity identity, String ref, Program program) {}

    public Aim {
        targets = List.copyOf(targets);
    }

    /** {@code eth0/xdp}, {@code 3 places}. */
    public String label() {
        return targets.size() == 1 ? targets.get(0).ref() : targets.size() + " places";
    }

    boolean isAllOf(int progId) {
        return targets.stream().allMatch(target -> target.program().id() == progId);
    }

    boolean isNamed(String name) {
        return targets.stream().anyMatch(target -> target.program().name().equals(name));
    }

    /** Their refs as they are by now; the name of one that is gone. */
    Found find(Snapshot snapshot) {
        List<String> refs = new ArrayList<>();
        for (Target target : targets) {
            Optional<Attachment> there = snapshot.attachments().stream()
                    .filter(attachment -> Identity.of(attachment).equals(target.identity()))
                    .findFirst();
            if (there.isEmpty()) {
                return new Found(List.of(), Optional.of(target.ref()));
            }
            refs.add(there.get().ref());
        }
        return new Found(refs, Optional.empty());
    }

    /** Either all of them, or one that is not there any more. */
    public record Found(List<String> refs, Optional<String> missing) {}
}
