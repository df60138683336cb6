package bpfbay.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Attachment;
import bpfbay.model.Snapshot;
import bpfbay.testing.Snapshots;
import bpfbay.tui.Later;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccurrencesTest {
    private final Snapshot edge = Snapshots.edge();

    private List<Occurrence> until(Snapshot later) {
        return Changes.between(edge, later).occurrences();
    }

    private static List<String> told(List<Occurrence> occurrences) {
        return occurrences.stream()
                .map(o -> o.kind().label() + " "
                        + (o.subject() instanceof Occurrence.Subject.Place place ? place.ref() : "object"))
                .toList();
    }

    @Test
    void nothing_happened_where_the_host_stays_as_it_is() {
        assertEquals(List.of(), until(Later.with(edge, edge.attachments())));
    }

    @Test
    void what_bpfbay_pins_for_a_way_back_is_nothing_that_happened() {
        assertEquals(List.of(), until(Later.keptForTheWayBack()));
    }

    @Test
    void another_program_at_the_same_place_is_replaced_with_before_and_after() {
        List<Occurrence> occurrences = until(Later.swapped(edge, "eth0/xdp", 4027));
        assertEquals(List.of("replaced eth0/xdp"), told(occurrences));
        Occurrence swap = occurrences.get(0);
        assertEquals(3815, swap.before().orElseThrow().progId().orElseThrow());
        assertEquals(4027, swap.after().orElseThrow().progId().orElseThrow());
        assertEquals("xdp_fw", swap.after().orElseThrow().progName());
    }

    @Test
    void what_is_gone_was_detached_and_its_neighbours_did_not_move() {
        List<Occurrence> occurrences = until(Later.without(edge, "eth0/tcx/ingress/1"));
        assertEquals(List.of("detached eth0/tcx/ingress/1"), told(occurrences));
        assertTrue(occurrences.get(0).after().isEmpty());
    }

    @Test
    void the_same_programs_in_another_order_are_one_reordering_of_the_chain() {
        Snapshot turned = Later.turned(edge, "eth0/tcx/ingress/");
        List<Occurrence> occurrences = until(turned);
        assertEquals(1, occurrences.size(), () -> told(occurrences).toString());
        Occurrence reordered = occurrences.get(0);
        assertEquals(Occurrence.Kind.REORDERED, reordered.kind());
        List<Integer> before = new ArrayList<>(reordered.before().orElseThrow().chain());
        Collections.reverse(before);
        assertEquals(before, reordered.after().orElseThrow().chain());
    }

    @Test
    void places_come_before_programs() {
        List<Occurrence> occurrences = Changes.between(Snapshots.bare(), edge).occurrences();
        int firstObject = told(occurrences).indexOf("loaded object");
        int lastPlace = -1;
        for (int i = 0; i < occurrences.size(); i++) {
            if (occurrences.get(i).subject() instanceof Occurrence.Subject.Place) {
                lastPlace = i;
            }
        }
        assertTrue(lastPlace < firstObject, lastPlace + " before " + firstObject);
        assertEquals(
                edge.attachments().stream().map(Attachment::ref).count(),
                occurrences.stream()
                        .filter(o -> o.kind() == Occurrence.Kind.ATTACHED)
                        .count());
    }
}
