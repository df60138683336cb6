package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.model.Attachment;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Program;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was loaded, came, moved or was replaced a short while ago. */
final class Young {
    private final List<Program> programs;
    private final Set<Identity> identities;

    /* identities take their time to make, and most attachments are on none of these devices */
    private final int[] numbers;

    private Young(List<Program> programs, Set<Identity> identities) {
        this.programs = programs;
        this.identities = identities;
        this.numbers = numbers(identities);
    }

    private static int[] numbers(Set<Identity> identities) {
        int[] numbers = new int[identities.size()];
        int count = 0;
        for (Identity identity : identities) {
            if (identity instanceof Identity.OfAttachment attachment) {
                numbers[count] = number(attachment.key().place());
                count++;
            }
        }
        int[] used = Arrays.copyOf(numbers, count);
        Arrays.sort(used);
        return used;
    }

    static Young of(Scene scene) {
        return new Young(young(scene.now().programs(), scene), identities(scene));
    }

    /**
     * Of a later scene.
     *
     * @param loaded since then
     */
    Young after(Scene scene, List<Program> loaded) {
        List<Program> still = new ArrayList<>();
        for (Program program : programs) {
            if (isThere(program, scene)) {
                still.add(program);
            }
        }
        still.addAll(loaded);
        return new Young(young(still, scene), identities(scene));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isThere(Program program, Scene scene) {
        return scene.now()
                .program(program.id())
                .filter(there -> there == program)
                .isPresent();
    }

    private static List<Program> young(List<Program> programs, Scene scene) {
        Instant grown = scene.now().takenAt().minus(scene.holdDown());
        List<Program> young = new ArrayList<>();
        for (Program program : programs) {
            if (program.loadedAt().isAfter(grown)) {
                young.add(program);
            }
        }
        return young;
    }

    private static Set<Identity> identities(Scene scene) {
        Set<Identity> identities = new HashSet<>();
        List<Occurrence> past = scene.past();
        for (int i = past.size() - 1; i >= 0 && scene.isYoung(past.get(i).at()); i--) {
            if (past.get(i).after().isPresent()) {
                identities.add(past.get(i).subject().identity());
            }
        }
        return identities;
    }

    /** Those that were loaded a short while ago. */
    List<Program> programs() {
        return programs;
    }

    /** Whether attachments may be among them. */
    boolean isOfAttachments() {
        return numbers.length > 0;
    }

    boolean isOne(Attachment attachment) {
        return numbers.length > 0
                && Arrays.binarySearch(numbers, number(attachment.place())) >= 0
                && identities.contains(Identity.of(attachment));
    }

    /** What came, moved or was replaced, and is young in one of the two alone. */
    Young unlike(Young other) {
        Set<Identity> unlike = new HashSet<>(identities);
        unlike.removeAll(other.identities);
        for (Identity identity : other.identities) {
            if (!identities.contains(identity)) {
                unlike.add(identity);
            }
        }
        return new Young(List.of(), unlike);
    }

    /** Equal for equal places. */
    private static int number(Place place) {
        if (place instanceof Place.Cgroup cgroup) {
            return Long.hashCode(cgroup.id());
        }
        return Places.device(place).map(device -> device.ifindex()).orElse(0);
    }
}
