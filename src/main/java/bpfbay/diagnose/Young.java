package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.model.Attachment;
import bpfbay.model.Place;
import bpfbay.model.Places;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What came, moved or was replaced a short while ago. */
final class Young {
    private final Set<Identity> identities = new HashSet<>();

    /* identities take their time to make, and most attachments are on none of these devices */
    private final int[] numbers;

    private Young(Scene scene) {
        List<Occurrence> past = scene.past();
        for (int i = past.size() - 1; i >= 0 && scene.isYoung(past.get(i).at()); i--) {
            if (past.get(i).after().isPresent()) {
                identities.add(past.get(i).subject().identity());
            }
        }
        numbers = identities.stream()
                .filter(Identity.OfAttachment.class::isInstance)
                .mapToInt(identity ->
                        number(((Identity.OfAttachment) identity).key().place()))
                .sorted()
                .toArray();
    }

    static Young of(Scene scene) {
        return new Young(scene);
    }

    boolean isOne(Attachment attachment) {
        return numbers.length > 0
                && Arrays.binarySearch(numbers, number(attachment.place())) >= 0
                && identities.contains(Identity.of(attachment));
    }

    /** Equal for equal places. */
    private static int number(Place place) {
        if (place instanceof Place.Cgroup cgroup) {
            return Long.hashCode(cgroup.id());
        }
        return Places.device(place).map(device -> device.ifindex()).orElse(0);
    }
}
