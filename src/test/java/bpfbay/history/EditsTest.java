package bpfbay.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EditsTest {
    /** Items that are told apart by what they are, as those of pictures. */
    private static final List<String> ITEMS =
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p");

    private static List<String> items(List<Integer> numbers) {
        return numbers.stream().distinct().map(ITEMS::get).toList();
    }

    @Property
    void the_edits_of_two_lists_make_one_of_the_other(
            @ForAll @Size(max = 16) List<@IntRange(max = 15) Integer> before,
            @ForAll @Size(max = 16) List<@IntRange(max = 15) Integer> after) {
        List<String> old = items(before);
        List<String> now = items(after);
        assertEquals(now, Edits.between(old, now).applyTo(old));
    }

    @Test
    void the_same_items_in_another_list_are_no_edit() {
        assertTrue(Edits.between(List.of("a", "b"), List.of("a", "b")).isEmpty());
        List<String> list = List.of("a", "b");
        assertSame(list, Edits.<String>none().applyTo(list));
    }

    @Test
    void one_new_item_in_a_long_list_is_two_stretches_and_the_item() {
        Edits<String> edits = Edits.between(List.of("a", "b", "c", "d"), List.of("a", "b", "x", "c", "d"));
        assertEquals(
                List.of(
                        new Edits.Step.Keep<String>(2),
                        new Edits.Step.Put<>(List.of("x")),
                        new Edits.Step.Keep<String>(2)),
                edits.steps());
    }

    @Test
    void edits_of_another_list_are_refused() {
        Edits<String> edits = Edits.between(List.of("a", "b", "c"), List.of("a", "c"));
        assertThrows(IllegalArgumentException.class, () -> edits.applyTo(List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> edits.applyTo(List.of("a", "b", "c", "d")));
        assertThrows(IllegalArgumentException.class, () -> new Edits<String>(List.of(new Edits.Step.Drop<>(-1)))
                .applyTo(List.of()));
    }
}
