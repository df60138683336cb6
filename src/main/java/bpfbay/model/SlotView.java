package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Which programs stand in entries of maps.
 *
 * @param slots of each program the maps, by id; no value where a map that may hold any could not be read whole
 */
public record SlotView(Reading<Map<Integer, List<ObjectId>>> slots, List<Problem> problems) {
    public static final SlotView NOT_ASKED = new SlotView(Relations.SLOTS_NOT_ASKED, List.of());

    public SlotView {
        requireNonNull(slots, "slots");
        problems = List.copyOf(problems);
    }
}
